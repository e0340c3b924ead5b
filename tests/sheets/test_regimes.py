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


class ToldAtNew(Process):
    """A record that moves as the new place has it."""

    title = Text("转入", "Moving in")
    facts = Facts

    old = Place("转出地", "old place")
    new = Place("转入地", "new place")
    office = Role("转出机构", "old office", at=old)
    regime = Regime("转移办法", "way of moving", of=Ways, at=new)

    asked = State("已申请", "asked for")
    moved = State("已转移", "moved", final=True)
    needless = State("无须转移", "need not move", final=True)

    ask = opens(asked).by(office, "申请", "ask", cites="decree-765")
    send = asked.to(moved, under=Ways.letter).by(office, "转出", "send", cites="decree-765")
    close = asked.to(needless, under=Ways.nothing).by(office, "办结", "close", cites="decree-765")
    turn = asked.stays().by(office, "转换", "turn", cites="decree-765", renews=regime)


@pytest.fixture(autouse=True)
def _rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "moved_record").mkdir()
    (tmp_path / "moved_record.toml").write_text(NATION, encoding="utf-8")
    (tmp_path / "moved_record" / "440000+440000.toml").write_text(WITHIN, encoding="utf-8")
    (tmp_path / "told_at_new").mkdir()
    (tmp_path / "told_at_new.toml").write_text(
        '[choices]\nregime = ["letter", "nothing"]\n'
        + FIGURE.format(name="regime", value="letter", since="2010-01-01", more=""),
        encoding="utf-8",
    )
    (tmp_path / "told_at_new" / "350000.toml").write_text(
        'region = "350000"\n' + FIGURE.format(name="regime", value="nothing", since="2010-01-01", more=""),
        encoding="utf-8",
    )
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


def test_a_place_left_out_is_anywhere() -> None:
    """Between a known place and any other stands what holds between the two; the sheet says on which place the regime depends."""
    shown = sheet(MovedRecord, {"new": "440300"}, date(2022, 3, 1))
    listed = {(v.region, v.amount) for figure, values in shown.figures() if figure.name == "regime" for v in values}
    before = sheet(MovedRecord, {"new": "440300"}, date(2017, 12, 31))

    assert listed == {("440000+440000", "nothing"), ("", "letter")}
    assert (shown.regime, shown.regime_depends_on) == (None, (MovedRecord.old,))
    assert "取决于：转出地" in shown._repr_html_()
    assert "depends on: old place" in shown.to_markdown("en")
    assert shown.document()["regime_depends_on"] == ["old"]
    assert (before.regime, before.regime_depends_on) == (Ways.letter, ())
    history = {v.region for f, values in sheet(MovedRecord, {"new": "440300"}).figures() for v in values}
    assert "440000+440000" in history


@pytest.mark.parametrize(("left_out", "known"), [("old", "440300"), ("new", "110105")])
def test_where_no_place_left_out_changes_it_the_regime_is_told(left_out: str, known: str) -> None:
    """Whatever the other place is, a record from or to Beijing moves by letter; from or to Shenzhen it depends."""
    named = "new" if left_out == "old" else "old"
    shown = sheet(MovedRecord, {named: known}, date(2022, 3, 1))

    assert shown.regime is (Ways.letter if known == "110105" else None)
    assert [place.name for place in shown.regime_depends_on] == ([] if known == "110105" else [left_out])


def test_the_regime_is_looked_up_at_its_place() -> None:
    """A regime that names a place is that of this place, on the sheet as in a case."""
    here, there = "350100", "110000"

    assert sheet(ToldAtNew, {"old": here, "new": there}, date(2022, 3, 1)).regime is Ways.letter
    assert sheet(ToldAtNew, {"old": there, "new": here}, date(2022, 3, 1)).regime is Ways.nothing
    assert sheet(ToldAtNew, {"new": here}, date(2022, 3, 1)).regime is Ways.nothing
    assert sheet(ToldAtNew, {"old": here}, date(2022, 3, 1)).regime_depends_on == (ToldAtNew.new,)


def test_where_nothing_is_to_be_done_the_sheet_says_so() -> None:
    """A regime whose opening ends the case has one move, and its end is named."""
    shown = sheet(MovedRecord, "440100", date(2022, 3, 1))

    assert shown.ends_at_once() == shown.states() == (MovedRecord.needless,)
    assert shown.activities() == (MovedRecord.ask,)
    assert [move.target for move in shown.moves(MovedRecord.ask)] == [MovedRecord.needless]
    assert [figure.name for figure, _ in shown.figures()] == ["regime"]
    assert "登记即办结：无须转移" in shown._repr_html_()


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


def test_a_move_that_renews_the_regime_says_so() -> None:
    """It brings a case under the regime of the day; it starts nothing anew."""
    shown = sheet(ToldAtNew, on=date(2022, 3, 1))

    assert "转按当日办法" in shown.to_markdown("zh")
    assert "brings the case under the regime of the day" in shown.to_markdown("en")
    assert "starts anew" not in shown.to_markdown("en")
