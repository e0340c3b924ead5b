"""The guards of a retirement that look at facts alone; those that read figures are in the definition."""

from __future__ import annotations

from ssflow.machines.reckoning.periods import months_paid
from ssflow.machines.reckoning.place_of_receipt import province_of
from ssflow.machines.retirement.data import Facts
from ssflow.process import Act, guard


@guard("告知、约定须采用书面形式", "notice and agreement are in writing", cites="hrss-2024-94")
def written(act: Act[Facts]) -> bool:
    """The notice or the agreement is in writing."""
    return act.facts.written


@guard(
    "公务员、国有企事业单位领导人员及其他管理人员到龄即办理退休，不延迟",
    "civil servants, and leaders and other managers of state enterprises and public institutions, retire when due",
    cites="hrss-2024-94",
)
def may_wait(act: Act[Facts]) -> bool:
    """The employee does not have to retire when due."""
    return not act.facts.manager


@guard(
    "须为同一职工、同一出生时间",
    "employee, group and day of birth are those first given",
    cites="retirement-age-measures",
)
def same_person(act: Act[Facts]) -> bool:
    """The person of the case stays the same, once there is one."""
    then, now = act.before, act.facts
    return then.insured is None or (then.insured, then.group, then.born) == (now.insured, now.group, now.born)


@guard("须记于所选择或者约定的退休之日", "it is dated on the day that was chosen or agreed on", cites="hrss-2024-94")
def on_chosen_day(act: Act[Facts]) -> bool:
    """The act is dated on the chosen day."""
    return act.on == act.facts.chosen


@guard(
    "累计缴费须达到最低缴费年限",
    "the minimum of paid months is reached",
    cites=["social-insurance-law 16(1)", "retirement-age-measures 2"],
)
def paid_up(act: Act[Facts]) -> bool:
    """The months paid up to the act reach the minimum, each month counted once."""
    return months_paid(act.facts.periods, by=act.on) >= act.facts.minimum


@guard(
    "累计缴费不足最低缴费年限",
    "the minimum of paid months is not reached",
    cites=["social-insurance-law 16(2)", "retirement-age-measures 2"],
)
def too_few(act: Act[Facts]) -> bool:
    """The months paid up to the act fall short of the minimum."""
    return months_paid(act.facts.periods, by=act.on) < act.facts.minimum


@guard("外省的缴费年限须已归集", "the periods of other provinces have been collected", cites="social-insurance-law 19")
def collected(act: Act[Facts]) -> bool:
    """Every period is on record in the province that pays; a period without a place is on record there."""
    here = province_of(act.places["claiming"])
    return all(not period.place or province_of(period.place) == here for period in act.facts.periods)
