"""A scenario is made ready (`model`) and played (`playing`) by one of two engines, with the same draws and the same result."""
