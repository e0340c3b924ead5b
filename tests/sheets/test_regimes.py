"""Of a procedure with several regimes a sheet shows the one that holds in the places on the day."""

from __future__ import annotations

from datetime import date
from enum import Enum, unique
from pathlib import Path

import pytest
from attrs import frozen

from ssflow.process import Place, Process, Regime, Role, State, Term, opens
from ssflow.sheets import sheet
from ssflow.text import Text

FIGURE = (
    '[[{name}]]\nvalue = "{value}"\nsince = {since}\ncites = "decree-765"\ntext = "x"\nconfidence = "single"\n{more}\n'
)
NATION = (
    '[keys]\nregime = ["letter", "nothing"]\n[choices]\nregime = ["letter", "nothing"]\n'
    + FIGURE.format(name="regime", value="letter", since="2010-01-01", more="")
    + FIGURE.format(name="sending", value="15 workdays", since="2010-01-01", more='when = { regime = "letter" }')
    + FIGURE.format(name="sending", value="9 workdays", since="2010-01-01", more='when = { regime = "nothing" }')
)
WITHIN = 'region = "440000+440000"\n' + FIGURE.format(name="regime", value="nothing", since="2018-01-01", more="")


@unique
class Ways(Enum):
    """Ways of moving a record."""

    letter = Text("凭函办理", "by letter")
    nothing = Text("无须办理", "nothing to do")


@frozen
class Facts:
    """Nothing is known of a record."""


class MovedRecord(Process):
    """One record that moves between two places, or need not."""

    title = Text("档案转移", "Moving a record")
    facts = Facts

    old = Place("转出地", "old place")
    new = Place("转入地", "new place")
    person = Role("本人", "person", at=new)
    office = Role("转出机构", "old office", at=old)
    regime = Regime("转移办法", "way of moving", of=Ways)
    sending = Term("发函时限", "sending", owed_by=office)

    asked = State("已申请", "asked for", sending)
    moved = State("已转移", "moved", final=True)
    needless = State("无须转移", "need not move", final=True)

    ask = (opens(asked, under=Ways.letter) | opens(needless, under=Ways.nothing)).by(
        person, "申请", "ask", cites="decree-765"
    )
    send = asked.to(moved).by(office, "转出", "send", cites="decree-765")


@pytest.fixture(autouse=True)
def _rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "moved_record").mkdir()
    (tmp_path / "moved_record.toml").write_text(NATION, encoding="utf-8")
    (tmp_path / "moved_record" / "440000+440000.toml").write_text(WITHIN, encoding="utf-8")
    monkeypatch.setenv("SSFLOW_RULES", str(tmp_path))


def test_the_regime_of_places_and_day_holds() -> None:
    """Between provinces a letter is sent; within Guangdong nothing is to be done since 2018, and before there was a letter."""
    within = {"old": "440100", "new": "440300"}
    between = sheet(MovedRecord, {"old": "500000", "new": "510000"}, date(2022, 3, 1))

    assert between.regime is Ways.letter
    assert between.states() == (MovedRecord.asked, MovedRecord.moved)
    assert between.ends_at_once() == ()
    assert sheet(MovedRecord, within, date(2017, 12, 31)).regime is Ways.letter
    assert sheet(MovedRecord, within, date(2022, 3, 1)).regime is Ways.nothing


def test_where_nothing_is_to_be_done_the_sheet_says_so() -> None:
    """A regime whose opening ends the case has one move, and its end is named."""
    shown = sheet(MovedRecord, "440100", date(2022, 3, 1))

    assert shown.ends_at_once() == shown.states() == (MovedRecord.needless,)
    assert shown.activities() == (MovedRecord.ask,)
    assert [move.target for move in shown.moves(MovedRecord.ask)] == [MovedRecord.needless]
    assert [figure.name for figure, _ in shown.figures()] == ["regime"]
    assert "开办即终结：无须转移" in shown._repr_html_()


def test_figures_of_other_regimes_are_left_out() -> None:
    """Under a regime only its own figures are shown; without a day all of them are, and the moves say under which regime."""
    shown = sheet(MovedRecord, {"old": "500000", "new": "510000"}, date(2022, 3, 1))
    history = sheet(MovedRecord)

    assert [v.amount_text.en for f, values in shown.figures() if f.name == "sending" for v in values] == [
        "15 working days"
    ]
    assert history.regime is sheet(MovedRecord, on=date(2022, 3, 1)).regime is None
    assert len([v for f, values in history.figures() if f.name == "sending" for v in values]) == 2
    assert "| 无须办理 |" in history.to_markdown("zh")
    assert "广东省之内 440000+440000" in history.to_markdown("zh")
