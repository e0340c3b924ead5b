"""A table of the working days in a range, in which every question is one or two list look-ups."""

from __future__ import annotations

from datetime import date
from itertools import accumulate, compress

from attrs import field, frozen


@frozen(eq=False, repr=False)
class WorkdayTable:
    """A table of the days from ``date.fromordinal(base)`` on; ``flags[i]`` is 1 where day ``base + i`` is worked.

    ``count[i]`` working days lie in the range up to and including day ``i``; ``workdays`` lists them. So the n-th working
    day after day ``i`` is ``workdays[count[i] + n - 1]``. Callers check the bounds: an index that is too large raises
    ``IndexError``; a negative one must not be used.
    """

    base: int
    flags: bytes
    count: list[int] = field(init=False)
    workdays: list[date] = field(init=False)
    works: list[bool] = field(init=False)

    @count.default
    def _count(self) -> list[int]:
        return list(accumulate(self.flags))

    @workdays.default
    def _workdays(self) -> list[date]:
        return list(compress(map(date.fromordinal, range(self.base, self.base + len(self.flags))), self.flags))

    @works.default
    def _works(self) -> list[bool]:
        return [*map(bool, self.flags)]

    def through(self, last: date) -> WorkdayTable:
        """Return the table of the same days up to an earlier last one."""
        return WorkdayTable(self.base, self.flags[: last.toordinal() - self.base + 1])
