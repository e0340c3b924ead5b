"""Handling times: from the start of an act to its completion, where a log has both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from ssflow.calendar.clock import ZONE, instant_of
from ssflow.logs.log import Entry
from ssflow.logs.worktimes import WorkTimes
from ssflow.process import Activity
from ssflow.simulation import Duration

if TYPE_CHECKING:
    from ssflow.logs.result import LogCheck

STARTED = "start"


def handling_times(check: LogCheck, means: Mapping[str, object]) -> Mapping[str, Duration]:
    """Return the handling time of each activity; see `LogCheck.handling`."""
    times = WorkTimes.of(check.replays, check.scenario)
    lengths: defaultdict[str, list[float]] = defaultdict(list)
    for _, entries in check.log.traces():
        started: dict[str, Entry] = {}
        for entry in entries:
            activity = means[entry.activity]
            if not isinstance(activity, Activity) or activity.by is None:
                continue
            if entry.lifecycle.casefold() == STARTED:
                started.setdefault(activity.name, entry)
            elif entry.is_complete and (begins := started.pop(activity.name, None)):
                role = activity.by.name
                days = times.between(role, _moment(begins), _moment(entry))
                lengths[activity.name].append(days * times.hours_a_day(role))
    return {
        activity.name: Duration("empirical", sorted(lengths[activity.name]), "workhours")
        for activity in check.scenario.definition.activities
        if activity.name in lengths
    }


def _moment(entry: Entry) -> datetime:
    return instant_of(entry.time, ZONE).replace(tzinfo=None)
