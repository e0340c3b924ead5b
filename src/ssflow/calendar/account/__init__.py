"""How a deadline was found: its steps, its days, and both as text, table and picture."""
