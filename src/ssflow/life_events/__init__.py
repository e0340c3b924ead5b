"""Life events and the cases that they open: a lost card, a move, a new employer, a retirement.

Each event has a module with one function that opens its cases together and returns their `Plan`: who must do what by when.
"""

from ssflow.life_events.lost_card import lose_card
from ssflow.life_events.moving import move
from ssflow.life_events.new_employer import found_employer
from ssflow.life_events.next_steps import NextStep
from ssflow.life_events.plan import Afterwards, Duty, Plan
from ssflow.life_events.retiring import retire

__all__ = ["Afterwards", "Duty", "NextStep", "Plan", "found_employer", "lose_card", "move", "retire"]
