"""How Django knows the app."""

from django.apps import AppConfig


class Tables(AppConfig):
    """The tables of ssflow."""

    name = "ssflow.store.django"
    label = "ssflow"
    verbose_name = "ssflow"
