"""The replay of one case of a simulation by the kernel itself, with the account of each of its last days."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from attrs import frozen

from ssflow.calendar.account.explain import Explanation
from ssflow.case import Case, Event, Legislation, Obligation, deadline_of
from ssflow.case.events import happening_title
from ssflow.simulation.results.notebooks import picture_of
from ssflow.text import Lang, Text

if TYPE_CHECKING:
    from ssflow.pictures.plots import ReplayPlots


@frozen
class Replay:
    """A case that the kernel has played again: its events, its related cases, and how each term was counted.

    ``number`` is its number among the cases of a ``run``, ``title`` the kind of case; ``case`` is the case at the end.
    """

    number: int
    run: int
    title: Text
    case: Case
    events: tuple[Event, ...]
    related: tuple[Case, ...]
    law: Legislation

    def deadlines(self) -> Iterator[tuple[Obligation, Explanation]]:
        """Yield each clock that ran, in its last state, with the account of its last day."""
        last: dict[tuple[str, object], Obligation] = {}
        for o in (*(o for event in self.events for o in event.obligations), *self.case.obligations):
            if o.is_timed:
                last[o.clock.name, o.began or o.starts] = o
        for obligation in last.values():
            deadline = deadline_of(self.case, obligation, self.law)
            if deadline is not None:
                yield obligation, deadline.explain()

    def say(self, lang: Lang = "en") -> str:
        """Return the case as lines of text: what happened when, and how each last day was found."""
        process = self.case.process
        head = Text(
            f"{process.title.zh}：第{self.run}次运行第{self.number}件（{self.title.zh}）",
            f"{process.title.en}: case {self.number} of run {self.run} ({self.title.en})",
        )
        lines = [head.say(lang), *(self._line(event, lang) for event in self.events)]
        for obligation, explanation in self.deadlines():
            lines += [f"{obligation.clock.title.say(lang)}:", explanation.say(lang)]
        return "\n".join(lines)

    def _line(self, event: Event, lang: Lang) -> str:
        process = self.case.process
        by = process.role(event.by).title.say(lang) if event.by else event.kind.value.say(lang)
        what = happening_title(process, event)
        when = f"{event.at:%Y-%m-%d %H:%M}" if event.at else str(event.on)
        state = process.state(event.target).title.say(lang)
        return f"{when}  {by}{'：' if lang == 'zh' else ': '}{what.say(lang)} → {state}"

    @property
    def plot(self) -> ReplayPlots:
        """The picture of the case, which needs the extra ``plot``: ``run.case(17).plot.timeline()``."""
        from ssflow.pictures.plots import ReplayPlots

        return ReplayPlots(self)

    def __str__(self) -> str:
        return self.say("en")

    def _repr_html_(self) -> str:
        rows = "".join(f"<li>{escape(self._line(event, 'zh'))}</li>" for event in self.events)
        accounts = "".join(
            f"<h4>{escape(obligation.clock.zh)}</h4>{explanation._repr_html_()}"
            for obligation, explanation in self.deadlines()
        )
        return f"<div>{picture_of(self)}<ol>{rows}</ol>{accounts}</div>"
