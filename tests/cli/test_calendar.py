"""``ssflow calendar`` shows a year that people can read, with and without colours, and says what made it so."""

from __future__ import annotations

import json
import re
from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from chinese_calendar.constants import workdays as made_up
from icalendar import Calendar
from rich.cells import cell_len

from ssflow import WorkCalendar
from ssflow.cli.output.makeups import made_up_for
from ssflow.text import LANGS, Lang
from tests.cli.conftest import Run

BOTH = pytest.mark.parametrize("lang", LANGS)
REST, WORK = {"zh": "休", "en": "r"}, {"zh": "班", "en": "w"}
WEEKDAYS = {"zh": "一 二 三 四 五 六 日", "en": "Mo Tu We Th Fr Sa Su"}
FESTIVALS = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}


def marked(shown: str, lang: Lang) -> dict[tuple[int, int], str]:
    """The days of a year that has one month a row, by month and day, with the marks that stand under them."""
    found: dict[tuple[int, int], str] = {}
    month = 0
    numbers: dict[int, int] = {}
    for line in shown.splitlines():
        if line == WEEKDAYS[lang]:
            month += 1
        elif month and re.fullmatch(r"[ 0-9?]+", line):
            numbers = {match.end(): int(match[0]) for match in re.finditer("[0-9]+", line)}
            found |= {(month, number): "" for number in numbers.values()}
        elif month and re.fullmatch("[ rw休班]+", line):
            for match in re.finditer("[rw休班]", line):
                found[month, numbers[cell_len(line[: match.end()])]] = match[0]
        elif line and not line.startswith(" ") and month == 12 and found.get((12, 31)) is not None:
            break
    return found


# The months


@BOTH
@pytest.mark.parametrize(("year", "region"), [(2026, ""), (2020, ""), (2021, "450000"), (2014, "110000"), (2006, "")])
def test_every_day_is_there_with_its_mark(
    run: Run, monkeypatch: pytest.MonkeyPatch, year: int, region: str, lang: Lang
) -> None:
    """Without colours, a rest day still has its mark under its number, and a make-up day has the other one."""
    monkeypatch.setenv("COLUMNS", "40")
    shown = marked(run("calendar", str(year), "--region", region, "--lang", lang).out, lang)
    calendar = WorkCalendar.china().in_region(region)
    days = list(calendar.days(date(year, 1, 1), date(year, 12, 31)))

    assert list(shown) == [(day.date.month, day.date.day) for day in days]
    for day in days:
        mark = shown[day.date.month, day.date.day]
        odd = day.is_workday == (day.date.weekday() >= 5)
        assert mark == WORK[lang] or not (odd and day.is_workday), day
        assert mark == REST[lang] or not (odd and not day.is_workday), day
        assert not mark or odd or day.name, day


@BOTH
@pytest.mark.parametrize(
    ("width", "side_by_side"), [(20, 1), (40, 1), (50, 2), (66, 3), (80, 3), (90, 4), (100, 4), (130, 4), (300, 4)]
)
def test_the_months_fit_the_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch, width: int, side_by_side: int, lang: Lang
) -> None:
    """As many months stand side by side as there is room for, four at most, and no line is too wide."""
    monkeypatch.setenv("COLUMNS", str(width))
    lines = run("calendar", "2026", "--lang", lang).out.splitlines()
    heads = [line.count(WEEKDAYS[lang]) for line in lines if WEEKDAYS[lang] in line]

    assert sum(heads) == 12
    assert max(heads) == side_by_side
    assert max(map(cell_len, lines)) <= width
    assert all(line == line.rstrip() for line in lines)
    assert "2026-10-01" in " ".join(lines)  # the notes are there too


@BOTH
def test_each_month_counts_its_working_days(run: Run, lang: Lang) -> None:
    """The heading of each month has the number of its working days, and the first lines that of the year."""
    told = run("calendar", "2026", "--lang", lang).out
    counted = [int(n) for n in re.findall({"zh": "工作([0-9]+)天", "en": "([0-9]+) worked"}[lang], told)]
    firsts = [date(2026, month, 1) for month in range(1, 13)]
    lasts = [date(2026, month, monthrange(2026, month)[1]) for month in range(1, 13)]

    assert counted == [len(chinese_calendar.get_workdays(*ends)) for ends in zip(firsts, lasts, strict=True)]
    assert {"zh": f"工作日{sum(counted)}天", "en": f"{sum(counted)} working days"}[lang] in told


def test_colours_do_not_change_the_words(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal days are coloured; the characters are the same."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm-256color")
    plain = run("calendar", "2026").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = run("calendar", "2026").out

    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured).split() == plain.split()


# How sure it is


@BOTH
def test_provisional_days_are_marked(run: Run, lang: Lang) -> None:
    """The last three days of a year are marked until the next notice is known, and the notes say why."""
    told = run("calendar", "2026", "--as-of", "2026-11-20", "--lang", lang).out

    assert "28 29?30?31?" in told
    assert told.count("?") == 3 + 1  # and once in the legend
    assert {"zh": "确定至12月28日", "en": "firm through 28 December"}[lang] in told
    assert {"zh": "2025-11-04公布", "en": "published 2025-11-04"}[lang] in told


@BOTH
def test_a_year_without_a_notice(run: Run, lang: Lang) -> None:
    """A year that is all forecast is marked month by month, and each of its rests says that it is a forecast."""
    told = run("calendar", "2027", "--as-of", "2026-11-20", "--lang", lang).out

    assert told.count({"zh": "月? ", "en": "? "}[lang]) >= 12
    assert {"zh": "尚无2027年的通知", "en": "no notice of 2027 yet"}[lang] in told
    assert {"zh": "推算", "en": "forecast"}[lang] in told
    assert {"zh": "班", "en": "make-up working day"}[lang] not in told


@BOTH
def test_a_firm_year_says_since_when(run: Run, lang: Lang) -> None:
    """A year whose notice and whose next notice are known is firm throughout, and no day is marked."""
    told = run("calendar", "2024", "--lang", lang).out

    assert {"zh": "全年确定（通知：2023-10-25公布）", "en": "the whole year is firm (notice: published 2023-10-25)"}[
        lang
    ] in told
    assert "?" not in told


@BOTH
def test_a_place_without_its_notice(run: Run, lang: Lang) -> None:
    """Where the place has days of its own every year and its notice is missing, the year is provisional and says so."""
    told = run("calendar", "2024", "--region", "422801", "--lang", lang).out

    assert {"zh": "恩施土家族苗族自治州每年有自己的假日", "en": "恩施土家族苗族自治州 has days of its own every year"}[
        lang
    ] in told
    assert told.count({"zh": "月? ", "en": "? "}[lang]) >= 12


# The notes


@BOTH
def test_rests_and_notices_are_listed(run: Run, lang: Lang) -> None:
    """Each rest and each make-up day stands with its festival and the number of its notice, regional ones among them."""
    told = run("calendar", "2021", "--region", "450000", "--lang", lang).out
    lines = [" ".join(line.split()) for line in told.splitlines()]

    for line in {
        "zh": (
            "2021-02-11至02-17 周四至周三 休7天 春节 [1]",
            "2021-04-14至04-16 周三至周五 休3天 壮族三月三 [2]",
            "2021-04-18 周日 上班 壮族三月三 [2]",
            "2021-04-25 周日 上班 劳动节 [1]",
        ),
        "en": (
            "2021-02-11 to 02-17 Thu to Wed rest 7 days Spring Festival [1]",
            "2021-04-14 to 04-16 Wed to Fri rest 3 days Zhuang Sanyuesan festival [2]",
            "2021-04-18 Sun work Zhuang Sanyuesan festival [2]",
            "2021-04-25 Sun work Labour Day [1]",
        ),
    }[lang]:
        assert line in lines
    assert "[1] 国务院办公厅关于2021年部分节假日安排的通知 国办发明电〔2020〕27号" in lines
    assert "[2] 广西壮族自治区2021年“壮族三月三”放假安排" in lines
    assert {"zh": "适用于广西壮族自治区", "en": "for 广西壮族自治区"}[lang] in told


@BOTH
def test_a_notice_that_one_source_tells_of_is_in_doubt(run: Run, lang: Lang) -> None:
    """A notice that only one source attests is told as doubtful."""
    told = " ".join(run("calendar", "2014", "--region", "450000", "--lang", lang).out.split())

    assert {"zh": "存疑：单一来源", "en": "in doubt: single source"}[lang] in told
    assert {"zh": "存疑", "en": "in doubt"}[lang] not in run("calendar", "2026", "--lang", lang).out


def test_a_rest_over_new_year_is_told_whole(run: Run) -> None:
    """A rest that begins in one year and ends in the next stands in both, with both of its ends."""
    for year in ("2022", "2023"):
        assert "2022-12-31 to 2023-01-02" in run("calendar", year).out


def test_make_up_days_belong_to_the_festival_that_others_name() -> None:
    """Of all notices of the country, a make-up day is told to be worked for the festival that the package
    chinesecalendar names, or for none.
    """
    calendar = WorkCalendar.china()
    told = {
        day: name.zh.split("、")
        for notice in calendar.notices
        if notice.is_national
        for day, name in made_up_for(notice, calendar).items()
    }
    known = {day: FESTIVALS[name] for day, name in made_up.items() if day in told}

    assert [day for day, name in known.items() if name not in told[day]] == []
    assert len(known) > 100


# As data


def test_the_year_as_data(run: Run) -> None:
    """In JSON stands every day that is not as the week has it, with its notice, and the totals of year and months."""
    year = run("calendar", "2026", "--as-of", "2026-11-20", "--json").json
    days = {day["date"]: day for day in year["days"]}

    assert (year["year"], year["firm"], year["firm_through"]) == (2026, False, "2026-12-28")
    assert year["provisional"] == [["2026-12-29", "2026-12-31"]]
    assert year["totals"]["workdays"] + year["totals"]["rest_days"] == 365
    assert year["totals"]["workdays"] == sum(year["totals"]["by_month"]) == 248
    assert len(days) == 3 + 9 + 3 + 5 + 3 + 3 + 7 + 6
    assert days["2026-02-14"]["kind"] == "MAKEUP"
    assert days["2026-02-14"]["made_up_for"] == {"zh": "春节", "en": "Spring Festival"}
    assert days["2026-10-01"]["name"] == {"zh": "国庆节", "en": "National Day"}
    assert {key: days["2026-10-01"]["notice"][key] for key in ("id", "number", "known_from", "confidence")} == {
        "id": "2026",
        "number": "国办发明电〔2025〕7号",
        "known_from": "2025-11-04",
        "confidence": "corroborated",
    }
    assert all(day["firm"] and day["notice"]["url"] and day["notice"]["title"] for day in days.values())


def test_the_year_of_a_place_as_data(run: Run) -> None:
    """The place, the body and the missing notices are data too."""
    year = run("calendar", "2024", "--region", "422800", "--body", "enterprise", "--json").json

    assert (year["region"], year["region_name"], year["body"]) == ("422800", "恩施土家族苗族自治州", "enterprise")
    assert (year["missing"], year["firm"], year["provisional"]) == ([2024], False, [["2024-01-01", "2024-12-31"]])


@BOTH
def test_the_year_as_a_calendar_file(run: Run, lang: Lang) -> None:
    """``--ics`` prints an iCalendar file of the rests and make-up days, and nothing else."""
    answer = run("calendar", "2026", "--ics", "--lang", lang)
    events = Calendar.from_ical(answer.out).events
    (first,) = [event for event in events if event.start == date(2026, 10, 1)]

    assert first.end - first.start >= timedelta(days=1)
    assert {"zh": "国庆节", "en": "National Day"}[lang] in first["SUMMARY"]
    assert len([event for event in events if {"zh": "（班）", "en": "make-up"}[lang] in event["SUMMARY"]]) == 6


def test_a_notice_of_ones_own(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A notice that the environment names makes its year firm."""
    festivals = [
        ("元旦", "New Year's Day", "01-01", "01-03"),
        ("春节", "Spring Festival", "02-05", "02-12"),
        ("清明节", "Qingming Festival", "04-03", "04-05"),
        ("劳动节", "Labour Day", "05-01", "05-05"),
        ("端午节", "Dragon Boat Festival", "06-09", "06-09"),
        ("中秋节", "Mid-Autumn Festival", "09-15", "09-17"),
        ("国庆节", "National Day", "10-01", "10-07"),
    ]
    head = 'title = "2027年放假安排"\nyear = 2027\nknown_from = 2026-11-10\nevidence = ["自拟", "made up"]\nwork = [2027-02-20, 2027-02-21, 2027-02-27, 2027-02-28, 2027-03-06, 2027-03-07, 2027-03-13]\n'
    rests = [f'[[rest]]\nname = ["{zh}", "{en}"]\nfirst = 2027-{a}\nlast = 2027-{b}\n' for zh, en, a, b in festivals]
    (tmp_path / "2027.toml").write_text(head + "".join(rests), encoding="utf-8")
    monkeypatch.setenv("SSFLOW_NOTICES", str(tmp_path))

    lines = [" ".join(line.split()) for line in run("calendar", "2027").out.splitlines()]
    assert any(line.startswith("2027-02-20 Sat work") for line in lines)
    assert any(line.startswith("2027-10-01 to 10-07 Fri to Thu rest 7 days National Day") for line in lines)
    assert run("calendar", "2026", "--json").json["firm"] is True


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        ([], 2, "ssflow calendar --help"),
        (["26"], 2, "2026"),
        (["two thousand"], 2, "2026"),
        (["2026", "--region", "1"], 2, "440100"),
        (["2026", "--body", "army"], 2, "enterprise"),
        (["2026", "--as-of", "now"], 2, "2026-09-21"),
        (["2026", "--ics", "--json"], 2, "--json"),
        (["0000"], 2, "2026"),
        (["2003"], 1, "2004-01-01"),
        (["2100"], 1, "2099"),
        (["2026", "--as-of", "1990-01-01"], 1, "2003-01-01"),
    ],
)
@BOTH
def test_a_wrong_question_is_taught(run: Run, words: list[str], code: int, hint: str, lang: Lang) -> None:
    """What cannot be shown is refused with what to write instead."""
    answer = run("calendar", *words, "--lang", lang)

    assert (answer.code, answer.out) == (code, "")
    assert hint in answer.err


# What adds up, and what others say


@BOTH
@pytest.mark.parametrize(
    ("year", "zh", "en"),
    [
        (2026, "平日放假19天，周末上班6天，法定节假日13天：相符", "19 weekdays rest, 6 weekend days are worked"),
        (2015, "法定节假日11天，另给2天以内：相符", "11 days are due by law and up to 2 granted besides"),
    ],
)
def test_the_balance_of_a_year_is_shown(run: Run, year: int, zh: str, en: str, lang: Lang) -> None:
    """What rests on weekdays is made up or due by law, and the year says so."""
    told = " ".join(run("calendar", str(year), "--lang", lang).out.split())

    assert {"zh": zh, "en": en}[lang] in told.replace("： ", "：")
    assert run("calendar", str(year), "--json").json["balance"]["missing_work"] == 0


def others(folder: Path, year: int, days: list[tuple[str, bool]]) -> None:
    rows = [{"name": "假", "date": f"{year}-{day}", "isOffDay": rests} for day, rests in days]
    (folder / f"{year}.json").write_text(json.dumps({"year": year, "papers": [], "days": rows}), encoding="utf-8")


@BOTH
def test_a_year_that_is_half_known_says_what_is_missing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: Lang
) -> None:
    """A file of rests alone leaves its year provisional, and the number of make-up days that are missing is said."""
    spans = [("01", 1, 3), ("02", 5, 12), ("04", 3, 5), ("05", 1, 5), ("06", 9, 9), ("09", 15, 17), ("10", 1, 7)]
    others(tmp_path, 2027, [(f"{m}-{d:02}", True) for m, first, last in spans for d in range(first, last + 1)])
    monkeypatch.setenv("SSFLOW_NOTICES", str(tmp_path))

    told = "".join(run("calendar", "2027", "--lang", lang).out.split())
    assert {"zh": "缺7个调休上班日", "en": "7make-updaysaremissing"}[lang] in told
    answer = run("calendar", "2027", "--json").json
    assert (answer["firm"], answer["balance"]["missing_work"]) == (False, 7)
    assert "7 make-up days are missing" in answer["lacking"]["en"]


@BOTH
def test_a_file_that_says_the_contrary_is_shown(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: Lang
) -> None:
    """A file of a known year moves no day; where it differs is shown day by day."""
    own = next(notice for notice in WorkCalendar.china().notices if notice.id == "2026")
    days = [(f"{day:%m-%d}", rest is not None) for day, rest in own.days() if day != date(2026, 10, 10)]
    others(tmp_path, 2026, [*days, ("01-05", True)])
    before = run("calendar", "2026", "--json").json
    monkeypatch.setenv("SSFLOW_NOTICES", str(tmp_path))

    told = run("calendar", "2026", "--lang", lang).out
    assert {
        "zh": "2026-01-05：自带通知为上班，holiday-cn-2026为休息",
        "en": "2026-01-05: worked by our notice, a rest day",
    }[lang] in told
    assert "2026.toml" in told
    after = run("calendar", "2026", "--json").json
    assert after["days"] == before["days"]
    assert [(found["date"], found["ours"], found["theirs"]) for found in after["differences"]] == [
        ("2026-01-05", True, False),
        ("2026-10-10", True, False),
    ]


@pytest.mark.parametrize(
    ("year", "said"), [("2004", "not found, taken as known from 2003-01-01"), ("2026", "published 2025-11-04")]
)
def test_a_day_that_stands_in_is_told_as_such(run: Run, year: str, said: str) -> None:
    """A notice whose day of publication was not found says so by a mark of its own, not by the words of its evidence."""
    assert said in " ".join(run("calendar", year, "--lang", "en").out.split())
