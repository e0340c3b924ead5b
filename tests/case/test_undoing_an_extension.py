"""The act that takes an extension back, in a definition and in what reads it: table, pages, simulations and bounds."""

import re
from pathlib import Path

import pytest

from ssflow.analysis import bounds
from ssflow.errors import DefinitionError
from ssflow.process import Extension, Process, Rule, opens
from ssflow.process.table import Effect, table_of
from ssflow.sheets import Sheet
from ssflow.simulation import Practice, simulate
from tests.brought import SOON, package, scenario
from tests.case.test_extensions_taken_back import LAW, Inquiry
from tests.process.question import body

Q = Inquiry


def stretched(**changes: object) -> dict[str, object]:
    """A small question whose reply may be extended."""
    parts = {
        "more": Rule("延长期", "more"),
        "extend": lambda p: (
            p["waiting"]
            .stays()
            .by(p["clerk"], "延长", "extend", extends=Extension(p["reply"], p["more"]), cites="guide-004")
        ),
    }
    return body(**parts, **changes)


@pytest.mark.parametrize(
    ("undo", "fault"),
    [
        (
            lambda p: p["waiting"].stays().by(p["clerk"], "撤销", "undo", withdraws=p["answer"], cites="guide-004"),
            "undo: answer extends nothing, so nothing is taken back",
        ),
        (
            lambda p: (
                p["waiting"].to(p["done"]).by(p["clerk"], "撤销", "undo", withdraws=p["extend"], cites="guide-004")
            ),
            "undo: from waiting: reply does not run and go on, so no extension is taken back",
        ),
        (
            lambda p: opens(p["waiting"]).by(p["clerk"], "撤销", "undo", withdraws=p["extend"], cites="guide-004"),
            "undo: from the opening: reply does not run and go on, so no extension is taken back",
        ),
        (
            lambda p: (
                p["waiting"]
                .stays()
                .by(p["clerk"], "撤销", "undo", withdraws=p["extend"], renews=p["reply"], cites="guide-004")
            ),
            "undo: from waiting: reply does not run and go on, so no extension is taken back",
        ),
        (
            lambda p: (
                p["waiting"]
                .stays()
                .by(
                    p["clerk"],
                    "撤销",
                    "undo",
                    withdraws=p["extend"],
                    extends=Extension(p["reply"], p["more"]),
                    cites="guide-004",
                )
            ),
            "undo: it extends reply and takes an extension of it back: make two activities",
        ),
        (
            lambda p: p["waiting"].stays().by(p["clerk"], "撤销", "undo", withdraws=Q.extend, cites="guide-004"),
            "undo: uses 'extend', which is not bound in the class body",
        ),
    ],
)
def test_an_undoing_that_would_do_nothing_is_refused(undo, fault: str) -> None:
    """Of what extends nothing, where the clock does not run, starts anew or ends, of another procedure: told when it is defined."""
    with pytest.raises(DefinitionError, match=re.escape(fault)):
        type("Question", (Process,), stretched(undo=undo))


def test_the_table_says_what_it_does() -> None:
    """The one table of moves, which everything reads, names the effect."""
    (move,) = table_of(Q, None).leaving(Q.waiting, Q.undo)
    (clock,) = move.clocks
    assert (clock.effects, clock.withdrawn) == ((Effect.keep, Effect.shorten), Q.extend)


def test_pages_name_it() -> None:
    """The sheet says of the act what it takes back, of the figure who does, and so does its document."""
    sheet = Sheet(Q, LAW.of(Q))
    assert "takes back: extend" in sheet.to_markdown("en")
    assert '"undo" takes that back.' in sheet.to_markdown("en")
    assert "撤销：延长" in sheet.to_markdown("zh")
    told = {activity["name"]: activity["withdraws"] for activity in sheet.document()["activities"]}
    assert {name: taken for name, taken in told.items() if taken} == {"undo": "extend", "cut": "prolong"}


@pytest.mark.parametrize("engine", ["columns", "event"])
def test_simulations_and_bounds_refuse_it_by_name(engine, tmp_path: Path) -> None:
    """Whether a shortened term has run out turns on the days of a case, which neither tells apart; without the act both answer."""
    nobody = Practice(acts={"undo": 0, "cut": 0, "prolong": 0, "stay": 0, "answer": 1}, takes=SOON.takes)
    with package(tmp_path, inquiry=Q):
        with pytest.raises(DefinitionError, match="undo: whether a term has run out once its extension is taken back"):
            simulate(scenario("inquiry", law=LAW), engine=engine, runs=2)
        assert simulate(scenario("inquiry", nobody, law=LAW), engine=engine, runs=2)
        with pytest.raises(DefinitionError, match="leave the activity out"):
            bounds(scenario("inquiry", law=LAW))
        assert bounds(scenario("inquiry", law=LAW), without=["undo", "cut", "extend", "prolong"])
