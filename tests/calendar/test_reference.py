"""An independent reference: notices read from their files, days walked one by one, compared on random questions."""

import tomllib
from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ssflow.calendar import Span, WorkCalendar
from ssflow.calendar.statutory import expected_rest

ONE = timedelta(days=1)
FOLDER = Path(__file__).parents[2] / "src" / "ssflow" / "calendar" / "notices"
PLACES = ["", "450000", "450102", "540100", "640000", "650000", "110000", "330106", "330100", "422801", "420000"]


@cache
def raw_notices() -> list[dict]:
    """All notices as their files have them, with the day from which they count as known."""
    notices = []
    for file in FOLDER.rglob("*.toml"):
        notice = tomllib.loads(file.read_text(encoding="utf-8"))
        firsts = [rest["first"] for rest in notice.get("rest", [])]
        unknown = min(firsts, default=notice.get("signed", date(notice["year"], 1, 1)))
        notices.append({**notice, "known": notice.get("known_from", unknown)})
    return notices


@cache
def works(day: date, place: str, body: str, known: date) -> bool:
    """Whether a day is worked: what the notice of the highest rank says of it, else the week and the expected holidays."""
    around = {code: level for level, code in enumerate(("", place[:2] + "0000", place[:4] + "00", place)) if code}
    said: list[tuple[tuple, bool]] = []
    years = set()
    for notice in raw_notices():
        if notice["known"] > known or notice.get("group") or body not in notice.get("bodies", [body]):
            continue
        levels = [around[code] for code in notice.get("places", []) if code in around]
        if notice.get("places") and not levels:
            continue
        if not notice.get("places") and notice.get("complete", True):
            years.add(notice["year"])
        rank = (max(levels, default=0), "bodies" in notice, "known_from" in notice, notice["known"])
        if day in notice.get("work", []):
            said.append((rank, True))
        if any(rest["first"] <= day <= rest["last"] for rest in notice.get("rest", [])):
            said.append((rank, False))
    if said:
        return max(said)[1]
    return day.weekday() < 5 and (day.year in years or day not in expected_rest(day.year, known))


def plus_months(day: date, months: int, *, sticky: bool) -> date:
    """The corresponding day, or the last of its month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    from_the_end = sticky and day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if from_the_end else min(day.day, last))


def length(span: Span, start: date) -> int:
    """How many days of its kind the span has to run from a day."""
    if span.unit in ("workdays", "days", "weeks"):
        return span.n * (7 if span.unit == "weeks" else 1)
    months = {"years": span.n * 12, "months": span.n, "half_months": span.n // 2}[span.unit]
    end = plus_months(start, months, sticky=span.month_end == "sticky")
    end += timedelta(days=15 * (span.n % 2)) if span.unit == "half_months" else timedelta(0)
    if span.first_day == "excluded":
        return (end - start).days
    return (end - start).days + (end.day != start.day)  # the first day counts; the corresponding one then does not


def walked(span: Span, start: date, worked, stops: list[tuple[date, date | None]]) -> date | None:
    """The last day before rest days are taken into account, found by walking."""

    def stands(day: date) -> bool:
        return any(s <= day and (e is None or day < e) for s, e in stops)

    included = span.first_day == "included"
    day = start - ONE if included else start
    left, stood = length(span, start), stands(day)
    while left:
        day += ONE
        if stands(day):
            stood = True
            if day > start + timedelta(days=4000):
                return None
            continue
        if stood and span.tolling == "restart":
            left = length(span, day)
            stood = False
            if not included:
                continue
        if span.unit != "workdays" or worked(day):
            left -= 1
    return day


def due(span: Span, start: date, worked, stops: list[tuple[date, date | None]]) -> date | None:
    """The due day: walked, extended by long rests as the time had it, rolled; of two readings the earlier."""
    end = walked(span, start, worked, stops)
    if end is None:
        return None
    ends = [end]
    if span.long_rests == "added":
        run, day, added = [], start, 0
        while day <= end:
            day += ONE
            if day <= end and not worked(day):
                run.append(day)
                continue
            ran = [d for d in run if not any(s <= d and (e is None or d < e) for s, e in stops)]
            added += len(ran) if len(run) >= 3 else 0
            run = []
        by_days, by_workdays = end + timedelta(days=added), end
        while added:
            by_workdays += ONE
            added -= worked(by_workdays)
        ends = [by_days] if end.year < 2018 else [by_workdays] if end.year > 2020 else [by_days, by_workdays]
    return min(rolled(span, end, worked) for end in ends)


def rolled(span: Span, end: date, worked) -> date:
    """The last day, moved if it rests."""
    step = {"next": ONE, "previous": -ONE}.get(span.roll)
    while step and not worked(end):
        end += step
    return end


@st.composite
def spans(draw) -> Span:
    """Any span of days that makes sense, counted forward."""
    unit = draw(st.sampled_from(["workdays", "days", "weeks", "half_months", "months", "years"]))
    most = {"workdays": 60, "days": 90, "weeks": 12, "half_months": 13, "months": 14, "years": 2}[unit]
    how = {"first_day": draw(st.sampled_from(["excluded", "excluded", "included"]))}
    how["tolling"] = draw(st.sampled_from(["stop", "stop", "restart"]))
    if unit != "workdays":
        how["roll"] = draw(st.sampled_from(["next", "previous", "none"]))
        how["long_rests"] = draw(st.sampled_from(["counted", "counted", "added"]))
        how["tolling"] = "stop" if how["long_rests"] == "added" else how["tolling"]
    if unit in ("half_months", "months", "years"):
        how["month_end"] = draw(st.sampled_from(["clamp", "sticky"]))
    return Span(draw(st.integers(1, most)), unit, **how)


offsets = st.lists(
    st.tuples(st.integers(-20, 100), st.one_of(st.integers(0, 30), st.integers(0, 30), st.none())), max_size=4
)


@given(
    spans(),
    st.dates(date(2005, 1, 1), date(2026, 6, 30)),
    st.sampled_from(PLACES),
    st.sampled_from(["public", "enterprise"]),
    st.one_of(st.none(), st.integers(-400, 400)),
    offsets,
)
def test_the_library_agrees_with_the_reference(span, start, place, body, knowledge, stops) -> None:
    """Random rules, starts, places, bodies, days of knowledge and stops: the library finds the day that walking finds."""
    known = date(2027, 1, 1) if knowledge is None else max(start + timedelta(days=knowledge), date(2004, 1, 1))
    calendar = WorkCalendar.china().in_region(place, body)
    calendar = calendar if knowledge is None else calendar.as_of(known)
    tolled = [(start + timedelta(days=a), None if n is None else start + timedelta(days=a + n)) for a, n in stops]

    expected = due(span, start, lambda day: works(day, place, body, known), tolled)

    assert span.deadline(start, calendar, tolled).due == expected


@pytest.mark.parametrize("place", PLACES)
def test_every_day_of_a_place_is_as_the_files_have_it(place: str) -> None:
    """From 2004 to 2026, in every place with holidays of its own, each day is as the notice of the highest rank says."""
    calendar = WorkCalendar.china().in_region(place)
    days = [date(2004, 1, 1) + timedelta(days=i) for i in range(8401)]

    assert [d for d in days if calendar.is_workday(d) != works(d, place, "public", date(2027, 1, 1))] == []


@given(spans(), st.dates(date(2005, 1, 1), date(2026, 6, 30)), offsets, st.randoms())
def test_cutting_merging_and_shuffling_stops_changes_nothing(span, start, stops, random) -> None:
    """The same stopped days, however they are written down, give the same deadline."""
    tolled = [(start + timedelta(days=a), None if n is None else start + timedelta(days=a + n)) for a, n in stops]
    pieces = []
    for stopped, resumed in tolled:
        cut = stopped + timedelta(days=3)
        inside = resumed is None or cut < resumed
        pieces += (
            [(stopped, cut), (cut, resumed), (stopped, cut + ONE if inside else cut)]
            if inside
            else [(stopped, resumed)]
        )
    random.shuffle(pieces)
    calendar = WorkCalendar.china()

    assert span.deadline(start, calendar, pieces) == span.deadline(start, calendar, tolled)


@given(
    spans(),
    st.dates(date(2005, 1, 1), date(2026, 6, 30)),
    offsets,
    st.tuples(st.integers(-20, 100), st.integers(0, 30)),
)
def test_more_stops_never_bring_the_due_day_forward(span, start, stops, one_more) -> None:
    """However many stops there are already, a further one leaves the due day where it is or moves it on.

    Not where long rests are added: a clock that stands still over one loses the working days that it would have been given.
    """
    assume(span.long_rests == "counted")
    tolled = [(start + timedelta(days=a), None if n is None else start + timedelta(days=a + n)) for a, n in stops]
    more = (start + timedelta(days=one_more[0]), start + timedelta(days=sum(one_more)))
    before = span.deadline(start, WorkCalendar.china(), tolled).due
    after = span.deadline(start, WorkCalendar.china(), [*tolled, more]).due

    assert after is None or (before is not None and after >= before)
