"""The place that pays the pension of a person who paid in several provinces. 待遇领取地

The first of four rules that fits (国办发〔2009〕66号 art. 6): the place of the household register if the relation is there; the place of
the relation if enough was paid there; the last earlier place where enough was paid; the place of the household register. A place is a
province. Years deemed paid count at the place of work (人社厅函〔2017〕151号), so they are listed as periods there; periods in a
temporary account are not listed. How many months are enough is a figure of the rulebook.
"""

from __future__ import annotations

from collections.abc import Iterable

from ssflow.machines.reckoning.periods import PaidPeriod, months_paid
from ssflow.regions import region, widening


def province_of(code: str) -> str:
    """Return the code of the province around a place; an abolished place is found by its successors: 510202 is in Chongqing now.

    A text that is not a place, such as older facts may hold, is placed by its first digits.

    >>> province_of("440106")
    '440000'

    """
    return widening(code)[-2] if region(code) else code[:2] + "0000"


def place_of_receipt(relation: str, register: str, periods: Iterable[PaidPeriod], enough: int) -> str:
    """Return the province that pays the pension, by the places of relation and household register and the months paid in each.

    >>> from datetime import date
    >>> ten_years = PaidPeriod(date(2010, 1, 1), date(2019, 12, 31), "440100")
    >>> place_of_receipt("110105", "510100", [ten_years], 120)
    '440000'

    """
    home, here = province_of(register), province_of(relation)
    if here == home:
        return home
    paid: dict[str, list[PaidPeriod]] = {}
    for period in periods:
        paid.setdefault(province_of(period.place), []).append(period)
    last = {place: max(p.last for p in theirs) for place, theirs in paid.items() if months_paid(theirs) >= enough}
    return here if here in last else max(last, key=lambda place: (last[place], place), default=home)
