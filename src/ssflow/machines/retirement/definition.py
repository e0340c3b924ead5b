"""Retiring, and claiming the basic pension. 退休和基本养老金申领

At the statutory age, earlier by written notice, or later by written agreement, which may be ended but not prolonged.
The minimum of paid months is that of the year of the statutory age or of an earlier chosen day. The decision is here,
not in benefit_claim: it depends on both.
"""

from datetime import date

from ssflow.calendar.clock import months_after
from ssflow.machines.benefit_claim.data import Refusal
from ssflow.machines.reckoning.retirement_age import ahead_of, between, in_months, retirement_day, schedule_of
from ssflow.machines.retirement.data import Age, Ending, Facts, Person, Record, Wish
from ssflow.machines.retirement.guards import collected, may_wait, on_chosen_day, paid_up, same_person, too_few, written
from ssflow.machines.shared.remarks import Remarks
from ssflow.process import Act, Place, Process, Role, Rule, State, Term, guard, opens
from ssflow.text import Text

AGE = ["retirement-age-measures", "social-insurance-law 16"]
FLEXIBLE = ["retirement-age-measures 3", "hrss-2024-94"]
CLAIM = ["decree-765 18", "guide-002 2.7"]
MINIMUM = ["retirement-age-measures 2", "social-insurance-law 16(1)"]
SHORT = ["social-insurance-law 16(2)", "retirement-age-measures 2"]
RONGCHENG = "rongcheng-retirement-guide"


def statutory_day(act: Act[Facts]) -> date | None:
    """Return the day of the statutory age by the figures of the day of the act; None if they or the birth are not known."""
    age, limit, births = map(act.figure, (Retirement.old_age, Retirement.age_limit, Retirement.births))
    return retirement_day(schedule_of(age, limit, births), act.facts.born) if age and act.facts.born else None


@guard("须在规定期限以前告知用人单位", "the employer is told in time before the chosen day", cites=FLEXIBLE)
def told_in_time(act: Act[Facts]) -> bool:
    return between(date.min, act.on, ahead_of(act.facts.chosen, Retirement.notice, act))


@guard("须在规定期限以前约定", "the delay is agreed on in time before the statutory age", cites=FLEXIBLE)
def agreed_in_time(act: Act[Facts]) -> bool:
    return between(date.min, act.on, ahead_of(statutory_day(act), Retirement.agreement, act))


@guard("提前退休不得早于原法定退休年龄", "nobody retires below the old statutory age", cites=FLEXIBLE)
def above_old_age(act: Act[Facts]) -> bool:
    age, born = act.figure(Retirement.old_age), act.facts.born
    return between(months_after(born, in_months(age)) if age and born else None, act.facts.chosen, date.max)


@guard("提前不得超过最长时间", "the chosen day comes before the statutory age, within the limit", cites=FLEXIBLE)
def early_within_limit(act: Act[Facts]) -> bool:
    last, chosen = statutory_day(act), act.facts.chosen
    return chosen != last and between(ahead_of(last, Retirement.flexibility, act), chosen, last)


@guard("延迟不得超过最长时间", "the agreed day comes after the statutory age, within the limit", cites=FLEXIBLE)
def late_within_limit(act: Act[Facts]) -> bool:
    first, chosen = statutory_day(act), act.facts.chosen
    return chosen != first and between(first, chosen, act.end_of(Retirement.flexibility, first) if first else None)


@guard("须记于达到法定退休年龄之日", "it is dated on the day of the statutory age", cites=AGE)
def at_statutory_age(act: Act[Facts]) -> bool:
    return act.on == statutory_day(act)


@guard("须为该年的最低缴费年限", "the minimum is that of the year", cites=MINIMUM)
def minimum_of_the_year(act: Act[Facts]) -> bool:
    value = act.figure(Retirement.minimum)
    return value is not None and act.facts.minimum == in_months(value)


@guard("当地接受提前预审且已到时间", "the place reviews files ahead, and it is time", cites=RONGCHENG)
def review_open(act: Act[Facts]) -> bool:
    last = statutory_day(act)
    return between(ahead_of(last, Retirement.pre_review, act), act.on, last)


EARLY = same_person & written & told_in_time & above_old_age & early_within_limit
LATE = same_person & written & may_wait & agreed_in_time & late_within_limit
AT_AGE = same_person & at_statutory_age & minimum_of_the_year


class Retirement(Process):
    """The retirement of one employee."""

    title = Text("退休和基本养老金申领", "Retirement and claim of the basic pension")
    facts = Facts

    claiming = Place("待遇领取地", "place of the pension")

    employee = Role("职工（参保人）", "employee, the insured person", sole=True)
    employer = Role("用人单位", "employer", sole=True)
    agency = Role("社会保险经办机构", "social insurance agency")

    handling = Term("办理时限", "handling", owed_by=agency)
    claiming_for = Term("用人单位申领时限", "claim by the employer", owed_by=employer)
    old_age = Rule("原法定退休年龄", "old statutory age", age=True)
    age_limit = Rule("延迟后的法定退休年龄上限", "statutory age at the end of the schedule", age=True)
    births = Rule("每延迟一个月所隔出生月数", "months of birth that share one month of delay")
    notice = Rule("提前退休告知期限", "notice of early retirement")
    agreement = Rule("延迟退休约定期限", "agreement on delayed retirement")
    flexibility = Rule("弹性退休最长时间", "how much earlier or later one may retire")
    minimum = Rule("最低缴费年限", "minimum of paid months")
    pre_review = Rule("最早预审时间", "how long ahead a file is reviewed")

    filed = State("已提前预审档案", "file reviewed ahead")
    notified = State("已告知提前退休", "early retirement notified")
    agreed = State("已约定延迟退休", "delay agreed on")
    deferred = State("延迟退休期间", "retirement deferred")
    retired = State("已到退休时间", "retired", claiming_for)
    extending = State("延长缴费", "payment extended")
    examining = State("审核", "being examined", handling)
    returned = State("退回补正", "returned for completion", stops=handling, by_analogy=True)
    granted = State("已核定", "granted", final=True)
    refused = State("不予核定", "refused", final=True)
    linked = State("已选择转入城乡居民基本养老保险", "resident scheme chosen", final=True)
    withdrawn = State("已撤回", "withdrawn", final=True)

    present_file = opens(filed, when=review_open).by(
        employer, "提前预审档案", "have the file reviewed ahead", data=Person, cites=RONGCHENG
    )
    notify = (opens(notified, when=EARLY) | filed.to(notified, when=EARLY)).by(
        employee, "告知弹性提前退休", "give notice of early retirement", data=Wish, cites=FLEXIBLE
    )
    agree = (opens(agreed, when=LATE) | filed.to(agreed, when=LATE)).by(
        employer, "约定弹性延迟退休", "agree on a delay", data=Wish, cites=FLEXIBLE
    )
    reach = (
        (opens(retired, when=AT_AGE) | filed.to(retired, when=AT_AGE) | agreed.to(deferred, when=AT_AGE))
        | notified.to(retired, when=same_person & on_chosen_day & minimum_of_the_year & paid_up)
    ).by(agency, "到龄登记", "record that the age is reached", data=Age, cites=AGE)
    end_early = deferred.to(retired, when=written).by(
        employer, "协商终止延迟退休", "end the delay early", data=Ending, cites="hrss-2024-94"
    )
    end_delay = deferred.to(retired, when=on_chosen_day).by(employer, "延迟期满", "end the delay", cites=FLEXIBLE)

    of_age = retired | extending
    claim = of_age.to(examining, when=paid_up).by(employee, "申领", "claim", data=Record, cites=CLAIM)
    claim_for = of_age.to(examining, when=paid_up).by(
        employer, "代为申领", "claim for the employee", data=Record, cites=CLAIM
    )
    send_back = examining.to(returned).by(agency, "退回补正", "send back", data=Remarks, cites=CLAIM)
    complete = returned.to(examining, when=paid_up).by(employee, "补正", "complete", data=Record, cites=CLAIM)
    collect = examining.stays().by(agency, "归集年限", "collect", data=Record, cites="social-insurance-law 19")
    extend = (retired | examining).to(extending, when=too_few).by(employee, "延长缴费", "extend payment", cites=SHORT)
    link = of_age.to(linked, when=too_few).by(employee, "转入城乡居民基本养老保险", "change scheme", cites=SHORT)
    grant = examining.to(granted, when=paid_up & collected).by(agency, "核定", "grant", cites=CLAIM)
    refuse = examining.to(refused).by(agency, "不予核定", "refuse", data=Refusal, cites=CLAIM)
    withdraw = (notified | examining | returned).to(withdrawn).by(employee, "撤回", "withdraw", cites=FLEXIBLE + CLAIM)
