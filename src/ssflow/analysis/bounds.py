"""The least and the most time that law allows from the opening of a case to each of its ends."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from attrs import field, frozen

from ssflow.analysis.choices import WHICH, Choices
from ssflow.analysis.search import Found, Free, Step, Way, search
from ssflow.calendar import DeadlineStatus
from ssflow.calendar.spans import spans_text
from ssflow.case import Legislation
from ssflow.doors import check_day, check_kind, check_lang, each_of
from ssflow.errors import InputError, RefusedError, UnknownError
from ssflow.process import Process, State
from ssflow.rules import Rulebook
from ssflow.rules.basis import basis_text
from ssflow.simulation import Scenario
from ssflow.simulation.chart.kernel import DAY_MINUTES, Kernel
from ssflow.simulation.entry import scenario_of
from ssflow.tables import Table
from ssflow.text import NO_TEXT, Lang, Text


def bounds(
    process: str | type[Process] | Scenario | Path,
    *,
    places: str | dict[str, str] | None = None,
    on: date | None = None,
    law: Legislation | Rulebook | None = None,
    without: Collection[str] = (),
) -> Bounds:
    """Return how soon law lets a case that is opened ``on`` a day end, and how late, if nobody lets a term run out.

    ``process`` is a scenario, its file, or a procedure for which the library has one; only its profiles are used, as the kinds of cases.
    ``places``, ``on`` and ``law`` take the place of those of the scenario. ``without`` names activities that nobody does. A last day that
    an act sets is the latest that the rules allow (for the quickest way, the first), whatever the profile says. Figures are those of the
    days of each way: where a term becomes shorter meanwhile, or a condition is met up to some day only, a case that was quicker before may
    end later than the slowest.

    Raises:
        InputError, DataError: something is wrong with the scenario, no case of it may be opened on that day, no way leads to an end, or there
            are too many.
        DefinitionError: a condition looks at the day on which something was done or ends, which does not tell ways apart.
        UnknownError: there is no such procedure or activity, or no scenario comes with it.

    """
    if on is not None:
        check_day("on", on)
    scenario = scenario_of(process, places=places, start=on, law=law)
    left_out = frozenset(_left_out(scenario.definition, without))
    kernel, kinds, refused = Kernel(scenario.law, scenario.start), dict[str, KindBounds](), dict[str, RefusedError]()
    for kind in scenario.kinds():
        try:
            least, most = (search(Choices(kernel, kind, which, left_out)) for which in WHICH)
        except RefusedError as error:
            refused[kind.name] = error
            continue
        kinds[kind.name] = KindBounds(least, most)
    if kinds and not any(kind.ends() for kind in kinds.values()):
        stuck = [kind.why_stuck() for kind in kinds.values()]
        raise InputError.of("process", "；".join(text.zh for text in stuck), "; ".join(text.en for text in stuck))
    if not kinds:
        raise InputError.of(
            "on",
            "；".join(error.say("zh") for error in refused.values()),
            "; ".join(error.say("en") for error in refused.values()),
        )
    return Bounds(scenario, kinds, refused)


def _left_out(process: type[Process], without: Collection[str]) -> Iterator[str]:
    for name in each_of("without", without, str):
        activity = process.activity(name)
        if activity.by is None:
            zh = f"“{activity.zh}”由期限届满自动发生，不能略去"
            raise InputError.of("without", zh, f'"{activity.en}" happens by itself, so it cannot be left out')
        yield name


@frozen(eq=False)
class KindBounds:
    """The quickest and the slowest ways of one kind of case."""

    least: Found
    most: Found

    def ends(self) -> dict[str, State]:
        """Return the states in which such a case may end."""
        return {way.steps[-1].target.name: way.steps[-1].target for way in (*self.least.ways, *self.most.ways)}

    def quickest(self, end: str) -> Way:
        """Return the way that takes the least time to an end."""
        return min(_to(end, self.least) or _to(end, self.most), key=lambda way: way.minute)

    def slowest(self, end: str) -> Way:
        """Return the way that takes the most time to an end, with no delay where no clock binds anybody."""
        return max(_to(end, self.most) or _to(end, self.least), key=lambda way: way.minute)

    def why_stuck(self) -> Text:
        """Return where the cases of a kind that come to no end stay."""
        stuck = {way.case.state: way.case.state.title for way in self.most.stuck if way.case.state}
        where = Text.join(list(stuck.values()), "、", ", ")
        return Text(
            f"没有办理路径可以办结：各项条件均不具备，停在“{where.zh}”；请核对该状态的条件和材料",
            f'no way leads to an end, because no condition is ever met at "{where.en}"; check the conditions there and the data of the profile',
        )

    def why_unbounded(self, end: str) -> Text:
        """Return why law allows any time to an end: states in which no clock binds anybody, and acts that may be repeated; empty if it does not."""
        ways = _to(end, self.most)
        if not ways:
            zh = "各环节都在最后一日办理则无法到达；条件只在此前某日以前具备"
            return Text(
                zh,
                "it cannot be reached if every act waits for its last day: a condition is met only up to an earlier day",
            )
        free = frozenset[Free]().union(*(way.free for way in ways))
        process = ways[0].case.process
        states = [state for state in process.states if state in free]
        passed = {standing for way in ways for standing in way.passed}
        circles = dict.fromkeys(acts for standing, acts in self.most.loops.items() if standing in passed)
        said = [Text(f"在“{s.zh}”没有期限", f'no term runs at "{s.en}"') for s in states]
        said += [
            Text(f"“{a.zh}”所定的日期没有上限", f'no law limits the day that "{a.en}" sets')
            for a in process.activities
            if a in free
        ]
        for acts in circles:
            told = Text.join([act.title for act in acts], "、", ", ")
            said.append(Text(f"可以反复：{told.zh}", f"may be repeated without limit: {told.en}"))
        return Text.join(said)


def _to(end: str, found: Found) -> list[Way]:
    return [way for way in found.ways if way.steps[-1].target.name == end]


@frozen(eq=False, repr=False)
class Bounds:
    """The bounds of a procedure by law: a row for each end, and the way to each. A notebook shows them as a table.

    ``refused`` are the kinds of cases that cannot be opened on that day, and why. A kind without a way to an end has a row that says so.
    """

    scenario: Scenario
    kinds: Mapping[str, KindBounds]
    refused: Mapping[str, RefusedError]
    _titles: dict[str, Text] = field(init=False, repr=False)

    @_titles.default
    def _titles_of(self) -> dict[str, Text]:
        return {profile.id: profile.name for profile in self.scenario.profiles}

    def table(self) -> Table:
        """Return the least and the most days for each kind of case and each end.

        ``most`` is missing where nothing bounds the time, which ``unbounded`` explains; ``binding`` is what the existing terms allow if
        roles that no term binds act at once.
        """
        rows: list[dict[str, Any]] = []
        for name, kind in self.kinds.items():
            if not kind.ends():
                rows.append(self._endless(name, kind))
            for end, state in kind.ends().items():
                quick, slow, why = kind.quickest(end), kind.slowest(end), kind.why_unbounded(end)
                rows.append(
                    {
                        "kind": name,
                        "title": self._titles[name],
                        "end": end,
                        "state": state.title,
                        "least": self._days(quick),
                        "most": None if why else self._days(slow),
                        "binding": self._days(slow),
                        "workdays": self._workdays(slow),
                        "provisional": any(_is_provisional(step) for step in slow.steps),
                        "unbounded": why,
                    }
                )
        titles = {
            "kind": Text("类别", "kind"),
            "title": Text("类别名称", "kind of case"),
            "end": Text("结果", "end"),
            "state": Text("结果名称", "state"),
            "least": Text("最短（自然日）", "least (days)"),
            "most": Text("最长（自然日）", "most (days)"),
            "binding": Text("各期限合计最长（自然日）", "most by its terms (days)"),
            "workdays": Text("各期限合计最长（工作日）", "most by its terms (working days)"),
            "provisional": Text("最长为暂定", "most provisional"),
            "unbounded": Text("为何没有上限", "why there is no limit"),
        }
        return Table.of(rows, titles, Text("法定最短与最长用时", "the least and the most time that law allows"))

    def way(self, end: str, kind: str = "", *, quickest: bool = False) -> Table:
        """Return the slowest way to an end (or the quickest), act by act: when, which clock bound whom until when, under which article.

        ``end`` is the name of a final state; without a ``kind``, it is that of the first kind of case that comes there.

        Raises:
            UnknownError: there is no such end or kind of case.

        """
        check_kind("end", end, str)
        check_kind("kind", kind, str)
        if kind and kind not in self.kinds:
            raise UnknownError("profile", kind, self.kinds)
        fitting = [one for name, one in self.kinds.items() if (not kind or name == kind) and end in one.ends()]
        if not fitting:
            raise UnknownError("state", end, [name for one in self.kinds.values() for name in one.ends()])
        way = fitting[0].quickest(end) if quickest else fitting[0].slowest(end)
        titles = {
            "day": Text("日期", "day"),
            "activity": Text("环节", "activity"),
            "by": Text("主体", "by"),
            "source": Text("由", "from"),
            "target": Text("到", "to"),
            "clock": Text("所限期限", "clock"),
            "due": Text("最后一日", "last day"),
            "figure": Text("数值", "figure"),
            "provisional": Text("最后一日暂定", "last day provisional"),
            "basis": Text("依据", "basis"),
        }
        caption = Text("最快的办理路径", "the quickest way") if quickest else Text("最慢的办理路径", "the slowest way")
        return Table.of([self._row(step) for step in way.steps], titles, caption)

    def say(self, lang: Lang = "en") -> str:
        """Return each end in a sentence, and which kinds of cases could not be opened."""
        check_lang("lang", lang)
        head = Text(f"{self.scenario.start}登记：", f"Opened on {self.scenario.start}:")
        return "\n".join([head.say(lang), *(line.say(lang) for line in self._lines())])

    def _lines(self) -> Iterator[Text]:
        for name, kind in self.kinds.items():
            if not kind.ends():
                title, why = self._titles[name], kind.why_stuck()
                yield Text(f"- {title.zh}：{why.zh}", f"- {title.en}: {why.en}")
            for end, state in kind.ends().items():
                least, most = self._days(kind.quickest(end)), self._days(kind.slowest(end))
                why, title = kind.why_unbounded(end), self._titles[name]
                zh = f"没有上限（{why.zh}；有期限的环节合计{most}日）" if why else f"最长{most}日"
                en = f"without limit ({why.en}; by the terms that run {most} days)" if why else f"at most {most} days"
                yield Text(
                    f"- {title.zh}，“{state.zh}”：最短{least}日，{zh}",
                    f'- {title.en}, "{state.en}": at least {least} days, {en}',
                )
        for name, error in self.refused.items():
            title = self._titles[name]
            yield Text(f"- {title.zh}：{error.say('zh')}", f"- {title.en}: {error.say('en')}")

    def _endless(self, name: str, kind: KindBounds) -> dict[str, Any]:
        """Return the row of a kind without a way to an end."""
        empty = dict.fromkeys(("least", "most", "binding", "workdays"))
        told = {"kind": name, "title": self._titles[name], "end": "", "state": NO_TEXT}
        return {**told, **empty, "provisional": False, "unbounded": kind.why_stuck()}

    def _row(self, step: Step) -> dict[str, Any]:
        limit, activity = step.limit, step.activity
        laws = self.scenario.law.of(self.scenario.definition).laws
        cites = limit.cites if limit else ()
        return {
            "day": self._day(step.minute),
            "activity": activity.title,
            "by": step.by.title if step.by else NO_TEXT,
            "source": step.source.title if step.source else NO_TEXT,
            "target": step.target.title,
            "clock": limit.clock.title if limit else NO_TEXT,
            "due": limit.due if limit else None,
            "figure": spans_text(limit.spans) if limit else NO_TEXT,
            "provisional": _is_provisional(step),
            "basis": basis_text(cites, laws),
        }

    def _day(self, minute: int) -> date:
        return date.fromordinal(self.scenario.start.toordinal() + minute // DAY_MINUTES)

    def _days(self, way: Way) -> int:
        return way.minute // DAY_MINUTES

    def _workdays(self, way: Way) -> int:
        calendar = self.scenario.law.in_case(way.case).calendar_of()
        return calendar.count(after=self.scenario.start, through=self._day(way.minute))

    def __repr__(self) -> str:
        return self.say("en")

    def _repr_html_(self) -> str:
        refused = "".join(f"<li>{escape(error.say('zh'))}</li>" for error in self.refused.values())
        return f"<div>{self.table()._repr_html_()}<ul>{refused}</ul></div>"


def _is_provisional(step: Step) -> bool:
    return step.limit is not None and step.limit.status is DeadlineStatus.PROVISIONAL
