"""What happens in a life opens its cases together, linked and dated as one plan."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from attrs import evolve

from ssflow import Cases, MemoryStore
from ssflow.errors import InputError, RefusedError, UnknownError
from ssflow.life_events import found_employer, lose_card, move, retire
from ssflow.machines import attribution_change, card_replacement, medical_transfer, pension_transfer
from ssflow.machines.attribution_change import AttributionChange
from ssflow.machines.card_replacement import CardReplacement
from ssflow.machines.certificate_correction import Form
from ssflow.machines.employee_registration import Cause, Hiring
from ssflow.machines.employer_registration import EmployerRegistration, Founding, Kind
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.machines.pension_transfer import PensionTransfer
from ssflow.machines.reckoning.periods import PaidPeriod
from ssflow.machines.reckoning.retirement_age import Group
from ssflow.machines.retirement import Age, Retirement, Wish
from ssflow.persons import Identity, IdentityKind

PERSON = Identity("360426199101010071")
NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
MOVING = {
    "pension": pension_transfer.Application(
        person=PERSON,
        sex=pension_transfer.Sex.man,
        age=35,
        register="360426",
        insured=True,
        enrolled_on=date(2026, 1, 5),
        stopped=True,
    ),
    "medical": medical_transfer.Application(
        person=PERSON, route=medical_transfer.Route.online, stopped=True, insured=True, insured_from=date(2026, 1, 1)
    ),
    "card": attribution_change.Application(holder=PERSON, insured=True),
    "certificate": Form(holder=PERSON, shown="500000", identity_shown=True),
}
PASSPORT = Identity("E12345678", IdentityKind.passport)
FAR = pension_transfer.Application(
    person=PASSPORT,
    sex=pension_transfer.Sex.man,
    age=60,
    register="110105",
    insured=False,
    stopped=True,
    at_benefit_age=True,
    periods=(PaidPeriod(date(1995, 7, 1), date(2025, 3, 31), "510100"),),
)


@pytest.fixture
def cases() -> Cases:
    """An empty store with a clock that stands at 22 November 2026."""
    return Cases(MemoryStore(), now=lambda: NOW)


def test_a_move_is_one_plan(cases: Cases) -> None:
    """Four cases are opened on one day; the plan says who must do what by when, and who may go on where no clock runs."""
    plan = move(cases, on=date(2026, 2, 2), old="500000", new="510100", **MOVING, party="p1", case="m")

    assert [case.id for case in plan.cases] == ["m.pension", "m.medical", "m.card", "m.certificate"]
    assert plan.case("pension_transfer").regime.name == "sheet"
    assert {link.case for case in plan.cases for link in case.links} == {"m.medical"}
    dues = [duty.due for duty in plan.duties if duty.due]
    assert dues == sorted(dues)
    assert "转移" in plan.say("zh")
    assert {row["case"].split()[-1] for row in plan.rows("en")} == {case.id for case in plan.cases}
    assert "<table>" in plan._repr_html_()
    assert plan.read(cases).cases == plan.cases


def test_the_plan_follows_its_cases(cases: Cases) -> None:
    """Read again, it shows what has been done since; what is overdue comes first and says so."""
    plan = move(cases, on=date(2026, 2, 2), old="500000", new="110105", pension=MOVING["pension"], party="p1", case="m")
    cases.do("m.pension", PensionTransfer.accept(), by=PensionTransfer.new_agency, on=date(2026, 2, 4))

    plan = plan.read(cases)
    assert [(duty.title.en, duty.due) for duty in plan.duties if duty.due] == [("review and letter", date(2026, 3, 3))]
    cases.advance(date(2026, 3, 4))
    assert plan.read(cases).duties[0].status.en == "overdue"


def test_what_does_not_move_is_not_opened(cases: Cases) -> None:
    """Only what is given is opened; nothing at all is an error."""
    plan = move(cases, on=date(2026, 2, 2), old="500000", new="510100", card=MOVING["card"], party="p1")

    assert [case.process for case in plan.cases] == [AttributionChange]
    assert re.fullmatch(r"move-[0-9a-f]{12,}\.card", plan.cases[0].id), "its id is made up"
    with pytest.raises(ValueError, match="there is nothing to move"):
        move(cases, on=date(2026, 2, 2), old="500000", new="510100")


def test_one_refusal_stops_the_whole_move(cases: Cases) -> None:
    """All grounds of all cases are told, and nothing is opened."""
    wrong = {
        **MOVING,
        "card": attribution_change.Application(holder=PERSON, insured=False),
        "certificate": Form(holder=PERSON),
    }

    with pytest.raises(RefusedError) as refused:
        move(cases, on=date(2026, 2, 2), old="500000", new="510100", **wrong, party="p1")
    assert {"insured_there", "identity_shown"} <= {ground.name for ground in refused.value.grounds}
    assert cases.store.rows() == ()


def test_nothing_moves_within_one_place(cases: Cases) -> None:
    """A move has two ends."""
    with pytest.raises(ValueError, match="old and new are both 510100"):
        move(cases, on=date(2026, 2, 2), old="510100", new="510100", **MOVING, party="p1")
    assert cases.store.rows() == ()


def test_a_move_is_one_persons(cases: Cases) -> None:
    """Applications of two persons are no one move; the error says which names whom, and shows no number."""
    wrong = {**MOVING, "certificate": Form(holder=PASSPORT, shown="500000", identity_shown=True)}

    with pytest.raises(
        ValueError, match="pension, medical, card: resident identity card .*; certificate: passport"
    ) as told:
        move(cases, on=date(2026, 2, 2), old="500000", new="510100", **wrong, party="p1")
    assert PERSON.number not in str(told.value)
    assert PASSPORT.number not in str(told.value)
    assert cases.store.rows() == ()


def test_a_lost_card(cases: Cases) -> None:
    """The report binds the replacement; when the card is handed over, the expenses of the gap can be claimed."""
    plan = lose_card(
        cases,
        Report(Track.social, PERSON),
        card_replacement.Application(
            holder=PERSON, reason=card_replacement.Reason.lost, photo=card_replacement.Photo.identity_card
        ),
        on=date(2026, 9, 21),
        place="440100",
        party="p1",
        case="lost",
    )

    assert plan.case("loss_report").state is LossReport.replacing
    assert plan.next == ()
    holder, office, issuer = CardReplacement.holder, CardReplacement.office, CardReplacement.issuer
    cases.do(
        "lost.card",
        CardReplacement.pay(card_replacement.Payment(Decimal(20))),
        by=holder,
        on=date(2026, 9, 21),
        party="p1",
    )
    cases.do("lost.card", CardReplacement.accept(), by=office, on=date(2026, 9, 21))
    cases.do("lost.card", CardReplacement.finish(), by=issuer, on=date(2026, 9, 29))
    cases.do(
        "lost.card", CardReplacement.collect(card_replacement.Receipt()), by=holder, on=date(2026, 9, 30), party="p1"
    )
    assert [step.title.en for step in plan.read(cases).next] == [
        "Reimbursement of medical expenses without a card: claim"
    ]
    told = "may be opened now: Reimbursement of medical expenses without a card: claim"
    assert (plan.notes("en"), plan.read(cases).notes("en")) == ([], [told])
    assert plan.read(cases).say("en").endswith(f"\n\n{told}")
    with pytest.raises(UnknownError, match="unknown procedure 'retirement'"):
        plan.case("retirement")


@pytest.mark.parametrize(
    ("on", "state", "parties"),
    [(date(2015, 9, 7), "founded", {"employer": "e1"}), (date(2026, 9, 21), "registered", {})],
)
def test_a_new_employer(cases: Cases, on: date, state: str, parties: dict[str, str]) -> None:
    """Registered with its founding where the law of the day says so, by the authority; everybody hired has a case of his own."""
    plan = found_employer(
        cases,
        Founding("某公司", Kind.enterprise, on),
        [Hiring(PERSON, Cause.hired, on), Hiring(Identity("11010519491231002X"), Cause.hired, on)],
        on=on,
        place="140100",
        party="e1",
        case="e",
    )

    assert (plan.cases[0].state.name, dict(plan.cases[0].parties)) == (state, parties)
    assert [dict(case.parties) for case in plan.cases[1:]] == [{"employer": "e1"}] * 2
    assert [case.id for case in plan.cases] == ["e.employer", "e.employee-1", "e.employee-2"]
    assert all(case.links[0].case == "e.employer" for case in plan.cases[1:])


@pytest.mark.parametrize("began", [date(2026, 3, 2), date(2026, 5, 3)])
@pytest.mark.parametrize("place", ["140100", "110000"])
def test_an_employer_is_registered_on_the_day_of_its_founding(cases: Cases, began: date, place: str) -> None:
    """Jointly or not, the case begins when the employer does."""
    with pytest.raises(ValueError, match=f"began on {began}, not on 2026-05-02"):
        found_employer(cases, Founding("某公司", Kind.enterprise, began), on=date(2026, 5, 2), place=place)
    assert cases.store.rows() == ()


def test_a_place_may_register_no_employer_with_its_founding(cases: Cases) -> None:
    """A figure that says no is no figure that says yes: the employer has a term to apply."""
    day = date(2026, 9, 21)
    book = cases.law.rulebook("employer_registration").amended("joint", False, since=day, when={"kind": "enterprise"})
    reformed = evolve(cases, law=cases.law.with_rulebook(book))
    (employer,) = found_employer(reformed, Founding("某公司", Kind.enterprise, day), on=day, place="140100").cases
    assert employer.state is EmployerRegistration.founded


def test_the_day_of_a_founding_is_a_day(cases: Cases) -> None:
    """Anything else is refused by its name."""
    with pytest.raises(InputError) as refused:
        found_employer(cases, Founding("某公司", Kind.enterprise, date(2026, 3, 2)), on="today", place="140100")
    assert [fault.path for fault in refused.value.faults] == ["on"]


def test_a_retirement_brings_the_years_together(cases: Cases) -> None:
    """The pension case names the transfers of what was paid elsewhere, and cannot be granted before they are done."""
    plan = retire(
        cases,
        Retirement.reach,
        Age(insured=PASSPORT, group=Group.men, born=date(1965, 3, 10), minimum=180),
        {"510100": FAR},
        on=date(2025, 4, 10),
        place="110000",
        party="p1",
        case="r",
    )

    assert plan.cases[1].state is Retirement.retired
    assert [link.case for link in plan.cases[1].links] == ["r.from-510100"]
    assert plan.cases[0].places == {"old": "510100", "new": "110000"}
    assert [dict(case.parties) for case in plan.cases] == [{"applicant": "p1"}, {}]
    with pytest.raises(ValueError, match="opens no retirement; take one of present_file, notify, agree, reach$"):
        retire(cases, Retirement.claim, None, on=date(2025, 4, 10), place="110000")
    with pytest.raises(ValueError, match="PensionTransfer.apply opens no retirement"):
        retire(cases, PensionTransfer.apply, FAR, on=date(2025, 4, 10), place="110000")


def test_who_wishes_to_retire_is_the_party(cases: Cases) -> None:
    """Where the employee opens the case of the pension, the party of the plan is the employee's."""
    wish = Wish(
        insured=PASSPORT, group=Group.men, born=date(1966, 6, 10), chosen=date(2026, 8, 10), written=True, manager=False
    )
    plan = retire(cases, Retirement.notify, wish, on=date(2026, 4, 10), place="110000", party="p1")
    assert [dict(case.parties) for case in plan.cases] == [{"employee": "p1"}]


@pytest.mark.parametrize(
    ("insured", "elsewhere", "told"),
    [(PASSPORT, "110000", "110000 is the place that pays the pension"), (PERSON, "510100", "from 510100: passport")],
)
def test_elsewhere_is_another_place_of_the_same_person(
    cases: Cases, insured: Identity, elsewhere: str, told: str
) -> None:
    """What was paid at the place of the pension is not brought there, nor what somebody else has paid."""
    age = Age(insured=insured, group=Group.men, born=date(1965, 3, 10), minimum=180)

    with pytest.raises(ValueError, match=told):
        retire(cases, Retirement.reach, age, {elsewhere: FAR}, on=date(2025, 4, 10), place="110000")
    assert cases.store.rows() == ()
