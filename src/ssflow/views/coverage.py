"""The view of a calendar and of its answers: whose days were counted, and how sure the answer is."""

from __future__ import annotations

from datetime import date

from attrs import asdict, frozen

from ssflow.calendar import WorkCalendar
from ssflow.regions import absence, region_name
from ssflow.text import Text
from ssflow.views.notices import NoticeView, notice_view
from ssflow.views.plain import View
from ssflow.views.reach import deciding, missing_years, whose_days, why_provisional
from ssflow.views.wording import lines, listed, named

Days = tuple[date, date]


@frozen(kw_only=True)
class CalendarView(View):
    """The calendar of an answer: whose days are counted, how far they are firm, and as of when they were known."""

    firm_through: date
    region: str
    region_name: str
    absence: Text | None
    body: str
    as_of: date | None
    whose_days: Text

    @property
    def text(self) -> Text:
        """Whose days these are, and as of when they were known."""
        return self.whose_days


@frozen(kw_only=True)
class CoverageView(CalendarView):
    """The calendar of an answer and how far it is covered: the regional notices that bore on it, the years without theirs, why it is not firm.

    ``is_plain`` marks an answer by the national days of public bodies as they are known today.
    """

    regional_notices: tuple[NoticeView, ...]
    missing: tuple[int, ...]
    why_provisional: tuple[Text, ...]

    @property
    def is_plain(self) -> bool:
        """Whether nothing about the calendar need be said."""
        return not self.region and self.as_of is None and self.body == "public"

    @property
    def by_whose_days(self) -> Text:
        """Whose days were counted, and which regional notices bore on that."""
        if self.regional_notices:
            by = listed([notice.text for notice in self.regional_notices])
            return named(self.whose_days, Text(f"依{by.zh}", f"by {by.en}"))
        if self.region:
            return named(self.whose_days, Text("没有地方通知影响此结果", "no regional notice applied"))
        return self.whose_days

    @property
    def text(self) -> Text:
        """Why the answer is not firm, and whose days were counted."""
        return lines(*self.why_provisional, *(() if self.is_plain else (self.by_whose_days,)))


def calendar_view(calendar: WorkCalendar) -> CalendarView:
    """Return the view of a calendar."""
    return CalendarView(
        firm_through=calendar.firm_through,
        region=calendar.place,
        region_name=region_name(calendar.place),
        absence=absence(calendar.place),
        body=calendar.body,
        as_of=calendar.known,
        whose_days=whose_days(calendar),
    )


def coverage_view(calendar: WorkCalendar, days: Days | None) -> CoverageView:
    """Return how far notices cover an answer that depends on the days from a first to a last one; None if on no rest days."""
    return CoverageView(
        **asdict(calendar_view(calendar), recurse=False),
        regional_notices=tuple(map(notice_view, deciding(calendar, *days))) if days else (),
        missing=tuple(missing_years(calendar, *days)) if days else (),
        why_provisional=tuple(why_provisional(calendar, *days)) if days else (),
    )
