"""Whatever was typed wrongly, late or twice, and whenever it was put right: the cases are those of a clerk who makes no mistakes."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from attrs import define, field
from attrs import evolve as changed
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ssflow import Cases, machines
from ssflow.case import EventKind
from ssflow.errors import RefusedError
from ssflow.records import Correction
from tests.case.conftest import fresh
from tests.case.entries import PLACES, THE_END, Entry, stands, walked
from tests.case.test_walks import EXAMPLES


@define
class Clerk:
    """Somebody who enters the acts of a walk in any order, some of them wrongly, and puts them right.

    ``truth`` are all acts in the order of law; ``numbers`` the events of those that are entered, by their place in it, ``wrong`` the places
    of those that are entered wrongly, ``spurious`` events that never were, each with its case.
    """

    cases: Cases
    truth: list[Entry]
    draw: Any
    is_bare: bool
    numbers: dict[int, int] = field(factory=dict)
    wrong: set[int] = field(factory=set)
    spurious: list[tuple[str, int]] = field(factory=list)

    def enter(self, place: int) -> bool:
        """Enter an act, perhaps wrongly; whether it was taken, wrongly or not."""
        entry = self.truth[place]
        mistaken = self.mistaken(entry)
        if mistaken != entry and (number := self.recorded(mistaken)):
            self.numbers[place] = number
            self.wrong.add(place)
            return True
        if number := self.recorded(entry, **self.beside(place)):
            self.numbers[place] = number
        return bool(number)

    def repeat(self, place: int) -> None:
        """Enter an act that was entered before once more, perhaps on another day."""
        again = changed(self.truth[place], at=self.another_moment(self.truth[place]))
        if again.places is None and (number := self.recorded(again)):
            self.spurious.append((again.case, number))

    def enter_all(self) -> list[int]:
        """Enter all acts, in any order from the openings on, and return the places of those that could not be entered."""
        openings = [place for place, entry in enumerate(self.truth) if entry.places]
        for place in openings:
            assume(self.enter(place) or (self.put_right() and self.enter(place)))
        waiting = [place for place in range(len(self.truth)) if place not in openings]
        while waiting:
            self.interrupt()
            entered = next((place for place in self.draw(st.permutations(waiting)) if self.enter(place)), None)
            if entered is not None:
                waiting.remove(entered)
            elif not (self.wrong or self.spurious) or not self.put_right():
                break
        return waiting

    def interrupt(self) -> None:
        """Let time pass, take back what it was seen to do, put right what is wrong, or enter something twice."""
        kind = self.draw(st.sampled_from(("none", "advance", "retract", "put right", "repeat")))
        if kind == "advance":
            self.cases.advance(self.draw(st.sampled_from((date(2026, 3, 1), THE_END))))
        elif kind == "retract":
            with suppress(RefusedError):  # an act may need what time did
                self.cases.retract(after=date(2026, 1, 1), reason="时钟错误")
        elif kind == "put right":
            self.put_right()
        elif kind == "repeat":
            self.repeat(self.draw(st.sampled_from(sorted(self.numbers))))

    def put_right(self) -> bool:
        """Correct everything that is wrong, together; whether that was taken."""
        strikes = [self.correction(case, number, None, self.opening_of(case)) for case, number in self.spurious]
        corrections, wrong = [*strikes], sorted(self.wrong)
        for place in wrong:
            entry = self.truth[place]
            self.wrong.discard(place)  # those that come after it in the list are put beside it
            named = {link.case for link in self.cases.trace(entry.case)[self.numbers[place] - 1].links}
            parts = {
                "on": entry.at,
                "links": tuple(link for link in entry.links if link not in named),
                "places": entry.places,
                **self.beside(place),
            }
            corrections.append(self.correction(entry.case, self.numbers[place], entry.deed, entry, **parts))
        try:
            if corrections:
                self.cases.correct_together(corrections)
        except RefusedError:
            self.wrong |= set(wrong)
            return False
        self.spurious = []
        return True

    def correction(self, case: str, number: int, deed: Any, entry: Entry, **parts: Any) -> Correction:
        """A correction by whoever may correct."""
        correctors = entry.deed.activity.owner.correctors()
        corrector = correctors[0] if correctors else None
        return Correction(number, deed, reason="录错", case=case, corrector=corrector, **parts)

    def recorded(self, entry: Entry, **beside: int) -> int | None:
        """The number of the event of an act that is entered; None if it is refused."""
        try:
            if entry.places:
                self.cases.open(
                    entry.deed, by=entry.by, on=entry.at, places=entry.places, links=entry.links, case=entry.case
                )
            else:
                self.cases.do(
                    entry.case, entry.deed, by=entry.by, on=entry.at, links=entry.links, reason="补录", **beside
                )
        except RefusedError:
            return None
        made = [e for e in self.cases.trace(entry.case) if e.kind in (EventKind.act, EventKind.late)]
        return next(e.version for e in reversed(made) if e.activity == entry.deed.activity.name)

    def beside(self, place: int) -> dict[str, int]:
        """Before or after which event of its day an act happened, where only days are known and others of that day are entered rightly."""
        entry = self.truth[place]
        same = [
            n for n, other in enumerate(self.truth) if (other.case, other.at) == (entry.case, entry.at) and n != place
        ]
        right = [n for n in same if n in self.numbers and n not in self.wrong] if self.is_bare else []
        if later := [n for n in right if n > place]:
            return {"before": self.numbers[later[0]]}
        return {"after": self.numbers[right[-1]]} if right else {}

    def mistaken(self, entry: Entry) -> Entry:
        """The act as it is typed: as it was, or with another moment, other data, other places, or without its related cases."""
        good = EXAMPLES.get(f"{entry.deed.activity.owner.name}.{entry.deed.activity.name}", ())
        kind = self.draw(st.sampled_from(("none", "moment", "data", "links", "places")))
        if kind == "moment":
            return changed(entry, at=self.another_moment(entry))
        if kind == "data" and good:
            return changed(entry, deed=entry.deed.activity(self.draw(st.sampled_from(good))))
        if kind == "links":
            return changed(entry, links=())
        if kind == "places" and entry.places:
            return changed(entry, places=dict.fromkeys(entry.places, self.draw(st.sampled_from(PLACES))))
        return entry

    def opening_of(self, case: str) -> Entry:
        """The opening of a case."""
        return next(entry for entry in self.truth if entry.case == case)

    def another_moment(self, entry: Entry) -> Any:
        """A moment some weeks before or after."""
        return entry.at + timedelta(days=self.draw(st.integers(-30, 30)))


@pytest.mark.parametrize("name", machines.names())
@settings(max_examples=settings().max_examples // 6, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_mistakes_that_are_put_right_leave_no_trace_in_the_case(name: str, data: st.DataObject) -> None:
    """Acts are entered in any order, at wrong moments, with wrong data and places, twice, without their related cases, swept in between and retracted."""
    truth = walked(name, data)
    assume(truth)
    is_bare = data.draw(st.booleans()) and len({entry.case for entry in truth}) == 1
    if is_bare:
        truth = [changed(entry, at=entry.at.date()) for entry in truth]
    clerk = Clerk(fresh(), truth, data.draw, is_bare)
    waiting = clerk.enter_all()
    is_right = clerk.put_right()
    if waiting:  # what is still wrong may not be possible without the acts that could not be entered
        assume(is_right)
    assert is_right

    taken = [truth[place] for place in sorted(clerk.numbers)]
    in_order = Clerk(fresh(), taken, data.draw, is_bare)
    assert all(in_order.recorded(entry) for entry in taken)
    ids = [entry.case for entry in taken if entry.places]
    assert stands(clerk.cases, ids) == stands(in_order.cases, ids)
