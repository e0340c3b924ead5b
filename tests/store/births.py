"""A procedure that marks a day as personal."""

from datetime import UTC, date, datetime
from typing import Annotated

from attrs import frozen

from ssflow import Cases, Legislation
from ssflow.persons import personal
from ssflow.process import ON_RECORD, Place, Process, Role, State, opens, registry
from ssflow.records import KeyStore, Store
from ssflow.rules import Rulebook, rulebook
from ssflow.text import Text


@frozen
class Birth:
    """A day that nobody is to know."""

    born: Annotated[date, "出生日期", ON_RECORD] = personal()  # noqa: RUF009


@frozen
class Nothing:
    """Nothing is known."""


class Births(Process):
    """Somebody tells a day."""

    title = Text("出生", "Births")
    facts = Nothing
    here = Place("本地", "here")
    person = Role("个人", "person")
    told = State("已说明", "told", final=True)
    tell = opens(told).by(person, "说明", "tell", data=Birth, cites="guide-004")


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
