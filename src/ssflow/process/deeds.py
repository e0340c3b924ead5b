"""Deeds: an activity together with its data, as one value.

    CardReplacement.pay(Payment(Decimal(20)))
    CardReplacement.accept()

The caller says who does it, when and in which case; the judge decides what follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attrs import frozen

from ssflow.converters import misfits
from ssflow.errors import InputError
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.process.activities import Activity

D = TypeVar("D")


@frozen
class Deed(Generic[D]):
    """An activity with its data, None if it takes none. Calling the activity makes it.

    Raises:
        InputError: the data is not of the activity's type, or a field of it holds something other than its type says.

    """

    activity: Activity[D]
    data: D

    def __attrs_post_init__(self) -> None:
        data = self.data
        if data is None:
            return
        if self.activity.data is None or not isinstance(data, self.activity.data):
            raise InputError.of("data", *self.wanted)
        if faults := misfits(data):
            raise InputError(*(fault.within("data") for fault in faults))

    @staticmethod
    def blank(activity: Activity[Any]) -> Deed[Any]:
        """Return a deed whose data is not known yet: it can be asked about, not done."""
        return Deed(activity, None)

    @property
    def is_blank(self) -> bool:
        """Whether data is still missing."""
        return self.data is None and self.activity.data is not None

    @property
    def wanted(self) -> Text:
        """The data that the activity takes, and how to write it."""
        activity, given = self.activity, "" if self.data is None else type(self.data).__name__
        if activity.data is None:
            return Text(
                f"“{activity.zh}”不带材料，给出的是{given}；请写{activity!r}()",
                f"{activity!r} takes no data, not {given}; write {activity!r}()",
            )
        wanted = activity.data.__name__
        return Text(
            f"“{activity.zh}”须带{wanted}，{f'给出的是{given}' if given else '没有给出'}；请写{activity!r}({wanted}(...))",
            f"{activity!r} takes {wanted}, not {given or 'nothing'}; write {activity!r}({wanted}(...))",
        )
