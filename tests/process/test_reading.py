"""What a condition may read is taken from its code, and from the functions, guards and properties that it uses."""

from statistics import mean

from attrs import frozen

from ssflow.process import Act, guard
from ssflow.process.reading import names_read


@frozen
class Facts:
    """What is told, and what follows from it."""

    amounts: tuple[int, ...] = ()

    @property
    def is_much(self) -> bool:
        return self.amounts > (1, 2)


@guard("只办一次", "once only", cites="guide-004")
def once(act: Act[Facts]) -> bool:
    return act.count(act.activity) == 0


def by_another_guard(act: Act[Facts]) -> bool:
    return once.holds(act)


def by_a_property(act: Act[Facts]) -> bool:
    return act.facts.is_much


def within(act: Act[Facts]) -> bool:
    return any(link.deep for link in act.links)


def by_another_package(act: Act[Facts]) -> bool:
    return mean(act.facts.amounts) > 0


def test_what_a_condition_uses_is_followed() -> None:
    """Another guard, a property of the facts, functions that stand within it."""
    assert {"holds", "count", "activity"} <= names_read(by_another_guard)
    assert "amounts" in names_read(by_a_property, Facts) - names_read(by_a_property)
    assert {"links", "deep"} <= names_read(within)


def test_functions_of_others_are_followed_unless_only_near_ones_count() -> None:
    """What the standard library reads is no look at figures."""
    assert "StatisticsError" in names_read(by_another_package)
    assert "mean" in names_read(by_another_package, near=True)
    assert "StatisticsError" not in names_read(by_another_package, near=True)
    assert "count" in names_read(by_another_guard, near=True)
