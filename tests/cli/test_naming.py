"""What people call things is understood: codes, titles, parts of titles, in either language; what is ambiguous is refused."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any

import pytest

from ssflow import machines
from ssflow.cli.input import names
from ssflow.cli.input.places import read_region
from ssflow.errors import InputError, UnknownError
from ssflow.naming import Name, named
from ssflow.process import Process
from ssflow.sheets import law_index
from ssflow.text import Text
from ssflow.views.fields import fields_of, titles_of
from tests.cli.conftest import Run

PROCESSES = [machines.get(name) for name in machines.names()]
THINGS = [
    Name("pay", "pay", Text("缴费", "pay")),
    Name("record", "payment_record", Text("缴费记录", "payment record")),
    Name("move", "transfer", Text("医疗保险关系转移接续", "Transfer of insurance")),
]


def called(title: Text, code: str) -> Iterator[str]:
    """All that the command line writes of a thing, as it writes it and as people type it."""
    yield from (code, title.zh, title.en, title.en.upper(), f" {title.zh} ", f"“{title.zh}”")


@pytest.mark.parametrize("process", PROCESSES, ids=lambda process: str(process.name))
def test_whatever_is_written_is_read(process: type[Process]) -> None:
    """Each procedure, place, role, activity and choice is found by its code and by its titles, unless two share one."""
    for word in called(process.title, process.name):
        assert names.procedure(word) is process
    for parts, find in (
        (process.places, names.place),
        (process.roles, names.role),
        (process.activities, lambda process, word: names.activity(process, word, None)),
    ):
        titles = [part.title for part in parts]
        for part in parts:
            for word in called(part.title, part.name):
                if (
                    word == part.name
                    or [t.zh for t in titles].count(part.zh) == [t.en for t in titles].count(part.en) == 1
                ):
                    assert find(process, word) is part, word


def choices() -> Iterator[type[Enum]]:
    """Every enumeration of the data of an activity."""
    data = {activity.data for process in PROCESSES for activity in process.activities if activity.data}
    yield from {field.kind for cls in data for field in fields_of(cls) if field.members}


@pytest.mark.parametrize("kind", sorted(choices(), key=lambda kind: kind.__name__), ids=lambda kind: kind.__name__)
def test_choices_are_read_by_their_titles(kind: type[Enum]) -> None:
    """The members of an enumeration are known by name and by title."""
    for member in kind:
        for word in called(names.title_of(member), member.name):
            assert names.member(kind, word) is member


def test_laws_are_read_by_their_titles() -> None:
    """Every law is found by its id and title; a law of the nation without 中华人民共和国 too."""
    laws = law_index().laws
    titles = [law.title.zh for law in laws.values()]
    for law in laws.values():
        assert names.law(laws, law.id) == law.id
        if titles.count(law.title.zh) == 1:
            assert names.law(laws, f"《{law.title.zh}》") == law.id
    assert names.law(laws, "社会保险法") == "social-insurance-law"
    assert names.law(laws, "国务院令第765号") == "decree-765"


@pytest.mark.parametrize(
    ("written", "code"), [("莱芜市", "371200"), ("万县市", "511200"), ("襄樊市", "420600"), ("宣武区", "110104")]
)
def test_a_place_that_is_gone_is_the_last_of_its_codes(written: str, code: str) -> None:
    """A city that was moved from code to code is one place; what became of it is told with the answer."""
    assert read_region(written) == code


def test_places_of_one_name_are_asked_about() -> None:
    """Two places that are gone, of which none became the other, are told apart by whoever means one."""
    with pytest.raises(InputError, match=r"130604.*310102"):
        read_region("南市区")


@pytest.mark.parametrize(
    ("written", "article"),
    [
        ("58", "58"),
        ("第58条", "58"),
        ("58条", "58"),
        ("第６条第２款", "6(2)"),
        ("第6条第2款第1项", "6(2)(1)"),
        ("第五十八条", "58"),
        ("第二百零三条第一款第（二）项", "203(1)(2)"),
        ("十条", "10"),
        ("第2部分第3项", "2.3"),
        ("第二部分第三项", "2.3"),
        ("第2部分", "2"),
        ("6(2)", "6(2)"),
    ],
)
def test_articles_are_read_as_they_are_written(written: str, article: str) -> None:
    """Articles in words are those of citations."""
    assert names.article(written) == article


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("pay", "pay"),  # the code, although another title begins with it
        ("缴费", "pay"),  # the whole title, although it is a part of another
        ("PAY", "pay"),
        ("ｐａｙ", "pay"),
        ("记录", "record"),
        ("payment", "record"),
        ("payment-record", "record"),
        ("医保转移", "move"),
        ("“缴费记录”", "record"),
    ],
)
def test_the_better_fit_wins(written: str, found: str) -> None:
    """A code wins over titles, a title over its parts, a part over an abbreviation."""
    assert named("activity", written, THINGS) == found


@pytest.mark.parametrize("written", ["p", "paym", "费", "保移", "", "  ", "（）", "\0"])
def test_a_scrap_names_nothing(written: str) -> None:
    """One character, a piece of an English word or nothing at all is too little to act upon."""
    with pytest.raises(UnknownError):
        named("activity", written, THINGS)


def test_what_is_ambiguous_is_refused_with_the_candidates() -> None:
    """Several things of the same part are all named, in both languages."""
    two = [Name(1, "east", Text("东区转移", "east move")), Name(2, "west", Text("西区转移", "west move"))]

    with pytest.raises(InputError) as refused:
        named("activity", "转移", two)

    assert all("east" in said and "west" in said for said in refused.value.text)
    assert "东区转移" in refused.value.text.zh


def test_what_comes_near_is_named() -> None:
    """A misspelt title or code names what comes near, by title and code."""
    for written in ("缴非记录", "payment_recrod"):
        with pytest.raises(UnknownError) as unknown:
            named("activity", written, THINGS)
        assert "缴费记录（payment_record）" in unknown.value.text.zh


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("440100", "440100"),
        ("４４０１００", "440100"),
        ("广州", "440100"),
        ("广州市", "440100"),
        ("广东", "440000"),
        ("广东广州天河", "440106"),
        ("全国", ""),
        ("", ""),
    ],
)
def test_places_are_read_by_their_names(written: str, code: str) -> None:
    """A place by its code, its name, or its name behind those around it."""
    assert read_region(written) == code


def test_places_of_one_name_are_told_apart() -> None:
    """The name of several places is refused with where each of them lies; the full name of one of them is enough."""
    assert read_region("西安市") == "610100"
    with pytest.raises(InputError, match="610100"):
        read_region("西安")
    with pytest.raises(InputError) as refused:
        read_region("朝阳区")

    assert "北京市朝阳区（110105）" in refused.value.text.zh
    assert "长春市朝阳区（220104）" in refused.value.text.zh
    with pytest.raises(UnknownError):
        read_region("亚特兰蒂斯")


@pytest.fixture
def chinese(run: Run) -> Run:
    """The command line, spoken to in Chinese throughout."""

    def say(*words: str, **how: Any) -> Any:
        return run(*words, "--lang", "zh", **how)

    return say


def test_a_whole_case_is_spoken_in_chinese(chinese: Run) -> None:
    """From the loss report to the acceptance: every name on the command line is the one that the answers show."""
    who = "持卡人.证件号码=11010519491231002X"
    day = ("--on", "2025年9月22日")
    reported = chinese(
        *("case", "open", "挂失", "正式挂失", "--by", "持卡人", *day, "--region", "广州", "--id", "挂失1"),
        *("--set", "挂失的功能=社保功能", "--set", who),
    )
    assert reported.code == 0, reported.err
    applied = chinese(
        *(
            "case",
            "open",
            "社会保障卡补换",
            "申请补换",
            "--by",
            "持卡人",
            *day,
            "--place",
            "发卡地=广州",
            "--id",
            "补卡1",
        ),
        *("--link", "挂失1", "--set", "补换原因=遗失", "--set", "照片=二代身份证照片", "--set", who.replace(".", "·")),
    )
    assert applied.code == 0, applied.err
    assert chinese("case", "do", "补卡1", "缴费", "--by", "持卡人", *day, "--set", "已缴金额=20元").code == 0
    accepted = chinese("case", "do", "补卡1", "受理", "--by", "网点", *day, "--version", "第2版", "--json")
    assert accepted.json["obligations"][0]["due"] == "2025-09-30"


def test_a_part_of_a_title_does_what_can_be_done_now(chinese: Run) -> None:
    """Part of a title first means what somebody may do now, and never what only the clock does."""
    act = ("--by", "持卡人", "--on", "2025-09-22", "--region", "广州", "--set", "track=社保功能")
    answer = chinese("case", "open", "挂失", "书面挂失", *act, "--id", "x")

    assert answer.code == 2
    assert "不带材料" in answer.err


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (("show", "社会保障卡补换", "--region", "广州"), "card_replacement"),
        (("show", "补换", "--format", "Mermaid图"), "flowchart"),
        (("law", "社会保险法", "58"), "第58条"),
        (("law", "《社会保险经办条例》", "第6条第2款"), "第6条第2款"),
        (("doubts", "挂失", "--region", "西安市", "--kind", "来源互相冲突"), "西安市"),
        (("check", "挂失"), "loss_report"),
        (("day", "2026年9月20日", "--region", "广西"), "450000"),
        (("count", "2026/2/9", "２０２６．３．１３", "--body", "企业"), "20"),
        (("due", "20 workdays", "--from", "20260209", "--lang", "中文"), "2026-03-13"),
        (("due", "15个工作日", "--from", "2026年9月21日", "--region", "广州"), "最后一日：2026-10-19（确定）"),
        (("due", "十五个工作日", "--from", "２０２６－９－２１"), "2026-10-19"),
        (("due", "30 days", "--from", "2026-9-4", "--roll", "不移"), "2026-10-04"),
        (("calendar", "2026年"), "国庆节"),
    ],
)
def test_every_command_reads_chinese(chinese: Run, words: tuple[str, ...], shown: str) -> None:
    """Procedures, laws, articles, places, choices and days, as the command line writes them."""
    answer = chinese(*words)

    assert answer.code == 0, answer.err
    assert shown in answer.out


def test_fields_have_distinct_titles() -> None:
    """No two fields of one class share a title: each can be named by it."""
    data = {activity.data for process in PROCESSES for activity in process.activities if activity.data}
    twice = [
        (cls.__name__, titles)
        for cls in data
        if len(set(titles := [t.zh for t in titles_of(cls).values()])) < len(titles)
    ]
    assert not twice


def test_fields_that_take_places_are_read_by_name(chinese: Run) -> None:
    """A field that takes a place takes its name, as ``--region`` does; one that nobody knows is refused at its field."""
    who = ("--by", "参保人", "--on", "2026-03-02")
    act = ("case", "open", "异地就医备案", "apply", *who, "--region", "广州", "--id", "x")
    wrong = chinese(*act, "--set", "就医地=亚特兰蒂斯", "--json")
    several = chinese(*act, "--data", '{"就医地": "朝阳区"}', "--json")

    assert (wrong.code, several.code) == (2, 2)
    assert "area" in {fault["path"] for fault in wrong.fault["faults"]}
    assert "110105" in several.fault["message"]
