"""Who is taken up when at a station, in columns: held to one pass over those who come, written as simply as may be."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ssflow.simulation.engines.columns.serving import by_day
from ssflow.simulation.numbers import NEVER

DAY = 10  # minutes for which the station is open on each of its days


def one_by_one(numbers: list[int], came: list[int], left: list[int]) -> list[int]:
    """First come first served, so many a day: who is not gone before takes one of the places of the first day that has one."""
    room, found = list(numbers), []
    for at, gone in zip(came, left, strict=True):
        day = next((day for day in range(at // DAY, len(room)) if room[day]), len(room))
        start = max(at, day * DAY) if day < len(room) else NEVER
        # Nobody overtakes: the first free place is behind those of all who came before.
        if start < gone and start < NEVER:
            room[: day + 1] = [0] * day + [room[day] - 1]
            found.append(start)
        else:
            found.append(NEVER)
    return found


VISITS = st.lists(st.tuples(st.integers(0, 6 * DAY), st.one_of(st.just(NEVER), st.integers(0, 3 * DAY))), max_size=40)


@given(st.lists(st.integers(1, 4), min_size=1, max_size=6), VISITS)
def test_so_many_a_day_in_columns_is_one_after_the_other(numbers: list[int], visits: list[tuple[int, int]]) -> None:
    """The same turns, also where some leave before theirs, are too late for the last day, or come when the day is full."""
    visits.sort()
    came = [min(at, len(numbers) * DAY) for at, _ in visits]
    left = [min(at + stays, NEVER) for at, (_, stays) in zip(came, visits, strict=True)]
    columns = (np.array(column, dtype=np.int64) for column in (numbers, came, left))
    assert by_day(DAY, *columns).tolist() == one_by_one(numbers, came, left)
