"""The sealing of cases by a host, and the later comparison of the records with the seals.

The comparison finds what the store alone cannot show: a tail that was cut off cleanly, a case that was deleted, and a history whose seals were
made again.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from ssflow.calendar.clock import ZONE, recorded
from ssflow.errors import InputError, SsflowError
from ssflow.records.contract import Store
from ssflow.records.custody import CustodyEntry, left_of
from ssflow.records.seals import Point, Seal, fingerprint_of, seals_of
from ssflow.records.sweeps import PORTION, CasesLeftOut, in_portions
from ssflow.records.verify import Finding, FindingKind
from ssflow.text import Text

_DEPTH = 3  # the number of calls between the caller and the warning


def next_seal(store: Store, seals: Sequence[Seal], secret: bytes, now: datetime, actor: str) -> Seal:
    """Return the seal that follows the others, with the version of each case that has got new events since.

    Raises:
        InputError: the seals so far are not valid.

    """
    for fault in faults_of_seals(seals, secret):
        raise InputError.of("after", fault.say("zh"), fault.say("en"))
    known = {case: version for seal in seals for case, (version, _) in seal.cases.items()}
    grown = [row.id for row in store.rows() if row.version > known.get(row.id, 0)]

    def reached(some: Sequence[str]) -> Iterable[tuple[str, Point]]:
        return ((case, (len(texts), seals_of(texts)[-1])) for case, texts in store.traces(some).items())

    points, failures = in_portions(grown, reached, most=PORTION)
    if failures:
        warnings.warn(CasesLeftOut(failures), stacklevel=_DEPTH)
    return Seal(
        number=len(seals) + 1,
        at=recorded(now, ZONE),
        cases=dict(points),
        before=seals[-1].digest if seals else "",
        fingerprint=fingerprint_of(secret),
        actor=actor,
    ).sealed(secret)


def faults_of_seals(seals: Iterable[Seal], secret: bytes) -> Iterator[Finding]:
    """Yield a finding for each seal that was not made with the secret, or does not follow the one before."""
    number, before = 0, ""
    for seal in seals:
        if seal.before != before:
            yield Finding("", FindingKind.gap, _between(number, seal.number))
        if seal.fingerprint != fingerprint_of(secret):
            yield Finding("", FindingKind.other_secret, _named(seal))
        elif not seal.fits(secret):
            yield Finding("", FindingKind.forged, _named(seal))
        number, before = seal.number, seal.digest


def findings_of_seals(store: Store, seals: Sequence[Seal], secret: bytes) -> Iterator[Finding]:
    """Yield the findings about invalid seals, and about records that differ from their seals; `findings` reports unreadable records."""
    yield from faults_of_seals(seals, secret)
    there, removed = {row.id for row in store.rows()}, left_of(store)
    for case, points in _points(seal for seal in seals if seal.fits(secret)).items():
        if case not in there:
            yield from _of_removed(case, points, removed.get(case), secret)
            continue
        try:
            found = seals_of(store.traces([case])[case])
        except SsflowError:
            continue
        for number, (version, seal) in points.items():
            if len(found) < version:
                end = Text(f"现止于第{len(found)}号事件；", f"it ends with event {len(found)}; ")
                yield Finding(case, FindingKind.cut, Text.join([end, _known(number, version)], "", ""))
                break
            if found[version - 1] != seal:
                yield Finding(case, FindingKind.rewritten, _known(number, version))
                break


def _of_removed(case: str, points: dict[int, Point], entry: CustodyEntry | None, secret: bytes) -> Iterator[Finding]:
    """Yield a finding if a missing case was not removed by a valid order, which is made with the secret and agrees with the seals."""
    number, (version, seal) = next(reversed(points.items()))
    known = _known(number, version)
    if entry is None:
        yield Finding(case, FindingKind.removed, known)
    elif entry.sealed(secret) != entry or entry.version < version or (entry.version == version and entry.seal != seal):
        fault = Text(
            "其销毁记录不是以本密钥作出的，或与封签不符；",
            "its entry of removal was not made with this secret, or not of what was sealed; ",
        )
        yield Finding(case, FindingKind.removed, Text.join([fault, known], "", ""))


def _points(seals: Iterable[Seal]) -> Mapping[str, dict[int, Point]]:
    """Return the points that each case had reached, by the numbers of the seals that have them."""
    points: dict[str, dict[int, Point]] = {}
    for seal in seals:
        for case, point in seal.cases.items():
            points.setdefault(case, {})[seal.number] = point
    return points


def _known(number: int, version: int) -> Text:
    return Text(f"第{number}号封签记有至第{version}号的事件", f"seal {number} knows its events up to {version}")


def _named(seal: Seal) -> Text:
    return Text(f"第{seal.number}号封签（{seal.at.isoformat()}）", f"seal {seal.number} of {seal.at.isoformat()}")


def _between(number: int, following: int) -> Text:
    if number == 0:
        return Text(f"第{following}号封签之前", f"before seal {following}")
    return Text(f"第{number}号与第{following}号封签之间", f"between seals {number} and {following}")
