"""The guards of a medical insurance transfer that look at facts alone; those that read figures are in the definition."""

from __future__ import annotations

from ssflow.machines.medical_transfer.data import Facts, Route
from ssflow.process import Act, guard


@guard(
    "须经平台或者窗口申请；走凭证途径的，先在转出地打印参保凭证",
    "the application is made without a certificate; a person who uses a certificate prints it at the old place first",
    cites=["guide-003 1.3", "guide-003 2.5"],
)
def online(act: Act[Facts]) -> bool:
    """No certificate is needed."""
    return act.facts.route is Route.online


@guard("须为参保凭证所载的人", "the applicant is the person of the certificate", cites="guide-003 1.3")
def same_person(act: Act[Facts]) -> bool:
    """The applicant is the person of the certificate."""
    return act.before.person == act.facts.person


@guard(
    "退休人员不转移", "a retired person does not transfer", cites=["social-insurance-law 32", "nhsa-office-2021-43 2"]
)
def not_retired(act: Act[Facts]) -> bool:
    """The person has not retired."""
    return not act.facts.retired


@guard("原参保地须已停保", "cover at the old place has ended", cites=["social-insurance-law 32", "nhsa-office-2021-43"])
def stopped_there(act: Act[Facts]) -> bool:
    """Cover at the old place has ended, so that there is no double cover."""
    return act.facts.stopped


@guard(
    "须已在新参保地参保",
    "the person is insured at the new place",
    cites=["social-insurance-law 32", "nhsa-office-2021-43"],
)
def insured_here(act: Act[Facts]) -> bool:
    """The person is insured at the new place from the day of the act at the latest."""
    start = act.facts.insured_from
    return act.facts.insured and start is not None and start <= act.on


@guard("个人账户须有余额", "the personal account has a balance", cites=["hrss-office-2016-94", "nhsa-office-2021-43"])
def has_balance(act: Act[Facts]) -> bool:
    """There is a balance to be paid over."""
    return act.facts.balance > 0


@guard("到账金额须与信息表一致", "the sum received is that of the sheet", cites="nhsa-office-2021-43")
def matches(act: Act[Facts]) -> bool:
    """The money received is the sum on the sheet."""
    return act.facts.received == act.facts.balance


@guard(
    "缴费年限累计计算，重复的月份只计一次",
    "the months of all places are added up, each counted once",
    cites="social-insurance-law 32",
)
def added_up(act: Act[Facts]) -> bool:
    """The months recorded are those of both places."""
    return act.facts.months == act.facts.months_in_all


ACCEPTABLE = not_retired & stopped_there & insured_here
