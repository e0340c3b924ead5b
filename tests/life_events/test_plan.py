"""A plan says what is owed, who may act next, and how things stand on a day to come."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from attrs import evolve

from ssflow import Cases, MemoryStore
from ssflow.errors import InputError
from ssflow.life_events import Plan, lose_card, move
from ssflow.life_events.plan import Afterwards
from ssflow.machines import card_replacement, medical_transfer, pension_transfer
from ssflow.machines.card_replacement import CardReplacement
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.machines.medical_transfer import MedicalTransfer
from ssflow.machines.pension_transfer import PensionTransfer
from ssflow.persons import Identity

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
APPLICATION = pension_transfer.Application(
    person=Identity("360426199101010071"),
    sex=pension_transfer.Sex.man,
    age=35,
    register="360426",
    insured=True,
    enrolled_on=date(2026, 1, 5),
    stopped=True,
)


@pytest.fixture
def cases() -> Cases:
    """An empty store with a clock that stands at 22 November 2026."""
    return Cases(MemoryStore(), now=lambda: NOW)


@pytest.fixture
def plan(cases: Cases) -> Plan:
    """A move from Chongqing to Chengdu, of which the whole is due within 10 working days."""
    return move(cases, on=date(2026, 2, 2), old="500000", new="510100", pension=APPLICATION, case="m")


def test_who_may_act_next_is_told_beside_a_running_clock(plan: Plan) -> None:
    """A case in which something is due on a day has its next acts too, for every role that has one."""
    assert plan.duties[0].due == date(2026, 2, 14)
    assert [(step.role, step.activities) for step in plan.next_steps] == [
        (PensionTransfer.new_agency, (PensionTransfer.accept,))
    ]


def test_what_has_no_day_says_why(plan: Plan) -> None:
    """A clock that waits names the act that starts it, one without a figure says so."""
    untimed = {duty.title.en: duty.status.en for duty in plan.duties if not duty.due}

    assert untimed == {"review and letter": 'starts with "accept"'}
    assert "自“受理”起算" in plan.say("zh")


def test_a_look_ahead_records_nothing(cases: Cases, plan: Plan) -> None:
    """At the beginning of a later day what has passed by then is overdue; the cases are as they were."""
    assert [duty.obligation.overdue for duty in plan.at(date(2026, 2, 14)).duties] == [False, False]
    assert plan.at(date(2026, 2, 15)).duties[0].status.en == "overdue"
    later = plan.at(date(2026, 2, 15))
    assert (later.on, later.read(cases)) == (date(2026, 2, 15), plan), "what is read is not looked at ahead"
    assert cases.get("m.pension").version == 1


def test_a_plan_prints_itself_in_the_language_of_its_store(plan: Plan) -> None:
    """As it says itself."""
    assert str(plan) == plan.say(plan.lang)
    assert [str(evolve(plan, lang=lang)) for lang in ("zh", "en")] == [plan.say("zh"), plan.say("en")]


def test_a_look_ahead_takes_a_day(plan: Plan) -> None:
    """Anything else is refused by its name."""
    with pytest.raises(InputError) as refused:
        plan.at("2026-02-15")  # type: ignore[arg-type]
    assert [fault.path for fault in refused.value.faults] == ["on"]


def test_what_comes_next_follows_from_its_own_case(plan: Plan) -> None:
    """Another case that is in that state offers nothing."""
    state = plan.cases[0].state
    assert state is not None
    mine, other = (Afterwards(PensionTransfer.accept, case, (state,)) for case in ("m.pension", "m.card"))
    assert evolve(plan, afterwards=(mine, other)).next == (mine,)


def test_a_look_back_is_refused(cases: Cases, plan: Plan) -> None:
    """How things stood on a day before the last event, a plan does not know; the error names the cases that have come further."""
    cases.do("m.pension", PensionTransfer.accept(), by=PensionTransfer.new_agency, on=date(2026, 2, 4))
    plan = plan.read(cases)

    with pytest.raises(ValueError, match=r"m.pension has reached 2026-02-04.*on that day or later, not on 2026-02-03"):
        plan.at(date(2026, 2, 3))
    assert plan.at(date(2026, 2, 4)).cases == plan.cases


def test_cases_are_looked_at_together(cases: Cases) -> None:
    """A card that nobody claims lapses, and so frees the report of the loss that it bound, on the same day."""
    holder = APPLICATION.person
    form = card_replacement.Application(
        holder=holder, reason=card_replacement.Reason.lost, photo=card_replacement.Photo.identity_card
    )
    day, place = date(2026, 3, 2), "440100"
    lost = lose_card(cases, Report(Track.social, holder), form, on=day, place=place, party="p", case="l")
    office, issuer = CardReplacement.office, CardReplacement.issuer
    cases.do(
        "l.card",
        CardReplacement.pay(card_replacement.Payment(Decimal(20))),
        by=CardReplacement.holder,
        on=day,
        party="p",
    )
    cases.do("l.card", CardReplacement.accept(), by=office, on=day)
    cases.do("l.card", CardReplacement.finish(), by=issuer, on=date(2026, 3, 9))
    waiting = lost.read(cases)
    kept = [duty.owed_by for duty in waiting.duties if duty.obligation.owed_by is None]
    assert {(who.zh, who.en) for who in kept} == {("届满自动", "the clock")}, "nobody owes a lapse"
    later = waiting.at(date(2028, 1, 1))

    assert later.case("card_replacement").state is CardReplacement.purged
    assert later.case("loss_report").state is LossReport.formal
    assert later.case("loss_report").last == later.case("card_replacement").last
    assert later.notes("en") == ["closed: Replacement of a social-security card l.card"]
    assert later.notes("zh")[0].startswith("已办结：")


def test_nobody_is_sent_to_where_the_case_is(cases: Cases) -> None:
    """The act that brings a case under the regime of the day is offered from the first day of another regime on, not before."""

    def moved(on: date, case: str) -> Plan:
        application = medical_transfer.Application(
            person=APPLICATION.person, route=medical_transfer.Route.online, stopped=True, insured=True, insured_from=on
        )
        return move(cases, on=on, old="500000", new="510100", medical=application, case=case)

    old, new = moved(date(2021, 11, 29), "old"), moved(date(2026, 2, 2), "new")

    def offered(plan: Plan) -> bool:
        return any(MedicalTransfer.convert in step.activities for step in plan.next_steps)

    assert [offered(old), offered(old.at(date(2021, 11, 30))), offered(new), offered(new.at(date(2026, 3, 2)))] == [
        False
    ] * 4
    assert offered(old.at(date(2021, 12, 1)))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_rows_have_one_heading_a_cell(plan: Plan, lang: str) -> None:
    """Every row has the same headings, and what a next step offers is divided so that titles with commas stay whole."""
    headings = {tuple(row) for row in plan.rows(lang)}

    assert [row["due" if lang == "en" else "最后一日"] for row in plan.rows(lang)] == ["2026-02-14", "", ""]
    assert len(headings) == 1
    assert len(headings.pop()) == 7
    assert plan.to_markdown(lang).count("\n") == 1 + len(plan.rows(lang))
