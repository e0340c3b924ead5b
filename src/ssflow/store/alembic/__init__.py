"""Revisions of Alembic, a branch of their own beside those of the host: one for each version of the tables, from the first that it had.

In ``alembic.ini``::

    version_locations = %(here)s/migrations/versions ssflow.store:alembic
    path_separator = space

Then ``alembic upgrade heads`` makes the tables, or brings them up to date. A revision of the host that needs them says ``depends_on = "ssflow_8"``.
"""
