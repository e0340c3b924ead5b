"""The results of a simulation: tables, comparison and replay."""
