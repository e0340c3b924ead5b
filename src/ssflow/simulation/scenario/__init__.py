"""What law does not say of a simulation: a `Scenario` and its parts, as values and as TOML files."""
