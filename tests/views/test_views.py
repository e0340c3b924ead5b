"""What is said of a case is plain data and sentences, the same for every host, and without what is personal unless it is asked for."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import attrs
import pytest

from ssflow import Cases, MemoryStore, WorkCalendar, days, machines, views, workdays
from ssflow.case import Legislation, options
from ssflow.errors import RefusedError
from ssflow.life_events import lose_card
from ssflow.machines.benefit_claim import BenefitClaim, Claim, Findings, Kind
from ssflow.machines.card_replacement import (
    Application,
    CardReplacement,
    Payment,
    Photo,
    Postage,
    PostalAddress,
    Reason,
    Remarks,
)
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.persons import Identity
from ssflow.testing.scenarios import load_scenarios, trials_of
from ssflow.views import case_view, deadline_view, event_view, form_view, left_view, plan_view, refusal_view
from ssflow.views.options import next_steps, steps_text

SOURCE = Path(views.__file__).parent
NUMBER, PHONE, STREET = "11010519491231002X", "13800138000", "体育西路100号"
HOLDER = Identity(NUMBER)
POSTED = Application(
    holder=HOLDER,
    reason=Reason.damaged,
    photo=Photo.identity_card,
    address=PostalAddress("张三", STREET, PHONE),
    postage=Postage.on_delivery,
)
DAY, CAL, LAW = date(2026, 9, 21), WorkCalendar.china(), Legislation()
SCENARIOS = Path(__file__).parents[1] / "scenarios"


@pytest.fixture
def cases() -> Cases:
    """An empty store in which it is the end of 2026."""
    return Cases(MemoryStore(), now=lambda: datetime(2026, 12, 1, tzinfo=UTC))


def replacement(cases: Cases) -> views.CaseView:
    """A case with something personal in data, party and reason."""
    cases.open(
        CardReplacement.apply(POSTED), by=CardReplacement.holder, on=DAY, places="440100", case="card", party=NUMBER
    )
    cases.do(
        "card", CardReplacement.send_back(Remarks(f"请致电{PHONE}")), by=CardReplacement.office, on=date(2026, 9, 22)
    )
    case = cases.get("card")
    return case_view(case, cases.trace("card"), cases.options("card", on=date(2026, 9, 23)), reveal=False)


def test_nothing_prints_and_nothing_is_drawn() -> None:
    """The package knows neither click nor rich, and writes nothing anywhere."""
    for path in SOURCE.glob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        names = {
            name.split(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names])
        }
        assert not names & {"click", "rich", "sys", "logging"}, path
        assert "print" not in {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}, path


def test_personal_data_is_masked_unless_asked_for(cases: Cases) -> None:
    """In data, facts, parties and reasons, as plain data, as sentences and in the repr of the values."""
    masked = replacement(cases)
    case, trace = cases.get("card"), cases.trace("card")
    shown = json.dumps(masked.document(), ensure_ascii=False) + masked.say("zh") + masked.say("en") + repr(masked)
    asked_for = json.dumps(case_view(case, trace, reveal=True).document(), ensure_ascii=False)

    assert [secret for secret in (NUMBER, PHONE, STREET, "张三") if secret in shown] == []
    assert [secret for secret in (NUMBER, PHONE, STREET, "张三") if secret not in asked_for] == []


def test_a_case_says_where_it_stands_and_who_may_act(cases: Cases) -> None:
    """State, places, clocks with who owes them, next steps by role: in both languages."""
    view = replacement(cases)

    assert view.say("zh").splitlines()[:2] == ["card：退回补正", "社会保障卡补换，广州市 440100"]
    assert "审核时限（社保卡服务网点）：未规定；所在地没有规定这一期限" in view.say("zh")
    assert steps_text(next_steps(view.options)) == (
        "持卡人：补正 (correct)、撤回申请 (withdraw)",
        "holder: correct (correct), withdraw (withdraw)",
    )
    assert [known.text.zh for known in view.known if known.path == "reason"] == ["补换原因：损坏"]


def test_a_sentence_says_what_is_overdue_and_what_was_entered_late(cases: Cases) -> None:
    """A term that ran out is called overdue, by its own event and by that which sets it aside; a missed act is called a late entry."""
    claim, agency, last = Claim(insured=HOLDER, kind=Kind.pension), BenefitClaim.agency, date(2026, 2, 28)
    cases.open(BenefitClaim.claim(claim), by=BenefitClaim.claimant, on=date(2026, 1, 26), places="110000", case="p")
    cases.do("p", BenefitClaim.accept(), by=agency, on=date(2026, 1, 28))
    cases.advance(date(2026, 3, 1))
    cases.do(
        "p",
        BenefitClaim.grant(),
        by=agency,
        on=last,
        reason="漏录",
        after=cases.do("p", BenefitClaim.verify(Findings(entitled=True)), by=agency, on=last).version,
    )
    cases.do("p", BenefitClaim.verify(Findings(entitled=True)), by=agency, on=date(2026, 2, 9), reason="漏录")

    overdue, granted, late = (event_view(cases.trace("p")[number]) for number in (2, 4, 5))
    assert overdue.say("zh").startswith("2026-03-01 逾期：办理时限 · 审核；")
    assert overdue.say("en").startswith("2026-03-01 overdue: handling · being examined; ")
    assert "；不再成立：2026-03-01 办理时限逾期；" in granted.say("zh")
    assert "; set aside: 2026-03-01 handling overdue; " in granted.say("en")
    assert late.say("zh").startswith("2026-02-09 补录：核实条件 · ")


def test_a_refusal_tells_every_ground_with_its_basis(cases: Cases) -> None:
    """The same sentences as the error, and the grounds one by one as data."""
    replacement(cases)
    with pytest.raises(RefusedError) as refused:
        cases.do("card", CardReplacement.pay(Payment(Decimal(1))), by=CardReplacement.office, on=date(2026, 9, 23))  # type: ignore[arg-type]
    view = refusal_view(refused.value)

    assert [ground.kind.name for ground in view.grounds] == ["state", "role"]
    for lang in ("zh", "en"):
        assert view.say(lang).replace("\n", "\n  ") == refused.value.say(lang)
    assert view.document()["grounds"][0]["basis"][0].keys() == {"cite", "zh", "en"}


def test_a_deadline_says_what_it_rests_on_and_why_it_is_not_firm() -> None:
    """A firm day needs no excuse; one of a year without a notice says so; the steps are there when they are asked for."""
    firm = deadline_view(workdays(20).deadline(date(2026, 2, 9), CAL), explain=True)
    later = deadline_view(workdays(20).deadline(date(2026, 12, 9), CAL))

    assert firm.say("zh").startswith("自2026-02-09起20个工作日\n最后一日：2026-03-13（确定）\n1. ")
    assert (firm.why_provisional, len(firm.steps), later.steps) == ((), 6, ())
    assert [text.zh for text in later.why_provisional] == ["工作日安排确定至2026-12-28，其后为推算"]
    assert later.document()["why_provisional"] == [later.why_provisional[0]._asdict()]
    assert firm.document()["span"] == {
        "span": "20 workdays", "n": 20, "unit": "workdays", "roll": "none", "before": False, "zh": "20个工作日", "en": "20 working days",
    }  # fmt: skip


@pytest.mark.parametrize(("day", "said"), [(8, "还剩2个自然日"), (10, "没有剩余时间"), (12, "已超过2个自然日")])
def test_what_is_left(day: int, said: str) -> None:
    """Before, on and after the last day."""
    assert said in left_view(days(8, roll="none").deadline(date(2026, 3, 2), CAL), date(2026, 3, day)).say("zh")


def test_a_plan_says_who_must_do_what(cases: Cases) -> None:
    """Cases, duties and next steps of a plan; those that were not asked for are marked."""
    lost = attrs.evolve(POSTED, reason=Reason.lost)
    plan = lose_card(cases, Report(Track.social, HOLDER), lost, on=DAY, place="440100", case="p")
    view = plan_view(plan, [plan.cases[0].id])

    assert [case.related for case in view.cases] == [case.id != plan.cases[0].id for case in plan.cases]
    assert {duty["case"] for duty in view.document()["duties"]} <= {case.id for case in plan.cases}
    assert "（关联办件）" in view.say("zh")


def test_a_form_says_what_is_asked_for() -> None:
    """Fields with titles, choices and what has to be given, the schema beside them; an activity without data says so."""
    form = form_view(LossReport.report_formally)

    assert form.fields[0].required
    assert {choice.name: choice.title.zh for one in form.fields if one.path == "track" for choice in one.choices} == {
        "social": "社保功能",
        "bank": "银行功能",
    }
    assert form.schema == LossReport.report_formally.json_schema()
    assert form_view(CardReplacement.accept).say("zh") == "受理\n不需要材料"


@pytest.mark.parametrize("name", machines.names())
def test_every_worked_case_can_be_said_and_written(name: str) -> None:
    """Of every procedure: cases and events of its worked cases as JSON that JSON can hold, and as sentences, in both languages."""
    scenario, *_ = load_scenarios(SCENARIOS / f"{name}.toml")
    for trial in trials_of(scenario):
        said: list[views.View] = [event_view(event) for event in trial.events]
        if trial.case.state is not None:
            verdicts = options(trial.case, on=trial.case.last or DAY, law=LAW)
            said.append(case_view(trial.case, (), verdicts, trial.events))
        for view in said:
            assert json.loads(json.dumps(view.document())) == view.document()
            assert view.say("zh").strip()
            assert view.say("en").strip()


def test_a_deadline_needs_no_procedures() -> None:
    """What a deadline says is there without the procedures, the law and the cases having been loaded."""
    code = "import sys, ssflow.views as v; v.deadline_view; print([m for m in sys.modules if m.startswith('ssflow.')])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert not {name for name in ("machines", "process", "rules", "case", "records") if f"'ssflow.{name}" in loaded}


def test_every_name_is_there() -> None:
    """All names of the package can be had, and a wrong one is told with those that there are."""
    assert all(getattr(views, name) is not None for name in views.__all__)
    assert dir(views) == views.__all__
    with pytest.raises(AttributeError, match="case_view"):
        views.nonsense  # noqa: B018
