"""Conformance checking: every case of a log is replayed by the kernel and compared with its procedure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ssflow.case import Legislation
from ssflow.doors import check_callable, check_day
from ssflow.errors import Fault, InputError, UnknownError
from ssflow.logs.activities import Meaning, meanings
from ssflow.logs.faults import refuse
from ssflow.logs.log import Entry, EventLog
from ssflow.logs.reading import Columns, read_log
from ssflow.logs.replay import Replayed, replayed
from ssflow.logs.result import LogCheck
from ssflow.logs.walking import Walk
from ssflow.process import Activity, Process
from ssflow.rules import Rulebook
from ssflow.simulation import Scenario
from ssflow.simulation.chart.chart import Kind
from ssflow.simulation.entry import scenario_of
from ssflow.tables import Table
from ssflow.text import Text

Progress = Callable[[int, int], object]


def check_log(
    log: EventLog | Table | str | Path | Any,
    process: str | type[Process] | Scenario | Path,
    *,
    columns: Columns | None = None,
    activities: Mapping[str, str] | None = None,
    places: str | dict[str, str] | None = None,
    law: Legislation | Rulebook | None = None,
    until: date | None = None,
    on_progress: Progress | None = None,
) -> LogCheck:
    """Replay every case of a log: which entries could not have happened, and why; which terms were late, and by how many working days.

    ``log`` is a log, or a source for `read_log` with its ``columns``. ``process`` is a procedure or a scenario of it. A log says what was
    done and not with which data, so each case is replayed with the data of the profile that it fits best (that of its column ``profile``,
    if it has one). ``activities`` gives the meaning of the log's activity names; ``places`` and ``law`` take the place of those of the
    scenario. Cases that are open are looked at on the day ``until``, the last of the log if none is given.

    Raises:
        InputError, DataError: something is wrong with the log or the scenario; all faults are listed.
        UnknownError: there is no such procedure, or no scenario comes with it.

    """
    if isinstance(log, EventLog) and columns is not None:
        raise InputError.of(
            "columns",
            "日志已经读入，列名不再起作用；请在read_log中写明",
            "the log has been read already, so names of columns change nothing; give them to read_log",
        )
    log = log if isinstance(log, EventLog) else read_log(log, columns)
    scenario = scenario_of(process, places=places, law=law)
    if until is not None:
        check_day("until", until)
    if on_progress is not None:
        check_callable("on_progress", on_progress)
    means = meanings(log, scenario.definition, {} if activities is None else activities)
    walks = {kind.name: Walk.of(kind, scenario.law) for kind in scenario.kinds()}
    _check_data(means, [walk.kind for walk in walks.values()])
    found = []
    ends = log.last_day or scenario.start
    if until is not None and until < ends:
        raise InputError.of(
            "until", f"日志记到{ends}，不得更早", f"the log goes on to {ends}; give that day or a later one"
        )
    traces, last = list(log.traces()), until or ends
    named = _profiles(traces, walks)
    for number, (case, entries) in enumerate(traces, 1):
        possible = {named[case]: walks[named[case]]} if case in named else walks
        found.append(_best(case, entries, means, possible, last))
        if on_progress is not None:
            on_progress(number, len(traces))
    return LogCheck(log, scenario, tuple(found), means)


def _check_data(means: Mapping[str, Meaning], kinds: Sequence[Kind]) -> None:
    """Refuse a log of acts for which no profile has the data."""
    faults = []
    for word, meaning in means.items():
        if isinstance(meaning, Activity) and meaning.by and not any(meaning.name in k.deeds for k in kinds):
            text = Text(
                f"方案的各类办件都没有“{meaning.zh}”的材料；请在profile中补充data.{meaning.name}",
                f'no profile of the scenario has the data of "{meaning.en}"; add data.{meaning.name} to one',
            )
            faults.append(Fault(f"activities.{word}", text))
    if faults:
        raise InputError(*faults)


def _profiles(traces: Sequence[tuple[str, Sequence[Entry]]], walks: Mapping[str, Walk]) -> Mapping[str, str]:
    """Return the profile of each case whose profile the log names; raises InputError for unknown ones, and for cases with several."""
    found, faults = {}, []
    for case, entries in traces:
        names = list(dict.fromkeys(entry.profile for entry in entries if entry.profile))
        if len(names) > 1:
            text = Text(f"一个办件写有几个类别：{'、'.join(names)}", f"one case has several: {', '.join(names)}")
            faults.append(Fault(f"profile.{case}", text))
        elif names and names[0] not in walks:
            faults.append(Fault(f"profile.{case}", UnknownError("profile", names[0], walks).text))
        elif names:
            found[case] = names[0]
    refuse(faults)
    return found


def _best(
    case: str,
    entries: Sequence[Entry],
    means: Mapping[str, Meaning],
    walks: Mapping[str, Walk],
    until: date,
) -> Replayed:
    """Return the replay with the data of the profile that leads to the fewest deviations."""
    acts = [means[entry.activity] for entry in entries if entry.is_complete]
    wanted = {meaning.name for meaning in acts if isinstance(meaning, Activity) and meaning.by}
    fitting = [walk for walk in walks.values() if wanted <= walk.kind.deeds.keys()] or list(walks.values())
    best: Replayed | None = None
    for walk in fitting:
        tried = replayed(case, entries, means, walk, until)
        if best is None or len(tried.deviations) < len(best.deviations):
            best = tried
        if best.fits:
            break
    assert best is not None  # noqa: S101 - a scenario has a profile
    return best
