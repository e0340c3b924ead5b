"""The playing of scenarios: `model` prepares a scenario and `playing` plays it with one of two engines, which give the same result."""
