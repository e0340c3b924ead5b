"""Bridges to engines of others that a host may run already; each is imported by its own name, and needs the extra of that name."""
