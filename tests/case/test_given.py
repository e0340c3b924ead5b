"""What a host may give that says too much, too little, or nothing that can be meant: it is used whole, or refused by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve as changed

from ssflow import Cases, MemoryStore, SQLiteStore, machines
from ssflow.case import (
    Attempt,
    Case,
    EventKind,
    Legislation,
    advance,
    advance_together,
    decide,
    options,
    redate,
)
from ssflow.errors import CodecError, InputError, RefusedError, StoreError, SweepError, UnknownError
from ssflow.life_events import found_employer
from ssflow.machines.card_replacement import Application, CardReplacement, Payment, Photo, Reason, Remarks
from ssflow.machines.employee_registration import Hiring
from ssflow.machines.employer_registration import Founding, Kind
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.records import Asked, Codec, Late, Opening, change_of, decide_together, fold
from ssflow.text import Text
from tests.case.conftest import DAY, HOLDER, NOW

C, L = CardReplacement, LossReport
FORMALLY = L.report_formally(Report(Track.social, HOLDER))
CARD = C.apply(Application(holder=HOLDER, reason=Reason.lost, photo=Photo.identity_card))
LAW = Legislation()
LATER = date(2026, 9, 22)


def paid(cases: Cases) -> None:
    """Pay the fee of ``card-1`` and accept the application."""
    cases.do("card-1", C.pay(Payment(Decimal(20))), by=C.holder, on=DAY, party="p1")
    cases.do("card-1", C.accept(), by=C.office, on=DAY)


def opening(case: str = "") -> Opening:
    return Opening(deed=FORMALLY, by=L.holder, places="440100", case=case)


@pytest.mark.parametrize("kind", ["memory", "file"])
def test_a_generator_is_used_whole(tmp_path: Path, kind: str) -> None:
    """What can be gone through once is not used up by its own check."""
    store = MemoryStore() if kind == "memory" else SQLiteStore(tmp_path / "x.db")
    told = decide_together((one for one in [opening("l")]), on=DAY, law=LAW)
    store.append(change_of(fold(L, told), told, Codec(machines.get)) for _ in [0])
    assert [row.id for row in store.rows()] == ["l"]


def test_related_cases_may_come_from_a_generator(cases: Cases) -> None:
    """The links of an attempt, the related cases of options, and the hirings of an employer."""
    loss = cases.open(FORMALLY, by=L.holder, on=DAY, places="440100")
    card = Opening(deed=CARD, by=C.holder, places="440100").unopened()
    attempt = Attempt(deed=CARD, by=C.holder, on=DAY, law=LAW, links=(one for one in [loss]), connected=iter([]))
    assert decide(card, attempt) == decide(card, changed(attempt, links=[loss]))
    assert options(card, on=DAY, law=LAW, links=iter([loss])) == options(card, on=DAY, law=LAW, links=[loss])
    founding = Founding("甲公司", Kind.enterprise, DAY)
    assert len(found_employer(cases, founding, (one for one in list[Hiring]()), on=DAY, place="440100").cases) == 1


@pytest.mark.parametrize("acts", [None, 5, "ab", [None], [FORMALLY], Late(FORMALLY, by=L.holder, on=DAY), ()])
def test_late_entries_are_a_list_of_acts(lost: Cases, acts: Any) -> None:
    """Anything else, and no act at all, is refused by name."""
    with pytest.raises(InputError) as refused:
        lost.enter_late("loss-1", acts, reason="x")
    assert refused.value.faults[0].path.startswith("acts")


@pytest.mark.parametrize("openings", [None, 5, "ab", [None], opening()])
def test_openings_are_a_list(cases: Cases, openings: Any) -> None:
    """Anything else is refused by name."""
    with pytest.raises(InputError) as refused:
        cases.open_together(openings, on=DAY)
    assert refused.value.faults[0].path.startswith("openings")


@pytest.mark.parametrize(
    ("before", "after", "path"),
    [(0, None, "before"), (None, 0, "after"), (3, 2, "before"), (None, 2.0, "after"), (None, [2], "after"), (True, None, "before")],
)  # fmt: skip
def test_an_act_stands_beside_one_event(lost: Cases, before: Any, after: Any, path: str) -> None:
    """Which is named by its number, and not by two of them."""
    paid(lost)
    act = C.send_back(Remarks("缺照片"))
    for attempt in (
        lambda: lost.do("card-1", act, by=C.office, on=DAY, reason="x", before=before, after=after),
        lambda: Late(act, by=C.office, on=DAY, before=before, after=after),
    ):
        with pytest.raises(InputError) as refused:
            attempt()
        assert [fault.path for fault in refused.value.faults] == [path]
    assert lost.get("card-1").version == 3


@pytest.mark.parametrize("kind", ["memory", "file"])
def test_half_characters_are_refused(tmp_path: Path, kind: str) -> None:
    """JSON may hold half of a character, which no file can: no store takes it for a reason or an id."""
    store = MemoryStore() if kind == "memory" else SQLiteStore(tmp_path / "x.db")
    cases = Cases(store, now=lambda: NOW)
    cases.open(FORMALLY, by=L.holder, on=DAY, places="440100", case="l")
    for door in (
        lambda: cases.do("l", L.bind(), by=L.office, on=DAY, reason="a\ud800"),
        lambda: cases.get("\ud800"),
        lambda: store.linking(["\ud800"])["\ud800"],
        lambda: cases.do("l", L.bind(), by=L.office, on=DAY, links=["\ud800"]),
    ):
        with pytest.raises(InputError):
            door()
    with pytest.raises(InputError, match="character 3 is half of one") as refused:
        cases.get("贷a\ud800b")
    assert "第3个字符不完整" in refused.value.say("zh")


def test_a_day_of_another_class_is_a_day(lost: Cases) -> None:
    """A host may have a class of its own for days, as some packages do."""

    class Day(date):
        """A day of the host."""

    assert lost.do("card-1", C.withdraw(), by=C.holder, on=Day(2026, 9, 22), party="p1").last == date(2026, 9, 22)


@pytest.mark.parametrize(
    ("ask", "path"),
    [
        (lambda case, on: advance(case, on, LAW), "through"),
        (lambda case, on: advance_together([case], on, LAW), "through"),
        (lambda case, on: redate(case, on, LAW), "on"),
        (lambda case, on: options(case, on=on, law=LAW), "on"),
    ],
    ids=["advance", "advance_together", "redate", "options"],
)
def test_what_is_no_day_is_refused_by_its_name(lost: Cases, ask: Callable[[Case, Any], object], path: str) -> None:
    """Also where the case has nothing that a day could end."""
    for case in (lost.get("card-1"), Case.unopened(C, "c", {"issuing": "440100"})):
        with pytest.raises(InputError) as refused:
            ask(case, "2026-09-21")
        assert [fault.path for fault in refused.value.faults] == [path]


def test_a_key_is_visible_and_of_bounded_length() -> None:
    """The longest is taken; of a longer one no more than its beginning is repeated."""
    store = MemoryStore()
    assert store.request("k" * 255) is None
    for odd in ("k" * 256, " ", "a\nb", ""):
        with pytest.raises(InputError) as refused:
            store.request(odd)
        for told in (refused.value.say("zh"), refused.value.say("en")):
            assert repr(odd[:40]) in told


@pytest.mark.parametrize(
    ("deed", "zh", "en"),
    [
        (
            lambda: L.report_formally(Payment(Decimal(1))),
            "data：“正式挂失”须带Report，给出的是Payment；请写LossReport.report_formally(Report(...))",
            "data: LossReport.report_formally takes Report, not Payment; write LossReport.report_formally(Report(...))",
        ),
        (
            lambda: decide(
                opening("l").unopened(), Attempt(deed=L.report_formally(), by=L.holder, on=DAY, law=LAW, party="p")
            ),
            "data：“正式挂失”须带Report，没有给出；请写LossReport.report_formally(Report(...))",
            "data: LossReport.report_formally takes Report, not nothing; write LossReport.report_formally(Report(...))",
        ),
        (
            lambda: C.accept(Payment(Decimal(1))),
            "data：“受理”不带材料，给出的是Payment；请写CardReplacement.accept()",
            "data: CardReplacement.accept takes no data, not Payment; write CardReplacement.accept()",
        ),
    ],
    ids=["another kind", "none", "some where none is taken"],
)
def test_the_data_of_a_deed_is_that_of_its_activity(deed: Callable[[], object], zh: str, en: str) -> None:
    """Otherwise it is said what was given, what is taken and how that is written."""
    with pytest.raises(InputError) as refused:
        deed()
    assert (refused.value.say("zh"), refused.value.say("en")) == (zh, en)


def test_a_case_that_names_no_place_is_opened_nowhere() -> None:
    """The place that is missing is named."""
    with pytest.raises(UnknownError, match="unknown place 'issuing'; the case does not name this place"):
        decide(Case.unopened(L, "l", {}), Attempt(deed=FORMALLY, by=L.holder, on=DAY, law=LAW, party="p"))


def test_a_case_that_is_not_opened_is_no_related_case(lost: Cases) -> None:
    """It is refused by name, in both languages: it has no state that a guard could ask about."""
    attempt = Attempt(deed=CARD, by=C.holder, on=DAY, law=LAW, links=[opening("l").unopened()])
    with pytest.raises(InputError, match="case l is not opened, so no other case can refer to it") as refused:
        decide(Opening(deed=CARD, by=C.holder, places="440100", case="c").unopened(), attempt)
    assert [fault.path for fault in refused.value.faults] == ["links"]
    assert "办件l尚未登记" in refused.value.say("zh")


@pytest.mark.parametrize("part", [{"data": object()}, {"on": "x"}, {"obligations": None}, {"reason": "\ud800"}])
def test_what_cannot_be_written_is_not_stored(lost: Cases, part: dict[str, Any]) -> None:
    """An event of a host's own making that no text can hold is an error of ours that names it."""
    with pytest.raises(CodecError, match="event 1 of case loss-1"):
        Codec(machines.get).encode(changed(lost.trace("loss-1")[0], **part))


def test_a_reason_is_kept(lost: Cases) -> None:
    """Though the act is in order and needs none."""
    lost.do("card-1", C.pay(Payment(Decimal(20))), by=C.holder, on=DAY, party="p1", reason="据纸质凭证录入")
    assert lost.trace("card-1")[-1].reason == "据纸质凭证录入"
    assert lost.trace("card-1")[-1].kind is EventKind.act


def test_only_an_act_that_counts_is_struck_out(lost: Cases) -> None:
    """What time did follows from the acts, and what was struck out counts no more: both are refused, nothing is written."""
    paid(lost)
    lost.advance(date(2026, 11, 20))
    late = next(event.version for event in lost.trace("card-1") if event.kind is EventKind.overdue)
    version = lost.get("card-1").version
    with pytest.raises(InputError, match="is not an act that counts") as refused:
        lost.correct("card-1", late, None, reason="x")
    assert refused.value.faults[0].path == "replaces"
    assert lost.get("card-1").version == version

    lost.correct("card-1", 3, None, reason="误录")
    with pytest.raises(InputError, match="is not an act that counts"):
        lost.correct("card-1", 3, None, reason="误录")


@pytest.mark.parametrize(("part", "path"), [({"by": L.holder}, "by"), ({"on": DAY}, "on"), ({"party": "p"}, "party")])
def test_a_strike_out_takes_nothing_else(lost: Cases, part: dict[str, Any], path: str) -> None:
    """Role, day and party of what is not to count say nothing: they are refused, not ignored."""
    paid(lost)
    with pytest.raises(InputError) as refused:
        lost.correct("card-1", 3, None, reason="x", **part)
    assert [fault.path for fault in refused.value.faults] == [path]


def test_overdue_on_a_day_of_the_past(lost: Cases) -> None:
    """What was overdue on a day is told as it was then: neither before the case was opened, nor before the term ran out, and also
    where the case has been closed since.
    """
    paid(lost)
    due = lost.get("card-1").obligation("production").due
    before = {day: [row.clock for row in lost.overdue(day)] for day in (date(2020, 1, 1), due, date(2026, 11, 1))}
    assert before == {date(2020, 1, 1): [], due: [], date(2026, 11, 1): ["production"]}

    lost.advance(date(2026, 11, 20))
    assert {day: [row.clock for row in lost.overdue(day)] for day in before} == before


@pytest.mark.parametrize("answer", ["no", False, True, 0, ("不", "no")])
def test_the_word_of_the_host_is_a_reason_or_none(lost: Cases, answer: Any) -> None:
    """Any other answer is an error, and not taken for a refusal."""
    kept = changed(lost, authorise=lambda _: answer)
    with pytest.raises(InputError, match="authorise"):
        kept.do("card-1", C.pay(Payment(Decimal(20))), by=C.holder, on=DAY, party="p1")


def test_the_host_is_asked_about_the_case_that_is_opened(cases: Cases) -> None:
    """By the id that it then has."""
    asked: list[str] = []

    def authorise(what: Asked) -> None:
        asked.append(what.case.id)

    kept = changed(cases, authorise=authorise)
    kept.open_together([opening(), opening()], on=DAY)
    assert asked == [row.id for row in cases.store.rows()]


def test_the_host_is_asked_what_is_taken_back(lost: Cases) -> None:
    """A retraction is somebody's act: where the host refuses it, nothing is taken back, and it says why."""
    paid(lost)
    lost.advance(date(2026, 11, 20))
    before = lost.get("card-1").version
    kept = changed(lost, authorise=lambda what: None if what.actor == "u1" else Text("无权", "no right"))
    with pytest.raises(SweepError, match="no right"):
        kept.retract(after=date(2026, 9, 30), reason="x", actor="u2")
    assert lost.get("card-1").version == before
    assert kept.retract(after=date(2026, 9, 30), reason="x", actor="u1")


@pytest.mark.parametrize("path", [None, 3, b"x", "a\0b", "\ud800", "", ":memory:"])
def test_a_store_is_a_file(path: Any) -> None:
    """What is no path, or none that can be a file, is refused by name."""
    with pytest.raises(InputError) as refused:
        SQLiteStore(path)
    assert refused.value.faults[0].path == "path"


@pytest.mark.parametrize("wait", [-1, float("nan"), float("inf")])
def test_nobody_waits_for_ever(tmp_path: Path, wait: float) -> None:
    """A wait is a number of seconds."""
    with pytest.raises(InputError, match="wait"):
        SQLiteStore(tmp_path / "x.db", wait=wait)


def test_a_file_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    """Cases that were there are missed, not taken for none."""
    store = SQLiteStore(tmp_path / "x.db")
    (tmp_path / "x.db").unlink()
    attempts: tuple[Callable[[], object], ...] = (store.rows, lambda: store.append([]), lambda: store.trace("a"))
    for attempt in attempts:
        with pytest.raises(StoreError, match="x.db"):
            attempt()
    assert not (tmp_path / "x.db").exists()


def test_parties_with_numbers_are_masked(lost: Cases) -> None:
    """A party named by its number does not stand whole in a ``repr``, nor do actors and reasons."""
    number = HOLDER.number
    case = lost.open(FORMALLY, by=L.holder, on=LATER, places="440100", case="l", party=number, actor=f"x{number}")
    assert number not in repr(case) + repr(lost.trace("l"))
    assert "p1" in repr(lost.get("loss-1"))
    with pytest.raises(RefusedError) as refused:
        lost.do("l", L.bind(), by=L.holder, on=LATER, party="other")
    assert number not in str(refused.value)


@pytest.mark.parametrize("now", [None, "2026-11-22", 3, DAY])
def test_a_clock_that_tells_no_instant_is_refused(now: Any) -> None:
    """By its name, and nothing is recorded: a day alone would leave the events without the moment at which they were written."""
    cases = Cases(MemoryStore(), now=lambda: now)

    with pytest.raises(InputError, match="^now: datetime is required, not "):
        cases.open(FORMALLY, by=L.holder, on=DAY, places="440100")
    assert cases.rows() == ()
