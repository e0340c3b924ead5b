"""The office that others have simulated, as a procedure of its own: review, print and delivery, and nothing else.

`card_office.toml` plays it by the procedure of card replacement, where a fee comes first and the card is enabled at the end.
"""

from __future__ import annotations

from datetime import date, time

from attrs import frozen

from ssflow import Legislation
from ssflow.calendar import workdays
from ssflow.process import Place, Process, Role, State, Term, opens
from ssflow.rules import Rulebook, rulebook
from ssflow.simulation import Arrivals, Duration, Practice, Profile, Scenario, Serves, Station
from ssflow.text import Text
from tests.case.petition import figure


@frozen
class Facts:
    """Nothing that is done turns on facts."""


class PrintOffice(Process):
    """A card is applied for, looked at, perhaps sent back, printed within twenty working days, and delivered."""

    title = Text("制卡窗口", "Print office")
    facts = Facts

    here = Place("本地", "here")
    holder, office = Role("申请人", "holder"), Role("经办机构", "office")
    printer, courier = Role("制卡单位", "printer"), Role("邮政", "courier")

    check = Term("审核期限", "check", owed_by=office)
    production = Term("制卡期限", "production", owed_by=printer)

    checking = State("审核中", "being checked", check, production)
    returned = State("已退回", "sent back", production)
    printing = State("制卡中", "being printed", production)
    posted = State("邮寄中", "in the post")
    ready = State("待领取", "ready")
    had = State("已领取", "had by the holder", final=True)
    withdrawn = State("已撤回", "withdrawn", final=True)

    apply = opens(checking).by(holder, "申请", "apply", cites="guide-004")
    send_back = checking.to(returned).by(office, "退回", "send back", cites="guide-004")
    correct = returned.to(checking).by(holder, "补正", "correct", cites="guide-004")
    withdraw = checking.to(withdrawn).by(holder, "撤回", "withdraw", cites="guide-004")
    accept = checking.to(printing).by(office, "受理", "accept", cites="guide-004")
    post = printing.to(posted).by(printer, "寄出", "post", cites="guide-004")
    hand_over = printing.to(ready).by(printer, "交网点", "hand over", cites="guide-004")
    deliver = posted.to(had).by(courier, "送达", "deliver", cites="guide-004")
    collect = ready.to(had).by(holder, "领取", "collect", cites="guide-004")


BOOK = Rulebook(
    "print_office",
    (figure("check", workdays(15)), figure("production", workdays(20))),
    laws=rulebook("consultation").laws,
)


WITHDRAWS, AFTER = (
    5,
    4,
)  # per cent who would withdraw if the review is not quicker, and after how many days on the average


def office(*, withdraws: bool = False) -> Scenario:
    """Forty applications a day, of which 80 can be looked at and 60 printed, as each day begins; perhaps some withdraw while they are looked at."""
    opening = (time(9), time(9, 1))
    racing = Practice(
        state="checking",
        by="holder",
        acts={"withdraw": WITHDRAWS},
        others=100 - WITHDRAWS,
        takes=Duration("exponential", AFTER, "workdays"),
    )
    return Scenario(
        process="print_office",
        places="440100",
        start=date(2026, 3, 2),
        follow=150,
        arrivals=Arrivals(per_day=40, through=date(2026, 9, 30)),
        profiles=[Profile(id="card", opens="apply")],
        practices=[
            *([racing] if withdraws else []),
            Practice(
                state="checking",
                by="office",
                acts={"accept": 92, "send_back": 8},
                takes=Duration("lognormal", [0.8825, 0.5], "workdays"),
            ),
            Practice(state="returned", by="holder", acts={"correct": 1}, takes=Duration("geometric", 3, "workdays")),
            Practice(
                state="printing",
                by="printer",
                acts={"post": 60, "hand_over": 40},
                takes=Duration("normal", [12, 3], "workdays"),
            ),
            Practice(state="posted", by="courier", acts={"deliver": 1}, takes=Duration("fixed", 3, "workdays")),
            Practice(state="ready", by="holder", acts={"collect": 1}, takes=Duration("exponential", 5, "workdays")),
        ],
        stations=[
            Station(id="review", serves=[Serves(state="checking", by="office")], per_day=80, hours=opening),
            Station(id="print", serves=[Serves(state="printing", by="printer")], per_day=60, hours=opening),
        ],
        law=Legislation(rulebook=lambda _: BOOK),
    )
