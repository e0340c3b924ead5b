"""Bridges to third-party engines that a host may run already; each is a module of its own and needs the extra of its name."""
