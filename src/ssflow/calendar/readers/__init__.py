"""Notices from the files of others: one file a format."""
