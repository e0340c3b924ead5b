"""Simulation: many cases played by the definitions that handle one.

The chart of a procedure is found by the case kernel itself (`chart`), through one door (`kernel`).
"""
