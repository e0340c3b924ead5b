"""How long records are kept: by law if a host says nothing, else by its own schedule."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssflow import Cases, MemoryStore
from ssflow.calendar import WorkCalendar, months, years
from ssflow.errors import InputError, RefusedError
from ssflow.machines.card_replacement import Application, CardReplacement, Photo, Reason
from ssflow.machines.consultation import Answer, Consultation, Question
from ssflow.machines.employer_registration import Document, EmployerRegistration, Founding, Kind, Papers
from ssflow.machines.shared.remarks import Remarks
from ssflow.persons import Identity
from ssflow.process import Process
from ssflow.records import Custody, Retention, retention_by_law
from ssflow.rules import statutory_retention
from ssflow.text import Text

CALENDAR, OURS = WorkCalendar.china(), Text("本局保管期限表", "our schedule")
WHY: dict[str, Any] = {"reason": "鉴定小组2077年第1号", "actor": "u9"}
DAYS = st.dates(date(2010, 1, 1), date(2090, 12, 31))


def closed(now: date) -> Custody:
    """A card, an employer's registration and a consultation, all closed in March 2026, as they are kept later by law."""
    cases = Cases(MemoryStore(), now=lambda: datetime(now.year, now.month, now.day, 4, tzinfo=UTC))
    on, replacement, registration = date(2026, 3, 4), CardReplacement, EmployerRegistration
    card = Application(holder=Identity("11010519491231002X"), reason=Reason.damaged, photo=Photo.identity_card)
    cases.open(replacement.apply(card), by=replacement.holder, on=on, places="440100", case="card")
    cases.do("card", replacement.withdraw(), by=replacement.holder, on=on)
    founding, papers = Founding("甲社", Kind.other, on), Papers("甲社", Document.certificate)
    cases.open(registration.found(founding), by=registration.employer, on=on, places="440100", case="employer")
    cases.do("employer", registration.apply(papers), by=registration.employer, on=on)
    cases.do("employer", registration.refuse(Remarks("不符")), by=registration.agency, on=on)
    cases.open(Consultation.ask(Question("?")), by=Consultation.asker, on=on, places="440100", case="asked")
    cases.do("asked", Consultation.answer(Answer("!")), by=Consultation.agency, on=on)
    return Custody(cases)


def test_the_law_holds_if_the_host_says_nothing() -> None:
    """A card of 2026 is kept for fifty years from 1 January 2027, an employer for ever; what no item names is never due."""
    custody = closed(date(2077, 1, 1))
    assert custody.due(date(2076, 12, 31)) == ()
    (card,) = custody.due(date(2077, 1, 1))
    assert (card.case, card.kept_until) == ("card", date(2076, 12, 31))
    assert card.retention == retention_by_law(CardReplacement)
    assert "annex I(5)" in card.retention.basis.en
    assert [due.case for due in custody.due(date(2999, 1, 1))] == ["card"]
    custody.remove("card", **WHY)


@pytest.mark.parametrize(
    ("case", "zh", "en"),
    [
        ("card", "办件card须保管至2076-12-31（《社会保险业务档案管理规定（试行）》附件一（五）", "until 2076-12-31"),
        (
            "employer",
            "办件employer须永久保管（《社会保险业务档案管理规定（试行）》附件一（一）",
            "to be kept permanently",
        ),
        ("asked", "没有给出“社会保险政策咨询”的保管期限", "no retention period of Consultation"),
    ],
)
def test_a_refusal_says_how_long_and_by_what(case: str, zh: str, en: str) -> None:
    """To the last day of the period; nothing is removed."""
    custody = closed(date(2076, 12, 31))
    with pytest.raises(RefusedError) as refused:
        custody.remove(case, **WHY)
    assert [ground.name for ground in refused.value.grounds] == ["retention"]
    assert zh in refused.value.say("zh")
    assert en in refused.value.say("en")
    assert len(custody.cases.rows()) == 3


def test_a_schedule_may_fall_back_on_the_law() -> None:
    """And says more, or something else, of the procedures that it names."""

    def schedule(process: type[Process]) -> Retention | None:
        return Retention(years(10), OURS) if process is Consultation else retention_by_law(process)

    custody = Custody(closed(date(2077, 1, 1)).cases, schedule)
    due = [(one.case, one.kept_until) for one in custody.due(date(2077, 1, 1))]
    assert due == [("card", date(2076, 12, 31)), ("asked", date(2036, 3, 4))]
    custody = Custody(custody.cases, lambda _: Retention(None, OURS))
    assert custody.due(date(2099, 1, 1)) == ()


def test_a_schedule_does_not_shorten_the_law() -> None:
    """The longer of both holds, and a refusal names each period that is not over, with its basis; a longer schedule is the host's own affair."""

    def custody(years_kept: int | None, on: date) -> Custody:
        kept = Retention(years(years_kept) if years_kept else None, OURS)
        return Custody(closed(on).cases, lambda process: kept if process is not Consultation else None)

    assert custody(5, date(2031, 3, 5)).due(date(2031, 3, 5)) == ()
    (card,) = custody(5, date(2077, 1, 1)).due(date(2077, 1, 1))
    assert (card.kept_until, card.retention) == (date(2076, 12, 31), retention_by_law(CardReplacement))
    (card,) = custody(60, date(2090, 1, 1)).due(date(2090, 1, 1))
    assert (card.kept_until, card.retention.basis) == (date(2086, 3, 4), OURS)
    assert custody(None, date(2999, 1, 1)).due(date(2999, 1, 1)) == ()

    with pytest.raises(RefusedError, match="until 2076-12-31") as refused:
        custody(5, date(2031, 3, 5)).remove("card", **WHY)
    assert len(refused.value.grounds) == 1
    with pytest.raises(RefusedError) as refused:
        custody(60, date(2031, 3, 5)).remove("card", **WHY)
    assert [ground.reason.en for ground in refused.value.grounds] == [
        "case card is to be kept until 2086-03-04 (our schedule)",
        f"case card is to be kept until 2076-12-31 ({retention_by_law(CardReplacement).basis.en})",
    ]
    with pytest.raises(RefusedError, match="permanently"):
        custody(5, date(2077, 1, 1)).remove("employer", **WHY)


@pytest.mark.parametrize(
    ("retention", "until"),
    [
        (Retention(years(10), OURS), date(2036, 3, 4)),
        (Retention(years(10), OURS, from_next_year=True), date(2036, 12, 31)),
        (Retention(months(18), OURS, from_next_year=True), date(2028, 6, 30)),
        (Retention(years(2), OURS), date(2028, 3, 4)),  # a Saturday: nothing has to be done on that day
        (Retention(years(100), OURS, from_next_year=True), date(2126, 12, 31)),  # beyond every calendar of working days
        (Retention(None, OURS), None),
    ],
)
def test_counted_by_hand(retention: Retention, until: date | None) -> None:
    """From the last day on record, 4 March 2026, or from the 1 January that follows it."""
    assert retention.kept_until(date(2026, 3, 4), CALENDAR) == until


@given(DAYS, DAYS, st.sampled_from([period.span for period in statutory_retention() if period.span]))
def test_a_period_of_law_is_whole_years(one: date, other: date, span: Any) -> None:
    """It ends with a year, is never shorter than the same period from the day itself, and a later file is not due before an earlier one."""
    retention = Retention(span, OURS, from_next_year=True)
    until, later = (retention.kept_until(day, CALENDAR) for day in sorted((one, other)))
    assert until and later and until <= later
    assert (until.month, until.day, until.year) == (12, 31, min(one, other).year + span.n)
    plain = Retention(span, OURS).kept_until(min(one, other), CALENDAR)
    assert plain and plain <= until


@pytest.mark.parametrize(
    "odd", [("10 years", OURS, False), (years(10), "schedule", False), (years(10), OURS, 1), (years(10), OURS, None)]
)
def test_a_rule_is_made_of_its_parts(odd: Any) -> None:
    """What is none is refused by its name."""
    with pytest.raises(InputError):
        Retention(*odd)
