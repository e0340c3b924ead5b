"""A sweep of one figure of law over several amounts: the same cases, simulated under each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from attrs import frozen

from ssflow.calendar import Span
from ssflow.doors import check_kind, each_of
from ssflow.errors import Fault, InputError, UnknownError
from ssflow.process import Process
from ssflow.rules import Rulebook
from ssflow.simulation import Comparison, Scenario, Simulation, simulate
from ssflow.simulation.entry import scenario_of
from ssflow.tables import Table
from ssflow.text import Text

Amount = str | int


def sweep(
    parameter: str, amounts: Iterable[Amount], process: str | type[Process] | Scenario | Path, **options: Any
) -> Sweep:
    """Simulate a scenario under the law as it is, and under each amount of one figure, which then applies everywhere and to all cases.

    An amount is written as in the files (``"10 workdays"``); a number alone takes the unit of the figure that holds in the places of the
    scenario. ``options`` are those of `simulate` but for ``law``. All share their luck, so differences have the margins of pairs of runs.

    Raises:
        InputError: there is no such figure, an amount is of another kind, or `simulate` refuses something.

    """
    check_kind("parameter", parameter, str)
    moved = {name: options.pop(name) for name in ("places", "start") if name in options}
    scenario = scenario_of(process, **moved)
    if "law" in options:
        raise InputError.of(
            "law",
            "所比较的法律由amounts得出；请把law写入方案",
            "the laws to compare follow from amounts; put a law of your own into the scenario",
        )
    amounts = each_of("amounts", amounts, str, int)
    if not amounts:
        raise InputError.of("amounts", "至少须有一个数值", "one amount at least is required")
    written = [_written(scenario, parameter, amount) for amount in amounts]
    book = scenario.law.of(scenario.definition)
    laws = {text: book.amended_all(parameter, text, since=scenario.start) for text in written}
    now = simulate(scenario, **options)
    return Sweep(parameter, now, {text: simulate(scenario, **options, law=law) for text, law in laws.items()})


def _written(scenario: Scenario, parameter: str, amount: Amount) -> str:
    """Return an amount as the files write it."""
    if isinstance(amount, str):
        return amount
    book = scenario.law.of(scenario.definition)
    if parameter not in book.parameters:
        raise InputError(Fault("parameter", UnknownError("parameter", parameter, book.parameters).text))
    units = {
        value.amount.unit
        for value in _in_force(scenario, book)
        if value.parameter == parameter and isinstance(value.amount, Span)
    }
    if len(units) != 1:
        zh, en = "、".join(sorted(units)) or "无", ", ".join(sorted(units)) or "none"
        raise InputError.of(
            "amounts",
            f"{amount}没有单位，方案所在地该项目的单位有：{zh}；请写成'{amount} workdays'之类",
            f"{amount} has no unit; in the places of the scenario the units of this figure are: {en}; write for example '{amount} workdays'",
        )
    return f"{amount} {units.pop()}"


def _in_force(scenario: Scenario, book: Rulebook) -> list[Any]:
    codes = list(scenario.codes.values())
    pairs = [(code, codes[1 - place] if len(codes) == 2 else "") for place, code in enumerate(codes)]
    return [value for code, beside in pairs for value in book.in_force(scenario.start, code, beside)]


@frozen(eq=False, repr=False)
class Sweep:
    """The measures under each amount of a sweep. ``now`` is the law as it is, ``then`` has the simulations by their amounts."""

    parameter: str
    now: Simulation
    then: Mapping[str, Simulation]

    def comparison(self, amount: str) -> Comparison:
        """Return what one amount changes against the law as it is.

        Raises:
            UnknownError: the sweep has no such amount.

        """
        check_kind("amount", amount, str)
        if amount not in self.then:
            raise UnknownError("amount", amount, self.then)
        return self.now.compare(self.then[amount])

    @property
    def notes(self) -> tuple[Text, ...]:
        """The cautions of each comparison, for example that an amount reaches no case; empty if there are none."""
        told = ((amount, note) for amount in self.then for note in self.comparison(amount).notes)
        return tuple(Text(f"{amount}：{note.zh}", f"{amount}: {note.en}") for amount, note in told)

    def table(self) -> Table:
        """Return a row for each measure and amount with a change: both means and the difference, with margins."""
        columns: dict[str, list[Any]] = {"amount": []}
        titles: dict[str, Text] = {"amount": Text("数值", "amount")}
        for amount in self.then:
            changed = self.comparison(amount).changed()
            columns["amount"] += [amount] * len(changed)
            for name, column in changed.columns.items():
                columns.setdefault(name, []).extend(column)
            titles |= changed.titles
        caption = Text(f"{self.parameter}的各种数值", f"amounts of {self.parameter}")
        return Table(columns, titles, caption)

    def late(self) -> Table:
        """Return a row for each amount and term: how often it began and was late, as `Simulation.late`; the present law first."""
        columns: dict[str, list[Any]] = {"amount": []}
        titles: dict[str, Text] = {"amount": Text("数值", "amount")}
        for amount, one in (("", self.now), *self.then.items()):
            late = one.late()
            columns["amount"] += [amount or Text("现行", "now")] * len(late)
            for name, column in late.columns.items():
                columns.setdefault(name, []).extend(column)
            titles |= late.titles
        return Table(columns, titles, Text("期限与逾期", "terms and delays"))

    def __repr__(self) -> str:
        return f"{self.table()}" + "".join(f"\n- {note.en}" for note in self.notes)

    def _repr_html_(self) -> str:
        notes = "".join(f"<li>{escape(note.zh)}</li>" for note in self.notes)
        return f"<div><h4>{escape(self.parameter)}</h4>{self.table()._repr_html_()}<ul>{notes}</ul></div>"
