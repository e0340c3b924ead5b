"""The chart of a procedure: the standings that cases reach and what each move does there, as the kernel says."""
