"""The findings of a log check: deviations and terms as tables, in both languages, each with its basis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from statistics import fmean
from typing import Any

from attrs import field, frozen

from ssflow.calendar import DeadlineStatus
from ssflow.calendar.spans import spans_text
from ssflow.doors import check_kind, check_lang
from ssflow.errors import UnknownError
from ssflow.logs.activities import Meaning, role_of
from ssflow.logs.log import Entry, EventLog
from ssflow.logs.replay import Deviation, Replayed
from ssflow.logs.terms import TermRun
from ssflow.process import Activity
from ssflow.regions import region_name
from ssflow.rules.basis import basis_text
from ssflow.simulation import Duration, Scenario
from ssflow.tables import Table
from ssflow.text import NO_TEXT, Lang, Text

_CASE = {"case": Text("办件", "case")}


@frozen(eq=False, repr=False)
class LogCheck:
    """A log that was checked against a procedure. In a notebook it is shown as its summary, its deviations and its delays."""

    log: EventLog
    scenario: Scenario
    replays: tuple[Replayed, ...]
    _means: Mapping[str, Meaning] = field(repr=False)

    @property
    def fits(self) -> bool:
        """Whether everything in the log could have happened."""
        return all(one.fits for one in self.replays)

    @property
    def notes(self) -> tuple[Text, ...]:
        """What was supposed, because a log does not say it, and what was left out."""
        return tuple(self._notes())

    def case(self, name: str) -> Replayed:
        """Return one case of the log.

        Raises:
            UnknownError: the log has no such case.

        """
        check_kind("name", name, str)
        for one in self.replays:
            if one.id == name:
                return one
        raise UnknownError("case", name, [one.id for one in self.replays])

    def fit(self) -> Scenario:
        """Return a scenario with the arrivals, hours, shares and durations of the log, as the replay has understood it.

        Shares and durations are of what each role did first in each state, by the estimator for competing risks: an act that another one
        forestalled counts as long as it was waited for. It has no stations, because the durations contain the queues. Whatever was not
        observed is taken from the scenario by which the log was checked.

        Raises:
            InputError: no case of the log was opened.

        """
        from ssflow.logs.fit import fit

        return fit(self)

    def handling(self) -> Mapping[str, Duration]:
        """Return the handling times of each activity, in working hours of the role that does it: the observed lengths from ``start`` to ``complete``.

        Activities of which the log has only one of the two are left out.
        """
        from ssflow.logs.handling import handling_times

        return handling_times(self, self._means)

    def summary(self) -> Table:
        """Return the numbers of cases and entries, of those that could have happened, and of late terms."""
        entries, terms = sum(one.entries for one in self.replays), [*self._terms()]
        deviating = sum(len(one.deviations) for one in self.replays)
        rows = [
            (Text("办件", "cases"), len(self.replays)),
            (
                Text("全部相符的办件", "cases in which everything could have happened"),
                sum(one.fits for one in self.replays),
            ),
            (Text("核对的记录", "entries that were checked"), entries),
            (Text("不可能发生的记录", "entries that could not have happened"), deviating),
            (Text("起算的期限", "terms that began"), len(terms)),
            (Text("逾期的期限", "terms that were late"), sum(run.is_late for _, run in terms)),
        ]
        titles = {"measure": Text("指标", "measure"), "value": Text("数值", "value")}
        return Table.of([{"measure": title, "value": n} for title, n in rows], titles, Text("概况", "summary"))

    def deviations(self) -> Table:
        """Return the entries that could not have happened, with a row for each ground and its articles."""
        rows = [
            {
                "case": one.id,
                "entry": deviation.number,
                "activity": deviation.activity,
                "time": deviation.entry.time,
                "resource": deviation.entry.resource,
                "state": deviation.state.title if deviation.state else Text("尚未登记", "not opened"),
                "kind": ground.kind.value,
                "ground": ground.name,
                "reason": ground.reason,
                "basis": self._basis(map(str, ground.cites)),
                "went_on": deviation.went_on,
            }
            for one, deviation in self._deviations()
            for ground in deviation.grounds
        ]
        titles = _CASE | {
            "entry": Text("第几条", "entry"),
            "activity": Text("环节", "activity"),
            "time": Text("时间", "time"),
            "resource": Text("主体", "resource"),
            "state": Text("当时状态", "state before"),
            "kind": Text("类别", "kind"),
            "ground": Text("理由", "ground"),
            "reason": Text("不能发生的理由", "why it could not have happened"),
            "basis": Text("依据", "basis"),
            "went_on": Text("此后如何继续核对", "how the replay went on"),
        }
        return Table.of(rows, titles, Text("不可能发生的记录", "entries that could not have happened"))

    def terms(self) -> Table:
        """Return every term of every case: when it began, its last day, when it was met, by how many working days late, under which article."""
        rows = [
            {
                "case": one.id,
                "term": run.obligation.clock.name,
                "title": run.obligation.clock.title,
                "owed_by": run.obligation.owed_by.title if run.obligation.owed_by else NO_TEXT,
                "began": run.obligation.starts,
                "due": run.obligation.due,
                "ended": run.ended,
                "late": run.late if run.is_late else 0,
                "is_late": run.is_late,
                "provisional": run.obligation.status is DeadlineStatus.PROVISIONAL,
                "figure": spans_text(run.obligation.spans),
                "basis": self._basis(run.obligation.cites),
            }
            for one, run in self._terms()
        ]
        titles = _CASE | {
            "term": Text("期限", "term"),
            "title": Text("名称", "title"),
            "owed_by": Text("义务主体", "owed by"),
            "began": Text("起始日", "began"),
            "due": Text("最后一日", "last day"),
            "ended": Text("履行日", "met on"),
            "late": Text("逾期工作日数", "working days late"),
            "is_late": Text("是否逾期", "late"),
            "provisional": Text("最后一日暂定", "last day provisional"),
            "figure": Text("数值", "figure"),
            "basis": Text("依据", "basis"),
        }
        return Table.of(rows, titles, Text("期限", "terms"))

    def late(self) -> Table:
        """Return only the terms that were late."""
        every = self.terms()
        kept = [number for number, late in enumerate(every["is_late"]) if late]
        columns = {name: [column[n] for n in kept] for name, column in every.columns.items() if name != "is_late"}
        return Table(columns, every.titles, Text("逾期的期限", "terms that were late"))

    def by_term(self) -> Table:
        """Return each term over all cases: how often it began, how often it was late, by how many working days on average and at most."""
        rows = []
        for clock in self.scenario.definition.clocks:
            runs = [run for _, run in self._terms() if run.obligation.clock is clock]
            days = [run.late for run in runs if run.is_late]
            if runs:
                rows.append(
                    {
                        "term": clock.name,
                        "title": clock.title,
                        "began": len(runs),
                        "late": len(days),
                        "share": 100 * len(days) / len(runs),
                        "mean": fmean(days) if days else None,
                        "most": max(days, default=None),
                        "basis": Text.join(list(dict.fromkeys(self._basis(run.obligation.cites) for run in runs))),
                    }
                )
        titles = {
            "term": Text("期限", "term"),
            "title": Text("名称", "title"),
            "began": Text("起算次数", "began"),
            "late": Text("逾期次数", "late"),
            "share": Text("逾期（%）", "late (%)"),
            "mean": Text("逾期工作日数（平均）", "working days late (mean)"),
            "most": Text("逾期工作日数（最多）", "working days late (most)"),
            "basis": Text("依据", "basis"),
        }
        return Table.of(rows, titles, Text("各项期限", "each term"))

    def say(self, lang: Lang = "en") -> str:
        """Return the findings as sentences: numbers, what was supposed, every deviation and every delay."""
        check_lang("lang", lang)
        lines = [self.summary().say(lang), *(f"- {note.say(lang)}" for note in self.notes)]
        lines += [deviation.say(lang) for _, deviation in self._deviations()]
        lines += [self._said(one, run).say(lang) for one, run in self._terms() if run.is_late]
        return "\n".join(lines)

    def _said(self, one: Replayed, run: TermRun) -> Text:
        o, rests = run.obligation, self._basis(run.obligation.cites)
        who = o.owed_by.title if o.owed_by else NO_TEXT
        met = Text(f"{run.ended}才履行", f"met on {run.ended}") if run.ended else Text("尚未履行", "not met yet")
        late = Text(f"逾期{run.late}个工作日", f"{run.late} working {'day' if run.late == 1 else 'days'} late")
        if not run.late:  # met on a rest day that follows the last day
            late = Text("逾期不足一个工作日", "late by less than a working day")
        return Text(
            f"{one.id}：{who.zh}“{o.clock.zh}”最后一日为{o.due}，{met.zh}，{late.zh}（{rests.zh}）",
            f"{one.id}: {who.en}, {o.clock.en}: due on {o.due}, {met.en}, {late.en} ({rests.en})",
        )

    def _notes(self) -> Iterator[Text]:
        codes = [code for profile in self.scenario.profiles for code in self.scenario.codes_of(profile).values()]
        names = [region_name(code) for code in dict.fromkeys(codes)]
        if names:
            yield Text(f"依{'、'.join(names)}适用的规定核对", f"checked by the law that applies in {', '.join(names)}")
        named = {entry.case for entry in self.log.entries if entry.profile}
        kinds = Counter(one.kind for one in self.replays if one.id not in named)
        titles = {profile.id: profile.name for profile in self.scenario.profiles}
        said = [Text(f"{titles[k].zh}{n}件", f"{n} of {titles[k].en}") for k, n in kinds.items()]
        shares = Text.join(said, "、", ", ")
        if kinds:
            yield Text(
                f"日志没有申请材料，推定为方案中最相符的一类：{shares.zh}",
                f"a log has no data, so the data of the best-fitting kind of case were assumed: {shares.en}",
            )
        supposed = Counter(act.title for _, deviation in self._deviations() for act in deviation.supposed)
        for title, number in supposed.items():
            yield Text(
                f"推定漏记“{title.zh}”：{number}次", f'"{title.en}" was assumed done though not logged: {number}'
            )
        others = sum(self._is_by_another(entry) for entry in self.log.entries)
        if others:
            yield Text(
                f"{others}条记录的主体不是程序中的主体，视为由有权办理的主体办理",
                f"{others} entries name a resource that is not a role of the procedure; they were taken as done by a role that may do it",
            )
        started = sum(not entry.is_complete for entry in self.log.entries)
        if started:
            yield Text(
                f"{started}条记录未载明环节已完成，未予核对",
                f"{started} entries do not record a completion and were not checked",
            )
        ignored = sum(entry.is_complete and self._means[entry.activity] is None for entry in self.log.entries)
        if ignored:
            yield Text(f"{ignored}条记录按要求略去", f"{ignored} entries were left out as asked")

    def _is_by_another(self, entry: Entry) -> bool:
        """Return whether the log gives an act to somebody who is not a role, such as a named clerk."""
        meaning = self._means[entry.activity]
        acted = entry.is_complete and isinstance(meaning, Activity) and meaning.by is not None
        return acted and bool(entry.resource) and role_of(self.scenario.definition, entry.resource) is None

    def _deviations(self) -> Iterator[tuple[Replayed, Deviation]]:
        return ((one, deviation) for one in self.replays for deviation in one.deviations)

    def _terms(self) -> Iterator[tuple[Replayed, TermRun]]:
        return ((one, run) for one in self.replays for run in one.terms)

    def _basis(self, cites: Iterable[str]) -> Text:
        return basis_text(cites, self.scenario.law.of(self.scenario.definition).laws)

    def __repr__(self) -> str:
        notes = "".join(f"\n- {note.en}" for note in self.notes)
        return f"{self.scenario.definition.title.en}\n{self.summary()}{notes}"

    def _repr_html_(self) -> str:
        tables: Sequence[Table] = (self.summary(), self.deviations(), self.late())
        notes = "".join(f"<li>{escape(note.zh)}</li>" for note in self.notes)
        shown: Any = "".join(one._repr_html_() for one in tables if len(one))
        return f"<div>{shown}<ul>{notes}</ul></div>"
