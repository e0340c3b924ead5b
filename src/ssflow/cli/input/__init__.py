"""The conversion of what people type to typed values."""
