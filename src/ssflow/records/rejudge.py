"""The rejudging of the past: the events that a late entry, a correction or a retraction makes in a group of related cases.

The histories are played with the drafts. Nothing that was possible before may become impossible. The resulting state is recorded, and
observed effects that no longer follow are set aside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from ssflow.calendar.clock import instant_of, recorded
from ssflow.case.case import Case
from ssflow.case.events import Event, EventKind, Happening, LinkRef, happening_title
from ssflow.case.grounds import Ground, GroundKind
from ssflow.case.legislation import Legislation
from ssflow.case.moments import is_before, moment_of
from ssflow.errors import RefusedError
from ssflow.process import Process
from ssflow.records.history import acts_of, history, is_effect, observed, observed_by_version, root_of
from ssflow.records.log import Group, Log
from ssflow.records.play import Played, play
from ssflow.slots import changed
from ssflow.text import Text


def rejudge(group: Group, drafts: Sequence[Event], law: Legislation) -> tuple[Event, ...]:
    """Return the events by which drafts go on record, in their cases and in related ones.

    Raises:
        RefusedError: a draft could not have been done, or it makes a later act impossible, which is named.

    """
    through = max((*_reached(group), *map(moment_of, drafts)), key=lambda moment: instant_of(moment, law.calendar.zone))
    more = {id_: [draft for draft in drafts if draft.case == id_] for id_ in group}
    played = play(group, through, law, more)
    _check_possible(group, more, played, law, through)
    cause = drafts[0]
    first = sorted(group.values(), key=lambda log: not more[log.case.id])
    return tuple(
        event
        for log in first
        for event in _events_of(log, more[log.case.id], played, law, _follows(cause, group[cause.case].case))
    )


def retract(
    group: Group, after: date | datetime, law: Legislation, *, reason: str, actor: str = ""
) -> tuple[Event, ...]:
    """Return the events that take back recorded effects of time after a moment; acts stay.

    Raises:
        RefusedError: an act, which is named, could not have been done without such an effect.

    """

    def instant(moment: date | datetime) -> datetime:
        return instant_of(moment, law.calendar.zone)

    passed = [moment for log in group.values() for moment in _seen(log) if instant(moment) <= instant(after)]
    acts = [moment for log in group.values() for moment in _acted(log)]
    through = max((*acts, *passed), key=instant)
    played = play(group, through, law)
    _check_possible(group, {}, played, law, through)
    draft = Event(
        case="",
        version=0,
        process="",
        process_version=0,
        kind=EventKind.retraction,
        activity="",
        on=law.calendar.civil_day(after),
        at=recorded(after, law.calendar.zone),
        target="",
        reason=reason,
        actor=actor,
    )
    return tuple(event for log in group.values() for event in _events_of(log, [], played, law, draft))


def _check_possible(
    group: Group, more: Mapping[str, Sequence[Event]], played: Played, law: Legislation, through: date | datetime
) -> None:
    """Refuse a history that could not have happened; acts that were impossible before do not count against it."""
    drafts = {
        (id_, root_of((*group[id_].events, *events), event.version)): event
        for id_, events in more.items()
        for event in events
    }
    unexplained = [
        _reason_needed(group[draft.case], draft)
        for draft in drafts.values()
        if draft.kind is EventKind.late and not draft.reason.strip()
    ]
    before = play(group, through, law) if played.refused else played
    for (id_, root), refused in played.refused.items():  # in the order of law: one refusal may cause the next
        if (id_, root) in drafts:
            raise RefusedError(refused.act, [*refused.grounds, *unexplained])
        if (id_, root) not in before.refused:
            title = _title(group, next(iter(drafts.values()))) if drafts else refused.act
            raise RefusedError(title, [_later(group[id_], root, refused), *refused.grounds, *unexplained])
    if unexplained:
        raise RefusedError(_title(group, next(iter(drafts.values()))), unexplained)


def _title(group: Group, draft: Event) -> Text:
    """Return the title of a draft: that of its activity or, if an event is struck out, that of a correction."""
    return happening_title(group[draft.case].case.process.at(draft.process_version), draft)


def _reason_needed(log: Log, draft: Event) -> Ground:
    process = log.case.process
    later = [act for act in acts_of(process, log.events) if is_before(draft, act)]
    what = process.at(later[0].process_version).activity(later[0].activity).zh if later else ""
    first = f"（{later[0].on}“{what}”）" if later else ""
    which = f", {later[0].activity} of {later[0].on}" if later else ""
    reason = Text(
        f"其后已有办理{first}，补录须写明理由（reason）",
        f"a later act is on record{which}: an act is entered late with a reason",
    )
    return Ground(GroundKind.order, "late", reason)


def _later(log: Log, root: int, refused: RefusedError) -> Ground:
    event = log.events[root - 1]
    reason = Text(
        f"如此则其后的“{refused.act.zh}”（{event.on}，{log.case.id}第{root}号事件）不可能办理",
        f'"{refused.act.en}" of {event.on}, event {root} of {log.case.id}, could then not have been done',
    )
    return Ground(GroundKind.order, "later", reason)


def _events_of(log: Log, drafts: Sequence[Event], played: Played, law: Legislation, cause: Event) -> Iterator[Event]:
    """Yield the events that bring the log of a case to the state to which it was played."""
    case, happened = log.case, played.happened[log.case.id]
    in_order = all(draft.kind is EventKind.act for draft in drafts)
    if in_order and list(map(_key, log.events)) == list(map(_key, happened[: case.version])):
        yield from _continued(case, drafts, happened[case.version :], law)
        return
    by_law = played.cases[case.id]
    changes = differences(log, happened)
    if not (drafts or changes or (by_law.state, by_law.obligations) != (case.state, case.obligations)):
        return
    present = by_law.process.version  # an older one than the case had if its upgrade is struck out
    made = [_as_made(log, draft, drafts, played, law) for draft in drafts]
    made += [
        _by_version(cause, case, version, law)
        for version in changes
        if version not in {e.process_version for e in made}
    ]
    if present != case.process.version:
        made.sort(key=lambda event: event.process_version == present)
    if not made or made[-1].process_version != present:
        made.append(_by_version(cause, case, present, law))
    last = {event.process_version: number for number, event in enumerate(made)}
    for number, event in enumerate(made):
        version = event.process_version
        then = by_law if version == present else played.before.get((case.id, version), case)
        gone, come = changes.get(version, ((), ())) if last[version] == number else ((), ())
        is_last = number == len(made) - 1
        yield changed(
            event,
            links=(*event.links, *_missing(case, made, by_law)) if is_last else event.links,
            unlinks=_not_related(case, made, by_law) if is_last else (),
            version=case.version + 1 + number,
            sets_aside=gone,
            brings=come,
            source=(case if version == case.process.version else then).state_name,
            target=then.state_name,
            came_from=then.came_from.name if then.came_from else "",
            closed=then.is_closed,
            obligations=then.obligations,
        )


def _missing(case: Case, made: Iterable[Event], by_law: Case) -> tuple[LinkRef, ...]:
    """Return the related cases of a case that neither it nor the events made for it name."""
    named = _named(case, made)
    return tuple(link for link in by_law.links if link.case not in named)


def _not_related(case: Case, made: Iterable[Event], by_law: Case) -> tuple[str, ...]:
    """Return the cases that a case, or an event made for it, names, and to which it is not related by what has happened."""
    related = {link.case for link in by_law.links}
    return tuple(id_ for id_ in _named(case, made) if id_ not in related)


def _named(case: Case, made: Iterable[Event]) -> dict[str, None]:
    links = (*case.links, *(link for event in made for link in event.links))
    return dict.fromkeys(link.case for link in links)


def _by_version(cause: Event, case: Case, version: int, law: Legislation) -> Event:
    """Return an event that says what an entry changes in what happened in a case while it was under a version."""
    process = case.process.at(version)
    if cause.case == case.id:  # the entry itself is of another version
        cause = changed(_follows(cause, case), links=())
    cause = changed(cause, case=case.id, process=process.name, process_version=process.version)
    return _under(law, cause, process)


def _under(law: Legislation, event: Event, process: type[Process]) -> Event:
    """Return an event with the digests of the law by which it is decided."""
    return changed(event, rulebook=law.of(process).digest, calendar=law.calendar.digest)


def _continued(case: Case, drafts: Iterable[Event], tail: Iterable[Event], law: Legislation) -> Iterator[Event]:
    """Yield the events that come after everything on record, as if they had been entered in order."""
    waiting = list(drafts)
    for version, event in enumerate(tail, case.version + 1):
        written = changed(event, version=version, rulebook=law.of(case.process).digest, calendar=law.calendar.digest)
        draft = next((d for d in waiting if _key(d) == _key(event)), None)
        if draft:
            waiting.remove(draft)
            written = changed(
                written,
                links=draft.links,
                named=draft.named,
                reason=draft.reason,
                before=draft.before,
                after=draft.after,
            )
        yield written


def _as_made(log: Log, draft: Event, drafts: Sequence[Event], played: Played, law: Legislation) -> Event:
    """Return a draft with the results of its judgement: its basis, the regime that it chose, and the law by which it was decided."""
    made = played.made.get((log.case.id, root_of((*log.events, *drafts), draft.version)))
    if made is None:
        return _under(law, changed(draft, regime="", cites=()), log.case.process.at(draft.process_version))
    return changed(draft, regime=made.regime, cites=made.cites, rulebook=made.rulebook, calendar=made.calendar)


def _follows(cause: Event, case: Case) -> Event:
    """Return the event of a case whose past changes because of an entry in a related case."""
    link = LinkRef(case=case.id, process=case.process.name, version=cause.version)
    return changed(
        cause,
        kind=EventKind.rejudged,
        activity="",
        by="",
        party="",
        data=None,
        places=(),
        links=(link,),
        named=(),
        replaces=None,
        corrector="",
        before=None,
        after=None,
        regime="",
        cites=(),
    )


Changes = tuple[tuple[Happening, ...], tuple[Happening, ...]]


def differences(log: Log, happened: Iterable[Event]) -> dict[int, Changes]:
    """Return for each version of the procedure, in order, the observed happenings that do not follow and those that follow unobserved."""
    derived = Counter((e.process_version, Happening.of(e)) for e in happened if _is_derived(log.case, e))
    seen = Counter(observed_by_version(log.case.process, log.events))
    gone, come = list((seen - derived).elements()), list((derived - seen).elements())
    return {
        version: (_of_version(gone, version), _of_version(come, version))
        for version in sorted({version for version, _ in (*gone, *come)})
    }


def _of_version(several: Iterable[tuple[int, Happening]], version: int) -> tuple[Happening, ...]:
    return tuple(one for by, one in several if by == version)


def _is_derived(case: Case, event: Event) -> bool:
    return event.kind in (EventKind.lapse, EventKind.overdue) or is_effect(case.process, event)


def _key(event: Event) -> tuple[object, ...]:
    return event.kind, event.activity, event.on, event.at, event.by, event.data


def _reached(group: Group) -> Iterator[date | datetime]:
    yield from (log.case.last for log in group.values() if log.case.last is not None)


def _seen(log: Log) -> Iterator[date | datetime]:
    yield from map(moment_of, observed(log.case.process, log.events))


def _acted(log: Log) -> Iterator[date | datetime]:
    yield from (moment_of(entry.event) for entry in history(log.case.process, log.events))
