"""The playing of scenarios: a scenario is prepared (`model`) and played (`playing`) by one of two engines, with one and the same result."""
