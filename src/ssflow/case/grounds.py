"""The grounds on which an act is refused, each with its basis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum, unique
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from ssflow.process.table import table_of
from ssflow.rules.citations import Citation, Law
from ssflow.text import Lang, Text

if TYPE_CHECKING:
    from ssflow.calendar import Span
    from ssflow.case.case import Case
    from ssflow.process import Act, Activity, State
    from ssflow.process.figures import Clock, Figure
    from ssflow.process.guards import Condition


@unique
class GroundKind(Enum):
    """The kinds of conditions that may be unmet."""

    state = Text("办件状态不符", "wrong state")
    role = Text("办理主体不符", "wrong party")
    order = Text("时间不符", "wrong time")
    guard = Text("条件不具备", "condition not met")


@frozen
class Ground:
    """One unmet condition: what is required, its basis, and what to do about it. ``caveats`` are those of the figures that refuse."""

    kind: GroundKind
    name: str
    reason: Text
    cites: tuple[Citation, ...] = ()
    laws: Mapping[str, Law] = field(factory=dict, repr=False, eq=False)
    caveats: tuple[Text, ...] = field(default=(), repr=False, eq=False)

    def say(self, lang: Lang) -> str:
        """Return the ground with its basis and its caveats, in one language."""
        semicolon = Text("；", "; ").say(lang)
        said = semicolon.join(cite.say(self.laws, lang) for cite in self.cites)
        basis = Text(f"（依据：{said}）", f" (basis: {said})").say(lang) if said else ""
        return semicolon.join([self.reason.say(lang) + basis, *(caveat.say(lang) for caveat in self.caveats)])

    def of(self, title: Text) -> Ground:
        """Return the ground preceded by the title of the refused act, for use where several acts are refused together."""
        return evolve(self, reason=Text.join([title, self.reason], "：", ": "))

    @classmethod
    def of_condition(cls, condition: Condition[Any], act: Act[Any], laws: Mapping[str, Law]) -> Ground:
        """Return the ground of an unmet guard; its basis is the articles of the guard and of the figures that refuse."""
        figures = condition.figures(act)
        cites = tuple(dict.fromkeys((*condition.cites, *(cite for value in figures for cite in value.cites))))
        caveats = tuple(dict.fromkeys(caveat for value in figures for caveat in value.caveats))
        return cls(GroundKind.guard, condition.name, condition.reason, cites, laws, caveats)

    @classmethod
    def instant_needed(cls, title: Text, clock: Clock, span: Span) -> Ground:
        """Return the ground against an act that is given by its day alone although hours run from it."""
        text = span.text
        reason = Text(
            f"“{clock.zh}”为{text.zh}，须写明办理时刻（带时区），不能只写日期",
            f"{clock.en} runs for {text.en} from {title.en}: give the instant as an aware datetime, not only the day",
        )
        return cls(GroundKind.order, clock.name, reason)

    @classmethod
    def run_out(cls, activity: Activity[Any], clock: Clock) -> Ground:
        """Return the ground against an extension of a term that has run out."""
        reason = Text(
            f"“{clock.zh}”已届满，届满后不得延长", f'"{clock.en}" has run out; it is extended only before its end'
        )
        return cls(GroundKind.order, clock.name, reason, activity.cites)

    @classmethod
    def nothing_granted(cls, activity: Activity[Any], taken: Activity[Any], clock: Clock) -> Ground:
        """Return the ground against taking back an extension that was not given, or was already taken back."""
        reason = Text(
            f"“{clock.zh}”没有“{taken.zh}”所作的延长，无从撤销",
            f'"{clock.en}" is not extended by "{taken.en}" now, so nothing can be taken back',
        )
        return cls(GroundKind.order, clock.name, reason, activity.cites)

    @classmethod
    def day_set(
        cls, activity: Activity[Any], clock: Clock, rule: Figure, bound: date | None, cites: tuple[Citation, ...] = ()
    ) -> Ground:
        """Return the ground against an act that sets a last day which does not lie ahead, or lies beyond the limit of a rule."""
        if bound is None:
            reason = Text(
                f"“{clock.zh}”的最后一日须在办理之后", f'the last day of "{clock.en}" lies after the act that sets it'
            )
        else:
            reason = Text(
                f"“{clock.zh}”的最后一日不合“{rule.zh}”，以{bound}为限",
                f'the last day of "{clock.en}" is not within "{rule.en}": {bound} is the limit',
            )
        return cls(GroundKind.order, rule.name, reason, cites or activity.cites)

    @classmethod
    def no_extension(cls, activity: Activity[Any], figure: Figure) -> Ground:
        """Return the ground against an extension for which the place has no figure: extended by nothing, a term would only look extended."""
        reason = Text(
            f"所在地没有规定“{figure.zh}”，不能延长；如有依据，请在规则文件中补充{figure.name}",
            f"no figure is known for the place: {figure.en}; where the law has one, add {figure.name} to the rules",
        )
        return cls(GroundKind.order, figure.name, reason, activity.cites)


def grounds_of_regime(case: Case, then: Enum | None, activity: Activity[Any]) -> Iterator[Ground]:
    """Yield the grounds against an act under the regime of a case; ``then`` is the regime of the case before the act."""
    now = case.regime
    if now is None and (case.state is None or activity.renews is case.process.regime):
        reason = Text(
            "该日该地适用何种办法没有资料，不能办理；如有依据，请在规则文件中补充regime数值",
            "no regime is known for this day and these places; where the law has one, add a figure 'regime' to the rules",
        )
        yield Ground(GroundKind.order, "regime", reason)
    elif now is None:
        if activity.leaving(case.state) and not table_of(case.process, None).leaving(case.state, activity):
            yield Ground(GroundKind.order, "regime", _lost_regime(case))
    elif activity.leaving(case.state) and not table_of(case.process, now).leaving(case.state, activity):
        reason = Text(f"按“{now.value.zh}”没有此环节", f'there is no such step under "{now.value.en}"')
        yield Ground(GroundKind.state, "regime", reason)
    elif activity.renews is case.process.regime and now is then:
        reason = Text(f"办件已按“{now.value.zh}”办理", f'the case is under "{now.value.en}" already')
        yield Ground(GroundKind.order, "regime", reason)
    elif case.state is not None and case.state not in table_of(case.process, now).reached:
        reason = Text(
            f"“{now.value.zh}”没有“{case.state.zh}”这一状态，办件不能转入",
            f'"{now.value.en}" has no state "{case.state.en}", so the case cannot be brought under it',
        )
        yield Ground(GroundKind.state, "regime", reason)


def _lost_regime(case: Case) -> Text:
    """Return why an opened case has no regime, and what to do about it."""
    if case.lost_regime:
        return Text(
            f'办件按“{case.lost_regime}”办理，程序定义中已没有此办法；如系改名，请在其枚举上写@was(现名="{case.lost_regime}")，删去的请恢复',
            f"the case is under {case.lost_regime!r}, which its procedure no longer has; if it was renamed, write "
            f'@was(present="{case.lost_regime}") above its enumeration, and if it was removed, restore it',
        )
    return Text(
        "办件登记时程序尚不分办法；请先以转换办法的办理转入",
        "the case was opened before its procedure had regimes; bring it under one by an activity that renews the regime",
    )


def wrong_state(state: State | None, activity: Activity[Any]) -> Text:
    """Return in words that an activity does not leave the state of a case, and which states it does leave."""
    if state is None:
        where = Text("办件尚未登记", "the case is not opened yet")
    else:
        where = Text(f"办件处于“{state.zh}”", f'the case is in state "{state.en}"')
    sources = dict.fromkeys(row.source for row in activity.transitions if row.source)
    if sources:
        states = Text.join([Text(f"“{source.zh}”", f'"{source.en}"') for source in sources], "、", " or ")
        need = Text(f"须处于{states.zh}", f"it has to be in state {states.en}")
    else:
        need = Text("只能用于登记新办件", "this can only open a new case")
    return Text(f"{where.zh}，{need.zh}", f"{where.en}; {need.en}")
