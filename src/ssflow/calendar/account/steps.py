"""The steps by which a deadline was found, as sentences, each with the article or the notice on which it rests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby

from attrs import evolve, frozen

from ssflow.calendar.counting import long_rests, stands
from ssflow.calendar.deadline import Deadline, DeadlineStatus
from ssflow.calendar.kinds import Day, DayKind
from ssflow.calendar.longrests import basis_of, extended, reading_on
from ssflow.calendar.notices import ONE_DAY
from ssflow.calendar.spans import Span
from ssflow.calendar.weekdays import with_weekday
from ssflow.errors import CoverageError
from ssflow.text import Lang, Text

# The rules of counting by the day on which a period begins: first day, corresponding day, rest day at the end.
# The General Principles (1987) had them in Art. 154 and, for moved rest days, in no. 198 of the Supreme Court's opinions;
# the dates of the two older laws rest on memory only.
_COUNTING = (
    (date(2021, 1, 1), "《民法典》第{}条", "Civil Code {}", ("201", "202", "203")),
    (date(2017, 10, 1), "《民法总则》第{}条", "General Provisions of Civil Law {}", ("201", "202", "203")),
    (date.min, "《民法通则》第{}条", "General Principles of Civil Law {}", ("154", "154", "154")),
)
_FIRST_DAY, _CORRESPONDING_DAY, _LAST_DAY = range(3)


@frozen
class Step:
    """One step of an account and its basis: an article or a notice."""

    text: Text
    basis: Text | None = None

    def say(self, lang: Lang) -> str:
        """Return the step in one language, with its basis in brackets."""
        if self.basis is None:
            return self.text.say(lang)
        return Text(f"{self.text.zh}（{self.basis.zh}）", f"{self.text.en} ({self.basis.en})").say(lang)


def steps_of(deadline: Deadline) -> Iterator[Step]:
    """Yield the steps from the first day to the due day; those of an extension follow those of the deadline that it extends."""
    if deadline.extends:
        yield from steps_of(deadline.extends)
    yield _start(deadline)
    for stopped, resumed in () if deadline.extends else deadline.tolled:
        yield _stop(stopped, resumed, deadline.span)
    if deadline.due is None or deadline.unrolled is None:
        yield Step(Text("期间尚未恢复计算，暂无届满日", "the clock is still stopped, so there is no due day yet"))
        return
    if deadline.span.unit == "workdays":
        yield from _uncounted(deadline, deadline.due)
    elif deadline.span.unit != "hours":
        yield from _calendar_end(deadline, deadline.unrolled, deadline.due)
    yield _end(deadline, deadline.due)


def _start(deadline: Deadline) -> Step:
    span, basis = deadline.span, _first_day_article(deadline)
    text = span.text
    if deadline.extends and deadline.unrolled is None:
        return Step(
            Text(
                f"延长{text.zh}，自原期间的最后一日起，该日尚未确定",
                f"extended by {text.en}, from a last day that is not known yet",
            ),
            span.basis,
        )
    if deadline.extends:
        base = with_weekday(deadline.calendar.civil_day(deadline.start))
        return Step(
            Text(
                f"延长{text.zh}，自原期间顺延前的最后一日{base.zh}起",
                f"extended by {text.en}, from the unrolled last day, {base.en}",
            ),
            span.basis,
        )
    if isinstance(deadline.start, datetime):
        at = f"{deadline.start:%Y-%m-%d %H:%M}"
        return Step(Text(f"{text.zh}，自{at}起算", f"{text.en}, from {at} on"), basis)
    day = with_weekday(deadline.start)
    if span.before:
        return Step(Text(f"自{day.zh}向前推算{text.zh}", f"{text.en} counted back from {day.en}"), span.basis)
    if span.unit == "month_ends":
        said, basis = Text(f"{day.zh}起，至{text.zh}", f"from {day.en} to {text.en}"), span.basis
    elif span.first_day == "included":
        said, basis = (
            Text(f"{text.zh}，{day.zh}当日计入", f"{text.en}; the day itself, {day.en}, is counted"),
            span.basis,
        )
    else:
        said = Text(f"{text.zh}，{day.zh}当日不计入", f"{text.en}; the day itself, {day.en}, is not counted")
    return Step(said, basis)


def _first_day_article(deadline: Deadline) -> Text | None:
    bases = [basis for basis in (deadline.span.basis, _article(deadline, _FIRST_DAY)) if basis]
    return Text.join(bases, "、", ", ") if bases else None


def _stop(stopped: date, resumed: date | None, span: Span) -> Step:
    if resumed is None:
        return Step(
            Text(f"自{with_weekday(stopped).zh}起停止计算", f"the clock is stopped from {with_weekday(stopped).en} on")
        )
    last = resumed - ONE_DAY
    again = Text("重新计算", "started anew") if span.tolling == "restart" else Text("继续", "ran again")
    return Step(
        Text(
            f"{stopped}至{last}停止计算，{resumed}起{again.zh}",
            f"the clock was stopped from {stopped} to {last}, and {again.en} from {resumed}",
        )
    )


def _uncounted(deadline: Deadline, due: date) -> Iterator[Step]:
    """Yield a step for each run of rest days or make-up days between start and due day."""
    start = deadline.calendar.civil_day(deadline.start)
    first, last = (due, start - ONE_DAY) if deadline.span.before else (start + ONE_DAY, due)
    days = (day_of(deadline, first + timedelta(days=i)) for i in range((last - first).days + 1))
    running = [day for day in days if not stands(day.date, deadline.tolled)]
    weekends = 0
    for (kind, *_), group in groupby(running, key=_run_key):
        run = list(group)
        if kind == "plain weekend":
            weekends += len(run)
        elif kind == "rest":
            yield _rest(run, deadline)
        elif kind == "makeup":
            for day in run:
                yield _makeup(day, deadline)
    if weekends:
        en = "1 ordinary weekend day is" if weekends == 1 else f"{weekends} ordinary weekend days are"
        yield Step(Text(f"其间普通周末{weekends}天不计入", f"{en} not counted"))


def _run_key(day: Day) -> tuple[str, object]:
    if day.kind is DayKind.MAKEUP:
        return "makeup", None
    if day.is_workday:
        return "work", None
    if day.name is None:
        return "plain weekend", None
    return "rest", (day.name, day.notice)


def _rest(run: list[Day], deadline: Deadline) -> Step:
    first, last, day = run[0].date, run[-1].date, run[0]
    name = day.name or Text("休息日", "rest")
    n = len(run)
    zh = f"{first}放假" if n == 1 else f"{first}至{last}放假{n}天"
    en = f"{first} rests" if n == 1 else f"{first} to {last} rest, {n} days"
    return Step(Text(f"{zh}（{name.zh}），不计入", f"{en} ({name.en}), not counted"), _notice(day, deadline))


def _makeup(day: Day, deadline: Deadline) -> Step:
    said = with_weekday(day.date)
    return Step(
        Text(f"{said.zh}调休上班，计入", f"{said.en} is a make-up working day, counted"), _notice(day, deadline)
    )


def _notice(day: Day, deadline: Deadline) -> Text:
    return Text(str(day.notice), str(day.notice)) if day.notice else deadline.calendar.base_calendar.basis


def _calendar_end(deadline: Deadline, unrolled: date, due: date) -> Iterator[Step]:
    start, span = deadline.calendar.civil_day(deadline.start), deadline.span
    said = with_weekday(unrolled)
    by_month = span.unit in ("months", "years") and not deadline.tolled and span.first_day == "excluded"
    if by_month and span.month_end == "sticky" and unrolled.day != start.day:
        yield Step(Text(f"自月末起，至月末止：{said.zh}", f"from the end of a month to the end of a month: {said.en}"))
    elif by_month and unrolled.day != start.day:
        yield Step(
            Text(f"没有对应日，以月末为最后一日：{said.zh}", f"no corresponding day: the last of the month, {said.en}"),
            _article(deadline, _CORRESPONDING_DAY),
        )
    else:
        yield Step(Text(f"最后一日为{said.zh}", f"the last day is {said.en}"))
    last = unrolled
    if span.long_rests == "added" and (rests := long_rests(start, unrolled, deadline.calendar, deadline.tolled)):
        last = min(extended(unrolled, len(rests), deadline.calendar))
        yield _long_rests(deadline, unrolled, len(rests), last)
    if due != last:
        day = day_of(deadline, last)
        what = day.name or day.kind.value
        moved = with_weekday(due)
        yield Step(
            Text(
                f"{last}是休息日（{what.zh}），移至{moved.zh}", f"{last} is a rest day ({what.en}): moved to {moved.en}"
            ),
            _article(deadline, _LAST_DAY) if span.roll == "next" else None,
        )
    elif span.roll == "none" and not day_of(deadline, last).is_workday:
        yield Step(Text("该日是休息日，但此期间不顺延", "it is a rest day, but this period does not roll"))


def _long_rests(deadline: Deadline, unrolled: date, n: int, last: date) -> Step:
    """Return the step that says by how much long rests extend a period, and by which reading of the article."""
    zh = f"期限内连续三日以上的休假共{n}天，"
    en = f"{n} days of rests of three days or more lie in it: "
    moved = with_weekday(last)
    if reading_on(unrolled).adds == ("workdays",):
        text = Text(f"{zh}按工作日顺延{n}天，至{moved.zh}", f"{en}extended by as many working days to {moved.en}")
    else:
        text = Text(f"{zh}按自然日顺延{n}天，至{moved.zh}", f"{en}extended by as many calendar days to {moved.en}")
    if deadline.otherwise:
        other = with_weekday(deadline.otherwise)
        text = Text(
            f"{text.zh}；当时各地做法不一，另一种算法至{other.zh}",
            f"{text.en}; practice of the time was mixed: by the other reading to {other.en}",
        )
    return Step(text, basis_of(unrolled) if deadline.calendar.base_calendar.is_chinese else None)


def _end(deadline: Deadline, due: date) -> Step:
    if deadline.span.unit == "hours" and (closes := deadline.closes()):
        return Step(Text(f"至{closes:%Y-%m-%d %H:%M}届满", f"it ends at {closes:%Y-%m-%d %H:%M}"))
    said = with_weekday(due)
    if deadline.status is DeadlineStatus.PROVISIONAL:
        firm = deadline.calendar.firm_through
        if deadline.otherwise:
            why = Text("休假日顺延有两种算法", "the rest days are added in two ways")
        elif due > firm:
            why = Text(f"工作日安排确定至{firm}", f"working days are firm through {firm}")
        else:
            why = Text("期间内有的年份缺当地放假通知", "of a year in the period the place's own notice is missing")
        return Step(Text(f"{said.zh}届满（暂定：{why.zh}）", f"due on {said.en} (provisional: {why.en})"))
    return Step(Text(f"{said.zh}24时届满（确定）", f"due on {said.en}, until 24:00 (firm)"))


def day_of(deadline: Deadline, day: date) -> Day:
    """Return a day of the account; where the calendar has no answer, the ordinary week decides and the day is not firm."""
    try:
        return evolve(deadline.calendar, is_strict=False).day(day)
    except CoverageError:
        rests = deadline.calendar.base_calendar.is_weekend(day)
        return Day(day, DayKind.WEEKEND if rests else DayKind.WORKDAY, None, None, firm=False)


def _article(deadline: Deadline, which: int) -> Text | None:
    if not deadline.calendar.base_calendar.is_chinese:
        return None
    start = deadline.calendar.civil_day(deadline.start)
    _, zh, en, articles = next(row for row in _COUNTING if row[0] <= start)
    return Text(zh.format(articles[which]), en.format(articles[which]))
