"""Two copies of one year: the days on which they differ, and which copy stays.

A year has one whole notice, and amendments to it. A second whole notice under another name, or a file from elsewhere about a
known year, is a second copy of the same acts. Laid over the first, the two would mix.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from attrs import evolve, frozen

from ssflow.calendar.notices import ONE_DAY, SATURDAY, Notice
from ssflow.errors import DataError, Fault
from ssflow.regions import NATION
from ssflow.text import Lang, Text

IsWeekend = Callable[[date], bool]


def on_saturday_or_sunday(day: date) -> bool:
    """Return whether a day is a weekend in China."""
    return day.weekday() >= SATURDAY


Sourced = tuple[Path | str, Notice]  # a notice with its file, or its id
_SHOWN = 10


@frozen
class Difference:
    """A day on which two copies contradict each other: whether it is worked by ``ours``, and whether by ``theirs``."""

    day: date
    ours: bool
    theirs: bool
    notice: Notice

    def say(self, lang: Lang) -> str:
        """Return the day, and what each copy says of it, in one language."""
        return self.text.say(lang)

    @property
    def text(self) -> Text:
        """The day, and what each copy says of it."""
        zh, en = ("上班", "休息"), ("worked", "a rest day")
        return Text(
            f"{self.day}：自带通知为{zh[not self.ours]}，{self.notice.id}为{zh[not self.theirs]}",
            f"{self.day}: {en[not self.ours]} by our notice, {en[not self.theirs]} by {self.notice.id}",
        )


def laid_over(
    ours: Iterable[Notice], theirs: Iterable[Sourced], *, replace: bool, is_weekend: IsWeekend = on_saturday_or_sunday
) -> tuple[Notice, ...]:
    """Return our notices with theirs, which come with their files, laid over them; of two copies of a year, one stays.

    A second copy that says the same is left out. One that differs is refused or, with ``replace``, takes the place of all of our
    notices for its year.

    Raises:
        DataError: a second copy differs and ``replace`` is not set, or a notice would take the place of one
            that arranges something else.

    """
    laid = {notice.id: notice for notice in ours}
    for source, notice in theirs:
        _fits_in(laid, source, notice)
        if notice.is_national and notice.complete and not notice.copied:  # the act itself makes its copies superfluous
            laid = {id_: n for id_, n in laid.items() if not (n.copied and n.year == notice.year)}
        first = _first_copies(laid.values(), notice)
        found = tuple(_of_one(laid.values(), first, notice, is_weekend))
        if found and not replace:
            raise DataError(source, *_told(found), _remedy(notice, first))
        if found or not first:
            laid = {other.id: other for other in _replaced(laid.values(), first, notice)}
    return tuple(laid.values())


def kept_apart(ours: Iterable[Notice], theirs: Iterable[Sourced]) -> tuple[tuple[Sourced, ...], tuple[Notice, ...]]:
    """Return those of their notices that can be laid over ours, and the second copies of years that ours already cover."""
    known, given = tuple(ours), tuple(theirs)
    second = tuple(notice for _, notice in given if _first_copies(known, notice))
    return tuple((source, notice) for source, notice in given if notice not in second), second


def differing(
    ours: Iterable[Notice], theirs: Iterable[Notice], is_weekend: IsWeekend = on_saturday_or_sunday
) -> tuple[Difference, ...]:
    """Return the days on which second copies contradict our notices, in order."""
    known = tuple(ours)
    found = (d for notice in theirs for d in _of_one(known, _first_copies(known, notice), notice, is_weekend))
    return tuple(sorted(found, key=lambda difference: (difference.day, difference.notice.id)))


def _first_copies(there: Iterable[Notice], notice: Notice) -> list[Notice]:
    """Return our notices for the year of which a notice is a second copy; nothing if the notice is none."""
    if not (notice.is_national and (notice.complete or notice.copied)):
        return []
    same_year = [other for other in there if other.is_national and other.year == notice.year]
    told = any((other.complete and not other.copied) or (other.copied and notice.copied) for other in same_year)
    return same_year if told and notice.id not in {other.id for other in same_year} else []


def _of_one(
    there: Iterable[Notice], first: list[Notice], notice: Notice, is_weekend: IsWeekend
) -> Iterator[Difference]:
    if not first:
        return
    before = [other for other in there if other.is_national]
    ours, theirs = _arranged(before), _arranged(_replaced(before, first, notice))
    days = {day for copy in (*first, notice) for day, _ in copy.days()}
    for day in sorted(days):
        works = not is_weekend(day)
        if ours.get(day, works) != theirs.get(day, works):
            yield Difference(day, ours.get(day, works), theirs.get(day, works), notice)


def _replaced(there: Iterable[Notice], first: list[Notice], notice: Notice) -> Iterator[Notice]:
    """Yield our notices, with a notice in the place of the first copies of its year.

    A copy that begins in January says nothing of the December before, so our notices for that December stay.
    """
    january = date(notice.year, 1, 1)
    silent = all(day >= january for day, _ in notice.days())
    for other in there:
        if other not in first:
            yield other
        elif silent and any(day < january for day, _ in other.days()):
            rests = (
                evolve(rest, last=min(rest.last, january - ONE_DAY)) for rest in other.rest if rest.first < january
            )
            work = tuple(day for day in other.work if day < january)
            yield evolve(other, rest=tuple(rests), work=work, complete=False)
    yield notice


def _arranged(notices: Iterable[Notice]) -> dict[date, bool]:
    """Return for each day that the notices name whether it is worked; the notice that prevails decides."""
    ranked = [(rank, notice.id, notice) for notice in notices if (rank := notice.rank_in(NATION, "public"))]
    return {day: rest is None for *_, notice in sorted(ranked, key=lambda r: r[:2]) for day, rest in notice.days()}


def _fits_in(laid: dict[str, Notice], source: Path | str, notice: Notice) -> None:
    """Refuse a notice whose id would make it replace a notice for other days or offices."""
    old = laid.get(notice.id)
    if old and old.year != notice.year:
        raise DataError.of(
            source,
            f"安排{notice.year}年，却会取代同名的{old.year}年通知；请给文件改名",
            f"arranges {notice.year}, but would take the place of the notice of {old.year} that has its name; rename the file",
        )
    if old and old.is_national != notice.is_national:
        raise DataError.of(
            source,
            f"会取代适用于其他单位的同名通知（{old.title}）；请给文件改名",
            f"would take the place of a notice for other offices that has its name ({old.title}); rename the file",
        )


def _told(found: tuple[Difference, ...]) -> Iterator[Fault]:
    yield from (Fault("", difference.text) for difference in found[:_SHOWN])
    if (more := len(found) - _SHOWN) > 0:
        yield Fault("", Text(f"另有{more}天", f"and {more} more days"))


def _remedy(notice: Notice, first: list[Notice]) -> Fault:
    names_zh, names_en = "、".join(other.id for other in first), ", ".join(other.id for other in first)
    return Fault(
        "",
        Text(
            f"{notice.year}年已有通知（{names_zh}），予以保留；核对后如要以该文件取代，用replace=True；如系修改，"
            "写complete = false和known_from；否则移除",
            f"{notice.year} has its notice already ({names_en}), which is kept; once you have compared the two, write "
            "replace=True to let theirs take its place; if it amends ours, write complete = false and known_from; otherwise remove it",
        ),
    )
