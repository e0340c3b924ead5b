"""An act as a value: an activity with the data that comes in with it, as it goes whole through every door.

    CardReplacement.pay(Payment(Decimal(20)))
    CardReplacement.accept()

Who does it, when and in which case are the caller's to say; what it may bring about is the judge's.
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
    """An activity and its data, None if it takes none. It is made by calling the activity.

    Raises:
        InputError: the data is of another type than the activity takes, or a field of it holds something else than its type says.

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
        """An activity whose data is not known yet: it can be asked about, not done."""
        return Deed(activity, None)

    @property
    def is_blank(self) -> bool:
        """Whether data is still missing."""
        return self.data is None and self.activity.data is not None

    @property
    def wanted(self) -> Text:
        """What the activity takes instead of what is given, and how to write it."""
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
