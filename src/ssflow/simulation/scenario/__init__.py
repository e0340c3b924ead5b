"""The assumptions of a simulation that do not come from law: a `Scenario` and its parts, as values and as TOML files."""
