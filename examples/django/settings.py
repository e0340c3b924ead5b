"""The settings of the site."""

import os
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from examples.desk import LONGEST_BODY

HERE = Path(__file__).parent


def database(url: str) -> dict[str, Any]:
    """What Django wants to know of an address."""
    if url.startswith("sqlite:///"):
        # A transaction that begins by reading could not write if another one wrote in between.
        options = {"transaction_mode": "IMMEDIATE", "timeout": 20}
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": url.removeprefix("sqlite:///"), "OPTIONS": options}
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError as error:
        raise ImproperlyConfigured(error) from error
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    said = {name: str(parts.pop(part, "")) for name, part in names.items()}
    return {"ENGINE": "django.db.backends.postgresql", **said, "OPTIONS": parts}


ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
DATABASES = {"default": database(os.environ.get("DATABASE_URL", "sqlite:///ssflow-django.db"))}
DATA_UPLOAD_MAX_MEMORY_SIZE = LONGEST_BODY
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "ssflow.store.django",
    "examples.django.apps.Desk",
]
LANGUAGE_CODE = "zh-hans"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "examples.django.answers.Answers",
]
ROOT_URLCONF = "examples.django.urls"
SECRET_KEY = os.environ.get("SECRET_KEY") or token_urlsafe()
STATIC_URL = "static/"
TEMPLATES = [
    {"BACKEND": "django.template.backends.jinja2.Jinja2", "DIRS": [HERE.parent / "pages"]},
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
TIME_ZONE = "Asia/Shanghai"
