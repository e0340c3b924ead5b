"""The tests: a package, so that none of this name that another distribution installs, as Ciw does, is taken for it."""
