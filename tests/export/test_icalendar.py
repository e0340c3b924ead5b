"""Holidays and deadlines as iCalendar: sound by the standard, the same each time, and read back as they were."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from ssflow.calendar import Day, DayKind, Deadline, Notice, Rest, WorkCalendar, days, hours, load_notices, workdays
from ssflow.errors import InputError
from ssflow.export import to_icalendar
from ssflow.text import LANGS, Lang, Text

CHINA = WorkCalendar.china()
BOTH = pytest.mark.parametrize("lang", LANGS)
PROVISIONAL = {"zh": "（暂定）", "en": " (provisional)"}


def year(cal: WorkCalendar, of: int) -> list[Day]:
    first = date(of, 1, 1)
    return [cal.day(first + timedelta(days=i)) for i in range((date(of + 1, 1, 1) - first).days)]


def parsed(text: str) -> list[Event]:
    """The events as the package icalendar reads them, which must find nothing to complain of."""
    calendar = Calendar.from_ical(text)
    assert not [fault for part in calendar.walk() for fault in part.errors]
    return list(calendar.events)


def event_of(entry: Day | Deadline, lang: Lang = "zh") -> Event:
    (event,) = parsed(to_icalendar([entry], lang=lang))
    return event


def read_back(folder: Path, text: str) -> tuple[Notice, ...]:
    file = folder / "ours.ics"
    file.write_text(text, encoding="utf-8", newline="")
    return load_notices(file)


def arranged(notices: Iterable[Notice]) -> dict[date, bool]:
    """What notices change: the weekdays that rest (False) and the weekend days that are worked (True)."""
    said = {day: rest is None for notice in notices for day, rest in notice.days()}
    return {day: works for day, works in said.items() if works or day.weekday() < 5}


# There and back


@BOTH
@pytest.mark.parametrize("of", [2019, 2020, 2024, 2025, 2026])
def test_a_year_comes_back_as_it_was(tmp_path: Path, lang: Lang, of: int) -> None:
    """Every day of a year is worked or not after export and reading as before, and rests under the same name."""
    theirs = read_back(tmp_path, to_icalendar(year(CHINA, of), lang=lang))
    again = WorkCalendar(tuple(evolve(n, id=f"again-{n.year}") for n in theirs))

    for day in year(CHINA, of):
        if (day.date.month, day.date.day) < (12, 29):
            back = again.day(day.date)
            assert (back.is_workday, back.kind is DayKind.MAKEUP) == (day.is_workday, day.kind is DayKind.MAKEUP), day
            assert back.name is None or back.name.say(lang) == (day.name or back.name).say(lang)
    said = {day for notice in CHINA.notices if notice.is_national for day in arranged([notice]) if day.year == of}
    assert {day for day in arranged(theirs) if day.year == of} == {
        day for day in said if CHINA.is_workday(day) == (day.weekday() >= 5)
    }


def test_the_notice_of_2025_comes_back_whole(tmp_path: Path) -> None:
    """Rests, make-up days and names of the notice of 2025 survive; what only the release knows does not."""
    own = next(notice for notice in CHINA.notices if notice.id == "2025")

    (theirs,) = read_back(tmp_path, to_icalendar(year(CHINA, 2025)))

    assert (theirs.rest, theirs.work, theirs.url, theirs.year) == (own.rest, own.work, own.url, own.year)
    assert theirs.complete
    assert theirs.known_from is None


def test_a_forecast_does_not_come_back_as_a_notice(tmp_path: Path) -> None:
    """Holidays that are only expected are marked as provisional, get no badge, and make no year firm when read."""
    events = parsed(to_icalendar(year(CHINA, 2028)))
    notices = read_back(tmp_path, to_icalendar([*year(CHINA, 2026), *year(CHINA, 2028)]))

    assert events
    for event in events:
        assert str(event["SUMMARY"]).endswith(PROVISIONAL["zh"])
        assert event["STATUS"] == "TENTATIVE"
        assert "X-APPLE-SPECIAL-DAY" not in event
    assert [notice.year for notice in notices] == [2026]


@st.composite
def notices(draw: st.DrawFn) -> Notice:
    """Any arrangement of a year: runs of rest, and weekend days that are worked."""
    of = draw(st.integers(2001, 2098))
    first = date(of - 1, 12, 29)
    length = (date(of, 12, 31) - first).days
    names = st.one_of(
        st.sampled_from([Text("春节", "Spring Festival"), Text("三月三", "San Yue San")]), st.text().map(free)
    )
    taken: set[date] = set()
    rests = []
    for start, n in draw(st.lists(st.tuples(st.integers(0, length), st.integers(0, 12)), max_size=8)):
        run = [first + timedelta(days=i) for i in range(start, min(start + n, length) + 1)]
        if taken.isdisjoint(run):
            taken.update(run)
            rests.append(Rest(name=draw(names), first=run[0], last=run[-1], extra=draw(st.booleans())))
    weekend = [day for i in range(length + 1) if (day := first + timedelta(days=i)).weekday() >= 5 and day not in taken]
    work = draw(st.lists(st.sampled_from(weekend), unique=True, max_size=12))
    return Notice(
        id=str(of), title="通知", year=of, evidence=Text("自拟", "drawn"), work=tuple(work), rest=tuple(rests)
    )


def free(text: str) -> Text:
    return Text(text, text)


def days_of(notice: Notice) -> list[Day]:
    def kind(day: date, rest: Rest | None) -> DayKind:
        if rest is None:
            return DayKind.MAKEUP
        return DayKind.EXTRA if rest.extra else DayKind.WEEKEND if day.weekday() >= 5 else DayKind.SWAPPED

    return [Day(day, kind(day, rest), rest.name if rest else None, notice, firm=True) for day, rest in notice.days()]


@given(notice=notices().filter(lambda notice: any(notice.days())), lang=st.sampled_from(LANGS))
def test_any_notice_comes_back(tmp_path_factory: pytest.TempPathFactory, notice: Notice, lang: Lang) -> None:
    """Whatever a notice arranges, and whatever its holidays are called, its days are the same after export and reading."""
    theirs = read_back(tmp_path_factory.mktemp("ours"), to_icalendar(days_of(notice), lang=lang))

    assert arranged(theirs) == arranged([notice])
    assert {day for n in theirs for day, rest in n.days() if rest} == {day for day, rest in notice.days() if rest}


# Days


@BOTH
def test_a_holiday_says_what_it_is_and_by_what_notice(lang: Lang) -> None:
    """A rest day carries its festival, its kind, the notice with its address, and Apple's badge; it blocks no time."""
    event = event_of(CHINA.day(date(2025, 1, 1)), lang)

    assert event["SUMMARY"] == {"zh": "元旦（休）", "en": "New Year's Day (rest)"}[lang]
    assert event.categories == [{"zh": "法定节假日", "en": "statutory holiday"}[lang]]
    assert "国办发明电〔2024〕12号" in str(event["DESCRIPTION"])
    assert "https://www.gov.cn/zhengce/zhengceku/202411/content_6986383.htm" in str(event["DESCRIPTION"])
    assert (event["X-APPLE-SPECIAL-DAY"], event["TRANSP"], event["STATUS"]) == (
        "WORK-HOLIDAY",
        "TRANSPARENT",
        "CONFIRMED",
    )
    assert (event.start, event.DTEND) == (date(2025, 1, 1), date(2025, 1, 2))
    assert event["DTSTAMP"].dt == datetime(2024, 11, 12, tzinfo=UTC)  # the day on which the notice was first published


@BOTH
def test_a_make_up_day_says_that_it_is_worked(lang: Lang) -> None:
    """No notice says for which holiday a day is made up, so neither does the event."""
    event = event_of(CHINA.day(date(2026, 9, 20)), lang)

    assert event["SUMMARY"] == {"zh": "调休（班）", "en": "make-up working day"}[lang]
    assert event["X-APPLE-SPECIAL-DAY"] == "ALTERNATE-WORKDAY"


def test_consecutive_days_of_one_kind_are_one_event() -> None:
    """The eight days of Spring Festival 2025 are four statutory ones, a weekend and two moved there."""
    events = parsed(to_icalendar(year(CHINA, 2025)))
    spring = [
        (event.start.day, event.end.day, event.categories[0]) for event in events if "春节" in str(event["SUMMARY"])
    ]

    assert spring == [(28, 1, "法定节假日"), (1, 3, "周末"), (3, 5, "调休放假日")]


def test_what_is_firm_and_what_is_not_are_two_events() -> None:
    """A holiday of which only the first days are firm does not lend its certainty to the others."""
    rest = [CHINA.day(date(2026, 2, day)) for day in (16, 17, 18)]
    firm, open_ = parsed(to_icalendar([*rest[:2], evolve(rest[2], firm=False)]))

    assert (firm["STATUS"], firm.end) == ("CONFIRMED", date(2026, 2, 18))
    assert (open_["STATUS"], open_.start) == ("TENTATIVE", date(2026, 2, 18))


def test_days_as_the_week_has_them_are_left_out() -> None:
    """A plain working day and a plain weekend make no event, so a week without a holiday makes an empty calendar."""
    week = [CHINA.day(date(2025, 3, 3) + timedelta(days=i)) for i in range(7)]

    assert not parsed(to_icalendar(week))


def test_a_country_vouched_for_is_firm() -> None:
    """Days without a notice are provisional unless whoever made the calendar vouches for them."""
    hongkong = WorkCalendar.from_holidays(
        "HK", zone="Asia/Hong_Kong", years=range(2025, 2028), firm_through=date(2026, 1, 1)
    )
    vouched, guessed = (event_of(hongkong.day(date(of, 7, 1))) for of in (2025, 2026))

    assert (vouched["STATUS"], vouched["X-APPLE-SPECIAL-DAY"]) == ("CONFIRMED", "WORK-HOLIDAY")
    assert (guessed["STATUS"], "X-APPLE-SPECIAL-DAY" in guessed) == ("TENTATIVE", False)


# Deadlines


@BOTH
def test_a_deadline_stands_on_its_due_day_with_its_account(lang: Lang) -> None:
    """The event of a deadline is its due day, named by its span, and tells how the day was found."""
    deadline = workdays(20).deadline(date(2023, 9, 22), CHINA)
    event = event_of(deadline, lang)

    assert event["SUMMARY"] == {"zh": "期限：20个工作日", "en": "deadline: 20 working days"}[lang]
    assert event["DESCRIPTION"] == deadline.explain().say(lang)
    assert (event.start, event.DTEND) == (date(2023, 10, 26), date(2023, 10, 27))
    assert event["DTSTAMP"].dt == datetime(2023, 9, 22, tzinfo=UTC)
    assert "X-APPLE-SPECIAL-DAY" not in event


@BOTH
def test_a_provisional_deadline_says_so(lang: Lang) -> None:
    """A due day that rests on a notice not yet published is marked."""
    event = event_of(workdays(20).deadline(date(2098, 12, 1), CHINA), lang)

    assert str(event["SUMMARY"]).endswith(PROVISIONAL[lang])
    assert event["STATUS"] == "TENTATIVE"


def test_hours_end_at_an_instant() -> None:
    """A span in hours is an event at the instant at which it closes, without a length."""
    event = event_of(hours(24).deadline(datetime(2026, 2, 13, 9, 30, tzinfo=UTC), CHINA))

    assert event.start == datetime(2026, 2, 14, 9, 30, tzinfo=UTC)
    assert "DTEND" not in event


def test_an_open_deadline_is_refused() -> None:
    """While a clock stands there is no due day, and no entry may pretend otherwise."""
    stopped = workdays(20).deadline(date(2025, 3, 3), CHINA, [(date(2025, 3, 5), None)])

    with pytest.raises(ValueError, match="clock of 20 workdays from 2025-03-03 is stopped"):
        to_icalendar([stopped])


def test_deadlines_are_no_holidays(tmp_path: Path) -> None:
    """A calendar of days and deadlines, read back, has the days only."""
    deadlines = [span.deadline(date(2025, 3, 3), CHINA) for span in (workdays(1), workdays(20), days(5))]

    for lang in LANGS:
        assert arranged(read_back(tmp_path, to_icalendar([*deadlines, *year(CHINA, 2025)], lang=lang))) == arranged(
            read_back(tmp_path, to_icalendar(year(CHINA, 2025), lang=lang))
        )


# The file


def everything() -> list[Day | Deadline]:
    deadlines = [workdays(n).deadline(date(2026, 11, 2), CHINA) for n in (1, 5, 60)]
    return [
        *year(CHINA, 2026),
        *year(CHINA, 2027),
        *deadlines,
        hours(1).deadline(datetime(2026, 1, 1, tzinfo=UTC), CHINA),
    ]


@BOTH
def test_the_same_entries_give_the_same_text(lang: Lang) -> None:
    """Order and repetition of the entries do not matter, and no clock is asked."""
    entries = everything()

    assert to_icalendar([*reversed(entries), *entries[:40]], lang=lang) == to_icalendar(entries, lang=lang)


@BOTH
def test_the_file_keeps_to_the_standard(lang: Lang) -> None:
    """RFC 5545: CRLF, lines of at most 75 octets, one VERSION and PRODID, a UID of its own and a DTSTAMP in UTC for each."""
    text = to_icalendar(everything(), lang=lang, name="社保，期限; a\nb")
    lines = text.encode().split(b"\r\n")
    calendar = Calendar.from_ical(text)
    events = parsed(text)

    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    assert (calendar["VERSION"], calendar["PRODID"]) == ("2.0", f"-//ssflow//ssflow//{lang.upper()}")
    assert len({event["UID"] for event in events}) == len(events) > 20
    assert all(
        event["DTSTAMP"].dt.time() == time() and event["DTSTAMP"].dt.utcoffset() == timedelta(0) for event in events
    )
    assert (
        next(line for line in lines if line.startswith(b"X-WR-CALNAME")).decode() == r"X-WR-CALNAME:社保，期限\; a\nb"
    )


def test_the_zone_is_that_of_the_deadlines() -> None:
    """A calendar tells its time zone: Beijing, unless the deadlines are counted elsewhere."""
    hongkong = WorkCalendar.from_holidays("HK", zone="Asia/Hong_Kong", years=range(2025, 2027))

    assert Calendar.from_ical(to_icalendar(year(CHINA, 2025)))["X-WR-TIMEZONE"] == "Asia/Shanghai"
    there = Calendar.from_ical(to_icalendar([workdays(3).deadline(date(2025, 3, 3), hongkong)]))
    assert there["X-WR-TIMEZONE"] == "Asia/Hong_Kong"


def test_a_stamp_replaces_all_others() -> None:
    """Who knows when the file is made says so; an instant of any zone is written in UTC, a naive one is refused."""
    stamp = datetime.fromisoformat("2026-01-05T08:00:00+08:00")

    assert {event["DTSTAMP"].dt for event in parsed(to_icalendar(everything(), stamp=stamp))} == {
        datetime(2026, 1, 5, tzinfo=UTC)
    }
    with pytest.raises(ValueError, match="naive"):
        to_icalendar(everything(), stamp=datetime(2026, 1, 5))  # noqa: DTZ001


def test_a_new_notice_moves_an_event_and_adds_none() -> None:
    """The UID comes from what was asked; so a calendar that subscribes replaces the forecast by what was decreed."""
    before, now = CHINA.as_of(date(2024, 10, 1)), CHINA
    forecast, decreed = (workdays(20).deadline(date(2025, 1, 20), cal) for cal in (before, now))

    assert forecast.due != decreed.due
    assert event_of(forecast)["UID"] == event_of(decreed)["UID"]
    assert event_of(before.day(date(2025, 1, 29)))["UID"] == event_of(now.day(date(2025, 1, 29)))["UID"]
    for entries in ([forecast, decreed], [before.day(date(2025, 2, 3)), now.day(date(2025, 2, 3))]):
        with pytest.raises(ValueError, match="of one calendar"):
            to_icalendar(entries)


@pytest.mark.parametrize(
    "other",
    [
        workdays(21).deadline(date(2025, 3, 3), CHINA),
        workdays(20).deadline(date(2025, 3, 4), CHINA),
        workdays(20, before=True).deadline(date(2025, 3, 3), CHINA),
        workdays(20).deadline(date(2025, 3, 3), CHINA, [(date(2025, 3, 5), date(2025, 3, 7))]),
        workdays(20).deadline(date(2025, 3, 3), CHINA.in_region("450000")),
    ],
)
def test_different_questions_have_different_uids(other: Deadline) -> None:
    """Another length, another day, another direction, a stopped clock or another place is another event."""
    assert event_of(other)["UID"] != event_of(workdays(20).deadline(date(2025, 3, 3), CHINA))["UID"]


def test_what_is_no_day_and_no_deadline_is_refused() -> None:
    """A bare date is not left out in silence; its place in the list is named."""
    day = CHINA.day(date(2025, 3, 3))
    with pytest.raises(InputError, match="days and deadlines") as refused:
        to_icalendar([day, date(2025, 3, 3)])
    assert refused.value.faults[0].path == "entries[1]"


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"entries": 5}, "entries"),
        ({"entries": None}, "entries"),
        ({"lang": "fr"}, "lang"),
        ({"lang": None}, "lang"),
        ({"name": 5}, "name"),
        ({"stamp": date(2026, 1, 1)}, "stamp"),
        ({"stamp": datetime(2026, 1, 1)}, "stamp"),  # noqa: DTZ001
        ({"stamp": "2026-01-01"}, "stamp"),
    ],
)
def test_a_wrong_argument_is_named(wrong: dict[str, object], path: str) -> None:
    """Whatever is given for an argument, the error is ours, in both languages, and says which one it is."""
    with pytest.raises(InputError) as refused:
        to_icalendar(**{"entries": [], **wrong})
    assert [fault.path for fault in refused.value.faults] == [path]
    assert refused.value.say("zh") != refused.value.say("en")


def test_a_name_with_half_a_character_is_refused() -> None:
    """It cannot be written to any file; what decoded the text wrongly is to be mended."""
    with pytest.raises(InputError, match="name: is a text of whole characters"):
        to_icalendar([], name="\ud800")
