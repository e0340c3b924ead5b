"""The account of a deadline: its steps and days, as text, table and picture."""
