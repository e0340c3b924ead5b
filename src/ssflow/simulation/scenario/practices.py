"""The practices of roles: for a state and a role, the shares of the activities that may come next and how long each takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import field, frozen

from ssflow.doors import each_of, of_kind
from ssflow.errors import Fault, UnknownError
from ssflow.process import Activity, Process, Role, State
from ssflow.simulation.scenario.durations import Duration
from ssflow.simulation.scenario.given import as_mapping, as_number, as_weights
from ssflow.text import Text


def _acts(given: Any) -> dict[str, float]:
    return as_weights("acts", given)


def _durations(given: Any) -> dict[str, Duration]:
    return as_mapping("takes_for", given, Duration)


def _names(given: Any) -> tuple[str, ...]:
    return each_of("repeat", given, str)


@frozen(kw_only=True)
class Practice:
    """A practice: what a role does next in a state; in every state, or by every role, if none is named.

    ``acts`` are the weights of activities, ``others`` is that of each activity that is not named; if none is named, all activities of the
    role in the state are equally likely. If no unnamed activity can be done, or none any more, ``others`` is the weight of doing nothing, so
    that a rare activity does not become certain. ``idle`` is the weight of doing nothing in any case. ``takes`` is how long an activity
    takes from the moment at which the case enters the state, ``takes_for`` the same for single activities. An activity that always leaves
    the case in its state is done once there, until the case comes back to that state, unless it is among ``repeat``. For a state and a role,
    the most specific practice counts: of both, of the role, of the state, of neither. If several roles may do an activity, each of them
    follows its own practice.
    """

    takes: Duration = field(validator=of_kind(Duration))
    state: str = field(default="", validator=of_kind(str))
    by: str = field(default="", validator=of_kind(str))
    acts: dict[str, float] = field(factory=dict, converter=_acts)
    others: float = field(default=0.0, converter=as_number, validator=of_kind(float))
    idle: float = field(default=0.0, converter=as_number, validator=of_kind(float))
    takes_for: dict[str, Duration] = field(factory=dict, converter=_durations)
    repeat: tuple[str, ...] = field(default=(), converter=_names)

    def faults(self, process: type[Process]) -> Iterator[Fault]:
        """Yield the faults of the practice for a procedure."""
        states = {state.name: state for state in process.states}
        roles = {role.name: role for role in process.roles}
        activities = {a.name: a for a in process.activities if a.by is not None}
        if self.state and self.state not in states:
            yield Fault("state", UnknownError(f"state of {process.name}", self.state, states).text)
        if self.by and self.by not in roles:
            yield Fault("by", UnknownError(f"role of {process.name}", self.by, roles).text)
        for path, names in (("acts", self.acts), ("takes_for", self.takes_for), ("repeat", self.repeat)):
            for name in names:
                activity = activities.get(name)
                where = f"{path}.{name}" if path != "repeat" else path
                if activity is None:
                    yield Fault(where, UnknownError(f"activity of {process.name}", name, activities).text)
                else:
                    yield from self._faults_of_act(where, activity, states.get(self.state), roles.get(self.by))
        yield from self._faults_of_pair(process, states.get(self.state), roles.get(self.by))
        named = {f"acts.{name}": weight for name, weight in self.acts.items()}
        for name, weight in {**named, "others": self.others, "idle": self.idle}.items():
            if not 0 <= weight < float("inf"):
                yield Fault(name, Text("须为不小于零的权重", "a weight that is not negative is required"))

    def weight(self, activity: str) -> float:
        """Return the weight of an activity."""
        return float(self.acts.get(activity, self.others if self.acts else 1.0))

    @staticmethod
    def _faults_of_pair(process: type[Process], state: State | None, role: Role | None) -> Iterator[Fault]:
        if state is None or role is None:
            return
        if not any(role in a.roles and a.leaving(state) and not a.triggered for a in process.activities):
            text = Text(
                f"{role.zh}在“{state.zh}”状态没有可办的环节", f'the {role.en} has nothing to do at "{state.en}"'
            )
            yield Fault("by", text)

    @staticmethod
    def _faults_of_act(path: str, activity: Activity[Any], state: State | None, role: Role | None) -> Iterator[Fault]:
        if role is not None and role not in activity.roles:
            who = activity.who
            text = Text(f"应由{who.zh}办理，不能由{role.zh}办理", f"it is done by the {who.en}, not by the {role.en}")
            yield Fault(path, text)
        if state is not None and not activity.leaving(state):
            yield Fault(path, Text(f"不能在“{state.zh}”状态办理", f'it cannot be done at "{state.en}"'))


@frozen
class Conduct:
    """A practice of one role in one state: the acts in the order of the definition, their weights and durations.

    ``named`` are the acts that the practice names, ``others`` is the weight of doing nothing while no unnamed act can be done. ``once`` are
    the acts that are done once while the case is in the state.
    """

    state: str
    role: str
    acts: tuple[str, ...]
    weights: tuple[float, ...]
    named: tuple[bool, ...]
    others: float
    idle: float
    takes: tuple[Duration, ...]
    once: tuple[bool, ...]


def conducts_of(process: type[Process], practices: tuple[Practice, ...]) -> Mapping[tuple[str, str], Conduct]:
    """Return the conduct of each role in each state in which it has one."""
    found: dict[tuple[str, str], Conduct] = {}
    for state in process.states:
        for role in process.roles:
            practice = next(
                (practice for practice in sorted(practices, key=_breadth) if _meets(practice, state, role)), None
            )
            conduct = practice and _conduct(process, practice, state, role)
            if conduct:
                found[state.name, role.name] = conduct
    return found


def stays(activity: Activity[Any], state: State) -> bool:
    """Return whether every move of an activity from a state leaves the case in that state."""
    return all(row.target is state for row in activity.leaving(state))


def _breadth(practice: Practice) -> int:
    return (not practice.state) + 2 * (not practice.by)


def _meets(practice: Practice, state: State, role: Role) -> bool:
    return practice.state in ("", state.name) and practice.by in ("", role.name)


def _conduct(process: type[Process], practice: Practice, state: State, role: Role) -> Conduct | None:
    acts = [
        a
        for a in process.activities
        if role in a.roles and a.leaving(state) and not a.triggered and practice.weight(a.name) > 0
    ]
    if not acts:
        return None
    return Conduct(
        state=state.name,
        role=role.name,
        acts=tuple(a.name for a in acts),
        weights=tuple(practice.weight(a.name) for a in acts),
        named=tuple(a.name in practice.acts for a in acts),
        others=practice.others if practice.acts else 0.0,
        idle=practice.idle,
        takes=tuple(practice.takes_for.get(a.name, practice.takes) for a in acts),
        once=tuple(stays(a, state) and a.name not in practice.repeat for a in acts),
    )
