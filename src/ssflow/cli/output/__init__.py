"""From what the library holds to what people read, or to plain data for ``--json``."""
