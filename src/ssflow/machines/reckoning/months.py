"""Months as numbers, so that they can be counted."""

from datetime import date


def month_of(day: date) -> int:
    """Return the month of a day, numbered since the year 0."""
    return day.year * 12 + day.month - 1
