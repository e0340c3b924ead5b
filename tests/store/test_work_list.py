"""What an office has to do by when: one look-up over all cases."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from attrs import evolve

from ssflow import Cases, MemoryStore, SQLiteStore, machines
from ssflow.errors import InputError, UnknownError
from ssflow.machines.card_replacement import CardReplacement
from ssflow.records import Codec, ObligationRow, Store, change_of, fold

TESTS = Path(__file__).parents[1]
RELEASED = sorted((TESTS / "golden" / "files").glob("*.db"))
CODEC = Codec(machines.get)


def cases_of(store: Store) -> Cases:
    return Cases(store, now=lambda: datetime(2026, 11, 29, tzinfo=UTC))


def told(rows: tuple[ObligationRow, ...]) -> list[tuple[object, ...]]:
    return [(row.case, row.clock, row.role, row.place, row.due, row.late) for row in rows]


@pytest.mark.parametrize("log", sorted((TESTS / "golden").glob("*.jsonl")), ids=lambda log: log.stem)
def test_the_list_is_what_the_case_owes(log: Path) -> None:
    """After every event of every golden log the work list is the obligations of the case, each in the place of who is bound."""
    events = [CODEC.decode(line) for line in log.read_text(encoding="utf-8").splitlines()]
    process = machines.get(events[0].process)
    cases = cases_of(MemoryStore())
    for version, event in enumerate(events, 1):
        case = fold(process, events[:version])
        cases.store.append([change_of(case, [event], CODEC)])
        owed = [o for o in case.obligations if o.owed_by]

        assert {(row.clock, row.role, row.due, row.late) for row in cases.work_list()} == {
            (o.clock.name, o.owed_by.name, o.due, o.overdue) for o in owed
        }
        for o in owed:
            place = case.place(o.owed_by.at or process.places[0])
            found = cases.work_list(role=o.owed_by, place=place, due_by=o.due)
            assert o.clock.name in {row.clock for row in found}
            assert cases.work_list(role=o.owed_by, place="659004") == ()


@pytest.mark.parametrize("file", RELEASED, ids=lambda file: file.stem)
def test_the_file_of_an_earlier_release_has_a_work_list(tmp_path: Path, file: Path) -> None:
    """Of cases that were written before there was one, place and all: who asks for another place is not shown them."""
    path = tmp_path / "cases.db"
    path.write_bytes(file.read_bytes())
    cases = cases_of(SQLiteStore(path))
    late = [("card-3", "production", "issuer", "440100", date(2026, 10, 8), True)]

    assert told(cases.work_list()) == late
    assert told(cases.work_list(role=CardReplacement.issuer, place="440100")) == late
    assert cases.work_list(place="450500") == cases.work_list(role=CardReplacement.holder) == ()
    assert cases.work_list(due_by=date(2026, 10, 7)) == ()
    with pytest.raises(UnknownError, match="give its six digits: 440100"):
        cases.work_list(place="广州")
    cases.do("card-3", CardReplacement.finish(), by=CardReplacement.issuer, on=date(2026, 11, 23))
    assert not [row for row in cases.work_list() if row.late]


def test_roles_of_one_name_are_told_apart() -> None:
    """A role is that of its procedure, a name that of every one."""
    store = MemoryStore()
    for log in ("guangdong-unclaimed.card", "thirty-working-days-across-spring-festival.gap_expenses"):
        lines = (TESTS / "golden" / f"{log}.jsonl").read_text(encoding="utf-8").splitlines()
        events = [CODEC.decode(line) for line in lines][:1]
        store.append([change_of(fold(machines.get(events[0].process), events), events, CODEC)])
    cases = cases_of(store)
    named = {row.role for row in cases.work_list()}

    for role in named:
        processes = {row.process for row in cases.work_list(role=role)}
        for process in map(machines.get, processes):
            assert {row.process for row in cases.work_list(role=process.role(role))} == {process.name}


@pytest.mark.parametrize(
    ("name", "odd"),
    [("role", 3), ("place", 3), ("due_by", "2026-09-21"), ("due_by", datetime(2026, 9, 21, tzinfo=UTC))],
)
def test_odd_questions_are_refused(name: str, odd: object) -> None:
    """By the name of the argument."""
    with pytest.raises(InputError, match=f"{name}: "):
        cases_of(MemoryStore()).work_list(**{name: odd})


def test_a_role_that_no_procedure_has_is_refused() -> None:
    """An empty list means that nothing is owed, and a slip of the pen is told; where the host finds procedures itself, its roles are not known."""
    cases = cases_of(MemoryStore())

    assert cases.work_list(role="issuer") == ()
    with pytest.raises(UnknownError, match="unknown role 'holdr'; did you mean holder"):
        cases.work_list(role="holdr")
    assert evolve(cases, process_of=lambda name: machines.get(name)).work_list(role="holdr") == ()  # noqa: PLW0108
