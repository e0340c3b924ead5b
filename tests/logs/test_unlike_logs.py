"""Logs as systems export them: other zones, other spellings, columns and words that nobody uses; nothing of it is wrong in silence."""

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ssflow.errors import DataError, InputError, SsflowError
from ssflow.logs import Columns, Entry, EventLog, check_log, read_log
from ssflow.tables import Table

CARD = "card_replacement"
HEAD = "case:concept:name,concept:name,time:timestamp,org:resource\n"
ROWS = (
    ("apply", "2026-03-02 09:30", "holder"),
    ("pay", "2026-03-02 09:40", "holder"),
    ("accept", "2026-03-03 10:00", "office"),
)


def log_of(*rows: tuple[str, ...], zone: str = "Asia/Shanghai") -> EventLog:
    """A log of one case, whose times are on the clocks of a zone."""
    names = ("concept:name", "time:timestamp", "org:resource", "lifecycle:transition", "case:profile")
    columns = {name: [row[n] if n < len(row) else "" for row in rows] for n, name in enumerate(names)}
    return read_log(Table({"case:concept:name": ["c1"] * len(rows), **columns}), Columns(zone=zone))


def test_days_are_those_of_the_place_whatever_zone_a_log_is_written_in() -> None:
    """A data base that writes UTC tells of the same days, order and hours as one that writes Beijing."""
    there = ("apply", "2026-03-02 17:30", "holder", "start"), ("apply", "2026-03-03 00:30", "holder", "complete")
    utc = ("apply", "2026-03-02 09:30", "holder", "start"), ("apply", "2026-03-02 16:30", "holder", "complete")
    ours, theirs = log_of(*there), log_of(*utc, zone="UTC")

    assert theirs == ours
    assert theirs.last_day == ours.last_day == date(2026, 3, 3)
    working = ("apply", "2026-03-02 09:30", "holder"), *(("pay", f"2026-03-02 {hour}", "holder", life) for hour, life in (
        ("10:00", "start"), ("11:00", "complete")
    ))  # fmt: skip
    shifted = [(row[0], f"2026-03-02 {int(row[1][11:13]) - 8:02}{row[1][13:]}", *row[2:]) for row in working]
    found = check_log(log_of(*shifted, zone="UTC"), CARD).handling()["pay"]
    assert found == check_log(log_of(*working), CARD).handling()["pay"]
    assert found.of == pytest.approx((1.0,))


def test_instants_of_several_zones_stand_in_order() -> None:
    """Each entry by its instant, on the day that it is in the place."""
    late = Entry(case="c", activity="b", time=datetime(2026, 3, 2, 23, 30, tzinfo=UTC))
    early = Entry(case="c", activity="a", time=datetime.fromisoformat("2026-03-03T07:00:00+08:00"))

    ((_, trace),) = EventLog([late, early]).traces()
    assert [entry.activity for entry in trace] == ["a", "b"]


@pytest.mark.parametrize("role", ["Holder", "ｈｏｌｄｅｒ", "持卡人 ", "持卡人"])
def test_a_role_is_known_however_it_is_written(role: str) -> None:
    """Accepting is the office's: the holder does not do it, in whatever letters."""
    assert not check_log(log_of(*ROWS[:2], ("accept", "2026-03-03 10:00", role)), CARD).fits


def test_clerks_whose_role_nobody_knows_are_counted() -> None:
    """A name that is no role's passes for whoever may act, and the result says how often."""
    found = check_log(log_of(*ROWS[:2], ("accept", "2026-03-03 10:00", "王")), CARD)

    assert found.fits
    assert any(note.zh.startswith("1条记录的主体不是") for note in found.notes)
    assert not any("的主体不是" in note.zh for note in check_log(log_of(*ROWS), CARD).notes)


def test_kinds_that_a_log_names_are_checked_at_once() -> None:
    """An unknown kind, and two kinds of one case, are told of every case before anything is replayed; a kind that is named is not supposed."""
    kind = check_log(log_of(*ROWS), CARD).replays[0].kind
    rows = [(*row, "complete", kind) for row in ROWS]

    assert not any("推定" in note.zh for note in check_log(log_of(*rows), CARD).notes)
    with pytest.raises(InputError) as refused:
        check_log(log_of(rows[0], (*ROWS[1], "complete", "nope"), rows[2]), CARD)
    assert [fault.path for fault in refused.value.faults] == ["profile.c1"]
    with pytest.raises(InputError) as refused:
        check_log(log_of((*ROWS[0], "complete", "nope")), CARD)
    assert "nope" in refused.value.say("en")


def test_what_would_be_ignored_is_refused() -> None:
    """Columns for a log that is read already, and words that no entry has."""
    with pytest.raises(InputError, match="already"):
        check_log(log_of(*ROWS), CARD, columns=Columns())
    with pytest.raises(InputError, match="acept") as refused:
        check_log(log_of(*ROWS), CARD, activities={"acept": "pay"})
    assert "accept" in refused.value.say("en")


def test_cells_may_hold_lines(tmp_path: Path) -> None:
    """A line separator of Unicode, and a line break within quotes, are part of a cell; a damaged file is told so."""
    file = tmp_path / "l.csv"
    file.write_text(HEAD + 'a\u2028b,apply,2026-03-02,"x\ny"\n', encoding="utf-8")
    (entry,) = read_log(file).entries
    assert (entry.case, entry.resource) == ("a\u2028b", "x\ny")

    file.write_text(HEAD + f"a,apply,2026-03-02,{'x' * 200_000}\n", encoding="utf-8")
    with pytest.raises(DataError, match="CSV"):
        read_log(file)


@pytest.mark.parametrize("written", ["2026-03-02 09:05:00+08", "2026-03-02 09:05:00+0800", "2026-03-02T09:05:00+08:00"])
def test_offsets_are_read_as_data_bases_write_them(written: str) -> None:
    """PostgreSQL leaves the minutes out."""
    assert log_of(("apply", written, "")).entries[0].time == datetime(2026, 3, 2, 1, 5, tzinfo=UTC)


def test_a_number_is_no_time() -> None:
    """A spreadsheet that lost the format of its dates is told what to do."""
    with pytest.raises(InputError, match="46083"):
        read_log(Table({"case:concept:name": ["a"], "concept:name": ["apply"], "time:timestamp": [46083.4]}))


@pytest.mark.parametrize("name", ["no.csv", "no.xes", "no.xes.gz", "no.parquet"])
def test_a_file_that_is_not_there_is_told_so(name: str, tmp_path: Path) -> None:
    """In every format the same; that it is no such format is another fault."""
    with pytest.raises(DataError, match="cannot be opened"):
        read_log(tmp_path / name)


@pytest.mark.parametrize("name", ["x.csv", "x.xes", "x.xes.gz", "x.parquet"])
def test_what_cannot_be_written_is_told(name: str, tmp_path: Path) -> None:
    """A folder that is not there, by us and not by Python, for logs and for tables."""
    with pytest.raises(SsflowError, match="cannot be written"):
        log_of(*ROWS).write(tmp_path / "no" / name)
    with pytest.raises(SsflowError, match="cannot be written"):
        log_of(*ROWS).table().to_csv(tmp_path / "no" / "x.csv")


def test_a_term_met_on_a_day_of_rest_is_late_by_no_working_day() -> None:
    """Its last day had passed; the sentence does not say that it was late by 0 working days."""
    found = check_log(
        log_of(*ROWS[:2], ("accept", "2026-03-04 10:00", "office"), ("finish", "2026-03-14 10:00", "issuer")), CARD
    )

    (run,) = [run for one in found.replays for run in one.terms if run.is_late]
    assert run.late == 0
    assert "不足一个工作日" in found.say("zh") and "less than a working day" in found.say("en")


def test_the_missing_extra_is_named() -> None:
    """Without NumPy the door says which extra brings it."""
    code = "import sys; sys.modules['numpy'] = None\ntry:\n    import {}\nexcept ModuleNotFoundError as error:\n    print(error)"
    for package in ("ssflow.logs", "ssflow.tables", "ssflow.analysis", "ssflow.simulation"):
        said = subprocess.run([sys.executable, "-c", code.format(package)], capture_output=True, text=True, check=True)
        assert f"{package} needs the extra columns" in said.stdout
