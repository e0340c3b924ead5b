"""A fine under the Italian road code and the appeal to the prefect: articles 203 and 204 of the Codice della strada.

Read were both articles as changed in 2003. The terms of 203(1-bis), 203(2) and 204(1) are peremptory and add up: whatever the office saves the
prefect gains. That is said by one clock of the sum, as the language has no lapse that another's remainder lengthens. The reduced payment
(202) and the notification and payment of the order (204(2), 206) were not read and are left out.
"""

from datetime import date
from typing import Annotated

import pytest
from attrs import frozen

from ssflow.calendar import days
from ssflow.errors import RefusedError
from ssflow.process import Lapse, Place, Process, Role, State, Until, opens
from ssflow.rules import Law
from ssflow.text import Text
from tests.foreign.playing import Acts, due, figure, law_of, played


@frozen
class Summons:
    """To which day the person is invited to be heard (204(1-ter))."""

    heard_on: Annotated[date, "听取陈述日"]


@frozen
class Facts:
    heard_on: date | None = None


class Fine(Process):
    """A fine that was notified, up to its becoming enforceable or the decision on the appeal."""

    title = Text("交通罚款", "Traffic fine")
    facts = Facts

    italy = Place("意大利", "Italy")
    offender = Role("当事人", "offender", sole=True)
    office, prefect = Role("处罚机关", "office that found the violation"), Role("省督", "prefect")

    appeal = Lapse("申诉期限", "time to appeal")
    silence = Lapse("视为支持的期限", "until silence allows the appeal")
    silence_direct = Lapse("径向省督申诉时视为支持的期限", "until silence allows an appeal lodged with the prefect")
    hearing = Lapse("听取陈述日", "day of the hearing")

    notified = State("已送达", "notified", appeal)
    appealed = State("已申诉", "appealed", silence)
    lodged = State("已径向省督申诉", "lodged with the prefect", silence_direct)
    summoned = State("已通知听取陈述", "invited to be heard", hearing, stops=(silence, silence_direct))
    enforceable = State("可以执行", "enforceable", final=True)
    allowed = State("视为支持申诉", "deemed allowed", final=True)
    ordered = State("已责令缴纳", "payment ordered", final=True)
    dropped = State("已归档", "dropped", final=True)

    notify = opens(notified).by(office, "送达", "notify", cites="cds 203(1)")
    lodge = notified.to(appealed).by(offender, "向处罚机关申诉", "appeal at the office", cites="cds 203(1)")
    lodge_directly = notified.to(lodged).by(
        offender, "径向省督申诉", "appeal to the prefect by post", cites="cds 203(1)"
    )
    let_pass = notified.to(enforceable).after(appeal, "逾期未申诉", "no appeal in time", cites="cds 203(3)")
    summon = (
        (appealed | lodged)
        .to(summoned)
        .by(
            prefect,
            "通知听取陈述",
            "invite to be heard",
            data=Summons,
            sets=Until(hearing, "heard_on"),
            cites="cds 204(1)",
        )
    )
    hear = summoned.back(appealed | lodged).by(prefect, "听取陈述", "hear", cites="cds 204(1)")
    stay_away = summoned.back(appealed | lodged).after(hearing, "未到场", "did not appear", cites="cds 204(1)")
    order = (appealed | lodged).to(ordered).by(prefect, "责令缴纳", "order the payment", cites="cds 204(1)")
    drop = (appealed | lodged).to(dropped).by(prefect, "归档", "drop it", cites="cds 204(1)")
    allow = appealed.to(allowed).after(silence, "逾期视为支持", "silence allows it", cites="cds 204(1)")
    allow_directly = lodged.to(allowed).after(
        silence_direct, "逾期视为支持", "silence allows it too", cites="cds 204(1)"
    )


CDS = Law(id="cds", title=Text("意大利道路法典", "Codice della strada"), kind="statute", number="d.lgs. 285/1992")
SUM = "204(1-bis) sono perentori e si cumulano tra loro; 203(2) sessanta giorni; 204(1) centoventi giorni"
FIGURES = (
    figure(
        "appeal", days(60), "cds 203(1)", "nel termine di giorni sessanta dalla contestazione o dalla notificazione"
    ),
    figure("silence", days(60 + 120), "cds 204(1)", SUM),
    figure("silence_direct", days(30 + 60 + 120), "cds 204(1)", f"{SUM}; 203(1-bis) trenta giorni"),
)
LAW = law_of(Fine, CDS, FIGURES, "IT", "Europe/Rome")
F = Fine
NOTIFIED: Acts = [(F.notify(), F.office, date(2026, 1, 12))]
APPEALED: Acts = [*NOTIFIED, (F.lodge(), F.offender, date(2026, 2, 2))]
SUMMONED: Acts = [*APPEALED, (F.summon(Summons(date(2026, 4, 14))), F.prefect, date(2026, 4, 1))]


def test_who_does_not_appeal_in_sixty_days_owes() -> None:
    """203(1), (3): the sixtieth day is the 13th of March; from the next the report is enforceable, and no appeal is taken."""
    assert played(F, LAW, NOTIFIED, date(2026, 3, 13)).state is F.notified
    assert played(F, LAW, NOTIFIED, date(2026, 3, 14)).state is F.enforceable
    with pytest.raises(RefusedError, match="it has to be in"):
        played(F, LAW, [*NOTIFIED, (F.lodge(), F.offender, date(2026, 3, 16))])


def test_silence_allows_the_appeal() -> None:
    """204(1-bis): 60 days of the office and 120 of the prefect after the appeal of the 2nd of February, however they were shared."""
    case = played(F, LAW, APPEALED)
    assert due(case, "silence") == date(2026, 8, 1)
    assert played(F, LAW, APPEALED, date(2026, 8, 2)).state is F.allowed
    assert played(F, LAW, [*APPEALED, (F.order(), F.prefect, date(2026, 8, 1))]).state is F.ordered


def test_an_appeal_by_post_to_the_prefect_takes_thirty_days_more() -> None:
    """203(1-bis): the prefect sends it to the office first."""
    directly = played(F, LAW, [*NOTIFIED, (F.lodge_directly(), F.offender, date(2026, 2, 2))])
    assert due(directly, "silence_direct") == date(2026, 8, 31)


@pytest.mark.parametrize("comes", [True, False])
def test_the_clock_stands_until_the_hearing(comes: bool) -> None:
    """204(1-ter): from the invitation to the hearing; then the case goes on where it was. If nobody comes, a lapse comes after the day that was
    set, so the clock stands on that day too: one day more than whoever lets it go on with the day itself.
    """
    assert due(played(F, LAW, SUMMONED), "silence") is None
    heard: Acts = [*SUMMONED, (F.hear(), F.prefect, date(2026, 4, 14))] if comes else SUMMONED
    case = played(F, LAW, heard, date(2026, 4, 15))
    assert case.state is F.appealed
    assert due(case, "silence") == date(2026, 8, 14 if comes else 15)
