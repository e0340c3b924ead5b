"""The list of what is not known, for all procedures or one, everywhere or in one place."""
