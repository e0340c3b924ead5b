"""What the daily commands do; `dev.py` lists them. Nothing but the standard library."""
