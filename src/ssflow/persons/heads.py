"""Remarks on the place in a citizen number, for the person who sees the document; never a reason to refuse.

The place is that of the day on which the number was given, from 1984 on; places are abolished, and lists of them have gaps.
"""

from __future__ import annotations

from datetime import date

from ssflow.regions import region
from ssflow.text import Text

_FIRST_GIVEN = 1984
_PERMITS = {
    "810000": Text("香港居民的居住证号码", "the number is that of a residence permit of a Hong Kong resident"),
    "820000": Text("澳门居民的居住证号码", "the number is that of a residence permit of a Macao resident"),
    "830000": Text("台湾居民的居住证号码", "the number is that of a residence permit of a Taiwan resident"),
}


def remark_on(head: str, born: date) -> Text | None:
    """Return what is unusual about the place code in the number of somebody born on a day; None if nothing is."""
    if head in _PERMITS:
        return _PERMITS[head]
    place = region(head)
    if place is None:
        return Text(
            "号码前6位不在行政区划代码表中，请核对证件",
            "the first six digits are not the code of any listed place; check the document",
        )
    gone = place.until
    if gone is None:
        return None
    if gone < max(born.year, _FIRST_GIVEN):
        return Text(
            f"号码前6位是{place.name}的，但该地在编号之前（{gone}年）已撤销，请核对证件",
            f"the first six digits are of {place.name}, which was abolished in {gone}, before the number was issued; check the document",
        )
    now = [after.name for code in place.successors if (after := region(code))]
    return Text(
        f"号码前6位是{place.name}的，该地已于{gone}年撤销" + (f"，现为{'、'.join(now)}" if now else ""),
        f"the first six digits are of {place.name}, abolished in {gone}" + (f", now {', '.join(now)}" if now else ""),
    )
