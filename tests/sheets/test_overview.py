"""A reader finds on the first screen how long it takes, what to bring, what it costs, where to go and who acts."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssflow import machines, rulebook
from ssflow.machines.reckoning.retirement_age import Group, in_months, retirement_day, schedule_of
from ssflow.process import Fee, Process, Term, WayIn
from ssflow.sheets import retirement_table, sheet
from ssflow.sheets.procedures.overview import Question
from ssflow.text import Lang
from ssflow.views.fields import fields_of

EVERY = pytest.mark.parametrize("process", [machines.get(name) for name in machines.names()], ids=machines.names())
DAY = date(2026, 9, 21)
SCREEN, WIDTH = 42, 60  # lines that a screen shows, and the Chinese characters of each
ENGLISH = re.compile(r"[A-Za-z']{2,}( [A-Za-z']+){3,}")
TABLE = retirement_table()
OPEN = {"card_replacement": ("**7个工作日，自“受理”起算**：青岛市、广州市", "持卡人身份证件", "⚠️ **20元**：", "社保卡服务网点"),
        "medical_transfer": ("**10个工作日，自“审核通过并受理”起算**：全国", "参保人身份证件", "未规定", "转入地医疗保障经办机构"),
        "pension_transfer": ("**15个工作日，自“受理”起算**：全国", "户籍所在地", "未规定", "转入地社会保险经办机构（新参保地）"),
        "retirement": ("**20个工作日，自“申领”起算**：全国", "缴费期间", "未规定", "社会保险经办机构（待遇领取地）")}  # fmt: skip


def first_screen(name: str, lang: Lang = "zh") -> str:
    """What stands above the second section of a page."""
    return re.split(r"^## ", sheet(name).to_markdown(lang), flags=re.MULTILINE)[1]


@pytest.mark.parametrize("name", OPEN)
def test_a_reader_is_answered_on_the_first_screen(name: str) -> None:
    """How long, what to bring, what it costs, where: in this order, before any other section, in as many lines as a screen has."""
    text, page = first_screen(name), sheet(name).to_markdown("zh")

    assert all(answer in text for answer in OPEN[name])
    assert page.index("## 一览") < 200
    assert [text.index(f"**{question.value.zh}**") for question in Question] == sorted(
        text.index(f"**{question.value.zh}**") for question in Question
    )
    assert sum(-(-len(line) // WIDTH) for line in text.partition("\n详见")[0].splitlines()) <= SCREEN


def test_what_a_card_costs_in_guangzhou() -> None:
    """The place is named beside its fee on the general page, and alone on its own."""
    (fee,) = [part for part in first_screen("card_replacement").split("⚠️") if "20元" in part]
    (own,) = [row for row in sheet("card_replacement", "440100", DAY).overview().rows if row.question is Question.cost]

    assert "广州市" in fee
    assert [answer.text.zh for answer in own.answers] == ["⚠️ 20元：广州市"]


@EVERY
def test_ways_in_are_told(process: type[Process]) -> None:
    """Every member of every enumeration that says by which way people come in, and no other."""
    rows = [row for row in sheet(process).overview().rows if row.question is Question.where]
    fields = [one for a in sheet(process).activities() if a.data for one in fields_of(a.data)]
    ways = [one for one in fields if isinstance(one.kind, type) and issubclass(one.kind, WayIn)]
    told = {row.about: row.answers[0].said.zh for row in rows if row.about.zh != "经办机构"}

    assert set(told) == {one.title for one in ways}
    assert all(member.value.zh in told[one.title] for one in ways for member in one.members)


@EVERY
def test_every_question_has_an_answer(process: type[Process]) -> None:
    """No procedure leaves a question out; what no source says is said to be unknown."""
    rows = sheet(process).overview().rows

    assert list(dict.fromkeys(row.question for row in rows)) == list(Question)
    assert all(row.answers for row in rows)
    assert any(isinstance(figure, Fee) for figure in process.figures) or [
        row.answers[0].said.zh for row in rows if row.question is Question.cost
    ] == ["未规定"]


@EVERY
def test_amounts_are_those_in_force(process: type[Process]) -> None:
    """In a place on a day, each amount of a term or a fee that a look-up gives stands on the first screen, and no other."""
    shown = sheet(process, "440100", DAY)
    said = {
        row.about.zh.partition("（")[0]: {a.text.zh.removeprefix("⚠️ ") for a in row.answers}
        for row in shown.overview().rows
    }
    for figure, values in shown.figures():
        if isinstance(figure, Term | Fee):
            amounts = {figure.text_of(value).zh for value in values} or {"未规定"}
            assert {re.split("[，：]", answer)[0] for answer in said[figure.zh]} == amounts


@EVERY
def test_a_figure_that_was_followed_is_not_shown(process: type[Process]) -> None:
    """The general page shows what is in force at its day and nothing older; no figure is shown before it begins."""
    overview = sheet(process).overview()
    assert overview.on is None or overview.on >= date(2026, 11, 22)
    dated = sheet(process, on=overview.on).overview() if overview.on else overview
    nation = {answer.amount.zh for row in dated.rows if row.question is Question.cost for answer in row.answers}
    general = {answer.amount.zh for row in overview.rows if row.question is Question.cost for answer in row.answers}
    assert nation <= general | {""}


@EVERY
def test_a_chinese_page_is_for_readers_of_chinese(process: type[Process]) -> None:
    """No path of a source file, no sentence in English, no command for developers; ages in 周岁."""
    text = sheet(process).to_markdown("zh")
    text = re.sub(r"```mermaid\n.*?```|`[^`]*`|\]\([^)]*\)|https?://\S+", "", text, flags=re.DOTALL)

    assert [match[0] for match in ENGLISH.finditer(text)] == []
    assert not re.search(r"\.(py|toml)\b|dev\.py|python", text)
    assert not re.search(r"[0-9]岁", text)


@pytest.mark.parametrize(("group", "month"), [(Group.women_55, date(2028, 1, 1)), (Group.women_50, date(2022, 5, 1))])
def test_a_woman_born_in_may_1972(group: Group, month: date) -> None:
    """Of the 55 group she retires in January 2028, of the 50 group in May 2022; the page of the procedure says so."""
    assert TABLE.of(group, date(1972, 5, 31)).month == month

    part = sheet("retirement").to_markdown("zh").partition(f"### {group.value.zh}")[2].partition("###")[0]
    (row,) = re.findall(r"^\| 1972 \| (.*) \|$", part, re.MULTILINE)
    assert row.split(" | ")[4].startswith(f"{month:%Y-%m}<br>")


# Reckoned by hand from the measures: one month later for every four months of birth (two in the 50 group), up to three years (five).
@pytest.mark.parametrize(
    ("group", "born", "month", "age"),
    [
        (Group.men, (1965, 1), (2025, 2), (60, 1)),
        (Group.men, (1976, 9), (2039, 9), (63, 0)),
        (Group.women_55, (1970, 1), (2025, 2), (55, 1)),
        (Group.women_55, (1981, 9), (2039, 9), (58, 0)),
        (Group.women_50, (1975, 1), (2025, 2), (50, 1)),
        (Group.women_50, (1984, 11), (2039, 11), (55, 0)),
    ],
)
def test_the_first_and_the_last_delay(
    group: Group, born: tuple[int, int], month: tuple[int, int], age: tuple[int, int]
) -> None:
    """The first and the last delayed month of each group."""
    row = TABLE.of(group, date(*born, 1))

    assert (row.month, (row.years, row.months)) == (date(*month, 1), age)


@given(st.sampled_from(Group), st.dates(date(1930, 1, 1), date(2010, 12, 31)))
def test_the_table_is_the_reckoning(group: Group, born: date) -> None:
    """Whatever the month, the row says the month in which the reckoning ends, and the age that leads there."""
    book = rulebook("retirement")
    figures = [book.find(name, TABLE.on, keys={"group": group.name}) for name in ("old_age", "age_limit", "births")]
    assert figures[0]
    schedule, row = schedule_of(*figures), TABLE.of(group, born)

    assert retirement_day(schedule, born).replace(day=1) == row.month
    months = (row.month.year - born.year) * 12 + row.month.month - born.month
    assert months == row.years * 12 + row.months
    assert in_months(figures[0]) <= months <= in_months(figures[1] or figures[0])


def test_the_table_has_every_month_once() -> None:
    """Each group runs from January to December without a gap, from before the delay to its end, and months of retirement never fall."""
    for group in Group:
        rows = [row for row in TABLE.rows if row.group is group]
        assert [(row.born.year, row.born.month) for row in rows] == [
            (year, month) for year in range(rows[0].born.year, rows[-1].born.year + 1) for month in range(1, 13)
        ]
        assert [row.month for row in rows] == sorted(row.month for row in rows)
        assert rows[0].months == 0
        assert rows[-1].months == 0
    assert retirement_table(date(2020, 1, 1)).rows == ()
    assert retirement_table(date(2020, 1, 1)).of(Group.men, date(1975, 5, 5)).month == date(2035, 5, 1)
