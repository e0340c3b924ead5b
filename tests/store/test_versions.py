"""Two versions of a definition side by side: each case goes on under that by which it began, and others see it in their own terms."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve as changed
from attrs import frozen

from ssflow import Cases, Legislation, MemoryStore
from ssflow.case import Attempt, Case, decide
from ssflow.errors import DefinitionError, GuardError, InputError, RefusedError, UnknownError
from ssflow.process import Place, Process, Role, State, opens, registry
from ssflow.process.versions import counterpart
from ssflow.records import Codec, Store, VersionRow
from ssflow.records.renamed import unregistered
from ssflow.rules import Rulebook
from ssflow.text import Text
from tests.store import permits
from tests.store.grants import (
    LAW,
    NOW,
    Complaint,
    Facts,
    Grant1,
    Grant2,
    Grievance,
    Request,
    Request2,
    Use,
    Use2,
    cases_of,
    opened,
)

DAY = date(2026, 3, 2)


@pytest.fixture
def store(store: Store) -> Store:
    """A grant of the first version, in a store of each kind."""
    opened(cases_of(store, Grant1))
    return store


def test_a_case_goes_on_under_the_version_by_which_it_began(store: Store) -> None:
    """Its states, guards and clocks are those of the first; a new one opens under the newest; both are sound on record."""
    cases = cases_of(store, Grant2)
    asked = Grant2.request(Request2(Use2.housing, 4))
    new = cases.open(asked, by=Grant2.applicant, on=DAY, places="440100", party="another", case="g2")

    assert cases.get("g1").process is Grant1 and new.process is Grant2
    assert cases.do("g1", Grant1.review(), by=Grant1.clerk, on=DAY).state is Grant1.reviewing
    assert cases.do("g2", Grant2.grant(), by=Grant2.clerk, on=DAY).state is Grant2.granted
    assert cases.get("g1").obligation("handling").due == date(2026, 3, 23)
    assert [event.process_version for id_ in ("g1", "g2") for event in cases.trace(id_)] == [1, 1, 2, 2]
    assert cases.verify() == ()
    assert {row.clock for row in cases.work_list(role=Grant2.clerk)} == {"processing"}
    late = {(event.case, event.activity) for event in cases.advance(date(2026, 5, 1))}
    assert late == {("g1", "handling"), ("g2", "paying_out")}


def test_each_version_keeps_its_guards(store: Store) -> None:
    """Four pieces are too many for the first version, and not for the second."""
    opened(cases_of(store, Grant1), "g4", copies=4)
    cases = cases_of(store, Grant2)

    with pytest.raises(RefusedError, match="no more than three"):
        cases.do("g4", Grant1.decide(), by=Grant1.clerk, on=DAY)


def test_a_deed_of_another_version_is_refused(store: Store) -> None:
    """The error says which version the case is under, and that new cases begin under the newest; nothing is written."""
    cases = cases_of(store, Grant2)

    with pytest.raises(InputError, match="of version 2, and the case is under version 1 on that day") as refused:
        cases.do("g1", Grant2.refuse(), by=Grant2.clerk, on=DAY)
    assert "办件该日按第1版办理" in refused.value.say("zh")
    with pytest.raises(InputError, match="a new case begins under version 2"):
        opened(cases, "g3")
    loose = opens(Grant1.examining).by(Grant1.person, "申请", "apply", data=Request, cites="guide-004")
    for path, deed, by in (
        ("deed", loose(Request(Use.rent, 1)), Grant1.person),
        ("by", Grant1.apply(Request(Use.rent, 1)), Role("旁人", "other")),
    ):
        unopened = Case.unopened(Grant1, "g3", {"here": "440100"})
        with pytest.raises(InputError) as refused:
            decide(unopened, Attempt(deed=deed, by=by, on=DAY, law=LAW))
        assert [fault.path for fault in refused.value.faults] == [path], "it is part of no procedure"
    assert [row.version for row in cases.rows()] == [1]


def test_a_version_that_is_not_registered_is_named() -> None:
    """Nobody reads a case by a definition that it did not begin under; the error says what to keep."""
    store = MemoryStore()
    permits.record(store)

    with pytest.raises(UnknownError, match="keep its definition, and name it with supersedes") as unknown:
        permits.cases_of(store, permits.permit(version=2)).get("p1")
    assert (unknown.value.kind, unknown.value.name, unknown.value.known) == ("version of permit", "1", ("2",))
    assert "请保留其定义" in unknown.value.say("zh")
    assert "现有：2" in unknown.value.say("zh") and "there are 2" in unknown.value.say("en")


def test_a_version_is_missing_in_both_languages_and_damage_is_none() -> None:
    """The cases are counted and one is named. A damaged text names no version: its case fails when it is read, and keeps no others waiting."""
    line = VersionRow(process="grant", version=3, cases=3, example="g7")
    told = unregistered(line, registry(Grant2))
    assert told is not None
    assert told.en.startswith("3 open cases, g7 among them, cannot go on: unknown version of grant '3'")
    assert told.zh.startswith("有3件未办结的办件（如g7）不能办理：没有名为“3”的")
    for version in (1, None):
        assert unregistered(changed(line, version=version), registry(Grant2)) is None
    assert unregistered(changed(line, process="other", version=None), registry(Grant2)) is not None


def test_a_related_case_is_seen_in_the_version_that_a_guard_names(store: Store) -> None:
    """The complaint knows the second version alone: state, facts, parties and what was done are shown in its terms; what it does there is done
    in those of the first.
    """
    cases = cases_of(store, Grant2, Complaint)
    complaint = Complaint.complain(Grievance("slow"))
    asked = {"by": Complaint.person, "on": DAY, "places": "440100", "party": "somebody", "links": ["g1"]}
    cases.open(complaint, case="c1", **asked)

    assert [(event.activity, event.process_version) for event in cases.trace("g1")] == [("apply", 1), ("note", 1)]
    with pytest.raises(RefusedError, match="nothing was noted"):
        cases.open(complaint, case="c2", **asked)
    assert cases.verify() == ()


def test_a_running_clock_is_seen_under_its_name_in_another_version(store: Store) -> None:
    """With its day, and whether that has passed."""
    cases = cases_of(store, Grant2)
    cases.advance(date(2026, 3, 11))
    seen = cases.get("g1").linked().seen_in(Grant2)

    assert (seen.due(Grant2.payment), seen.due(Grant2.processing)) == (date(2026, 3, 9), date(2026, 3, 23))
    assert (seen.overdue(Grant2.payment), seen.overdue(Grant2.processing)) == (True, False)
    assert seen.late == (Grant2.payment,)
    assert (dict(seen.places), dict(seen.parties)) == ({"site": "440100"}, {"applicant": "somebody"})


def test_a_newer_case_is_seen_in_the_older_version_too(store: Store) -> None:
    """A guard that was written for the first version reads the facts of a case of the second under the names of the first."""
    cases = cases_of(store, Grant2)
    asked = Grant2.request(Request2(Use2.study, 4))
    case = cases.open(asked, by=Grant2.applicant, on=DAY, places="440100", party="another", case="g2")
    seen = case.linked().seen_in(Grant1)

    assert (seen.state, seen.facts) == (Grant1.examining, Facts(Use.study, 4))
    assert (dict(seen.places), dict(seen.parties)) == ({"here": "440100"}, {"person": "another"})


def test_what_a_guard_cannot_be_shown_is_named(store: Store) -> None:
    """A state for which the version of the guard has nothing: the guard is not judged, and the error says which state."""
    cases = cases_of(store, Grant2, Complaint)
    cases.do("g1", Grant1.review(), by=Grant1.clerk, on=DAY)

    with pytest.raises(GuardError, match="version 2 has nothing for the state .being reviewed. of version 1"):
        cases.open(
            Complaint.complain(Grievance("slow")),
            by=Complaint.person,
            on=DAY,
            places="440100",
            party="somebody",
            links=["g1"],
        )


def test_counterparts_lead_both_ways() -> None:
    """By names and older names; what was dropped or added has none."""
    assert counterpart(Grant1.examining, Grant2) is Grant2.checking
    assert counterpart(Grant2.checking, Grant1) is Grant1.examining
    assert counterpart(Grant1.reviewing, Grant2) is None
    assert counterpart(Grant2.paying_out, Grant1) is None
    assert counterpart(Grant2.refuse, Grant1) is Grant1.decide


@frozen
class Nothing:
    """Nothing is told."""


class Noted(Process):
    """Two activities that are one in the newer version."""

    title, facts = Text("备注", "Noted"), Nothing
    here, clerk = Place("本地", "here"), Role("经办", "clerk")
    waiting, done = State("待办", "waiting"), State("已办", "done", final=True)
    begin = opens(waiting).by(clerk, "登记", "begin", cites="guide-004")
    note = waiting.stays().by(clerk, "备注", "note", cites="guide-004")
    memo = waiting.stays().by(clerk, "记事", "memo", cites="guide-004")
    end = waiting.to(done).by(clerk, "办结", "end", cites="guide-004")


class Joined(Process):
    title, facts, version, supersedes, was = Text("备注", "Noted"), Nothing, 2, Noted, "noted"
    here, clerk = Place("本地", "here"), Role("经办", "clerk")
    waiting, done = State("待办", "waiting"), State("已办", "done", final=True)
    begin = opens(waiting).by(clerk, "登记", "begin", cites="guide-004")
    note = waiting.stays().by(clerk, "备注", "note", was="memo", cites="guide-004")
    end = waiting.to(done).by(clerk, "办结", "end", cites="guide-004")


def test_what_two_activities_did_is_counted_together_where_they_are_one() -> None:
    """With the day and the person of the later."""
    law = Legislation(rulebook=lambda name: Rulebook(name, (), laws=LAW.of(Grant1).laws))
    cases = Cases(MemoryStore(), law, now=lambda: NOW, process_of=registry(Noted))
    cases.open(Noted.begin(), by=Noted.clerk, on=DAY, places="440100", case="n")
    for day, activity in enumerate((Noted.note, Noted.memo, Noted.note, Noted.memo)):
        cases.do("n", activity(), by=Noted.clerk, on=date(2026, 3, 2 + day), actor=f"u{day}")
    seen = cases.get("n").linked().seen_in(Joined)
    assert (seen.count(Joined.note), seen.done(Joined.note), seen.actor_of(Joined.note)) == (4, date(2026, 3, 5), "u3")


def test_counterparts_follow_one_rename_after_the_other() -> None:
    """From any of three versions to any other: each has renamed the state once."""
    versions: list[Any] = []
    for names in (("a", ""), ("b", "a"), ("c", "b")):
        parts: dict[str, Any] = {"title": Text("链", "Chain"), "facts": Nothing}
        state = State("待办", "waiting", was=names[1]) if names[1] else State("待办", "waiting")
        done, clerk = State("已办", "done", final=True), Role("经办", "clerk")
        body = {"here": Place("本地", "here"), "clerk": clerk, names[0]: state, "done": done}
        body["begin"] = opens(state).by(clerk, "登记", "begin", cites="guide-004")
        body["end"] = state.to(done).by(clerk, "办结", "end", cites="guide-004")
        if versions:
            body |= {"version": len(versions) + 1, "supersedes": versions[-1]}
        else:
            body["skip"] = state.stays().by(clerk, "略过", "skip", cites="guide-004")
        versions.append(type("Chain", (Process,), {**parts, **body}))
    states = [version.state(name) for version, name in zip(versions, "abc", strict=True)]
    for one in states:
        assert [counterpart(one, version) for version in versions] == states
    skip = versions[0].activity("skip")
    assert [counterpart(skip, version) for version in versions] == [skip, None, None], "dropped by the second"


def test_a_case_is_read_back_by_its_own_version(store: Store) -> None:
    """Both versions in one registry, by the stored text of the case too."""
    codec = Codec(registry(Grant2))
    case = cases_of(store, Grant2).get("g1")

    assert codec.decode_case(store.snapshots(["g1"])["g1"]) == case
    assert registry(Grant1, Grant2)("grant") is registry(Grant2)("grant") is Grant2


def test_versions_share_a_rulebook() -> None:
    """Figures that only one of them reads are no fault of the other; one that none reads is."""
    assert LAW.of(Grant1) is LAW.of(Grant2)


def test_a_definition_names_an_older_version_of_itself() -> None:
    """Another number, another procedure, another thing: each is refused with what to write."""

    def superseding(**body: object) -> None:
        parts = {name: part for name, part in vars(Complaint).items() if name in ("title", "facts")}
        type("Grant", (Process,), {**parts, **body})

    with pytest.raises(DefinitionError, match="greater; write version = 2") as told:
        superseding(supersedes=Grant1)
    assert "请写version = 2" in told.value.say("zh")
    with pytest.raises(DefinitionError, match='write was = "complaint"'):
        superseding(supersedes=Complaint, version=2)
    for odd in ("Grant1", int, Process):
        with pytest.raises(DefinitionError, match="name the definition of the version before"):
            superseding(supersedes=odd, version=2)


def test_start_up_tells_which_definitions_are_missing(store: Store) -> None:
    """One question before anybody is served: each version of open cases, one case of it, and what to do, in both languages; closed ones ask for none."""
    both = cases_of(store, Grant2)
    asked = Grant2.request(Request2(Use2.housing, 4))
    both.open(asked, by=Grant2.applicant, on=DAY, places="440100", party="another", case="g2")
    found = both.check_versions()

    assert [(row.process, row.version, row.cases, row.example) for row in found] == [
        ("grant", 1, 1, "g1"),
        ("grant", 2, 1, "g2"),
    ]
    with pytest.raises(
        InputError, match="1 open cases, g2 among them, cannot go on: unknown version of grant '2'"
    ) as old:
        cases_of(store, Grant1).check_versions()
    assert [fault.path for fault in old.value.faults] == ["process_of"] and "如g2" in old.value.say("zh")
    with pytest.raises(InputError, match="g1 among them.*unknown procedure 'grant'"):
        cases_of(store, Complaint).check_versions()
    cases_of(store, Grant1).do("g1", Grant1.decide(), by=Grant1.clerk, on=DAY)
    assert [row.version for row in both.check_versions()] == [2]
