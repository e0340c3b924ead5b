"""The obligations of a case: the terms that are owed in it and its lapses, each with the figure by which its clock runs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from attrs import frozen

from ssflow.calendar import DeadlineStatus, Span, Tolled
from ssflow.process import Activity, Clock, Role, Term
from ssflow.slots import changed, quick
from ssflow.text import NO_TEXT, Text


@frozen
class Granted:
    """An extension that may be taken back: the activity that gave it, and the articles on which its figure rests."""

    by: Activity[Any]
    cites: tuple[str, ...] = ()


@quick
@frozen(kw_only=True)
class Obligation:
    """A term or lapse that is alive in a case, as it was dated when the event was recorded.

    ``clock`` is the part of the procedure that runs, ``owed_by`` the role that is bound, None for a lapse. ``spans`` are the figure and
    any extensions; they are empty while the clock is untimed (no figure for the place) or waits for the activity ``waits_for``. ``starts``
    is the day on which the clock started, ``began`` the instant if hours run, ``tolled`` the half-open intervals during which it was
    stopped. ``due`` is the last day in time, None if there is none yet; ``closes`` is the exact end of a span in hours, and of one whose
    days are not those of Beijing. ``granted`` are the extensions that an act may take back; theirs are the last of ``spans`` and ``cites``.
    """

    clock: Clock
    owed_by: Role | None = None
    spans: tuple[Span, ...] = ()
    waits_for: Activity[Any] | None = None
    starts: date | None = None
    began: datetime | None = None
    tolled: tuple[Tolled, ...] = ()
    due: date | None = None
    closes: datetime | None = None
    status: DeadlineStatus | None = None
    cites: tuple[str, ...] = ()
    confidence: str = ""
    region: str = ""
    overdue: bool = False
    granted: tuple[Granted, ...] = ()

    @property
    def owers(self) -> tuple[Role, ...]:
        """The roles that owe it: all of them if several owe the term, one if a figure binds another role, none for a lapse."""
        if self.owed_by is None:
            return ()
        term = self.clock
        return term.owers if isinstance(term, Term) and term.owed_by is self.owed_by else (self.owed_by,)

    @property
    def who(self) -> Text:
        """The titles of the roles that owe it, as one text; empty for a lapse."""
        return Text.join([role.title for role in self.owers], "、", " and ") if self.owed_by else NO_TEXT

    @property
    def is_timed(self) -> bool:
        """Whether a figure measures it and its clock has started."""
        return bool(self.spans)

    def without(self, activity: Activity[Any]) -> Obligation | None:
        """Return the obligation without the last extension by an activity, its due day unchanged; None if the activity gave none."""
        place = next((i for i in reversed(range(len(self.granted))) if self.granted[i].by is activity), None)
        if place is None:
            return None
        later = self.granted[place:]
        span, after = len(self.spans) - len(later), len(self.cites) - sum(len(one.cites) for one in later)
        return changed(
            self,
            spans=(*self.spans[:span], *self.spans[span + 1 :]),
            cites=(*self.cites[:after], *self.cites[after + len(later[0].cites) :]),
            granted=(*self.granted[:place], *later[1:]),
        )
