"""Questions about whole columns of days: NumPy, pandas, polars and Arrow, each imported on first use."""
