"""Make the tables and the users of the example, and serve it: on SQLite in this folder, or on the PostgreSQL of DATABASE_URL."""

import os
import sys
from secrets import token_urlsafe

import django
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "examples.django.settings")
django.setup()
call_command("migrate", verbosity=0)

from django.db import connection  # noqa: E402 - Django has to be set up first

from examples.django.models import add_people  # noqa: E402
from ssflow import Cases, JoinedStore  # noqa: E402

Cases(JoinedStore(connection)).check_versions()

password = os.environ.get("ADMIN_PASSWORD") or token_urlsafe()
if add_people(password):
    sys.stdout.write(f"sign in at /admin/ as admin with the password {password}\n")
call_command("runserver", f"127.0.0.1:{os.environ.get('PORT', '8000')}", use_reloader=False, insecure_serving=True)
