"""The layout of the memory that the compiled functions share: columns laid end to end, and one record that says where each begins.

Numba hands an array on as seven numbers and more, so functions that take many arrays are slow, and compiling them takes minutes. Here they take
one record, the play: it has the addresses of a few large arrays, and ``tables[at.state + node]`` is the state of a standing. A list for each of
several things is laid end to end too; a column whose name ends in ``_from`` says where each begins.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from ssflow.simulation.numbers import Numbers

Records: TypeAlias = npt.NDArray[np.void]

# The columns of a model, by what they are about.
OF_CHART = ("target", "changes_from", "change_slot", "change_effect", "change_face")  # see `Moved`
OF_STANDINGS = (
    "standings",  # `STANDING`
    "acting",  # `ACTING`
    "closing",
    "overdue",  # by standing and slot
    "moves",  # by selector and place; then those that open a case
)
OF_SELECTORS = (
    "options",  # `OPTION`, by selector, variant and place
    "minutes",  # by length and part, or one for a fixed length
)
OF_TIMETABLES = ("opens", "length", "spent", "at_work", "before", "begins", "opening_of")
OF_CLOCKS = (
    "is_plain",  # by face: whether the first day decides on the last
    "in_hours",
    "office",  # the timetable by which lateness is counted
    "dates",  # the row of a face in the next three, which are by row and day; -1 if it is not yet known
    "due_on",
    "closes_on",
    "is_forecast_on",
    "line_face",  # by line
    "line_due",
    "line_closes",
    "line_is_forecast",
    "line_values",  # a hash table with the next column of wide numbers
)
OF_STATIONS = (
    "station_of",  # by service
    "taken_by",
    "done_by",
    "has_clerks",  # by station
    "open_by",
    "numbers",  # by station and day, as in `Capacity`
    "ranks",  # by station and profile
    "terms_from",
    "terms",
)
WIDE = ("bounds", "line_keys")
# The columns of a run: when stations take cases up, and the open cases; see `Starts` and `Continuing`.
OF_RUN = (
    "start_row",  # by selector and visit
    "open_node",
    "open_since",
    "open_place",  # by role and case: the act that is next, and how many minutes at work are left
    "open_minutes",
    "open_face",  # by slot and case, as in `Clocks`
    "open_began",
    "open_line",
    "open_due",
    "open_closes",
)
# Plain numbers of a model or a run.
SIZES = (
    "slots",
    "days",
    "end",
    "clock_moves",
    "places",  # the most acts of a selector, with one for doing nothing
    "longest",  # the most days at work of a timetable, with one behind the last
    "selectors",
    "profiles",
    "stations",
    "visits",  # the most visits of a case to a state for which a start is known
    "line_room",
    "open_cases",
    "outcomes",  # those of the chart that the tables know
    "refusals",
    "faces",
    "all_moves",
    "cases",  # of a run
    "bytes_of_case",  # with all that a case has, see `layout_of_case`
    "clocks_in_case",  # after how many bytes they begin
    "made_in_case",
    "room_in_queues",  # of visits
    "is_together",  # whether cases are played together, so that stations have queues
    "notes_starts",
    "logs",
)
AT = np.dtype(
    [
        (name, np.int64)
        for names in (OF_CHART, OF_STANDINGS, OF_SELECTORS, OF_TIMETABLES, OF_CLOCKS, OF_STATIONS, WIDE, OF_RUN, SIZES)
        for name in names
    ]
)
# A standing, with where its roles and the clocks that may run out begin and end.
STANDING = np.dtype(
    [(name, np.int32) for name in ("is_known", "state", "is_final", "acting", "acting_end", "closing", "closing_end")]
)
# A role that acts in a standing, as in `Acting`, with its selector: -1 opens the case.
ACTING = np.dtype(
    [
        (name, np.int32)
        for name in (
            "role",
            "selector",
            "is_served",  # whether a station serves any of its acts
            "number",  # of its acts
            "once",
            "acts",
            "later",
            "moves",  # where its moves, its bounds and its options begin
            "bounds",
            "options",
        )
    ]
)
# An act that may be intended: where its minutes begin, which bits of a part count (none of a fixed length), its timetable and its service.
OPTION = np.dtype([(name, np.int32) for name in ("minutes", "parts", "timetable", "service")])
# The numbers of each role in the case that is played.
INTENT = np.dtype(
    [
        (name, np.int32)
        for name in (
            "place",  # the act that the role is about to do, and when it is ripe, as in `Intents`
            "ripe",
            "barred",
            "over",
            "ready",  # of the look at the next event: when the role would act, and the outcome
            "edge",
            "base",  # since when an act waits (-1: it does not), for which refusal, until when at the latest
            "refusal",
            "latest",
            "stage",  # of an intent that a station serves, as in `Intent`
            "service",
            "length",
            "joined",  # the queue; until then, since when the act is asked for
            "began",
            "due",
            "over_at",  # when the work is over
        )
    ]
)
# The numbers of each clock in the case that is played, by slot; ``line`` is -1 as long as the clock was neither stopped nor extended.
CLOCK = np.dtype([(name, np.int32) for name in ("face", "since", "line", "last", "closes", "late")])
# A case, with its next event.
CASE = np.dtype(
    [
        ("luck", np.uint64),
        *(
            (name, np.int32)
            for name in (
                "number",  # -1: of no case
                "profile",
                "variant",
                "node",
                "now",
                "opened",
                "closed",
                "state",  # in which the case was left
                "moment",  # of the next event
                "actor",  # whose act it is, by its place in ``acting``; -1 for a clock
                "slot",  # the clock that runs out
                "joins",  # who joins a queue before that, by its place in ``acting``; -1 for none
                "queues",  # the role that has just joined a queue, -1 for none
                "is_at_station",  # whether any role is in a queue or being served
                "is_waiting",  # whether any act waits because it is refused
            )
        ),
    ]
)
_CACHE_LINE = 64  # bytes that a processor fetches together


def layout_of_case(roles: int, slots: int, selectors: int) -> np.dtype[np.void]:
    """Return the layout of a case with all that it has, in whole lines of the cache: what is looked at together lies together."""
    parts = [("case", CASE), ("intents", INTENT, roles), ("clocks", CLOCK, slots), ("made", np.int32, selectors)]
    return np.dtype([*parts, ("spare", np.void, -np.dtype(parts).itemsize % _CACHE_LINE)])


# An entry of the agenda: its minute, its list, and the entries before and after it in the list; -1 for none.
ENTRY = np.dtype([(name, np.int32) for name in ("minute", "list", "before", "after")])
# The queue of a station, as in `Counter`: the visits in its heap, the first and the number of those in its ring, how many have not left; and how
# much the station does.
QUEUE = np.dtype(
    [(name, np.int64) for name in ("in_heap", "first", "in_ring", "present", "in_hand", "day", "begun", "is_awake")]
)
# A visit in a queue: by what it is ordered, and whose it is.
VISIT = np.dtype([("urgency", np.int64), ("turn", np.int64), ("place", np.int64)])
# The counts, in the order of `Tally`.
SUMS = (
    "events", "minutes", "opened", "entered", "left", "finished", "hours", "workdays", "started", "provisional",
    "ran_out", "late", "shown", "waits", "waited", "redrawn", "joined", "taken", "gone", "lost", "queued", "delayed",
    "came", "ceased", "used", "wasted",
)  # fmt: skip
SUM = np.dtype([(name, np.int64) for name in SUMS])
# The arrays to which a play points, each with the number of its items.
ARRAYS = (
    "tables",
    "wide",
    "run",
    "keys",  # of the draws, by selector
    "counts",
    "edges",  # by standing, move and day
    "opens",
    "starts",  # by row and case
    "log",  # a row an event: case, move, minute, state and last days
    "opened",  # the outcomes of cases, as in `Outcomes`
    "closed",
    "ended",
    "late",
    "questions",  # a row a question: the row of the case that it stopped, the kind and three numbers
    "cases",  # by place: the one that is played, or those that are played together
    "case",  # the present one
    "agenda",  # by list, the first entry
    "marks",  # a bit a minute of the present day whose list may have an entry
    "entries",  # the stations, then the cases
    "queues",  # by station
    "waiting",  # by station: the places of its heap, then those of its ring
    "awake",  # stations that look at their queues in this minute
)
ARRAY = np.dtype([(name, np.int64) for name in ARRAYS])
# A play: where everything is, and the case that is played.
PLAY = np.dtype(
    [
        ("at", AT),
        ("sums", SUM),
        ("address", ARRAY),
        ("items", ARRAY),
        ("place", np.int64),  # of the present case
        ("today", np.int64),
        ("free", np.int64),  # the first place that is free, -1 for none
        ("awake", np.int64),  # how many stations look at their queues in this minute
        ("sign", np.int64),  # of what is counted: 1, or -1 to take it back
        ("logged", np.int64),  # how much is written down
        ("asked", np.int64),  # how many questions are noted
        ("asks", np.int64),  # the kind of the question that stops the play (0: none), with its three numbers
        ("one", np.int64),
        ("two", np.int64),
        ("three", np.int64),
    ]
)
Play: TypeAlias = Any  # a record of `PLAY`
EDGE, OPENS, NODE, FACE, LINE, START, PLACES, QUEUES, ROOM = range(1, 10)  # the kinds of questions


def laid(columns: Mapping[str, Any], dtype: type[np.signedinteger[Any]]) -> tuple[dict[str, int], Numbers]:
    """Return where each of some columns begins if they are laid end to end, and the one array."""
    places, at = {}, 0
    for name, column in columns.items():
        places[name] = at
        at += np.size(column)
    whole = np.empty(at, dtype=dtype)
    for name, column in columns.items():
        whole[places[name] : places[name] + np.size(column)] = np.ravel(column)
    return places, whole
