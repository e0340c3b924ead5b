"""A site on Django: the same pages, Django's users and groups, its protection of forms, and its admin, in which cases are only read."""
