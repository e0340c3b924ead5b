"""The law index: from an article to what rests on it."""
