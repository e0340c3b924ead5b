"""The view of an obligation: what is owed or will lapse in a case, by whom, until when, how sure that is, and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from attrs import frozen

from ssflow.calendar import DeadlineStatus, Tolled
from ssflow.calendar.spans import spans_text
from ssflow.case import Case, Obligation
from ssflow.case.caveats import caveats_of, watched_in
from ssflow.doors import check_kind
from ssflow.rules.basis import basis_text
from ssflow.text import NO_TEXT, Text
from ssflow.views.books import book_of
from ssflow.views.citing import Cited, cited
from ssflow.views.plain import View
from ssflow.views.spans import SpanView, span_view
from ssflow.views.wording import bracketed, moment, named, sentence

_ITSELF = Text("届满自动", "the clock")
_OVERDUE, _WAITING, _UNTIMED = (
    Text("已逾期", "overdue"),
    Text("未起算", "waiting"),
    Text("未规定", "no time limit known"),
)
_NONE = Text("无", "none")
NONE_RUNS = Text("没有期限在计算", "no clock is running")  # shown where there are no obligations
_NO_FIGURE = Text("所在地没有规定这一期限", "no figure is known for the place")
_UNNAMED = Text("，未署地名", ", of an unnamed place")


@frozen(kw_only=True)
class ObligationView(View):
    """A term or lapse that is alive, as its event dated it.

    ``owner``, ``last_day``, ``status_text`` and ``why`` say in words what the other fields hold; ``caveats`` must be shown with it.
    ``watched`` lists the unread laws that may change it, if its case is given.
    """

    clock: str
    title: Text
    owed_by: str
    owed_too: tuple[str, ...]
    owner: Text
    timed: bool
    spans: tuple[SpanView, ...]
    waits_for: str
    starts: date | datetime | None
    tolled: tuple[Tolled, ...]
    due: date | None
    closes: datetime | None
    last_day: Text
    status: DeadlineStatus | None
    overdue: bool
    status_text: Text
    why: Text
    basis: tuple[Cited, ...]
    confidence: str
    region: str
    caveats: tuple[Text, ...]
    watched: tuple[str, ...]

    @property
    def text(self) -> Text:
        """What is owed by whom, the last day, how sure it is, and why."""
        due = Text(f"最后一日{self.last_day.zh}，", f"due {self.last_day.en}, ") if self.due else NO_TEXT
        who = bracketed(self.owner)
        head = Text(self.title.zh + who.zh, self.title.en + who.en)
        return sentence(named(head, Text.join([due, self.status_text], "", "")), self.why, *self.caveats)


def obligation_view(obligation: Obligation, case: Case | None = None) -> ObligationView:
    """Return the view of an obligation; with its case, also what is uncertain about it."""
    check_kind("obligation", obligation, Obligation)
    if case is not None:
        check_kind("case", case, Case)
    owner = obligation.clock.owner
    book = book_of(owner) if owner else None
    laws = book.laws if book else {}
    return ObligationView(
        clock=obligation.clock.name,
        title=obligation.clock.title,
        owed_by=obligation.owed_by.name if obligation.owed_by else "",
        owed_too=tuple(role.name for role in obligation.owers[1:]),
        owner=obligation.who or _ITSELF,
        timed=obligation.is_timed,
        spans=tuple(map(span_view, obligation.spans)),
        waits_for=obligation.waits_for.name if obligation.waits_for else "",
        starts=obligation.began or obligation.starts,
        tolled=obligation.tolled,
        due=obligation.due,
        closes=obligation.closes,
        last_day=_last_day(obligation),
        status=obligation.status,
        overdue=obligation.overdue,
        status_text=_status_text(obligation),
        why=_why(obligation, basis_text(obligation.cites, laws)),
        basis=cited(obligation.cites, laws),
        confidence=obligation.confidence,
        region=obligation.region,
        caveats=caveats_of(case, obligation, book) if case and book else (),
        watched=tuple(watch.id for watch in watched_in(case, obligation, book)) if case and book else (),
    )


def obligation_views(obligations: Iterable[Obligation], case: Case | None = None) -> tuple[ObligationView, ...]:
    """Return the views of several obligations of one case."""
    return tuple(obligation_view(obligation, case) for obligation in obligations)


def _last_day(obligation: Obligation) -> Text:
    """Return the last day in time, or the instant at which hours end."""
    if obligation.closes is not None:
        said = f"{obligation.closes:%Y-%m-%d %H:%M}"
        return Text(said, said)
    return Text(str(obligation.due), str(obligation.due)) if obligation.due else _NONE


def _status_text(obligation: Obligation) -> Text:
    """Return how sure the last day is, or why there is none."""
    if obligation.overdue:
        return _OVERDUE
    if obligation.status is not None:
        return obligation.status.value
    return _WAITING if obligation.waits_for else _UNTIMED


def _why(obligation: Obligation, basis: Text) -> Text:
    """Return the basis of a due day, or why there is none."""
    if obligation.waits_for:
        begins = obligation.waits_for.title
        return Text(f"自“{begins.zh}”起算", f'starts with "{begins.en}"')
    start = obligation.began or obligation.starts
    if start is None:
        return _NO_FIGURE
    length = spans_text(obligation.spans)
    unnamed = _UNNAMED if obligation.confidence == "guide" else NO_TEXT
    ground = bracketed(Text.join([basis, unnamed], "", ""))
    since = moment(start)
    said = Text(f"自{since}起{length.zh}{ground.zh}", f"{length.en} from {since}{ground.en}")
    return sentence(said, *(_stop(*stop) for stop in obligation.tolled))


def _stop(stopped: date, resumed: date | None) -> Text:
    if resumed is None:
        return Text(f"{stopped}起停止计算", f"stopped since {stopped}")
    return Text(f"{stopped}停止，{resumed}继续", f"stopped {stopped}, resumed {resumed}")
