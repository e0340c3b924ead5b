"""The picture of one case over the calendar: its states, its clocks with their last days, and the days on which offices rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Any

import altair as alt
from attrs import frozen

from ssflow.calendar import WorkCalendar
from ssflow.calendar.account.looks import TEXT
from ssflow.case import Case, Event
from ssflow.case.case import check_follows
from ssflow.doors import check_kind, check_lang, each_of
from ssflow.pictures.course import Course, How, course_of
from ssflow.pictures.drawn import Picture
from ssflow.pictures.moments import written
from ssflow.pictures.rests import colours, rests_between, shaded
from ssflow.pictures.scales import by_day, by_row, chart_of, height_of
from ssflow.pictures.style import BLUE, GREY, RED, SKY, STEEL, WIDTH
from ssflow.process import Lapse
from ssflow.process.figures import Clock
from ssflow.tables import Table
from ssflow.text import NO_TEXT, Lang, Text

_HOW: dict[How | str, tuple[Text, str]] = {
    "state": (Text("状态", "state"), BLUE),
    "running": (Text("计时", "clock runs"), STEEL),
    "stopped": (Text("停止计算", "clock stopped"), GREY),
    "late": (Text("逾期", "overdue"), RED),
    "left": (Text("剩余时间", "time left"), SKY),
}
_ROW = 26
_BEHIND = 0.25  # share of the time that has passed: how far after its end last days are still drawn
_FAR = timedelta(days=120)  # how far ahead the last days of an open case are always drawn
_MARGIN = 0.16  # share of the period, after its end: room for the last day in figures
_EVENTS = Text("经过", "events")


def timeline(
    case: Case, events: Sequence[Event] = (), lang: Lang = "zh", *, calendar: WorkCalendar | None = None
) -> Picture:
    """Return the picture of the course of a case over the calendar of its first place. Rest days are shaded, stopped clocks grey, delays red.

    Without its ``events`` only what the case remembers is drawn: its clocks, and when each activity was done last. Where events change
    the past, states are left out.

    Raises:
        InputError: the case is not opened, or the events are not all events of the case in their order.

    """
    check_kind("case", case, Case)
    check_lang("lang", lang)
    check_kind("calendar", calendar, WorkCalendar, type(None))
    events = each_of("events", events, Event)
    for version, event in enumerate(events):
        check_follows(event, case.id, version)
    course = course_of(case, events)
    calendar = calendar or WorkCalendar.china().in_region(next(iter(case.places.values()), ""))
    spans = list(_spans(course))
    first, last = _period(course, spans)
    labels = list(dict.fromkeys([_EVENTS.say(lang), *(span["label"].say(lang) for span in spans)]))
    marks = [
        {
            "row": 0,
            "at": written(mark.at),
            "what": mark.what.say(lang),
            "by": mark.by.say(lang),
            "kind": mark.kind.value.say(lang),
        }
        for mark in course.marks
    ]
    drawn = _Drawn(
        labels=labels,
        period=(first, last),
        bars=[_row(span, labels, last, lang) for span in spans],
        shades=rests_between(calendar, first, last, lang),
        marks=marks,
        dues=_dues(course, labels, last, lang),
    )
    title = Text(f"{case.process.title.zh}：一个办件的经过", f"{case.process.title.en}: the course of a case")
    return Picture(_chart(drawn, lang), title, _about(course, events), _table(course), lang)


@frozen
class _Drawn:
    """The content of the chart, as rows of data; ``period`` is the span of its axis."""

    labels: list[str]
    period: tuple[datetime, datetime]
    bars: list[dict[str, Any]]
    shades: list[dict[str, Any]]
    marks: list[dict[str, Any]]
    dues: list[dict[str, Any]]


def _about(course: Course, events: Sequence[Event]) -> list[Text]:
    state = course.case.state
    stands = Text(f"现状态：{state.zh}", f"Current state: {state.en}") if state else NO_TEXT
    said = [
        stands,
        Text(
            "圆点为办理、逾期、失效之时，竖线为最后一日终了之时",
            "Dots are events; upright strokes are the ends of last days",
        ),
    ]
    if events and not course.stays:
        said.append(
            Text(
                "经过经更正或补录，状态先后不画", "Its past was corrected or entered late, so the states are not drawn"
            )
        )
    if not events:
        said.append(Text("没有给出事件，只画办件现有的记载", "Without its events, only what the case remembers"))
    return said


def _spans(course: Course) -> Iterator[dict[str, Any]]:
    """Yield the bars: the stays in states, then the pieces of each clock."""
    for stay in course.stays:
        until = stay.until or (stay.since if stay.state.final else course.last)
        yield {"label": stay.state.title, "how": "state", "since": stay.since, "until": until}
    for run in course.runs:
        for how, since, until in run.pieces(course.last):
            yield {"label": _named(run.clock), "how": how, "since": since, "until": until}


def _named(clock: Clock) -> Text:
    kind = Text("期满失效", "lapse") if isinstance(clock, Lapse) else Text("期限", "term")
    return Text(f"{kind.zh}·{clock.title.zh}", f"{kind.en}: {clock.title.en}")


def _period(course: Course, spans: list[dict[str, Any]]) -> tuple[datetime, datetime]:
    """Return the days that are drawn: from the first to the last moment, and on to last days that are not far off."""
    last = course.last
    reach = last + max((last - course.first) * _BEHIND, timedelta(days=7))
    if not course.case.is_closed:  # readers look for what is still to come
        reach = max([reach, *(span["until"] for span in spans if span["how"] != "left")])
        dues = [span["until"] for span in spans if span["how"] == "left"]
        reach = max([reach, *(due for due in dues if due - last <= _FAR)])
    last = max([last, *(span["until"] for span in spans if span["until"] <= reach)])
    first = datetime.combine(course.first, time())
    return first, datetime.combine(last, time()) + max((last - first) * _MARGIN, timedelta(days=2))


def _row(span: dict[str, Any], labels: list[str], last: datetime, lang: Lang) -> dict[str, Any]:
    return {
        "row": labels.index(span["label"].say(lang)),
        "how": _HOW[span["how"]][0].say(lang),
        "since": written(span["since"]),
        "until": written(min(span["until"], last)),
    }


def _dues(course: Course, labels: list[str], last: datetime, lang: Lang) -> list[dict[str, Any]]:
    """Return the last day of each clock, at its end or, where that is outside the picture, at the picture's edge."""
    found = []
    for run in course.runs:
        label, end = _named(run.clock).say(lang), run.closes
        if end is not None and label in labels:
            inside = end <= last
            behind = max(end, run.ended or course.last) if inside else last
            said = f"{'' if inside else '→ '}{run.obligation.due}"
            found.append(
                {
                    "row": labels.index(label),
                    "at": written(min(end, last)),
                    "behind": written(behind),
                    "said": said,
                    "inside": inside,
                }
            )
    return found


def _table(course: Course) -> Table:
    """Return what happened, in order."""
    rows = [
        {"at": mark.at, "by": mark.by, "what": mark.what, "kind": mark.kind.value}
        for mark in sorted(course.marks, key=lambda mark: mark.at)
    ]
    titles = {
        "at": Text("时间", "time"),
        "by": Text("主体", "by"),
        "what": Text("事项", "what"),
        "kind": Text("类别", "kind"),
    }
    return Table.of(rows, titles, Text("经过", "what happened"))


def _chart(drawn: _Drawn, lang: Lang) -> Any:
    rows, height = by_row(drawn.labels, lang), height_of(drawn.labels, lang, _ROW)
    first, last = map(written, drawn.period)
    across = by_day("since", lang, first=first, last=last)
    seen = {shade["day"] for shade in drawn.shades} | {bar["how"] for bar in drawn.bars}
    colour = colours(lang, _HOW.values(), seen, columns=4)
    shade = shaded(drawn.shades, across, height, colour)
    bars = chart_of(drawn.bars).mark_bar(height=12).encode(x=across, x2="until:T", y=rows, color=colour("how"))
    ticks = chart_of(drawn.marks).mark_point(filled=True, size=46, color=TEXT, opacity=1)
    hints = [alt.Tooltip(f"{name}:N") for name in ("at", "by", "what", "kind")]
    ticks = ticks.encode(x=alt.X("at:T"), y=rows, tooltip=hints)
    ended = bars.transform_filter("datum.since == datum.until").mark_point(
        filled=True, shape="diamond", size=90, opacity=1
    )
    return alt.layer(shade, bars, ended, ticks, *_words_of(drawn.dues, rows)).properties(width=WIDTH, height=height)


def _words_of(dues: list[dict[str, Any]], rows: alt.Y) -> Iterator[Any]:
    """Yield the last days in figures: after their bars, or at the end of those that go on."""
    base = chart_of(dues).encode(x=alt.X("behind:T"), y=rows, text="said:N")
    if any(one["inside"] for one in dues):
        inside = base.transform_filter("datum.inside")
        yield inside.mark_tick(thickness=2, height=18, color=TEXT).encode(x=alt.X("at:T"))
        yield inside.mark_text(align="left", dx=5)
    if not all(one["inside"] for one in dues):
        yield base.transform_filter("!datum.inside").mark_text(align="right", dx=-3)
