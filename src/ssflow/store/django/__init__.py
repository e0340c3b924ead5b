"""A Django app: with ``INSTALLED_APPS = [..., "ssflow.store.django"]``, ``manage.py migrate`` makes the tables of ssflow beside those of the host.

`JoinedStore` takes ``django.db.connection`` without it, too. ``models.Case`` is the line of a case for lists and for the admin, read-only.
"""
