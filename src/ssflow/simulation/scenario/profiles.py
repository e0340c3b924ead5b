"""The kinds of cases in a simulation: the data of worked cases, each with a share of all cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import field, frozen

from ssflow import machines
from ssflow.case import Case
from ssflow.converters import faults_of, toml_converter
from ssflow.doors import each_of, of_kind
from ssflow.errors import Fault, SsflowError, UnknownError
from ssflow.persons import check_case_id
from ssflow.process import Activity, Deed, Place, Process, Role
from ssflow.simulation.chart.chart import Kind
from ssflow.simulation.chart.kernel import Company, Prior
from ssflow.simulation.scenario.given import as_mapping, as_number
from ssflow.text import NO_TEXT, Text

MAIN = "case"


@frozen(kw_only=True)
class Before:
    """An act in a related case before the simulated one is opened; ``by`` names the role if several may do it."""

    case: str = field(validator=of_kind(str))
    does: str = field(validator=of_kind(str))
    data: dict[str, Any] | None = field(default=None, validator=of_kind(dict, type(None)))
    by: str = field(default="", validator=of_kind(str))


def _data(given: Any) -> dict[str, dict[str, Any]]:
    return as_mapping("data", given, dict)


def _related(given: Any) -> dict[str, str]:
    return as_mapping("related", given, str)


def _steps(given: Any) -> tuple[Before, ...]:
    return each_of("before", given, Before)


@frozen(kw_only=True)
class Profile:
    """A kind of case: the activity that opens it, and the data of each of its activities.

    The data are those of worked cases, by the name of the activity, so that no person is made up. ``related`` are the procedures of
    related cases by the names that ``before`` uses. ``share`` is a weight. If several roles may open a case, ``by`` says which one does.
    ``places`` are those of its cases if they differ from the scenario's: one code for all places, or a code for each.
    """

    id: str = field(validator=of_kind(str))
    title: Text = field(default=NO_TEXT, validator=of_kind(Text))
    share: float = field(default=1.0, converter=as_number, validator=of_kind(float))
    opens: str = field(validator=of_kind(str))
    data: dict[str, dict[str, Any]] = field(factory=dict, converter=_data)
    related: dict[str, str] = field(factory=dict, converter=_related)
    before: tuple[Before, ...] = field(default=(), converter=_steps)
    by: str = field(default="", validator=of_kind(str))
    places: str | dict[str, Any] | None = field(default=None, validator=of_kind(str, dict, type(None)))

    @property
    def name(self) -> Text:
        """The title of the kind of case."""
        return self.title or Text(self.id, self.id)

    def kind(self, process: type[Process], places: Mapping[str, str]) -> tuple[Kind | None, list[Fault]]:
        """Return the kind of cases that the profile describes, or None with its faults."""
        reading = _Reading()
        if not 0 <= self.share < float("inf"):
            reading.add("share", Text("须为不小于零的权重", "a weight that is not negative is required"))
        opening = reading.deed(process, self.opens, self.data.get(self.opens), "opens")
        if opening and not opening.activity.is_opening:
            text = Text(f"“{opening.activity.zh}”不能登记办件", f"{self.opens} opens no case")
            reading.add("opens", text)
        opener = reading.role(opening, self.by, "by")
        deeds = {
            name: reading.deed(process, name, data, f"data.{name}")
            for name, data in self.data.items()
            if name != self.opens
        }
        bare = {a.name: Deed(a, None) for a in process.activities if a.by is not None and a.data is None}
        related = [self._related(name, other, process, places, reading) for name, other in self.related.items()]
        names = list(self.related)
        before: list[Prior] = []
        for number, step in enumerate(self.before):
            if step.case not in names:
                text = UnknownError("case", step.case, names).text
                reading.add(f"before[{number}].case", text)
                continue
            case = related[names.index(step.case)]
            deed = reading.deed(case.process, step.does, step.data, f"before[{number}].does") if case else None
            by = reading.role(deed, step.by, f"before[{number}].by")
            if deed and by:
                before.append((names.index(step.case), deed, by))
        if reading.faults or opening is None or opener is None:
            return None, reading.faults
        company = Company((*(case for case in related if case), Case.unopened(process, MAIN, places)))
        known = bare | {self.opens: opening} | {name: deed for name, deed in deeds.items() if deed}
        return Kind(self.id, company, tuple(before), opening, opener, known), []

    @staticmethod
    def _related(
        name: str, other: str, main: type[Process], places: Mapping[str, str], reading: _Reading
    ) -> Case | None:
        try:
            check_case_id(name, name)
            process = machines.get(other)
        except SsflowError as error:
            reading.add(f"related.{name}", error.text)
            return None
        if name == MAIN:
            text = Text("这是所模拟的办件自身的名称；请另取", "the simulated case itself has this name; choose another")
            reading.add(f"related.{name}", text)
        there = {place.name: _paired(place.name, places) for place in process.places}
        for place in process.places:
            if not there[place.name]:
                reading.add(f"related.{name}", _unpaired(process, place, main))
        return Case.unopened(process, name, there)


def _paired(name: str, places: Mapping[str, str]) -> str:
    """Return the code of a place of a related case: that of the place of the same name, or the only one; empty if there is neither."""
    codes = set(places.values())
    return places.get(name, codes.pop() if len(codes) == 1 else "")


def _unpaired(process: type[Process], place: Place, main: type[Process]) -> Text:
    names = ", ".join(one.name for one in main.places)
    return Text(
        f"“{process.title.zh}”的{place.zh}（{place.name}）对应本程序的哪一地点（{names}），无从得知；请为各地点写同一代码",
        f"it is not clear which of {names} is the {place.en} ({place.name}) of {process.name}; give all places the same code",
    )


class _Reading:
    """The deeds of a profile that is being read, and their faults."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def add(self, path: str, text: Text) -> None:
        """Note a fault."""
        self.faults.append(Fault(path, text))

    def deed(self, process: type[Process], name: str, data: Any, path: str) -> Deed[Any] | None:
        """Return an activity with its data; None if there is a fault in them."""
        try:
            activity = process.activity(name)
        except SsflowError as error:
            self.add(path, error.text)
            return None
        return Deed(activity, self._data(activity, data, path)) if self._takes(activity, data, path) else None

    def role(self, deed: Deed[Any] | None, named: str, path: str) -> Role | None:
        """Return the role that does a deed: the named one, or the only one that may; None if neither decides."""
        if deed is None:
            return None
        roles = {role.name: role for role in deed.activity.roles}
        if named in roles:
            return roles[named]
        if named:
            self.add(path, UnknownError(f"role that does {deed.activity.name}", named, roles).text)
        elif len(roles) > 1:
            zh, en = "、".join(roles), ", ".join(roles)
            who = Text(
                f"几类主体都可办理，须写明由谁办理：{zh}", f"several roles may do it; name the one that does: {en}"
            )
            self.add(path, who)
        else:
            return deed.activity.by
        return None

    def _takes(self, activity: Activity[Any], data: Any, path: str) -> bool:
        if activity.by is None:
            self.add(path, Text("由期限届满自动发生，任何人不得办理", "it happens automatically; no role does it"))
        elif activity.data is None and data:
            self.add(path, Text("此环节没有材料", "this activity takes no data"))
        elif activity.data is not None and data is None:
            self.add(path, Text(f"须写明材料：data.{activity.name}", f"its data is missing: data.{activity.name}"))
        else:
            return True
        return False

    def _data(self, activity: Activity[Any], data: Any, path: str) -> Any:
        if activity.data is None:
            return None
        try:
            return toml_converter().structure(data, activity.data)
        except Exception as error:  # noqa: BLE001 - a class that is not ours may raise anything
            where = f"data.{activity.name}" if path == "opens" else path
            self.faults += [fault.within(where) for fault in faults_of(error)]
            return None


def shares_of(profiles: tuple[Profile, ...]) -> Iterator[Fault]:
    """Yield the faults of profiles taken together."""
    if not profiles:
        yield Fault("profile", Text("至少须有一类办件", "at least one kind of case is required"))
    elif not sum(profile.share for profile in profiles):
        yield Fault("profile", Text("各类办件的权重不能全为零", "at least one share has to be above 0"))
    names = [profile.id for profile in profiles]
    if len(set(names)) < len(names):
        yield Fault("profile", Text("各类办件的编号不得相同", "two kinds of cases share an id"))
