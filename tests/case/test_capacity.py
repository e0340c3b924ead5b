"""Who may: a correction is made in a role that may correct, and a related case is somebody's own."""

from decimal import Decimal

import pytest

from ssflow import Cases, Legislation
from ssflow.errors import DefinitionError, RefusedError
from ssflow.machines.card_replacement import Application, CardReplacement, Payment, Photo, Reason
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.process import Place, Process, Role, State, opens
from ssflow.records.codec import Codec
from ssflow.rules import Rulebook
from ssflow.text import Text
from tests.case.conftest import DAY, HOLDER
from tests.case.petition import BOOK, Asked, Facts, Petition, cases_of
from tests.process.question import body

C, L = CardReplacement, LossReport
APPLICATION = Application(holder=HOLDER, reason=Reason.lost, photo=Photo.identity_card)
PAID = C.pay(Payment(Decimal(20)))


def test_nobody_takes_a_case_over_by_a_correction(lost: Cases) -> None:
    """Whose case it is does not become another's word: the office that may correct says so, and it is on record that it did."""
    with pytest.raises(RefusedError, match="only the card office or issuer or courier"):
        lost.correct("card-1", 1, C.apply(APPLICATION), reason="x", party="another")
    with pytest.raises(RefusedError, match="may correct an act of others"):
        lost.correct("card-1", 1, C.apply(APPLICATION), reason="x", corrector=C.holder, party="another")
    assert lost.get("card-1").parties == {"holder": "p1"}
    wrong = Cases(lost.store, now=lost.now)
    with pytest.raises(
        RefusedError, match="the loss report that is named"
    ):  # the report that it binds is still the first party's
        wrong.correct("card-1", 1, C.apply(APPLICATION), reason="当事人编号录错", corrector=C.office, party="p2")


def test_who_may_correct_is_on_record(lost: Cases) -> None:
    """The role that corrected stands in the event, beside the role that is said to have acted."""
    lost.do("card-1", PAID, by=C.holder, on=DAY, party="p1")
    lost.correct("card-1", 2, C.pay(Payment(Decimal(25))), reason="金额录错", corrector=C.office, actor="u1")
    event = lost.trace("card-1")[-1]
    assert (event.by, event.party, event.corrector, event.actor) == ("holder", "p1", "office", "u1")
    codec = Codec(lost.process_of)
    assert codec.decode(codec.encode(event)) == event
    assert lost.get("card-1").parties == {"holder": "p1"}


@pytest.mark.parametrize("deed", [C.pay(Payment(Decimal(25))), None])
def test_whoever_acted_corrects_that(lost: Cases, deed) -> None:
    """What nobody else is named to correct is corrected by whoever did it, in the same role and for the same party."""
    lost.do("card-1", PAID, by=C.holder, on=DAY, party="p1")
    lost.correct("card-1", 2, deed, reason="录错")
    assert lost.trace("card-1")[-1].corrector == ""
    with pytest.raises(RefusedError, match="may correct an act of others"):
        lost.correct("card-1", 1, C.apply(APPLICATION), reason="x", by=C.office)


class Alone(Process):
    """What a person does alone: no office has a part in it."""

    title = Text("自助事项", "Something done alone")
    facts = Facts

    here = Place("本地", "here")
    person = Role("个人", "person", sole=True)
    asked, over = State("已提出", "asked"), State("已撤回", "withdrawn", final=True)

    ask = opens(asked).by(person, "提出", "ask", data=Asked, cites="guide-004")
    withdraw = asked.to(over).by(person, "撤回", "withdraw", cites="guide-004")


@pytest.mark.parametrize(
    ("process", "en", "zh"),
    [
        (
            Petition,
            "only the clerk or manager may correct an act of others (corrector); the role that acted corrects its own act, for the same party",
            "他人的办理只能由经办或者负责人更正（corrector）；本人的办理由原主体更正，不得改换主体和当事人",
        ),
        (
            Alone,
            "the role that acted corrects its own act, for the same party; nobody may correct an act of others",
            "只能由原主体更正本人的办理，不得改换主体和当事人",
        ),
    ],
)
def test_a_refusal_says_who_may_correct(process, en: str, zh: str) -> None:
    """It names the roles that may, or says that there are none."""
    books = {"petition": BOOK, "alone": Rulebook("alone", (), laws=BOOK.laws)}
    cases = cases_of(process, Legislation(rulebook=books.__getitem__))
    cases.open(process.ask(Asked("x")), by=process.person, on=DAY, places="440100", case="p", party="somebody")
    with pytest.raises(RefusedError) as refused:
        cases.correct("p", 1, process.ask(Asked("y")), reason="录错", party="another")
    (ground,) = refused.value.grounds
    assert (ground.reason.en, ground.reason.zh) == (en, zh)


def test_the_definition_may_name_who_corrects() -> None:
    """A procedure that names its correctors has no others; they are its own roles."""
    named = type("Question", (Process,), body(corrects=lambda p: (p["clerk"],)))
    assert named.correctors() == (named.clerk,)
    with pytest.raises(DefinitionError, match="corrects: uses 'card office', which is not bound"):
        type("Question", (Process,), body(corrects=(C.office,)))


def test_a_replacement_binds_its_own_holders_report(cases: Cases) -> None:
    """Naming the report of another party is refused, whatever the application says of the holder."""
    report = L.report_formally(Report(Track.social, HOLDER))
    cases.open(report, by=L.holder, on=DAY, places="440100", case="loss-1", party="p1")
    for party in ("p2", ""):
        with pytest.raises(RefusedError, match="the loss report that is named"):
            cases.open(C.apply(APPLICATION), by=C.holder, on=DAY, places="440100", links=["loss-1"], party=party)
    assert cases.get("loss-1").state is L.formal
    bound = cases.open(C.apply(APPLICATION), by=C.holder, on=DAY, places="440100", links=["loss-1"], party="p1")
    assert bound.state is C.checking
