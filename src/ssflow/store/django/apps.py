"""The configuration of the Django app."""

from django.apps import AppConfig


class Tables(AppConfig):
    """The Django app that has the tables of ssflow."""

    name = "ssflow.store.django"
    label = "ssflow"
    verbose_name = "ssflow"
