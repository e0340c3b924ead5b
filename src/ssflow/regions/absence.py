"""The absence of a place on a day: it was abolished by then, or did not exist yet."""

from __future__ import annotations

from datetime import date

from ssflow.regions.known import known
from ssflow.regions.outwards import holding, widening, year_of
from ssflow.regions.region import history
from ssflow.text import Text


def absence(code: str, on: date | None = None) -> Text | None:
    """Return why a place did not exist on a day (without one: now), and where its area then lay; None if it existed.

    Raises:
        InputError: ``code`` is not text, or ``on`` is not a day.
        UnknownError: no place ever had this code.

    >>> from datetime import date
    >>> print(absence("371200", date(2020, 6, 1)).zh)
    莱芜市（371200）已于2018年撤销，其区域归济南市（370100）
    >>> print(absence("370116", date(2015, 6, 1)).en)
    莱芜区 (370116) was created in 2018; before that, its area was in 莱城区 (371202)

    """
    place, year = known(code), year_of(on)
    holders = holding(code, year)
    if not code or holders == (code,):
        return None
    there = [(_name(here, year), here) for here in holders or widening(code, on)[:1]]
    zh = "、".join(f"{name}（{here}）" for name, here in there)
    en = ", ".join(f"{name} ({here})" for name, here in there)
    gone = [each for each in history(code) if each.until is not None and (year is None or each.until < year)]
    if gone:
        last = gone[-1]
        return Text(
            f"{last.name}（{code}）已于{last.until}年撤销，其区域归{zh}",
            f"{last.name} ({code}) was abolished in {last.until}; its area went to {en}",
        )
    return Text(
        f"{place.name}（{code}）{history(code)[0].since}年才设立，此前其区域属{zh}",
        f"{place.name} ({code}) was created in {history(code)[0].since}; before that, its area was in {en}",
    )


def _name(code: str, year: int | None) -> str:
    """Return the name of a place in a year."""
    then = [place for place in history(code) if year is not None and place.in_use(year)]
    return then[-1].name if then else known(code).name
