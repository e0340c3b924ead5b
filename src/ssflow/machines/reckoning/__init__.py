"""Pure functions of facts and figures: months paid, ages, waits, the place that pays."""
