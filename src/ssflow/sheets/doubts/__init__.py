"""What is not known, of all procedures or one, everywhere or in one place."""
