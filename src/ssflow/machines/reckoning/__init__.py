"""What is worked out: months paid, ages, waits, the place that pays. Pure functions of facts and figures."""
