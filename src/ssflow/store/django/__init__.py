"""An app of Django: ``INSTALLED_APPS = [..., "ssflow.store.django"]``, and ``manage.py migrate`` makes the tables of ssflow beside those of the host.

It adds nothing to what a connection of Django can do without it: `JoinedStore` takes ``django.db.connection``. ``models.Case`` is the line of a
case for lists and for the admin, to be read only.
"""
