"""From what people type to typed values."""
