"""The chart of a procedure: the standings that cases reach and the effect of each move in them, found by asking the kernel."""
