"""Several ways of handling in a definition: each is sound by itself, and a case may be brought from one under another where it can go on."""

from datetime import date

import pytest
from attrs import evolve as changed

from ssflow.calendar import days
from ssflow.case import Attempt, Case, Legislation, advance, decide, evolve
from ssflow.errors import DefinitionError
from ssflow.process import (
    Choice,
    Lapse,
    Place,
    Process,
    Regime,
    Role,
    State,
    opens,
)
from ssflow.rules import Citation, Rulebook
from ssflow.rules.load import default_folders, laws_of
from ssflow.text import Text
from tests.case.petition import figure as known
from tests.process.test_regimes import Facts, Fate, Twins, Untitled, Ways


def small(**changes: object) -> type[Process]:
    """A procedure of two regimes with parts put in."""
    agency, place = Role("机构", "agency"), Place("地", "place")
    a, b = State("甲", "a"), State("乙", "b", final=True)
    body = {
        "title": Text("试", "Trial"),
        "facts": Facts,
        "regime": Regime("办法", "regime", of=Fate),
        "place": place,
        "agency": agency,
        "a": a,
        "b": b,
        "begin": opens(a).by(agency, "始", "begin", cites="decree-765"),
        "end": a.to(b).by(agency, "终", "end", cites="decree-765"),
    }
    made = {name: make(body) if callable(make) else make for name, make in changes.items()}
    return type("Trial", (Process,), {name: part for name, part in (body | made).items() if part is not None})


def test_a_renewal_leaves_a_state_of_both_regimes() -> None:
    """From a state that is reached under one regime alone no case can be brought under another."""
    a, b, c = State("甲", "a"), State("乙", "b", final=True), State("丙", "c")
    with pytest.raises(DefinitionError, match="convert: the activity brings no case under another regime"):
        small(
            a=a,
            b=b,
            c=c,
            begin=lambda p: opens(a).by(p["agency"], "始", "begin", cites="decree-765"),
            end=lambda p: (a | c).to(b).by(p["agency"], "终", "end", cites="decree-765"),
            go=lambda p: a.to(c, under=Fate.moved).by(p["agency"], "往", "go", cites="decree-765"),
            convert=lambda p: c.stays().by(p["agency"], "转", "convert", cites="decree-765", renews=p["regime"]),
        )


def test_a_lapse_of_a_lost_regime_does_nothing() -> None:
    """Under no regime that is left does the procedure say what it does, so time passes and nothing is recorded."""
    life = Lapse("有效期", "life")
    a = State("甲", "a", life)
    process = small(
        life=life,
        a=a,
        begin=lambda p: opens(a).by(p["agency"], "始", "begin", cites="decree-765"),
        end=lambda p: a.to(p["b"]).by(p["agency"], "终", "end", cites="decree-765"),
        expire=lambda p: a.to(p["b"], under=tuple(Fate)).after(life, "失效", "expire", cites="decree-765"),
    )
    ways = {"regime": ("moved", "sealed")}
    chosen = changed(known("regime", "moved"), cites=(Citation("decree-765"),))
    measured = changed(known("life", days(10).rolled("none")), cites=(Citation("decree-765"),))
    book = Rulebook("trial", (chosen, measured), ways, choices=ways, laws=laws_of(default_folders()))
    law, on = Legislation(rulebook=lambda _: book), date(2026, 3, 2)
    unopened = Case.unopened(process, "t", {"place": "440100"})
    (began,) = decide(unopened, Attempt(deed=process.begin(), by=process.agency, on=on, law=law))

    assert [event.activity for event in advance(evolve(unopened, began), date(2026, 4, 1), law)] == ["expire"]
    assert advance(evolve(unopened, changed(began, regime="by_post")), date(2026, 4, 1), law) == ()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        (
            {"end": lambda p: p["a"].to(p["b"], under=Fate.moved).by(p["agency"], "终", "end", cites="decree-765")},
            "a: under sealed: the state is a dead end",
        ),
        (
            {"begin": lambda p: opens(p["a"], under=Fate.moved).by(p["agency"], "始", "begin", cites="decree-765")},
            "under sealed: no case can begin",
        ),
        (
            {"end": lambda p: p["a"].to(p["b"], under=Ways.none).by(p["agency"], "终", "end", cites="decree-765")},
            "is not a regime of the procedure",
        ),
        ({"regime": None, "way": Regime("办法", "way", of=Fate)}, "bind one, and call it regime"),
        ({"regime": Choice("办法", "regime", of=Fate)}, "the name is kept for a Regime"),
        ({"regime": Regime("办法", "regime", of=Untitled)}, "have no titles"),
        ({"regime": Regime("办法", "regime", of=Twins)}, "have one title and are one"),
        ({"regime": Regime("办法", "regime", of=str)}, "name an Enum"),
    ],
)
def test_each_regime_is_sound_by_itself(changes: dict, fault: str) -> None:
    """What holds a case up under one regime is a fault, whatever the others allow."""
    with pytest.raises(DefinitionError, match=fault):
        small(**changes)
    small()
