"""What procedures ask: guards that turn on facts alone, or that several procedures share."""
