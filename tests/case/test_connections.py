"""Which cases are looked at together."""

from collections.abc import Collection

from ssflow.case import Case, LinkRef
from ssflow.machines.consultation import Consultation
from ssflow.records.connections import apart, connected, near

# Each case and those that it names: c and d name b, b names a, e names nobody and nobody names it.
NAMED = {"a": "", "b": "a", "c": "b", "d": "b", "e": ""}


def get(id_: str) -> Case:
    links = tuple(LinkRef(case=other, process="consultation", version=1) for other in NAMED[id_])
    return Case(id=id_, process=Consultation, facts=Consultation.facts(), version=1, links=links)


def read(ids: Collection[str]) -> dict[str, Case]:
    return {id_: get(id_) for id_ in ids}


def linking(ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    return {id_: tuple(other for other, named in NAMED.items() if id_ in named) for id_ in ids}


def test_an_act_meets_what_is_near_and_what_is_about_to_happen() -> None:
    """Whoever names the case is near; of those that name them, only the ones in which time is about to do something."""
    nothing = near(read("a"), (), read=read, linking=linking, pending=frozenset)
    something = near(read("a"), (), read=read, linking=linking, pending=lambda: frozenset({"c", "e"}))

    assert (sorted(nothing), sorted(something)) == (["a", "b"], ["a", "b", "c"])
    assert sorted(near(read("e"), ("b",), read=read, linking=linking, pending=frozenset)) == ["a", "b", "e"]


def test_the_past_of_all_that_is_connected_hangs_together() -> None:
    """In either direction, however far."""
    assert sorted(connected(["d"], read=read, linking=linking)) == ["a", "b", "c", "d"]
    assert sorted(connected(["e"], read=read, linking=linking)) == ["e"]


def test_what_several_cases_meet_is_what_each_meets() -> None:
    """Looked at at once, and told apart: each is in the group of those that it names or that name it."""
    both = near(read("da"), (), read=read, linking=linking, pending=frozenset)
    every = connected("ed", read=read, linking=linking)

    assert sorted(both) == ["a", "b", "d"]
    assert [sorted(group) for group in apart(every)] == [["e"], ["a", "b", "c", "d"]]
    assert [sorted(group) for group in apart(read("ac"))] == [["a"], ["c"]]


def test_cases_are_read_in_waves() -> None:
    """Ten thousand cases beside one another are one question, not as many."""
    asked: list[int] = []

    def counted(ids: Collection[str]) -> dict[str, Case]:
        asked.append(len(ids))
        return read(ids)

    connected("acde", read=counted, linking=linking)

    assert asked == [4, 1]
