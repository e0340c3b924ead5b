"""The library speaks the Chinese of its glossary and plain English: words that were given up do not come back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ssflow.sheets import law_index

ROOT = Path(__file__).parents[1]
GLOSSARY = "glossary.md"  # it alone names the words that are not used

# A word that is not used, what is written instead, and what else it may truly mean.
GIVEN_UP = {
    "案件": ("办件", r"(复议|纠纷|诉讼)案件"),
    "立案": ("登记", r"立案调查|自立案之日|[“\"]立案[”\"]|\"立案 \[|\*\*立案\*\*|立案、延长调查"),
    "开案": ("登记", ""),
    "终局": ("办结", ""),
    "清理": ("定时记录", r"统一清理|至清理前|待遇的清理|清理文件夹"),
    "活动": ("环节", r"业务活动|纪念活动"),
    "无数值": ("未规定", ""),
    "本案": ("本办件", "本案例"),
    "末日": ("最后一日，数值的为终止日", "月末日"),
    "停算": ("停止计算", ""),
    "机缘": ("随机因素", ""),
    "办案": ("办件，案例", ""),
}

# What English does not say, as a pattern: it says who acts, and that a clock is stopped or a case in a state.
CLUMSY = {
    "whoever": r"\bwho(m|so)?ever\b",
    "what is known": r"\bwhat is known\b",
    "a clock or a case stands": r"\b(clocks?|cases?|terms?) (still |then )?(stands?|stood)\b",
    "stands still": r"\bst(ands?|ood) still\b",
}


def chinese() -> Iterator[Path]:
    """The files in which the library speaks Chinese."""
    for folder, ending in (("src", "*.py"), ("src", "*.toml"), ("docs/zh", "*.md")):
        yield from (file for file in (ROOT / folder).rglob(ending) if file.name != GLOSSARY)
    yield ROOT / "README.zh.md"


def english() -> Iterator[Path]:
    """The files in which the library speaks English."""
    for folder, ending in (("src", "*.py"), ("src", "*.toml"), ("docs/en", "*.md")):
        yield from (ROOT / folder).rglob(ending)
    yield ROOT / "README.md"


@pytest.mark.parametrize("word", GIVEN_UP)
def test_words_that_were_given_up_do_not_come_back(word: str) -> None:
    """Sources and Chinese pages write what the glossary has, except where the word has its own meaning in law."""
    instead, meant = GIVEN_UP[word]
    found = [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()}"
        for file in chinese()
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if word in (re.sub(meant, "", line) if meant else line)
    ]
    assert not found, f"write {instead} instead of {word}:\n" + "\n".join(found)


@pytest.mark.parametrize("words", CLUMSY)
def test_english_names_who_acts(words: str) -> None:
    """Pages, texts and docstrings name the role, the person or the state."""
    files = list(english())
    found = [
        f"{file.relative_to(ROOT)}: {line.strip()}"
        for file in files
        for line in file.read_text("utf-8").splitlines()
        if re.search(CLUMSY[words], line.replace("_", " "), re.IGNORECASE)
    ]
    assert ROOT / "docs/en/explanation/design.md" in files and not found, "\n".join(found)


def test_ages_are_completed_years() -> None:
    """An age is written 周岁, as laws write it."""
    found = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in chinese()
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if re.search(r"[0-9一二三四五六七八九十}]岁", line)
    ]
    assert not found


def test_a_guide_is_not_cited_like_a_statute() -> None:
    """Only what was issued under its title stands in its marks."""
    guides = [law.title.zh for law in law_index().laws.values() if law.kind == "guide"]
    found = [
        f"{file.relative_to(ROOT)}: {title}"
        for file in chinese()
        for title in guides
        if f"《{title}" in file.read_text("utf-8")
    ]
    assert guides and not found
