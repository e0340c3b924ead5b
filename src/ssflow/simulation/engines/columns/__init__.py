"""The engine that plays all cases at once, in columns."""
