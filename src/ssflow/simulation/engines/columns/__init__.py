"""The engine that plays many cases at once, in columns."""
