"""A procedure that marks a day as personal, and the names in a list."""

from datetime import UTC, date, datetime
from typing import Annotated

from attrs import frozen

from ssflow import Cases, Legislation
from ssflow.persons import personal
from ssflow.process import ON_RECORD, Act, Place, Process, Role, State, guard, opens, registry
from ssflow.records import KeyStore, Store
from ssflow.rules import Rulebook, rulebook
from ssflow.text import Text


@frozen
class Birth:
    """A day that nobody is to know."""

    born: Annotated[date, "出生日期", ON_RECORD] = personal()  # noqa: RUF009


@frozen
class Parent:
    """Somebody who is named in a list."""

    name: Annotated[str, "姓名", ON_RECORD] = personal()


@frozen
class Parents:
    """All who are named."""

    parents: Annotated[tuple[Parent, ...], "父母"]


@frozen
class Facts:
    """What is known."""

    parents: tuple[Parent, ...] = ()


@guard("姓名须为两字，或者不详", "a name has two characters, or is not known", cites="guide-004")
def of_two(act: Act[Facts]) -> bool:
    return all(len(parent.name) in (0, 2) for parent in act.facts.parents)


class Births(Process):
    """Somebody tells a day, or names the parents."""

    title = Text("出生", "Births")
    facts = Facts
    here = Place("本地", "here")
    person = Role("个人", "person")
    told = State("已说明", "told", final=True)
    tell = opens(told).by(person, "说明", "tell", data=Birth, cites="guide-004")
    enrol = opens(told, when=of_two).by(person, "写明父母", "name the parents", data=Parents, cites="guide-004")


def births(store: Store, keys: KeyStore) -> Cases:
    """Its cases."""
    book = Rulebook("births", (), laws=rulebook("consultation").laws)
    return Cases(
        store,
        Legislation(rulebook=lambda _: book),
        now=lambda: datetime(2026, 11, 22, 1, tzinfo=UTC),
        process_of=registry(Births),
        keys=keys,
    )
