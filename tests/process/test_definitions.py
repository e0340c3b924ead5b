"""A procedure that is not sound is refused when it is defined, with all its faults."""

import re
from datetime import date

import pytest
from attrs import evolve as changed

from ssflow.calendar import WorkCalendar, days
from ssflow.case import Attempt, Case, Legislation, decide, evolve, options
from ssflow.errors import DefinitionError, GuardError, InputError, UnknownError
from ssflow.machines.card_replacement import CardReplacement
from ssflow.machines.loss_report import LossReport
from ssflow.process import (
    Act,
    Fee,
    Place,
    Process,
    Role,
    State,
    Term,
    faults_of_process,
    guard,
    opens,
)
from ssflow.rules import Rulebook, rulebook
from ssflow.rules.load import default_folders
from tests.case.petition import Petition
from tests.process.question import Asked, Checked, Facts, Needy, Thawed, body


@guard("须有内容", "something is asked", cites="guide-004")
def asked(act: Act[Facts]) -> bool:
    return bool(act.facts.what)


@guard("甲", "never a bool", cites="guide-004")
def sloppy(act: Act[Facts]) -> bool:
    return act.facts.what


def test_a_sound_procedure_is_defined() -> None:
    """The parts know their names and their procedure; the procedure knows its parts in order."""
    process = type("SmallQuestion", (Process,), body())

    assert process.name == "small_question"
    assert [state.name for state in process.states] == ["waiting", "done"]
    assert (repr(process.waiting), repr(State("待办", "waiting"))) == ("SmallQuestion.waiting", "?.?")
    assert process.activity("ask") is process.ask
    with pytest.raises(UnknownError, match="did you mean answer"):
        process.activity("answr")
    with pytest.raises(InputError, match="a name is required, not a value of type int"):
        process.activity(7)
    with pytest.raises(InputError, match="is a definition"):
        process()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"title": None}, "title: is missing"),
        ({"facts": None}, "facts: is missing"),
        ({"facts": Thawed}, "facts: are not frozen"),
        ({"facts": Checked}, "facts: are not frozen"),
        (
            {"ask": lambda p: opens(p["waiting"]).by(p["person"], "询问", "ask", data=Checked, cites="guide-004")},
            "ask: its data Checked is not a frozen attrs class",
        ),
        ({"facts": Needy}, "facts.what: has no default"),
        (
            {"ask": lambda p: opens(p["waiting"]).by(p["person"], "询问", "ask", cites="guide-004")},
            "facts.what: the fact is set by no activity",
        ),
        ({"here": None}, "no place is named"),
        ({"again": lambda p: p["waiting"]}, "again: is bound already"),
        ({"waiting": None}, "ask: uses 'waiting', which is not bound"),
        ({"reply": None}, "waiting: uses 'reply', which is not bound"),
        ({"person": None}, "ask: uses 'person', which is not bound"),
        ({"ask": None}, "no case can begin"),
        ({"lost": State("遗失", "lost")}, "lost: the state is never reached"),
        ({"answer": None}, "waiting: the state is a dead end"),
        (
            {
                "asked_back": lambda p: State("待说明", "asked back"),
                "ask_back": lambda p: (
                    p["waiting"].to(p["asked_back"]).by(p["clerk"], "反问", "ask back", cites="guide-004")
                ),
                "explain": lambda p: (
                    p["asked_back"].to(p["waiting"]).by(p["person"], "说明", "explain", cites="guide-004")
                ),
                "answer": lambda p: opens(p["done"]).by(p["clerk"], "答复", "answer", cites="guide-004"),
            },
            "waiting: no case in this state can ever end",  # though there is a way out of each of the two
        ),
        (
            {"answer": lambda p: p["waiting"].stays().by(p["clerk"], "答复", "answer", cites="guide-004")},
            "waiting: the state is a dead end",
        ),
        (
            {"undo": lambda p: p["done"].to(p["waiting"]).by(p["clerk"], "撤销", "undo", cites="guide-004")},
            "done: the state is final, but activities leave it",
        ),
        (
            {"other": State("办结", "done", final=True), "more": State("结束", "over", final=True)},
            "other: 2 states are called 'done'",
        ),
        (
            {name: State("办结", "done", final=True) for name in ("second", "third")},
            "third: 3 states are called 'done'",
        ),
        (
            {
                "held": lambda p: State("保留", "held", p["reply"], stops=p["reply"]),
                "hold": lambda p: p["waiting"].to(p["held"]).by(p["clerk"], "保留", "hold", cites="guide-004"),
                "end": lambda p: p["held"].to(p["done"]).by(p["clerk"], "结束", "end", cites="guide-004"),
            },
            "held: the state both runs and stops reply",
        ),
        ({"idle": Role("旁人", "idle")}, "idle: the role does nothing"),
        ({"there": Place("外地", "there")}, "clerk: the role does not say at which place"),
        ({"spare": lambda p: Term("备用", "spare", owed_by=p["clerk"])}, "spare: the clock never runs"),
        (
            {"answer": lambda p: p["waiting"].to(p["done"]).by(p["clerk"], "答复", "answer", cites=[])},
            "answer: the activity has no basis",
        ),
        ({"fee": Fee("费", "fee"), "fee2": lambda p: p["reply"]}, "fee2: is bound already"),
        (
            {
                "answer": lambda p: (p["waiting"].to(p["done"]) | p["waiting"].to(p["waiting"], when=asked)).by(
                    p["clerk"], "答", "a", cites="guide-004"
                )
            },
            "a move after one without a guard is never made",
        ),
        (
            {
                "answer": lambda p: (
                    p["waiting"].to(p["done"], when=asked) | p["waiting"].to(p["waiting"], when=asked)
                ).by(p["clerk"], "答", "a", cites="guide-004")
            },
            "two moves have the same guard",
        ),
        (
            {
                "ask": lambda p: opens(p["waiting"]).by(
                    p["person"], "询问", "ask", data=Asked, cites="guide-004", triggers=p["answer"]
                )
            },
            "triggers= names an activity of a related procedure",
        ),
    ],
)
def test_faults_are_named(changes, fault: str) -> None:
    """Each kind of fault has its sentence, in both languages."""
    with pytest.raises(DefinitionError, match=fault) as refused:
        type("Question", (Process,), body(**changes))

    assert all(re.search("[\u4e00-\u9fff]", fault.text.zh) for fault in refused.value.faults)
    assert str(refused.value) == refused.value.say("en") != refused.value.say("zh")


def test_a_case_may_begin_with_what_may_also_be_done_later() -> None:
    """A formal report opens a case, or follows a report by telephone; a release follows alone."""
    assert {row.source for row in LossReport.report_formally.transitions} >= {None, LossReport.temporary}
    assert LossReport.report_formally.is_opening
    assert not LossReport.ask_release.is_opening


def test_related_acts_are_done_by_nobody_alone() -> None:
    """What ``also`` names is made for it: an activity that somebody does would be done behind his back."""
    with pytest.raises(DefinitionError, match="which somebody does"):
        type(
            "Question",
            (Process,),
            body(
                ask=lambda p: opens(p["waiting"]).by(
                    p["person"], "询问", "ask", data=Asked, cites="guide-004", triggers=LossReport.report_formally
                )
            ),
        )


def test_a_related_act_is_of_a_role_that_need_not_be_there() -> None:
    """The party of a sole role acts for itself; it is not present where an act elsewhere does something in its case."""
    theirs = body(
        owner=Role("户主", "owner", sole=True),
        ring=lambda p: p["waiting"].stays().triggered(p["owner"], "通知", "ring", cites="guide-004"),
    )
    other = type("Other", (Process,), theirs)
    ours = body(
        ask=lambda p: opens(p["waiting"]).by(
            p["person"], "询问", "ask", data=Asked, cites="guide-004", triggers=other.ring
        )
    )
    with pytest.raises(DefinitionError, match="names ring of a sole role, whose party is not there"):
        type("Question", (Process,), ours)


def test_all_faults_are_reported_together() -> None:
    """An author sees every fault at once."""
    with pytest.raises(DefinitionError) as refused:
        type("Question", (Process,), body(answer=None, idle=Role("旁人", "idle"), lost=State("遗失", "lost")))

    assert len(refused.value.faults) >= 4


def test_procedures_are_not_inherited() -> None:
    """A variant is a rulebook, not a subclass."""
    with pytest.raises(DefinitionError, match="do not inherit"):
        type("MyLossReport", (LossReport,), {})


def test_a_guard_is_shown_alike_in_every_process() -> None:
    """What it asks is shown by its name and its words, and not by where its function lies in memory."""
    assert "asked" in repr(asked) and "something is asked" in repr(asked)
    assert " at 0x" not in repr(asked)


def test_a_guard_answers_true_or_false() -> None:
    """A guard that answers something else is a fault of its author, not a quiet yes or no."""
    act = Act(Facts("x"), Facts(), WorkCalendar.china().firm_through, lambda _: None, WorkCalendar.china())

    assert asked.holds(act) is True
    with pytest.raises(GuardError, match="condition sloppy cannot be judged: str, not True or False"):
        sloppy.holds(act)


def test_a_faulty_guard_is_named_and_takes_one_option_away(tmp_path) -> None:
    """A guard that raises is told with its activity and its case; the other activities can still be listed and done."""

    @guard("写错的条件", "a faulty condition", cites="guide-004")
    def faulty(act: Act[Facts]) -> bool:
        return act.facts.no_such_field  # the mistake under test

    process = type(
        "Question",
        (Process,),
        body(
            answer=lambda p: (
                p["waiting"].to(p["done"], when=faulty).by(p["clerk"], "答复", "answer", cites="guide-004")
            ),
            drop=lambda p: p["waiting"].to(p["done"]).by(p["person"], "撤回", "drop", cites="guide-004"),
        ),
    )
    (tmp_path / "question.toml").write_text("", encoding="utf-8")
    law = Legislation(rulebook=lambda name: rulebook(name, [tmp_path, *default_folders()]))
    case = Case.unopened(process, "q-1", {"here": "440100"})
    asking = Attempt(deed=process.ask(Asked("?")), by=process.person, on=date(2026, 3, 2), law=law)
    for event in decide(case, asking):
        case = evolve(case, event)

    with pytest.raises(
        GuardError, match=r"condition faulty \(answer in q-1\) cannot be judged: AttributeError"
    ) as told:
        decide(case, Attempt(deed=process.answer(), by=process.clerk, on=date(2026, 3, 3), law=law))
    assert (told.value.guard, told.value.activity, told.value.case) == ("faulty", "answer", "q-1")
    listed = {option.activity: option for option in options(case, on=date(2026, 3, 3), law=law)}
    assert "无法判断" in listed[process.answer].grounds[0].reason.zh
    assert listed[process.drop].is_open


def test_a_guard_reads_figures_of_its_own_procedure(tmp_path) -> None:
    """A guard that asks for a figure of another procedure is told so, with its name; it would be looked up in the wrong rulebook."""

    @guard("写错的条件", "a foreign figure", cites="guide-004")
    def foreign(act: Act[Facts]) -> bool:
        return act.figure(LossReport.temporary_force) is None

    answer = {"answer": lambda p: p["waiting"].to(p["done"], when=foreign).by(p["clerk"], "答", "a", cites="guide-004")}
    process = type("Question", (Process,), body(**answer))
    (tmp_path / "question.toml").write_text("", encoding="utf-8")
    law = Legislation(rulebook=lambda name: rulebook(name, [tmp_path, *default_folders()]))
    (event,) = decide(
        Case.unopened(process, "q-1", {"here": "440100"}),
        Attempt(deed=process.ask(Asked("?")), by=process.person, on=date(2026, 3, 2), law=law),
    )
    case = evolve(Case.unopened(process, "q-1", {"here": "440100"}), event)

    with pytest.raises(GuardError, match="LossReport.temporary_force is a figure of another procedure") as told:
        decide(case, Attempt(deed=process.answer(), by=process.clerk, on=date(2026, 3, 3), law=law))
    assert "是另一程序的数值" in told.value.say("zh")


def test_rulebooks_that_do_not_fit_are_noticed(tmp_path) -> None:
    """Figures nobody reads, starts, owners and keys that do not exist, and amounts of the wrong kind are listed."""
    (tmp_path / "loss_report.toml").write_text(
        """
        keys = { colour = ["red"] }
        [[unheard]]
        value = "3 days"
        since = 2026-01-01
        cites = "guide-004"
        text = "x"
        confidence = "single"
        [[temporary_force]]
        value = "3 days"
        since = 2026-01-01
        owed_by = "nobody"
        starts = "nothing"
        cites = "guide-004"
        text = "x"
        confidence = "single"
        [[written_force]]
        value = "3 yuan"
        since = 2026-01-01
        cites = "guide-004"
        text = "x"
        confidence = "single"
        """,
        encoding="utf-8",
    )
    book = rulebook("loss_report", (default_folders()[0], tmp_path))
    faults = "\n".join(fault.say("en") for fault in faults_of_process(LossReport, book))

    assert "unheard: no term, lapse, fee or rule of this name" in faults
    assert "keys.colour: the facts have no colour" in faults
    (fault,) = faults_of_process(Petition, Rulebook("petition", (), {"what": ("x",)}, laws=book.laws))
    assert fault.say("en") == "keys.what: the facts have no what that is one of several", "any text"
    assert "'nobody' is not a role" in faults
    assert "'nothing' is not an activity" in faults
    assert "owed_by is for terms" in faults
    assert "3 yuan is not a span of time" in faults
    fee = changed(rulebook("card_replacement").find("fee", date(2026, 9, 21), "500000"), amount=days(3), since=date.min)
    (fault,) = faults_of_process(CardReplacement, Rulebook("x", (fee,), laws=rulebook("card_replacement").laws))
    assert (fault.path, fault.text.en) == ("fee.500000", "3 days is not a sum of money")
    book = rulebook("loss_report")
    (force, *_) = (value for value in book.values if value.parameter == "temporary_force")
    force = changed(force, starts="report_formally")
    (fault,) = faults_of_process(LossReport, Rulebook("x", (force,), laws=book.laws))
    assert "starts = 'report_formally' leads to no state in which temporary_force runs" in fault.text.en
    assert "would roll over rest days by default; a lapse says roll" in faults
    (sound, *_) = (value for value in book.values if value.parameter == "revocable")
    elsewhere = changed(sound, region="500000+510000")
    foreign = changed(sound, parameter=CardReplacement.production.name)
    told = faults_of_process(LossReport, Rulebook("loss_report", (elsewhere, foreign), laws=book.laws))
    assert [fault.say("en") for fault in told] == [
        "production: no term, lapse, fee or rule of this name",
        "region: a figure between two places serves a procedure that names two places",
    ]
    assert faults_of_process(LossReport, Rulebook("loss_report", (), laws=rulebook("loss_report").laws)) == []
    assert "which laws.toml does not enter" in faults_of_process(LossReport, Rulebook("loss_report", ()))[0].text.en
    for given, path in (("loss_report", book), "process"), ((LossReport, "loss_report"), "book"):
        with pytest.raises(InputError) as refused:
            faults_of_process(*given)
        assert [fault.path for fault in refused.value.faults] == [path]
