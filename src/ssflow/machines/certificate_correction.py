"""Correcting the insured place that a medical e-certificate shows. 医保电子凭证参保地更正

The holder fills in the missing data at the counter of the insured place; these are passed up from body to body to the national
bureau, which makes the correction. Some places make it themselves. No law sets a time; the guide's two to three months are
an expectation, not a term.
"""

from typing import Annotated

from attrs import field, frozen

from ssflow.machines.shared.agents import Agent, authority_shown
from ssflow.machines.shared.channels import Channel
from ssflow.machines.shared.remarks import Remarks
from ssflow.persons import Identity
from ssflow.process import Act, Expectation, Place, Process, Role, Rule, State, Term, guard, opens
from ssflow.regions import a_place
from ssflow.text import Text


@frozen(kw_only=True)
class Form:
    """The form that completes the data. ``shown`` is the code of the place that the certificate shows, if it shows any."""

    holder: Annotated[Identity, "参保人"]
    shown: Annotated[str, "凭证显示的参保地"] = field(default="", validator=a_place)
    identity_shown: Annotated[bool, "已出示身份证件"] = False
    channel: Annotated[Channel, "申请渠道"] = Channel.counter
    agent: Annotated[Agent | None, "代办人"] = None


@frozen
class Facts:
    """The facts of a correction."""

    holder: Identity | None = None
    shown: str = ""
    identity_shown: bool = False
    channel: Channel | None = None
    agent: Agent | None = None


@guard("须出示身份证件", "the identity document is shown", cites=["guide-000 3", "decree-765 31"])
def identity_shown(act: Act[Facts]) -> bool:
    return act.facts.identity_shown


@guard(
    "凭证显示的参保地须与实际参保地不符",
    "the certificate shows another place than the insured place, or none",
    cites="guide-000 3",
)
def place_is_wrong(act: Act[Facts]) -> bool:
    return act.facts.shown not in act.places.values()


@guard("网上填报须已开通该渠道", "an online form needs a place that accepts it", cites="fujian-certificate-page")
def channel_open(act: Act[Facts]) -> bool:
    value = act.figure(CertificateCorrection.online)
    return act.facts.channel is Channel.counter or (value is not None and value.amount is True)


@guard("补正不得变更参保人", "a correction keeps the insured person", cites="guide-000 3")
def same_person(act: Act[Facts]) -> bool:
    return act.before.holder == act.facts.holder


@guard("当地可自行更正", "the place corrects by itself", cites="fujian-certificate-page")
def corrects_itself(act: Act[Facts]) -> bool:
    value = act.figure(CertificateCorrection.local)
    return value is not None and value.amount is True


class CertificateCorrection(Process):
    """The correction of one certificate."""

    title = Text("医保电子凭证参保地更正", "Correction of the insured place in a medical e-certificate")
    facts = Facts

    insured = Place("参保地", "insured place")

    holder = Role("参保人", "insured person", sole=True)
    counter = Role("参保地医保经办柜台", "counter of the insured place")
    city_centre = Role("市医疗保险中心", "city medical insurance centre")
    city_bureau = Role("市医疗保障局", "city medical security bureau")
    province = Role("省医疗保障局", "provincial medical security bureau")
    nation = Role("国家医疗保障局", "national medical security bureau")

    correction = Term("更正时限", "correction", owed_by=counter)
    usual = Expectation("预期用时", "how long a correction is said to take")
    online = Rule("可否网上填报", "whether the form can be filed online")
    local = Rule("可否由当地更正", "whether the place corrects by itself")

    filed = State("柜台已受理", "filed at the counter", correction)
    returned = State("退回补正", "returned for correction", stops=correction, by_analogy=True)
    at_city_centre = State("市医保中心", "at the city centre", correction)
    at_city_bureau = State("市医保局", "at the city bureau", correction)
    at_province = State("省医保局", "at the provincial bureau", correction)
    at_nation = State("国家医保局", "at the national bureau", correction)
    corrected = State("已更正", "corrected", final=True)
    refused = State("不予更正", "refused", final=True)
    withdrawn = State("已撤回", "withdrawn", final=True)

    file = opens(filed, when=identity_shown & place_is_wrong & channel_open & authority_shown).by(
        holder, "填报信息补录", "file the form", data=Form, cites="guide-000 3"
    )
    send_back = filed.to(returned).by(counter, "退回补正", "send back", data=Remarks, cites="licensing-law 32(1)(4)")
    correct = returned.to(
        filed, when=same_person & identity_shown & place_is_wrong & channel_open & authority_shown
    ).by(holder, "补正", "correct", data=Form, cites="licensing-law 32(1)(4)")
    refuse = filed.to(refused).by(counter, "不予更正", "refuse", data=Remarks, cites="decree-765 9")
    withdraw = (filed | returned).to(withdrawn).by(holder, "撤回填报", "withdraw", cites="guide-000 3")

    rectify_here = filed.to(corrected, when=corrects_itself).by(
        counter, "当地更正", "rectify at the place", cites="fujian-certificate-page"
    )
    report = filed.to(at_city_centre).by(counter, "上报市医保中心", "report to the city centre", cites="guide-000 3")
    submit = at_city_centre.to(at_city_bureau).by(
        city_centre, "提交市医保局", "submit to the city bureau", cites="guide-000 3"
    )
    submit_to_province = at_city_bureau.to(at_province).by(
        city_bureau, "提交省医保局", "submit to the provincial bureau", cites="guide-000 3"
    )
    submit_to_nation = at_province.to(at_nation).by(
        province, "提交国家医保局", "submit to the national bureau", cites="guide-000 3"
    )
    rectify = at_nation.to(corrected).by(nation, "更正数据", "rectify the data", cites="guide-000 3")
