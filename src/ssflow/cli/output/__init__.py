"""The output of commands: text for readers, or plain data for ``--json``."""
