"""The guards of a pension transfer that look at facts alone; those that read figures are in the definition."""

from __future__ import annotations

from ssflow.machines.pension_transfer.data import Account, Arrears, Facts, Ways
from ssflow.machines.reckoning.place_of_receipt import province_of
from ssflow.process import Act, guard


@guard(
    "所报周岁须与居民身份证在新参保地参保登记之日（未参保的，申请之日）的周岁一致，登记不晚于申请",
    "the age is that of the identity card on the day of the registration at the new place, or of the application if there is none",
    cites="state-council-office-2009-66 5(1)(2)",
)
def age_as_on_card(act: Act[Facts]) -> bool:
    """The stated age is that of the identity number on the decisive day, where the number gives one."""
    day = act.facts.enrolled_on or act.on
    person = act.facts.person
    return day <= act.on and person is not None and person.age_on(day) in (None, act.facts.age)


@guard("全国办法只适用于跨省流动", "the Measures are for moves between provinces", cites="state-council-office-2009-66")
def between(act: Act[Facts]) -> bool:
    """The two places lie in two provinces."""
    return province_of(act.places["old"]) != province_of(act.places["new"])


@guard(
    "已在新参保地参保的，须写明参保登记之日",
    "a person who is insured at the new place states the day of registration there",
    cites="state-council-office-2009-66 5(1)(2)",
)
def registration_told(act: Act[Facts]) -> bool:
    """The day on which the age is decisive is known."""
    return not act.facts.insured or act.facts.enrolled_on is not None


@guard(
    "新参保地只有临时账户的，关系不转入",
    "a place with a temporary account only takes no relation",
    cites="state-council-office-2009-66 5(1)(2)",
)
def account_ordinary(act: Act[Facts]) -> bool:
    """The account at the new place is an ordinary one."""
    return act.facts.account is Account.ordinary


@guard("原参保地须已停止缴费", "payments at the old place have stopped", cites="state-council-client-transfer-page")
def stopped_there(act: Act[Facts]) -> bool:
    """Contributions at the old place have ended."""
    return act.facts.stopped


@guard(
    "已按国家规定领取基本养老保险待遇的，不再转移",
    "nothing is transferred once the pension is drawn",
    cites="state-council-office-2009-66 2",
)
def not_drawing(act: Act[Facts]) -> bool:
    """No pension is drawn yet."""
    return not act.facts.drawing


@guard(
    "有欠费的，须告知本人，并记明补缴或者不补缴",
    "the person is told of arrears, and whether they will be paid is noted",
    cites="hrss-2009-187",
)
def arrears_told(act: Act[Facts]) -> bool:
    """No arrears are left to be notified."""
    return act.facts.arrears is not Arrears.untold


@guard("转入金额须与信息表一致", "the sum received is that of the sheet", cites="hrss-2009-187")
def matches(act: Act[Facts]) -> bool:
    """The money received is the sum on the sheet, or is settled later between the provinces."""
    return act.regime is Ways.sheet or act.facts.stated == act.facts.received


@guard("转入金额与信息表不一致", "the sum received is not that of the sheet", cites="hrss-2009-187")
def differs(act: Act[Facts]) -> bool:
    """The money received is not the sum on the sheet."""
    return act.facts.stated != act.facts.received


in_order = age_as_on_card & registration_told
movable = account_ordinary & stopped_there & not_drawing
