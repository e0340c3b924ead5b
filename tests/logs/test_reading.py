"""Logs are read from what offices have, written in what tools read, and come back as they were."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssflow.errors import DataError, InputError
from ssflow.logs import Columns, Entry, EventLog, read_log
from ssflow.logs.log import ACTIVITY, CASE, TIME
from ssflow.simulation import simulate

BEIJING = timezone(timedelta(hours=8))
ENDINGS = (".csv", ".xes", ".xes.gz", ".parquet")
WORDS = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x9FFF, exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp", "Cn")),
    min_size=1,
    max_size=8,
)
MINUTES = st.integers(0, 40 * 366 * 24 * 60).map(lambda n: datetime(2000, 1, 1, tzinfo=BEIJING) + timedelta(minutes=n))
ENTRIES = st.builds(
    Entry,
    case=WORDS,
    activity=WORDS,
    time=st.one_of(MINUTES, st.dates(date(2000, 1, 1), date(2040, 1, 1))),
    resource=st.one_of(st.just(""), WORDS),
    profile=st.just(""),
)


@pytest.mark.parametrize("ending", ENDINGS)
@given(entries=st.lists(ENTRIES, min_size=1, max_size=5))
def test_what_is_written_is_read_back(
    ending: str, entries: list[Entry], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Every format keeps cases, activities, resources, instants, and days whose hour is not known."""
    path = tmp_path_factory.mktemp("logs") / f"log{ending}"
    log = EventLog(entries)
    log.write(path)
    again = read_log(path)
    assert dict(again.traces()) == dict(log.traces())


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_simulated_log_is_written_and_read(ending: str, tmp_path: Path) -> None:
    """The log of a run goes through every format with the titles of either language."""
    for lang in (None, "zh"):
        log = read_log(simulate("consultation", cases=5, runs=1).log(lang))
        log.write(tmp_path / f"log{ending}")
        assert read_log(str(tmp_path / f"log{ending}")) == log
        assert len(log) and log.last_day is not None


def test_columns_are_named_by_the_analyst(tmp_path: Path) -> None:
    """A file of an office: its own headings, its own way of writing times, in the encoding of its spreadsheets."""
    path = tmp_path / "办件.csv"
    path.write_bytes("办件编号,事项,办理时间,经办人\nA1,受理,03/02/2026 09.05,李\n".encode("gb18030"))
    columns = Columns(
        case="办件编号", activity="事项", time="办理时间", resource="经办人", time_format="%m/%d/%Y %H.%M"
    )
    (entry,) = read_log(path, columns).entries
    assert entry == Entry(case="A1", activity="受理", time=datetime(2026, 3, 2, 9, 5, tzinfo=BEIJING), resource="李")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-03-02", date(2026, 3, 2)),
        ("2026/3/2", date(2026, 3, 2)),
        ("2026年3月2日", date(2026, 3, 2)),
        ("2026年3月2日 9时5分", datetime(2026, 3, 2, 9, 5, tzinfo=BEIJING)),
        ("2026-03-02T09:05:30.5", datetime(2026, 3, 2, 9, 5, 30, tzinfo=BEIJING)),
        ("2026-03-02T01:05:00Z", datetime(2026, 3, 2, 9, 5, tzinfo=BEIJING)),
        ("2026-03-02 09:05:00+08:00", datetime(2026, 3, 2, 1, 5, tzinfo=UTC)),
    ],
)
def test_times_are_read_as_people_write_them(written: str, meant: date) -> None:
    """A day stays a day; an instant without a zone is on the clocks of Beijing."""
    frame = pl.DataFrame({CASE: ["a"], ACTIVITY: ["b"], TIME: [written]})
    (entry,) = read_log(frame).entries
    assert entry.time == meant


def test_data_frames_are_read() -> None:
    """Those of pandas, polars and pyarrow, with their own kinds of times."""
    rows = {CASE: [1, 2], ACTIVITY: ["a", "b"], TIME: [datetime(2026, 3, 2, 9), datetime(2026, 3, 3, 9)]}  # noqa: DTZ001
    logs = [read_log(frame) for frame in (pd.DataFrame(rows), pl.DataFrame(rows), pa.table(rows))]
    assert logs[0] == logs[1] == logs[2]
    assert read_log(logs[0].table()) == logs[0]
    assert [entry.case for entry in logs[0].entries] == ["1", "2"]


def test_all_that_is_wrong_with_a_file_is_told_by_its_rows(tmp_path: Path) -> None:
    """Columns that are not there with those that are; then each row with what is wrong in it."""
    path = tmp_path / "log.csv"
    path.write_text("case,activity,time\na,,2026-03-02\nb,x,2026-02-30\nc,y,\n", encoding="utf-8")
    with pytest.raises(DataError) as missing:
        read_log(path)
    assert [fault.path for fault in missing.value.faults] == ["columns.case", "columns.activity", "columns.time"]
    with pytest.raises(DataError) as wrong:
        read_log(path, Columns(case="case", activity="activity", time="time"))
    assert [fault.path for fault in wrong.value.faults] == ["[1].activity", "[2].time", "[3].time"]


def test_a_row_with_more_cells_than_columns_is_refused(tmp_path: Path) -> None:
    """A comma that is not quoted would move a part of one cell into another; empty cells at the end of a row are none."""
    path, columns = tmp_path / "log.csv", Columns(case="case", activity="activity", time="time", resource="by")
    rows = ["case,activity,time,remark,by", "a,x,2026-03-02,late, again,clerk", "a,y,2026-03-03,,clerk,,"]
    path.write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(DataError, match=r"\[1\]\.?: has more cells than there are columns") as wrong:
        read_log(path, columns)
    assert len(wrong.value.faults) == 1
    path.write_text("\n".join([rows[0], rows[2]]), encoding="utf-8")
    assert [entry.resource for entry in read_log(path, columns).entries] == ["clerk"]


@pytest.mark.parametrize(
    "name",
    [
        "log.txt",
        "log.xlsx",
        "none.csv",
        "none.xes",
        "none.parquet",
        "torn.xes",
        "torn.parquet",
        "empty.csv",
        "empty.xes",
        "page.xes",
    ],
)
def test_files_that_cannot_be_read_are_refused(name: str, tmp_path: Path) -> None:
    """Unknown endings, files that are not there, files that are torn, empty or something else: an error of ours."""
    if name.startswith("torn"):
        (tmp_path / name).write_bytes(b"<log><trace>")
    if name.startswith(("empty", "page")):
        (tmp_path / name).write_bytes(b"<html><p>Sign in</p></html>" if name.startswith("page") else b"")
    with pytest.raises((DataError, InputError)) as refused:
        read_log(tmp_path / name)
    assert refused.value.say("zh") != refused.value.say("en")


def test_entries_of_a_day_stay_in_order() -> None:
    """What is known by its day alone stays where it was written among the instants of the day, which are put in order."""
    day, hour = date(2026, 3, 2), datetime(2026, 3, 2, 9, tzinfo=BEIJING)
    entries = [
        Entry(case="a", activity="later", time=date(2026, 3, 3)),
        Entry(case="a", activity="second", time=hour + timedelta(hours=1)),
        Entry(case="a", activity="in between", time=day),
        Entry(case="a", activity="first", time=hour),
    ]
    ((_, trace),) = EventLog(entries).traces()
    assert [entry.activity for entry in trace] == ["first", "in between", "second", "later"]


def test_a_resource_that_is_not_there_is_none(tmp_path: Path) -> None:
    """Tools on pandas write ``nan`` where an event has no resource; nobody is called so."""
    log = EventLog([Entry(case="1", activity="lapse", time=datetime(2026, 5, 8, tzinfo=BEIJING), resource="NOBODY")])
    log.write(tmp_path / "theirs.xes")
    text = (tmp_path / "theirs.xes").read_text(encoding="utf-8")
    (tmp_path / "theirs.xes").write_text(text.replace("NOBODY", "nan"), encoding="utf-8")

    (entry,) = read_log(tmp_path / "theirs.xes").entries

    assert entry.resource == ""
