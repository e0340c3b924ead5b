"""Readers of notices in formats of others, one module for each format."""
