"""Which cases are looked at together."""

from ssflow.case import Case, LinkRef
from ssflow.machines.consultation import Consultation
from ssflow.records.connections import connected, near

# Each case and those that it names: c and d name b, b names a, e names nobody and nobody names it.
NAMED = {"a": "", "b": "a", "c": "b", "d": "b", "e": ""}


def get(id_: str) -> Case:
    links = tuple(LinkRef(case=other, process="consultation", version=1) for other in NAMED[id_])
    return Case(id=id_, process=Consultation, facts=Consultation.facts(), version=1, links=links)


def linking(id_: str) -> tuple[str, ...]:
    return tuple(other for other, named in NAMED.items() if id_ in named)


def test_an_act_meets_what_is_near_and_what_is_about_to_happen() -> None:
    """Whoever names the case is near; of those that name them, only the ones in which time is about to do something."""
    nothing = near(get("a"), (), get=get, linking=linking, pending=frozenset)
    something = near(get("a"), (), get=get, linking=linking, pending=lambda: frozenset({"c", "e"}))

    assert (sorted(nothing), sorted(something)) == (["a", "b"], ["a", "b", "c"])
    assert sorted(near(get("e"), ("b",), get=get, linking=linking, pending=frozenset)) == ["a", "b", "e"]


def test_the_past_of_all_that_is_connected_hangs_together() -> None:
    """In either direction, however far."""
    assert sorted(connected(["d"], get=get, linking=linking)) == ["a", "b", "c", "d"]
    assert sorted(connected(["e"], get=get, linking=linking)) == ["e"]
