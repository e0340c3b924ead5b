"""Folders that others hand us: a clone of holiday-cn, broken files, pipes, devices, loops, files without end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from ssflow.calendar import WorkCalendar, differences, load_notices
from ssflow.calendar.files import LARGEST, MOST
from ssflow.errors import DataError, InputError
from ssflow.export import to_icalendar

CHINA = WorkCalendar.china()
SECONDS = 60  # on a busy machine; a pipe would be waited for without end


def year_of_holiday_cn(year: int) -> dict[str, object]:
    """A year as holiday-cn has it, amendments included, from our own notices."""
    said = {day: rest for n in CHINA.notices if n.is_national and n.year == year for day, rest in n.days()}
    days = [
        {"name": rest.name.zh if rest else "调休", "date": str(day), "isOffDay": not CHINA.is_workday(day)}
        for day, rest in sorted(said.items())
    ]
    if year == 2020:  # the day on which work began anew, which that project has too
        days.append({"name": "春节", "date": "2020-02-03", "isOffDay": False})
    return {"$schema": "schema.json", "$id": f"{year}.json", "year": year, "papers": ["paper"], "days": days}


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder like a clone of holiday-cn: years in two formats, one without days, and what else lies in a repository."""
    folder = tmp_path / "holiday-cn"
    (folder / "scripts").mkdir(parents=True)
    (folder / ".git").mkdir()
    for year in range(2007, 2027):
        (folder / f"{year}.json").write_text(json.dumps(year_of_holiday_cn(year)), encoding="utf-8")
        days = CHINA.days(date(year, 1, 1), date(year, 12, 28))
        (folder / f"{year}.ics").write_text(to_icalendar(days), encoding="utf-8", newline="")
    empty = {"$id": "2027.json", "year": 2027, "papers": [], "days": []}
    (folder / "2027.json").write_text(json.dumps(empty), encoding="utf-8")
    (folder / "2027.ics").write_text("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", encoding="utf-8")
    (folder / "renovate.json").write_text('{"extends": ["config:best-practices"]}', encoding="utf-8")
    schema = {"$id": "schema.json", "type": "object", "properties": {"year": {"type": "number"}}}
    (folder / "schema.json").write_text(json.dumps(schema), encoding="utf-8")
    (folder / "scripts" / "description_parsing_cases.json").write_text('[{"year": 2020}]', encoding="utf-8")
    (folder / ".git" / "2026.json").write_text("not for us", encoding="utf-8")
    return folder


def test_a_clone_of_holiday_cn_works(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what our notices say, on every day of twenty years, so the calendar is the one that it was."""
    assert len(load_notices(clone)) == 40
    assert differences(CHINA, clone) == ()
    assert CHINA.with_notices(clone) == CHINA
    monkeypatch.setenv("SSFLOW_NOTICES", str(clone))
    assert WorkCalendar.china() == CHINA


@pytest.mark.parametrize("name", ["2027.json", "2027.ics", "renovate.json", "scripts/description_parsing_cases.json"])
def test_a_file_by_itself_has_to_say_something(clone: Path, name: str) -> None:
    """What is passed over in a folder is refused where somebody names it: the file, why, and what to do."""
    with pytest.raises(DataError, match="arranges no day: its notice is not published yet") as refused:
        load_notices(clone / name)
    assert refused.value.file == clone / name
    assert "没有安排任何一天" in refused.value.say("zh")


def test_a_file_that_differs_is_shown_day_by_day_and_ours_is_kept(clone: Path) -> None:
    """A file of a year that we have moves no day unless told: the days are listed, with what each says of them."""
    theirs = year_of_holiday_cn(2026)
    theirs["days"] = [*theirs["days"], {"name": "元旦", "date": "2026-01-05", "isOffDay": True}]
    file = clone / "2026.json"
    file.write_text(json.dumps(theirs), encoding="utf-8")

    (found,) = differences(CHINA, file)
    assert (found.day, found.ours, found.theirs, found.notice.id) == (date(2026, 1, 5), True, False, "holiday-cn-2026")
    assert found.say("zh") == "2026-01-05：自带通知为上班，holiday-cn-2026为休息"
    with pytest.raises(DataError, match="2026-01-05: worked by our notice, a rest day by holiday-cn-2026") as refused:
        CHINA.with_notices(file)
    assert "replace=True" in refused.value.say("zh")
    assert refused.value.file == file
    replaced = CHINA.with_notices(file, replace=True)
    assert not replaced.is_workday(date(2026, 1, 5))
    assert replaced.is_workday(date(2026, 10, 10))
    assert replaced.firm_through == date(2025, 12, 28)  # a day too many rests, so 2026 is no longer whole


def test_what_a_copy_does_not_tell_is_kept(tmp_path: Path) -> None:
    """A file of 2007 that begins with January says nothing of 30 December 2006, which our notice of 2007 works."""
    rests = [day for day in year_of_holiday_cn(2007)["days"] if day["date"] >= "2007" and day["date"] != "2007-04-28"]
    (tmp_path / "2007.json").write_text(json.dumps({"year": 2007, "papers": [], "days": rests}), encoding="utf-8")

    assert {found.day for found in differences(CHINA, tmp_path)} == {date(2007, 4, 28)}
    replaced = CHINA.with_notices(tmp_path, replace=True)
    assert replaced.is_workday(date(2006, 12, 30))


def test_the_environment_keeps_ours(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of a known year that the environment names moves no day and stops no program."""
    theirs = year_of_holiday_cn(2026)
    theirs["days"] = [*theirs["days"], {"name": "元旦", "date": "2026-01-05", "isOffDay": True}]
    (clone / "2026.json").write_text(json.dumps(theirs), encoding="utf-8")
    monkeypatch.setenv("SSFLOW_NOTICES", str(clone / "2026.json"))

    assert WorkCalendar.china() == CHINA


def test_two_files_of_one_new_year_have_to_agree(tmp_path: Path) -> None:
    """Of a year that we do not have, two files that say the contrary are refused with the days; one that agrees is idle."""
    before = WorkCalendar(tuple(notice for notice in CHINA.notices if notice.year < 2026))
    theirs = year_of_holiday_cn(2026)
    (tmp_path / "2026.json").write_text(json.dumps(theirs), encoding="utf-8")
    text = to_icalendar(CHINA.days(date(2026, 1, 1), date(2026, 12, 28)))
    (tmp_path / "a.ics").write_text(text, encoding="utf-8", newline="")

    both = before.with_notices(tmp_path)
    assert both.firm_through == date(2026, 12, 28)
    assert len(both.notices) == len(before.notices) + 1
    theirs["days"] = [day for day in theirs["days"] if day["date"] != "2026-05-09"]
    (tmp_path / "2026.json").write_text(json.dumps(theirs), encoding="utf-8")
    with pytest.raises(DataError, match="2026-05-09: a rest day by our notice, worked by icalendar-a-2026"):
        before.with_notices(tmp_path)


def test_the_act_itself_takes_the_place_of_copies(tmp_path: Path) -> None:
    """When the notice is entered, what others told of its year no longer counts, and its day of publication is known."""
    before = WorkCalendar(tuple(notice for notice in CHINA.notices if notice.year < 2026))
    (tmp_path / "2026.json").write_text(json.dumps(year_of_holiday_cn(2026)), encoding="utf-8")
    act = next(notice for notice in CHINA.notices if notice.id == "2026")

    assert before.with_notices(tmp_path, act) == before.with_notices(act)


@pytest.mark.parametrize(("name", "text"), [("2027.toml", "year = "), ("2027.json", "{"), ("2027.ics", "BEGIN:VCAL")])
def test_a_broken_file_is_named_with_the_variable(
    tmp_path: Path, name: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who never heard of the file is told who named it."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setenv("SSFLOW_NOTICES", str(tmp_path))

    with pytest.raises(DataError, match="named by the environment variable SSFLOW_NOTICES") as refused:
        WorkCalendar.china()
    assert refused.value.file == tmp_path / name
    assert "由环境变量SSFLOW_NOTICES指定" in refused.value.say("zh")


@pytest.mark.parametrize("words", [["list"], ["show", "card_replacement"], ["doubts"], ["law"], ["--help"]])
def test_commands_that_count_no_days_go_on(tmp_path: Path, words: list[str]) -> None:
    """A broken file of notices stops the counting of days, not the look at a procedure."""
    (tmp_path / "2027.toml").write_text("year = ", encoding="utf-8")

    assert ssflow(*words, notices=tmp_path).returncode == 0
    assert "SSFLOW_NOTICES" in ssflow("calendar", "2026", notices=tmp_path).stderr


def ssflow(*words: str, notices: Path) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, which has a minute."""
    return subprocess.run(
        [sys.executable, "-c", "from ssflow.cli import main; main()", *words],
        env={**os.environ, "SSFLOW_NOTICES": str(notices), "SSFLOW_LANG": "en", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


@pytest.mark.parametrize("name", ["2027.toml", "2027.json", "2027.ics"])
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in this file system")
def test_a_pipe_does_not_hang(tmp_path: Path, name: str) -> None:
    """A pipe among the notices is refused by name; nobody waits until somebody writes into it."""
    os.mkfifo(tmp_path / name)
    answer = ssflow("calendar", "2026", notices=tmp_path)

    assert (answer.returncode, answer.stdout) == (1, "")
    assert "is not a plain file but a pipe, a device or a folder" in answer.stderr
    assert name in answer.stderr
    answer = ssflow("calendar", "2026", notices=tmp_path / name)
    assert "is not a plain file" in answer.stderr


def test_a_device_does_not_hang(tmp_path: Path) -> None:
    """A link to a device without end is refused, and so is one that leads nowhere."""
    (tmp_path / "2027.json").symlink_to("/dev/zero")
    assert "is not a plain file" in ssflow("calendar", "2026", notices=tmp_path).stderr
    (tmp_path / "2027.json").unlink()
    (tmp_path / "2027.json").symlink_to(tmp_path / "nowhere")
    assert "cannot be read" in ssflow("calendar", "2026", notices=tmp_path).stderr


def test_loops_of_folders_are_walked_once(tmp_path: Path) -> None:
    """A folder that holds itself by a link is read once; one that is linked from elsewhere is read too."""
    here, elsewhere = tmp_path / "here", tmp_path / "elsewhere"
    here.mkdir()
    elsewhere.mkdir()
    (here / "again").symlink_to(here)
    (here / "linked").symlink_to(elsewhere)
    (elsewhere / "back").symlink_to(here)
    (elsewhere / "2026.json").write_text(json.dumps(year_of_holiday_cn(2026)), encoding="utf-8")

    assert [notice.id for notice in load_notices(here)] == ["holiday-cn-2026"]


def test_a_mounted_folder_is_read_once(tmp_path: Path) -> None:
    """A container mounts files as links into a hidden folder: ``2026.json -> ..data/2026.json``."""
    (tmp_path / "..2026_11").mkdir()
    (tmp_path / "..2026_11" / "2026.json").write_text(json.dumps(year_of_holiday_cn(2026)), encoding="utf-8")
    (tmp_path / "..data").symlink_to("..2026_11")
    (tmp_path / "2026.json").symlink_to("..data/2026.json")

    assert [notice.id for notice in load_notices(tmp_path)] == ["holiday-cn-2026"]


@pytest.mark.parametrize("name", ["2027.toml", "2027.json", "2027.ics"])
def test_a_huge_file_is_refused_unread(tmp_path: Path, name: str) -> None:
    """A file of gigabytes with the name of a notice is none."""
    with (tmp_path / name).open("wb") as file:
        file.truncate(LARGEST * 1000)

    with pytest.raises(DataError, match="and is not a notice; remove it"):
        load_notices(tmp_path)


def test_a_disk_is_no_folder_of_notices(tmp_path: Path) -> None:
    """A folder of very many files was named by mistake; it is not searched to its end."""
    for number in range(MOST + 1):
        (tmp_path / str(number)).touch()

    with pytest.raises(DataError, match="name the folder that holds them"):
        load_notices(tmp_path)


@pytest.mark.parametrize("wrong", [5, None, b"2027.toml", ["2027.toml"], "a\0b"])
def test_what_is_no_path_is_refused(wrong: object) -> None:
    """Neither a notice nor a path: an error of ours that says what is taken."""
    with pytest.raises(InputError, match="takes notices, or paths of their files and folders"):
        CHINA.with_notices(wrong)


@pytest.mark.parametrize("path", ["~nobody-of-this-name/2027.toml", "x" * 5000 + ".toml", "nowhere.toml"])
def test_a_path_that_leads_nowhere_is_refused(path: str) -> None:
    """Whatever the file system says of a path, it is our error with the path."""
    with pytest.raises(DataError):
        CHINA.with_notices(path)
