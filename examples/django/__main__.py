"""Make the tables and the users of the example, and serve it: on SQLite in this folder, or on the PostgreSQL of DATABASE_URL."""

import os
import sys
from secrets import token_urlsafe

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import Error

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "examples.django.settings")
try:
    django.setup()
    call_command("migrate", verbosity=0)
except (Error, ImproperlyConfigured) as error:  # a wrong address, or a server that does not answer
    sys.exit(f"DATABASE_URL不能使用 / cannot be used: {error}")

from django.db import connection

from examples.django.models import add_people
from ssflow import Cases, JoinedStore

Cases(JoinedStore(connection)).check_versions()

password = os.environ.get("ADMIN_PASSWORD") or token_urlsafe()
if add_people(password):
    sys.stdout.write(f"sign in at /admin/ as admin with the password {password}\n")
call_command("runserver", f"127.0.0.1:{os.environ.get('PORT', '8000')}", use_reloader=False, insecure_serving=True)
