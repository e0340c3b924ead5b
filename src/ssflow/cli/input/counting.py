"""The question of ``ssflow due``: how a span is to be counted, and what in the question contradicts itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from attrs import evolve, frozen

from ssflow.calendar import Span, Tolled
from ssflow.calendar.spans import FirstDay, LongRests, MonthEnd, Roll
from ssflow.errors import Fault, InputError
from ssflow.text import Text

ROLLS: dict[str, Text] = {
    "next": Text("顺延", "next"),
    "previous": Text("提前", "previous"),
    "none": Text("不移", "none"),
}
FIRST_DAYS: dict[str, Text] = {"excluded": Text("不计入", "excluded"), "included": Text("计入", "included")}
MONTH_ENDS: dict[str, Text] = {"clamp": Text("对应日", "corresponding day"), "sticky": Text("月末", "last day")}
LONG_RESTS: dict[str, Text] = {"counted": Text("计入", "counted"), "added": Text("顺延", "added")}

_EXACT = ("workdays", "hours")  # these end exactly, and never roll
_BY_MONTHS = ("half_months", "months", "years")


@frozen(kw_only=True)
class Question:
    """A span, its first day, the rules for counting it, and the day after which the remaining time is asked."""

    span: Span
    start: date | datetime
    roll: Roll | None
    before: bool
    first_day: FirstDay
    month_end: MonthEnd
    long_rests: LongRests
    tolled: tuple[Tolled, ...]
    restart: bool
    left: date | datetime | None

    def counted(self) -> Span:
        """Return the span with its rules; counted back, it rolls only if a rule says so."""
        return evolve(
            self.span,
            roll=self.roll or ("none" if self.before else self.span.roll),
            before=self.before,
            first_day=self.first_day,
            month_end=self.month_end,
            long_rests=self.long_rests,
            tolling="restart" if self.restart else "stop",
        )

    def check(self) -> None:
        """Refuse a question that contradicts itself.

        Raises:
            InputError: the question contradicts itself; the error lists all contradictions and what to do about them.

        """
        faults = [Fault("", fault) for wrong, fault in self._faults() if wrong]
        if faults:
            raise InputError(*faults)

    def _faults(self) -> Iterator[tuple[bool, Text]]:
        yield from self._faults_of_hours()
        yield from self._faults_of_rules()
        yield from self._faults_of_stops()

    def _faults_of_hours(self) -> Iterator[tuple[bool, Text]]:
        hours = self.span.unit == "hours"
        yield (
            hours and not isinstance(self.start, datetime),
            Text(
                f"以小时计的期间从时刻起算，不能从日期起算；--from请写成{self.start}T10:00+08:00的形式",
                f"hours run from an instant, not from a day; write --from like {self.start}T10:00+08:00",
            ),
        )
        yield hours and self.before, Text("小时不倒数；请改用days", "hours are not counted back; take days")
        yield (
            hours and self.left is not None and not isinstance(self.left, datetime),
            Text(
                f"以小时计的期间，剩余多少须按时刻计算；--left请写成{self.left}T10:00+08:00的形式",
                f"what is left of hours is asked at an instant; write --left like {self.left}T10:00+08:00",
            ),
        )

    def _faults_of_rules(self) -> Iterator[tuple[bool, Text]]:
        unit = self.span.unit
        yield (
            self.roll not in (None, "none") and unit in _EXACT,
            Text(
                "以工作日、小时计的期间，最后一日不顺延；请去掉--roll",
                "a span of workdays or hours never rolls; leave out --roll",
            ),
        )
        yield (
            self.first_day == "included" and (unit == "hours" or self.before),
            Text(
                "以小时计的期间和倒数的期间不计入起始日；请去掉--first-day",
                "the first day does not count in a span of hours or one counted back; leave out --first-day",
            ),
        )
        yield (
            self.month_end == "sticky" and unit not in _BY_MONTHS,
            Text(
                "以月、年计的期间才有月末规则；请去掉--month-end",
                "only a span of months or years knows an end of month; leave out --month-end",
            ),
        )
        yield (
            self.long_rests == "added" and (unit in _EXACT or self.before),
            Text(
                "长休假只顺延顺数的自然日期间；请去掉--long-rests",
                "long rests extend only calendar days that run forward; leave out --long-rests",
            ),
        )

    def _faults_of_stops(self) -> Iterator[tuple[bool, Text]]:
        yield (
            self.before and bool(self.tolled),
            Text(
                "倒数的期间不停止计算；--before与--tolled不能并用",
                "a span counted back does not stop; leave out --before or --tolled",
            ),
        )
        backwards = [f"{a}..{b}" for a, b in self.tolled if b is not None and b < a]
        yield (
            bool(backwards),
            Text(
                f"--tolled {''.join(backwards[:1])}恢复早于停止",
                f"--tolled {''.join(backwards[:1])} resumes before it stops",
            ),
        )
        yield (
            self.restart and not self.tolled,
            Text(
                "--restart用于停止之后重新计算；请用--tolled写明何时停止",
                "--restart says what happens after a stop; give the stop by --tolled",
            ),
        )
