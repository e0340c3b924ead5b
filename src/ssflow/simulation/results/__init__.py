"""What a simulation has found, and how it is shown, compared and replayed."""
