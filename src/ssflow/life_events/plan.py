"""Several cases as one plan: who must do what by when in all of them, and what is to be done afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from html import escape
from os import urandom
from typing import Any

from attrs import evolve, field, frozen

from ssflow.case import Case, Legislation, Obligation, advance_together
from ssflow.case import evolve as followed
from ssflow.case.doors import check_moment, check_new_id
from ssflow.case.judge import is_earlier
from ssflow.doors import check_kind, check_lang, checked
from ssflow.errors import InputError, UnknownError
from ssflow.life_events.next_steps import NextStep, next_steps_of
from ssflow.process import Activity, State
from ssflow.records import Cases
from ssflow.rules.basis import basis
from ssflow.text import Lang, Text, markdown_table

_HEADINGS = Text("最后一日|主体|环节|办件|状态|确定性|依据", "due|who|what|case|state|status|basis")
_CLOCK_ITSELF = Text("届满自动", "the clock")
_OVERDUE, _UNTIMED = Text("已逾期", "overdue"), Text("当地未规定期限", "no time limit known for the place")
_MAY = Text("符合条件可办", "may, if conditions are met")
_AFTERWARDS = Text("现可登记", "may be opened now")
_CLOSED = Text("已办结", "closed")


@frozen
class Duty:
    """One term or lapse of one case of a plan. ``owed_by`` is empty for a lapse."""

    case: Case
    obligation: Obligation

    @property
    def due(self) -> date | None:
        """The last day in time; None while the clock is untimed, is stopped or has not begun."""
        return self.obligation.due

    @property
    def title(self) -> Text:
        """What is owed, or what will lapse."""
        return self.obligation.clock.title

    @property
    def owed_by(self) -> Text:
        """The role that owes the duty; for a lapse, the clock."""
        return self.obligation.who if self.obligation.owed_by else _CLOCK_ITSELF

    @property
    def status(self) -> Text:
        """How sure the last day is, or why there is none."""
        if self.obligation.overdue:
            return _OVERDUE
        if self.obligation.status is not None:
            return self.obligation.status.value
        if self.obligation.waits_for:
            begins = self.obligation.waits_for.title
            return Text(f"自“{begins.zh}”起算", f'starts with "{begins.en}"')
        return _UNTIMED


@frozen
class Afterwards:
    """An activity that may be done, and need not be, once a case of the plan has come so far."""

    activity: Activity[Any]
    case: str
    when: tuple[State, ...]

    @property
    def title(self) -> Text:
        """The procedure and the activity."""
        process = self.activity.owner
        return Text.join([*([process.title] if process else []), self.activity.title], "：", ": ")


@frozen
class Plan:
    """The cases of one life event, as they are ``on`` a day or at an instant; without one, at the last event of each.

    ``law`` names the articles; ``lang`` is the language in which the plan is printed and shown in a notebook.
    """

    title: Text
    cases: tuple[Case, ...]
    law: Legislation
    afterwards: tuple[Afterwards, ...] = ()
    lang: Lang = field(default="zh", validator=checked(check_lang))
    on: date | datetime | None = None

    def case(self, process: str) -> Case:
        """Return the case of a procedure; raises UnknownError if the plan has none."""
        check_kind("process", process, str)
        for case in self.cases:
            if case.process.name == process:
                return case
        raise UnknownError("procedure", str(process), [case.process.name for case in self.cases])

    def read(self, cases: Cases) -> Plan:
        """Return the plan with its cases as a store has them."""
        check_kind("cases", cases, Cases)
        return evolve(self, cases=tuple(cases.get(case.id) for case in self.cases), on=None)

    def at(self, on: date | datetime) -> Plan:
        """Return the plan at the beginning of a day or at an instant: what has lapsed or fallen overdue by then counts, recorded or not.

        Raises:
            InputError: a case has a later event; the plan does not know the state before that.

        """
        check_moment("on", on)
        gone = [
            Text(f"{case.id}已到{case.last}", f"{case.id} has reached {case.last}")
            for case in self.cases
            if case.last and is_earlier(on, case.last, self.law.calendar)
        ]
        if gone:
            where = Text.join(gone)
            raise InputError.of(
                "on",
                f"{where.zh}；安排只能查看当日或其后，不能查看{on}",
                f"{where.en}: look at a plan on that day or later, not on {on}",
            )
        present = {case.id: case for case in self.cases}
        for event in advance_together(self.cases, on, self.law):
            present[event.case] = followed(present[event.case], event)
        return evolve(self, cases=tuple(present.values()), on=on)

    @property
    def duties(self) -> tuple[Duty, ...]:
        """All terms and lapses that are alive, by the last day in time; those without one come last."""
        alive = [Duty(case, obligation) for case in self.cases for obligation in case.obligations]
        return tuple(sorted(alive, key=lambda duty: duty.due or date.max))

    @property
    def next_steps(self) -> tuple[NextStep, ...]:
        """Who may do what next in the open cases, whether a clock runs there or not."""
        days = [(case, self.on or case.last) for case in self.cases]
        return tuple(step for case, on in days if on for step in next_steps_of(case, on, self.law))

    @property
    def next(self) -> tuple[Afterwards, ...]:
        """What may be done now that the cases have come so far."""
        return tuple(a for a in self.afterwards if any(c.id == a.case and c.state in a.when for c in self.cases))

    def rows(self, lang: Lang) -> list[dict[str, str]]:
        """Return the duties, then the next steps, as rows of a table, fit for ``pandas.DataFrame``; the keys are the headings."""
        rows = [
            *(self._duty(duty, lang) for duty in self.duties),
            *(self._next_step(step, lang) for step in self.next_steps),
        ]
        return [dict(zip(_headings(lang), row, strict=True)) for row in rows]

    def _duty(self, duty: Duty, lang: Lang) -> tuple[str, ...]:
        due = duty.due.isoformat() if duty.due else ""
        return self._row(duty.case, lang, due, duty.owed_by, duty.title, duty.status, duty.obligation.cites)

    def _next_step(self, step: NextStep, lang: Lang) -> tuple[str, ...]:
        cites = dict.fromkeys(str(cite) for activity in step.activities for cite in activity.cites)
        return self._row(step.case, lang, "", step.role.title, step.title, _MAY, cites)

    def _row(
        self, case: Case, lang: Lang, due: str, who: Text, what: Text, status: Text, cites: Iterable[str]
    ) -> tuple[str, ...]:
        title, state = case.process.title.say(lang), case.state
        stands = state.title.say(lang) if state else ""
        rests_on = basis(cites, self.law.of(case.process).laws, lang)
        return due, who.say(lang), what.say(lang), f"{title} {case.id}", stands, status.say(lang), rests_on

    def to_markdown(self, lang: Lang) -> str:
        """Return the rows as a table in Markdown."""
        return markdown_table(_headings(lang), (row.values() for row in self.rows(lang)))

    def notes(self, lang: Lang) -> list[str]:
        """Return what the table does not say: the cases that are closed, and what may be opened now."""
        colon, semicolon = Text("：", ": ").say(lang), Text("；", "; ").say(lang)
        closed = [f"{case.process.title.say(lang)} {case.id}" for case in self.cases if case.is_closed]
        opened = [a.title.say(lang) for a in self.next]
        said = ((_CLOSED, closed), (_AFTERWARDS, opened))
        return [heading.say(lang) + colon + semicolon.join(names) for heading, names in said if names]

    def say(self, lang: Lang) -> str:
        """Return the plan in one language: its title, the table, the notes."""
        return "\n".join(
            [self.title.say(lang), "", self.to_markdown(lang), *(f"\n{note}" for note in self.notes(lang))]
        )

    def __str__(self) -> str:
        return self.say(self.lang)

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        head = "".join(f"<th>{escape(heading)}</th>" for heading in _headings(self.lang))
        rows = "".join(_html_row(list(row.values())) for row in self.rows(self.lang))
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes(self.lang))
        title = escape(self.title.say(self.lang))
        return f"<table><caption>{title}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{notes}"


def _headings(lang: Lang) -> list[str]:
    return _HEADINGS.say(lang).split("|")


def _html_row(cells: list[str]) -> str:
    """Return a row in which the day, its first cell, is not broken."""
    first, *others = (escape(cell) for cell in cells)
    return f"<tr><td nowrap>{first}</td>{''.join(f'<td>{cell}</td>' for cell in others)}</tr>"


def named(event: str, case: str, *parts: str) -> tuple[str, ...]:
    """Return the ids of the cases of one event, which begin alike.

    Raises:
        InputError: ``case`` is not an id of a case.

    """
    check_new_id("case", case)
    begins = case or f"{event}-{urandom(6).hex()}"
    return tuple(f"{begins}.{part}" for part in parts)
