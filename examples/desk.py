"""What an agency decides by itself, whatever serves its pages: what its users may do and see, what they fill in beside a form, what a page shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any
from uuid import uuid4

from attrs import Attribute, Factory, field, frozen

from ssflow import Cases, machines
from ssflow.calendar.clock import civil_day
from ssflow.case import Case
from ssflow.converters import from_json
from ssflow.errors import InputError, SsflowError, UnknownError
from ssflow.persons import check_case_id
from ssflow.process import Activity, Process, Role
from ssflow.records import Asked
from ssflow.text import Text
from ssflow.views import follow, form_view, next_steps, problem_view, read_form, work_view

LONGEST_BODY = 1_000_000  # bytes
Page = dict[str, Any]
Written = Mapping[str, str]
_EMPTY: Written = MappingProxyType({})


@frozen
class User:
    """A clerk, who has roles in a place and also records what people bring there; without roles a person, who acts in their own name."""

    name: str
    roles: frozenset[str] = frozenset()
    place: str = ""

    def acts_as(self, role: Role) -> bool:
        """Whether the user may act in a role of a procedure; a role that one party holds is that of a person."""
        return role.sole or role.name in self.roles

    def sees(self, case: Case) -> bool:
        """Whether the user may look at a case: it is handled where they work, or it is their own."""
        return self.place in case.places.values() if self.roles else self.name in case.parties.values()

    def authorise(self, asked: Asked) -> Text | None:
        """Our word on who may do what; the procedure has its own besides."""
        if asked.by is None or not self.acts_as(asked.by):
            return Text("您没有这一主体的权限", "you may not act in this role")
        if not self.roles:
            return None if asked.party == self.name else Text("只能以本人名义办理", "you act in your own name only")
        where = asked.by.at or asked.case.process.places[0]
        if asked.case.places.get(where.name) == self.place or (asked.by.sole and self.sees(asked.case)):
            return None
        return Text("此办件不在您所在的地方办理", "this case is not handled where you work")


def _no_nul(_: object, attribute: Attribute[str], given: str) -> None:
    """Refuse the one character that PostgreSQL cannot hold."""
    if "\0" in given:
        raise InputError.of(attribute.name, "含有不能保存的字符", "it holds a character that cannot be kept")


def _ids(_: object, attribute: Attribute[tuple[str, ...]], given: tuple[str, ...]) -> None:
    """Refuse what no case is called, before a database is asked for it."""
    for one in given:
        check_case_id(attribute.name, one)


@frozen(kw_only=True)
class Beside:
    """What our forms ask beside the data of the activity."""

    by: Annotated[str, "办理主体"]
    on: Annotated[date, "办理日期"]
    key: Annotated[str, "键"] = ""
    version: Annotated[int | None, "版本"] = None
    party: Annotated[str, "当事人"] = ""
    note: Annotated[str, "备注"] = field(default="", validator=_no_nul)
    links: Annotated[tuple[str, ...], "关联办件"] = field(default=(), validator=_ids)
    places: Annotated[dict[str, str], "地点"] = Factory(dict)

    @classmethod
    def of(cls, given: Written) -> Beside:
        """What was given by these names, as text; a place as ``place.issuing``."""
        raw: dict[str, Any] = {name: text for name, text in given.items() if text.strip()}
        places = {name.removeprefix("place."): raw.pop(name) for name in [*raw] if name.startswith("place.")}
        version = raw.get("version", "")
        number = int(version) if version.isdecimal() and len(version) < 10 else version or None
        return from_json({**raw, "version": number, "links": raw.get("links", "").split(), "places": places}, cls)


def submit(cases: Cases, user: User, activity: Activity[Any], written: Written, case: str = "") -> tuple[Case, Beside]:
    """Do what a form says; with what was filled in beside it."""
    beside = Beside.of({name[1:]: text for name, text in written.items() if name.startswith("_")})
    return do(cases, user, activity, read_form(activity, written), beside, case), beside


def do(cases: Cases, user: User, activity: Activity[Any], data: Any, beside: Beside, case: str = "") -> Case:
    """Act in a case, or open one."""
    deed, by = activity.deed_of(data), process_of(activity).role(beside.by)
    party = (beside.party if user.roles else user.name) if by.sole else ""
    who: Page = {
        "by": by,
        "on": beside.on,
        "party": party,
        "actor": user.name,
        "key": beside.key,
        "links": beside.links,
    }
    if case:
        return cases.do(case, deed, version=beside.version, **who)
    return cases.open(deed, places=beside.places, **who)


def seen(cases: Cases, user: User, case: str) -> Case:
    """A case that the user may look at; nobody is told whether there is any other."""
    with suppress(UnknownError, InputError):
        check_case_id("case", case)
        if user.sees(found := cases.get(case)):
            return found
    raise UnknownError("case", case)


def process_of(activity: Activity[Any]) -> type[Process]:
    """The procedure of an activity."""
    assert activity.owner is not None  # noqa: S101 - those of defined procedures have one
    return activity.owner


def activity_of(process: type[Process], name: str, user: User) -> Activity[Any]:
    """An activity that the user may do in some role; raises UnknownError."""
    activity = process.activity(name)
    if not any(map(user.acts_as, activity.roles)):
        raise UnknownError("activity", name)
    return activity


def work_page(cases: Cases, user: User, procedures: Iterable[str], own: Iterable[str], due_by: str = "") -> Page:
    """What the user's office must do by when, or the person's own cases; and what can be opened."""
    on, by = today(cases), from_json(due_by or None, date | None)
    owed = {
        (row.case, row.clock): row
        for role in sorted(user.roles)
        for row in cases.work_list(role=role, place=user.place, due_by=by)
    }
    rows = sorted(owed.values(), key=lambda row: row.order())
    openings = {
        process: able
        for process in map(machines.get, procedures)
        if (able := [a for a in process.activities if a.is_opening and any(map(user.acts_as, a.roles))])
    }
    mine = [] if user.roles else [follow(cases, case, on=on) for case in own]
    return {"work": [work_view(row, on) for row in rows], "own": mine, "openings": openings, "due_by": due_by}


def case_page(cases: Cases, user: User, case: str) -> Page:
    """What happened in a case, who acts next, what is due when and why; with what the user may do."""
    found = seen(cases, user, case)
    view = follow(cases, case, on=today(cases), party="" if user.roles else user.name)
    able = {role.name for role in found.process.roles if user.acts_as(role)}
    return {"view": view, "steps": next_steps(view.options), "able": able}


def form_page(
    cases: Cases,
    user: User,
    activity: Activity[Any],
    case: str = "",
    written: Written = _EMPTY,
    error: SsflowError | None = None,
) -> Page:
    """The form of an activity; with what was written in it and why that was not recorded."""
    process, given = process_of(activity), dict(written)
    places = {} if case else {place: given.get(f"_place.{place.name}", user.place) for place in process.places}
    new = {"_on": today(cases).isoformat(), "_key": uuid4().hex, "_version": cases.get(case).version if case else ""}
    return {
        "process": process,
        "case": case,
        "form": form_view(activity, given, getattr(error, "faults", ()), reveal=True),
        "given": new | given,
        "roles": [role for role in activity.roles if user.acts_as(role)],
        "places": places,
        "problem": problem_view(error) if error else None,
        "next": next_steps(follow(cases, case, on=today(cases)).options) if case and error else (),
    }


def today(cases: Cases) -> date:
    """The present day where the offices are."""
    return civil_day(cases.now(), cases.law.calendar.zone)
