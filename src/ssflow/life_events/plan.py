"""Several cases as one plan: who must do what by when, in all of them, and what is to be done afterwards."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import Any

from attrs import evolve, frozen

from ssflow.case import Case, Cases, Legislation, Obligation
from ssflow.process import Activity, State
from ssflow.rules.basis import basis
from ssflow.text import Lang, Text

_HEADINGS = Text("最后一日 义务人 事项 案件 所处环节 状况 依据", "due owed_by duty case stands_at status basis")
_CLOCK_ITSELF = Text("期满自动", "the clock")
_OVERDUE, _UNTIMED, _WAITING = Text("已逾期", "overdue"), Text("不计时", "untimed"), Text("未起算", "not begun")
_AFTERWARDS = Text("此后可办理", "Afterwards")
_CLOSED = Text("已办结", "closed")


@frozen
class Duty:
    """One term or lapse of one case of a plan. ``owed_by`` is empty for a lapse."""

    case: Case
    obligation: Obligation

    @property
    def due(self) -> date | None:
        """The last day in time; None while the clock is untimed, stands or has not begun."""
        return self.obligation.due

    @property
    def title(self) -> Text:
        """What is owed, or what will lapse."""
        return self.case.process.clock(self.obligation.clock).title

    @property
    def owed_by(self) -> Text:
        """Who owes it; a lapse is owed by nobody."""
        role = self.obligation.owed_by
        return self.case.process.role(role).title if role else _CLOCK_ITSELF

    @property
    def status(self) -> Text:
        """How sure the last day is, or why there is none."""
        if self.obligation.overdue:
            return _OVERDUE
        if self.obligation.status is not None:
            return self.obligation.status.value
        return _WAITING if self.obligation.waits_for else _UNTIMED


@frozen
class Afterwards:
    """What may be opened once a case has come so far; nobody must."""

    activity: Activity[Any]
    case: str
    when: State


@frozen
class Plan:
    """The cases of one event in a life, as they stand.

    ``law`` names the articles; ``lang`` is the language in which the plan is printed and shown in a notebook.
    """

    title: Text
    cases: tuple[Case, ...]
    law: Legislation
    afterwards: tuple[Afterwards, ...] = ()
    lang: Lang = "zh"

    def case(self, process: str) -> Case:
        """The case of a procedure; raises LookupError if the plan has none."""
        for case in self.cases:
            if case.process.name == process:
                return case
        msg = f"the plan has no case of {process!r}; it has {[case.process.name for case in self.cases]}"
        raise LookupError(msg)

    def read(self, cases: Cases) -> Plan:
        """The plan as its cases stand in a store."""
        return evolve(self, cases=tuple(cases.get(case.id) for case in self.cases))

    @property
    def duties(self) -> tuple[Duty, ...]:
        """Every term and lapse that is alive, by the last day in time; those without one come last."""
        alive = [Duty(case, obligation) for case in self.cases for obligation in case.obligations]
        return tuple(sorted(alive, key=lambda duty: duty.due or date.max))

    @property
    def next(self) -> tuple[Afterwards, ...]:
        """What may be opened now that the cases have come so far."""
        return tuple(a for a in self.afterwards if any(c.id == a.case and c.state is a.when for c in self.cases))

    def rows(self, lang: Lang) -> list[dict[str, str]]:
        """The duties as rows of a table, fit for ``pandas.DataFrame``; the keys are the headings."""
        return [dict(zip(_HEADINGS.say(lang).split(), self._row(duty, lang), strict=True)) for duty in self.duties]

    def _row(self, duty: Duty, lang: Lang) -> tuple[str, ...]:
        laws = self.law.of(duty.case.process).laws
        state = duty.case.state
        return (
            duty.due.isoformat() if duty.due else "",
            duty.owed_by.say(lang),
            duty.title.say(lang),
            f"{duty.case.process.title.say(lang)} {duty.case.id}",
            state.title.say(lang) if state else "",
            duty.status.say(lang),
            basis(duty.obligation.cites, laws, lang),
        )

    def table(self, lang: Lang) -> str:
        """The duties as a table in Markdown."""
        headings = _HEADINGS.say(lang).split()
        lines = [headings, ["---"] * len(headings), *(row.values() for row in self.rows(lang))]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)

    def notes(self, lang: Lang) -> list[str]:
        """What the table does not say: the cases that are closed, and what may be opened now."""
        colon, semicolon = Text("：", ": ").say(lang), Text("；", "; ").say(lang)
        closed = [f"{case.process.title.say(lang)} {case.id}" for case in self.cases if case.is_closed]
        opened = [a.activity.owner.title.say(lang) for a in self.next if a.activity.owner]
        said = ((_CLOSED, closed), (_AFTERWARDS, opened))
        return [heading.say(lang) + colon + semicolon.join(names) for heading, names in said if names]

    def say(self, lang: Lang) -> str:
        """The plan in one language: its title, the table of duties, the notes."""
        return "\n".join([self.title.say(lang), "", self.table(lang), *(f"\n{note}" for note in self.notes(lang))])

    def __str__(self) -> str:
        return self.say(self.lang)

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        head = "".join(f"<th>{escape(heading)}</th>" for heading in _HEADINGS.say(self.lang).split())
        rows = "".join(
            f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row.values())}</tr>" for row in self.rows(self.lang)
        )
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes(self.lang))
        title = escape(self.title.say(self.lang))
        return f"<table><caption>{title}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{notes}"
