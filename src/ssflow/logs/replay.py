"""The replay of a trace: which entries could not have happened, why, and how the replay goes on after them.

An entry that the kernel refuses is a deviation. Three ways to go on are then compared: the entry is left out, and the case stays as it
was; acts that nobody recorded are supposed (at most three, at the same moment), after which the kernel allows it; or it is taken as
done by the role whose act it is, if the log names another. The way by which the most entries in a row can follow is taken; of equal
ways, the one that supposes least. No case is ever put into a state to which the kernel does not lead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from attrs import field, frozen

from ssflow.calendar.clock import at, civil_day
from ssflow.case import Case, Event, Ground, GroundKind, Legislation
from ssflow.doors import check_lang
from ssflow.logs.activities import Meaning
from ssflow.logs.log import Entry
from ssflow.logs.terms import TermRun, runs_of
from ssflow.logs.walking import Walk
from ssflow.process import Activity, State
from ssflow.text import Lang, Text

MOST_SUPPOSED = 3  # acts that nobody recorded, before one entry
_LAST_MINUTE = time(23, 59)
Meanings = Mapping[str, Meaning]


@frozen
class Deviation:
    """An entry that could not have happened: the state of the case, every ground, and what the replay supposed to go on.

    ``number`` counts the entries of the case from 1. It is ``taken`` if the replay goes on as though it had been possible: after the
    ``supposed`` acts, or by the role whose act it is. Otherwise it is left out.
    """

    number: int
    entry: Entry
    activity: Text
    state: State | None
    grounds: tuple[Ground, ...]
    taken: bool = False
    supposed: tuple[Activity[Any], ...] = ()

    @property
    def went_on(self) -> Text:
        """How the replay went on after the entry."""
        if self.supposed:
            acts = Text.join([activity.title for activity in self.supposed], "、", ", ")
            return Text(f"推定此前已办理：{acts.zh}", f"assuming that these were done first: {acts.en}")
        if self.taken:
            return Text("视为由有权办理的主体办理", "taken as done by a role that may do it")
        return Text("略去，办件仍处原状态", "left out; the case stays as it was")

    def say(self, lang: Lang = "en") -> str:
        """Return the deviation with a sentence for each ground."""
        check_lang("lang", lang)
        colon = "：" if lang == "zh" else ": "
        where = self.state.title.say(lang) if self.state else Text("尚未登记", "not opened").say(lang)
        head = f"{self.entry.case} #{self.number} {_written(self.entry.time)} {self.activity.say(lang)} [{where}]"
        lines = [f"  - {ground.say(lang)}" for ground in self.grounds]
        return "\n".join([head + colon, *lines, f"  → {self.went_on.say(lang)}"])


@frozen(repr=False)
class Replayed:
    """A case as the kernel has replayed it. ``kind`` is the profile whose data its acts were given, ``entries`` the number of entries tried."""

    id: str
    kind: str
    entries: int
    case: Case
    events: tuple[Event, ...]
    deviations: tuple[Deviation, ...]
    terms: tuple[TermRun, ...]
    law: Legislation = field(eq=False)

    @property
    def fits(self) -> bool:
        """Whether everything in the log could have happened."""
        return not self.deviations


def replayed(id_: str, entries: Sequence[Entry], means: Meanings, fresh: Walk, until: date) -> Replayed:
    """Return the replay of a trace, beginning with a fresh walk; a case that is still open is looked at on the day ``until``."""
    walk, law, deviations = fresh.fork(), fresh.law, []
    tried = [entry for entry in entries if entry.is_complete and means[entry.activity] is not None]
    for number, entry in enumerate(tried, 1):
        meaning = means[entry.activity]
        assert meaning is not None  # noqa: S101 - those are left out
        before = walk.fork()
        if grounds := walk.take(entry, meaning):
            later = tried[number:]
            state = walk.company.main.state
            walk, taken, supposed = _way_on(walk, before, entry, meaning, grounds, later, means)
            deviations.append(Deviation(number, entry, meaning.title, state, grounds, taken, supposed))
    if not walk.company.main.is_closed:
        walk.pass_to(at(until, _LAST_MINUTE, law.calendar.zone))
    main = walk.company.main
    terms = tuple(runs_of(main, walk.events, law, until))
    return Replayed(id_, fresh.kind.name, len(tried), main, tuple(walk.events), tuple(deviations), terms, law)


def _way_on(
    left_out: Walk,
    before: Walk,
    entry: Entry,
    meaning: Any,
    grounds: tuple[Ground, ...],
    later: Sequence[Entry],
    means: Meanings,
) -> tuple[Walk, bool, tuple[Activity[Any], ...]]:
    """Return the walk that gets furthest, whether it takes the entry, and the acts that it supposes."""
    best: tuple[Walk, bool, tuple[Activity[Any], ...]] = left_out, False, ()
    if isinstance(meaning, Activity) and meaning.by is not None and later:
        furthest = _follow(left_out, later, means)
        for walk, supposed in _ways(before, entry, meaning, grounds):
            reached = _follow(walk, later, means)
            if reached > furthest:
                best, furthest = (walk, True, supposed), reached
    return best


def _ways(
    before: Walk, entry: Entry, activity: Activity[Any], grounds: tuple[Ground, ...]
) -> Iterator[tuple[Walk, tuple[Activity[Any], ...]]]:
    if any(ground.kind is GroundKind.role for ground in grounds):
        own = before.fork()
        if not own.act(activity, entry.time):
            yield own, ()
            return
    supposed = _supposed(before, entry, activity)
    if supposed is not None:
        yield supposed


def _supposed(before: Walk, entry: Entry, activity: Activity[Any]) -> tuple[Walk, tuple[Activity[Any], ...]] | None:
    """Return the walk after the fewest acts that make an entry possible, with these acts; None if there are none."""
    before.pass_to(entry.time)
    day = civil_day(entry.time, before.law.calendar.zone)
    key = (
        before.company.standing(),
        before.company.days(),
        activity.name,
        day,
    )  # the answer depends on these and nothing else
    if key not in before.supposed:
        before.supposed[key] = _missing(before, entry, activity)
    acts = before.supposed[key]
    if acts is None:
        return None
    walk = before.fork()
    refused = [act for act in (*acts, activity) if walk.act(act, entry.time)]
    return None if refused else (walk, acts)


def _missing(before: Walk, entry: Entry, activity: Activity[Any]) -> tuple[Activity[Any], ...] | None:
    rank: list[tuple[Walk, tuple[Activity[Any], ...]]] = [(before, ())]
    seen = {before.company.standing()}
    for _ in range(MOST_SUPPOSED):
        following = []
        for walk, acts in rank:
            for other in _possible(walk):
                tried = walk.fork()
                if tried.act(other, entry.time) or (where := tried.company.standing()) in seen:
                    continue
                seen.add(where)
                if not tried.fork().act(activity, entry.time):
                    return *acts, other
                following.append((tried, (*acts, other)))
        rank = following
    return None


def _possible(walk: Walk) -> Iterator[Activity[Any]]:
    """Yield the activities possible in the present state of a case, with data that the profile has."""
    main = walk.company.main
    for activity in main.process.activities:
        if main.state is None and activity is not walk.kind.opening.activity:
            continue
        if activity.by and not activity.triggered and activity.leaving(main.state) and activity.name in walk.kind.deeds:
            yield activity


def _follow(walk: Walk, later: Sequence[Entry], means: Meanings) -> int:
    """Return how many entries in a row are possible after a walk."""
    walk = walk.fork()
    for number, entry in enumerate(later):
        meaning = means[entry.activity]
        assert meaning is not None  # noqa: S101 - those are left out
        if walk.take(entry, meaning):
            return number
    return len(later)


def _written(moment: date | datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else str(moment)
