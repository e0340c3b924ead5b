"""A citation is written as lawyers write it: the law by its kind, the article by its parts."""

from datetime import date

import pytest

from ssflow.rules.basis import basis
from ssflow.rules.citations import Citation, Law
from ssflow.text import Text

MEASURES, GUIDE = Text("办法", "Measures"), Text("补换卡", "Replacement")
NAMED_GUIDE, ANSWER = Text("补换卡服务指南", "Guide to replacement"), Text("市局答复", "Answer of the bureau")
LAWS = {
    law.id: law
    for law in (
        Law(id="decree", title=MEASURES, kind="statute"),
        Law(id="order", title=MEASURES, kind="document"),
        Law(id="guide", title=GUIDE, kind="guide"),
        Law(id="named", title=NAMED_GUIDE, kind="guide"),
        Law(id="answer", title=ANSWER, kind="answer"),
    )
}


def test_laws_are_kept_in_sets() -> None:
    """Also those that say when procedures began; whoever collects what several rulebooks cite needs each once."""
    begun = Law(id="decree", title=MEASURES, kind="statute", begins={"card_issue": date(2011, 7, 1)})
    assert {*LAWS.values(), begun} == {*LAWS.values()}


@pytest.mark.parametrize(
    ("cite", "zh", "en"),
    [
        ("decree", "《办法》", "Measures"),
        ("decree 6", "《办法》第6条", "Measures, art. 6"),
        ("order 6(2)", "《办法》第6条第2款", "Measures, art. 6(2)"),
        ("order 6(2)(1)", "《办法》第6条第2款第1项", "Measures, art. 6(2)(1)"),
        ("order 附件1", "《办法》附件1", "Measures, 附件1"),
        ("guide 3", "办事指南“补换卡”第3部分", "Replacement, part 3"),
        ("guide 1.6", "办事指南“补换卡”第1部分第6项", "Replacement, part 1, item 6"),
        ("named 1.6", "补换卡服务指南第1部分第6项", "Guide to replacement, part 1, item 6"),
        ("answer", "市局答复", "Answer of the bureau"),
        ("decree 1.6", "《办法》1.6", "Measures, 1.6"),
        ("unknown 6", "unknown 6", "unknown 6"),
    ],
)
def test_a_law_and_its_article(cite: str, zh: str, en: str) -> None:
    """Only what was issued under its title stands in the marks of a title; a guide has parts and items instead of articles."""
    assert Citation.parse(cite).text(LAWS) == Text(zh, en)


@pytest.mark.parametrize(
    ("cites", "zh", "en"),
    [
        (["decree 6", "decree 8(1)"], "《办法》第6条、第8条第1款", "Measures, art. 6, art. 8(1)"),
        (
            ["decree 6", "guide 1", "decree 6"],
            "《办法》第6条；办事指南“补换卡”第1部分",
            "Measures, art. 6; Replacement, part 1",
        ),
        (["decree", "decree 6"], "《办法》第6条", "Measures, art. 6"),
        (["answer", "unknown 3", "unknown 5"], "市局答复；unknown 3、5", "Answer of the bureau; unknown 3, 5"),
    ],
)
def test_each_law_is_named_once(cites: list[str], zh: str, en: str) -> None:
    """Its articles follow it in the order in which they are cited, each once."""
    assert (basis(cites, LAWS, "zh"), basis(cites, LAWS, "en")) == (zh, en)
