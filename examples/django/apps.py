"""How Django knows the app."""

from django.apps import AppConfig


class Desk(AppConfig):
    """What the agency has beside the cases."""

    name = "examples.django"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
