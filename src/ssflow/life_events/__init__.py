"""What happens in a life, and the cases it opens: a move, a lost card, a new employer, a retirement.

One file an event, with one function that opens the cases together and returns their `Plan`: who must do what by when.
"""

from ssflow.life_events.plan import Afterwards, Duty, Plan

__all__ = ["Afterwards", "Duty", "Plan"]
