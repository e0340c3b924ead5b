"""Notices from iCalendar files of other publishers: understood in their styles, or refused with the event."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssflow.calendar import Notice, load_notices
from ssflow.calendar.readers.icalendar import read_icalendar
from ssflow.errors import DataError


def written(folder: Path, raw: object, name: str = "2026.json") -> Path:
    file = folder / name
    file.write_text(raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False), encoding="utf-8")
    return file


def calendar_of(*events: str, head: str = "") -> str:
    """An iCalendar text of events, each a line with | between its properties."""
    lines = [line for event in events for line in ("BEGIN:VEVENT", *event.split("|"), "END:VEVENT")]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *filter(None, [head]), *lines, "END:VCALENDAR", ""])


def whole(first: str, end: str, summary: str, *more: str) -> str:
    return "|".join([f"DTSTART;VALUE=DATE:{first}", f"DTEND;VALUE=DATE:{end}", f"SUMMARY:{summary}", *more])


def rests_of(notice: Notice) -> dict[date, str]:
    return {day: rest.name.zh for day, rest in notice.days() if rest}


APPLE = calendar_of(
    # calendars.icloud.com/holidays/cn_zh.ics: a mark, no end for one day, festivals and solar terms without a mark
    "DTSTAMP;VALUE=DATE:19760401|UID:1|DTSTART;VALUE=DATE:20231230|DTEND;VALUE=DATE:20240102"
    "|SUMMARY;LANGUAGE=zh_CN:元旦（休）|TRANSP:TRANSPARENT|CATEGORIES:節慶|X-APPLE-SPECIAL-DAY:WORK-HOLIDAY",
    "UID:2|DTSTART;VALUE=DATE:20240204|SUMMARY;LANGUAGE=zh_CN:春节（班）|X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY",
    "UID:3|DTSTART;VALUE=DATE:20240101|SUMMARY;LANGUAGE=zh_CN:元旦|RRULE:FREQ=YEARLY;COUNT=6",
    "UID:4|DTSTART;VALUE=DATE:20240204|SUMMARY;LANGUAGE=zh_CN:立春",
    "UID:5|DTSTART;VALUE=DATE:20250501|SUMMARY:International Workers' Day",
    head="X-WR-CALNAME:中国大陆节假日",
)


HOLIDAY_CN = calendar_of(  # NateScarlet/holiday-cn, holiday-cn.ics
    whole("20231230", "20240102", "元旦假期"), whole("20240204", "20240205", "上班(补春节假期)")
)


LANCELIAO = calendar_of(  # lanceliao/china-holiday-calender: an event a day, make-up days by office hours
    whole("20231230", "20231231", "元旦 假期 第1天/共3天", "STATUS:CONFIRMED"),
    whole("20231231", "20240101", "元旦 假期 第2天/共3天", "STATUS:CONFIRMED"),
    whole("20240101", "20240102", "元旦 假期 第3天/共3天", "STATUS:CONFIRMED"),
    "DTSTART:20240204T090000|DTEND:20240204T180000|STATUS:TENTATIVE|SUMMARY:春节 补班 第1天/共2天|BEGIN:VALARM"
    "|TRIGGER:-PT60M|ACTION:DISPLAY|DESCRIPTION:补班提醒|END:VALARM",
)


BARANWANG = calendar_of(  # baranwang/chinese-holidays-calendar: 调休 means worked, and only the category says so
    whole("20231230", "20240102", "元旦放假", "CATEGORIES:节假日,Holiday"),
    whole("20240204", "20240205", "春节调休", "CATEGORIES:调休,Business Day"),
)


TALLTOTAL = calendar_of(whole("20231230", "20240102", "元旦-休"), whole("20240204", "20240205", "春节-班"))


AILCC = calendar_of(  # holiday.ailcc.com and others: the end of one day is that day
    *(whole(day, day, "元旦(休)") for day in ("20231230", "20231231", "20240101")),
    whole("20240204", "20240204", "春节(班)"),
)


FELBRY = calendar_of(  # felbry/ical: whole days as midnights of Beijing
    "DTSTART;TZID=Asia/Shanghai:20231230T000000|DTEND;TZID=Asia/Shanghai:20240102T000000|SUMMARY:[放假]元旦",
    "DTSTART:20240203T160000Z|DTEND:20240204T160000Z|SUMMARY:[加班]",
)


ENGLISH = calendar_of(
    whole("20231230", "20240102", "New Year's Day (public holiday)"),
    whole("20240204", "20240205", "Special Working Day"),
)


LENGTHS = calendar_of(
    "DTSTART;VALUE=DATE:20231230|DURATION:P3D|SUMMARY:休｜元旦",
    "DTSTART;VALUE=DATE:20240204|DURATION:P1D|SUMMARY:班｜春节",
)


STYLES = {
    "apple": APPLE,
    "holiday-cn": HOLIDAY_CN,
    "lanceliao": LANCELIAO,
    "baranwang": BARANWANG,
    "talltotal": TALLTOTAL,
    "ailcc": AILCC,
    "felbry": FELBRY,
    "english": ENGLISH,
    "durations": LENGTHS,
}


@pytest.mark.parametrize("text", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("newline", ["\r\n", "\n"])
def test_the_styles_of_published_calendars_are_understood(tmp_path: Path, text: str, newline: str) -> None:
    """However a calendar marks them, the same three days of New Year rest and the same Sunday is worked."""
    (notice,) = read_icalendar(written(tmp_path, text.replace("\r\n", newline), "holidays.ics"))

    assert rests_of(notice) == dict.fromkeys([date(2023, 12, 30), date(2023, 12, 31), date(2024, 1, 1)], "元旦")
    assert notice.rest[0].name.en == "New Year's Day"
    assert notice.work == (date(2024, 2, 4),)
    assert (notice.id, notice.year) == ("icalendar-holidays-2024", 2024)
    assert notice.known_from is None
    assert notice.evidence.en.startswith("missing")
    assert not notice.complete


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    """Files that an editor saved with a byte order mark are read as any other."""
    (tmp_path / "apple.ics").write_text(APPLE, encoding="utf-8-sig")

    assert [notice.id for notice in load_notices(tmp_path)] == ["icalendar-apple-2024"]


def test_a_file_of_years_becomes_a_notice_a_year(tmp_path: Path) -> None:
    """Years are told apart; the last days of December go with the next year only if the file has it."""
    text = calendar_of(
        whole("20181229", "20181230", "元旦 班"),
        whole("20181230", "20190102", "元旦 休", "URL:http://www.gov.cn/2018"),
        whole("20190913", "20190914", "中秋节 休"),
        whole("20191231", "20200101", "年终 休", "URL:http://www.gov.cn/2019"),
        head="X-WR-CALNAME:放假",
    )
    (notice,) = read_icalendar(written(tmp_path, text, "cn.ics"))
    both = text.replace("END:VCALENDAR", calendar_of(whole("20201001", "20201002", "国庆 休")).split("\r\n", 2)[2])
    of_2019, of_2020 = read_icalendar(written(tmp_path, both, "cn.ics"))

    assert (notice.id, notice.title, notice.url) == ("icalendar-cn-2019", "放假 2019", "http://www.gov.cn/2018")
    assert list(rests_of(notice).values()) == ["元旦", "元旦", "元旦", "中秋节", "年终"]
    assert of_2019.work == notice.work == (date(2018, 12, 29),)
    assert date(2019, 12, 31) not in rests_of(of_2019)
    assert rests_of(of_2020) == {date(2019, 12, 31): "年终", date(2020, 10, 1): "国庆节"}


def test_what_is_neither_is_passed_over(tmp_path: Path) -> None:
    """Birthdays, half holidays, forecasts, cancelled events and deadlines change no day."""
    text = calendar_of(
        whole("20261001", "20261002", "国庆节（休）"),
        whole("20260308", "20260309", "妇女节（放假半天）"),
        whole("20260215", "20260216", "除夕（不放假）"),
        whole("20260605", "20260606", "妈妈生日"),
        whole("20260501", "20260502", "劳动节（休）（暂定）"),
        whole("20260502", "20260503", "Labour Day (rest) (provisional)"),
        whole("20260404", "20260405", "清明节（休）", "STATUS:CANCELLED"),
        whole("20260623", "20260624", "期限：20个工作日"),
        whole("20260624", "20260625", "deadline: 1 working day"),
        whole("20260625", "20260626", "deadline: 20 working days"),
    )

    (notice,) = read_icalendar(written(tmp_path, text, "mine.ics"))

    assert [day for day, _ in notice.days()] == [date(2026, 10, 1)]


def test_events_may_say_the_same_twice(tmp_path: Path) -> None:
    """Two holidays on one day rest it once, under the name that comes first."""
    text = calendar_of(whole("20201001", "20201003", "国庆节（休）"), whole("20201001", "20201002", "中秋节（休）"))

    (notice,) = read_icalendar(written(tmp_path, text, "2020.ics"))

    assert rests_of(notice) == {date(2020, 10, 1): "国庆节", date(2020, 10, 2): "国庆节"}


REST = whole("20261001", "20261002", "国庆节（休）")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is not a complete iCalendar file"),
        ("<!doctype html>", "cannot be read as iCalendar"),
        ("BEGIN:VCALENDAR\r\n", "is not a complete iCalendar file"),
        (calendar_of(REST)[:-20], "is not a complete iCalendar file"),
        (calendar_of(REST) + "BEGIN:VCALENDAR\r\n", "is not a complete iCalendar file"),
        ("BEGIN:VEVENT\r\n" + REST.replace("|", "\r\n") + "\r\nEND:VEVENT\r\n", "is not a complete iCalendar file"),
        (calendar_of(REST, "no colon here"), "is damaged"),
        (calendar_of(REST.replace("20261001", "20261301")), "is damaged: DTSTART"),
        (calendar_of(REST.replace("国庆节（休）", "国庆节")), "no event says whether"),
        (calendar_of(REST).replace("VEVENT", "VEVEN"), "has a part 'VEVEN', which RFC 5545 does not know"),
        (calendar_of(REST, REST).replace("BEGIN:VEVENT", "BEGIN:VEVEN", 1), "is not a complete iCalendar file"),
        (calendar_of(REST, REST.replace("SUMMARY", "SUMMRY")), "has no SUMMARY"),
        (calendar_of(REST + "|X-APPLE-SPECIAL-DAY:WORK-HOLIDY"), "its X-APPLE-SPECIAL-DAY is 'WORK-HOLIDY'"),
        (calendar_of(whole("20260605", "20260606", "妈妈生日")), "mark it with X-APPLE-SPECIAL-DAY"),
        (calendar_of(REST, whole("20260216", "20260217", "春节调休")), "'春节调休': it may mean"),
        (calendar_of(REST, whole("20260216", "20260217", "张三退休")), "'张三退休': it may mean"),
        (calendar_of(REST + "|RRULE:FREQ=YEARLY"), "it recurs"),
        (calendar_of(REST + "|RDATE;VALUE=DATE:20271001"), "it recurs"),
        (calendar_of("SUMMARY:国庆节（休）"), "'国庆节（休）': No DTSTART"),
        (calendar_of(REST + "|DTSTART;VALUE=DATE:20261002"), "Multiple DTSTART"),
        (calendar_of(REST + "|SUMMARY:国庆节（班）"), "more than one SUMMARY"),
        (calendar_of(REST + "|DURATION:P1D"), "Only one of DTEND and DURATION"),
        (calendar_of("DTSTART;VALUE=DATE:20261001|DURATION:PT3H|SUMMARY:休"), "DURATION must be of days"),
        (calendar_of(whole("20261001", "20260930", "国庆节（休）")), "before it begins"),
        (calendar_of(whole("20261001", "20281001", "国庆节（休）")), "longer than a year"),
        (calendar_of("DTSTART:20260501T090000|DTEND:20260501T120000|SUMMARY:劳动节（休）"), "within a day"),
        (calendar_of("DTSTART:20260509T090000|DTEND:20260510T180000|SUMMARY:劳动节（班）"), "within a day"),
        (
            calendar_of(REST, whole("20261001", "20261002", "国庆节（班）")),
            "2026-10-01 is to rest by '国庆节（休）' and to work",
        ),
        (calendar_of(whole("19981001", "19981002", "国庆节（休）")), "1998 is not a year of a calendar"),
        (calendar_of("DTSTART;VALUE=DATE:99991231|SUMMARY:休"), "'休'"),
    ],
)
def test_a_calendar_that_cannot_be_trusted_is_refused(tmp_path: Path, text: str, says: str) -> None:
    """A damaged file, an unclear event, a half day, a contradiction: the error names the file, the event and the fault."""
    file = written(tmp_path, text, "holidays.ics")

    with pytest.raises(DataError) as refused:
        read_icalendar(file)

    assert says in str(refused.value)
    assert refused.value.file == file


def test_a_calendar_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    """A missing file and one that is packed or in another encoding are faults of the data, not of the program."""
    (tmp_path / "gbk.ics").write_bytes(HOLIDAY_CN.encode("gbk"))
    (tmp_path / "packed.ics").write_bytes(b"\x1f\x8b\x08\x00")

    for name in ("nowhere.ics", "gbk.ics", "packed.ics"):
        with pytest.raises(DataError, match=name):
            read_icalendar(tmp_path / name)


def test_without_the_package_the_error_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of iCalendar need a further package; who lacks it is told its name."""
    monkeypatch.setitem(sys.modules, "icalendar", None)

    with pytest.raises(DataError, match="pip install icalendar"):
        read_icalendar(written(tmp_path, HOLIDAY_CN, "holidays.ics"))


@given(
    text=st.sampled_from([*STYLES.values()]),
    start=st.integers(0, 400),
    length=st.integers(0, 60),
    filling=st.sampled_from(
        ["", "\r\n", "9", "T", "休", "BEGIN:VEVENT\r\n", "END:VEVENT\r\n", ";VALUE=PERIOD", "\x00", ":"]
    ),
)
def test_damage_is_refused_or_harmless(
    tmp_path_factory: pytest.TempPathFactory, text: str, start: int, length: int, filling: str
) -> None:
    """Whatever happens to a file on its way, reading it gives notices or a DataError."""
    file = written(tmp_path_factory.mktemp("damaged"), text[:start] + filling + text[start + length :], "damaged.ics")

    with suppress(DataError):
        assert all(isinstance(notice, Notice) for notice in read_icalendar(file))
