"""The commands, each in a module of its own or with a few related ones."""
