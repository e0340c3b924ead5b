"""The questions of a calendar asked of whole columns of days: NumPy, pandas, polars, Arrow. All are imported on first use."""
