"""Laws and documents, each entered once, and citations of their articles."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from attrs import field, frozen

from ssflow.converters import read_toml, structure
from ssflow.errors import DataError, Fault, InputError
from ssflow.text import NO_TEXT, Lang, Text

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

# 6(2)(1): article 6, paragraph 2, item 1
_ARTICLE = re.compile(r"(\d+)(?:\((\d+)\))?(?:\((\d+)\))?")
# 1.6: part 1, item 6 of a guide
_ITEM = re.compile(r"(\d+)(?:\.(\d+))?")


@frozen(kw_only=True)
class Law:
    """A law, a document below the law, or a guide, as a basis of figures and moves.

    ``kind`` grades it: ``statute`` (laws and State Council decrees), ``document`` (published rules of a department or
    a place), ``answer`` (public answers of an authority) or ``guide`` (a service guide that names no law). ``read`` says how
    the cited content is known: from the law's own text (``text``), from what others repeat or say of it (``quoted``), or not at
    all beyond its existence (``unread``). ``begins`` lists the procedures whose beginning it gives.
    """

    id: str
    title: Text
    kind: Literal["statute", "document", "answer", "guide"]
    number: str = ""
    issuer: str = ""
    issued: date | None = None
    in_force: date | None = None
    url: str = ""
    repealed_by: str = ""
    read: Literal["text", "quoted", "unread"] = "text"
    note: Text = NO_TEXT
    begins: dict[str, date] = field(factory=dict, eq=False)


@frozen
class Citation:
    """An article of a law, or the law as a whole, written ``"decree-765 6(2)"`` in data and code.

    >>> Citation.parse("decree-765 6(2)")
    Citation(law='decree-765', article='6(2)')

    """

    law: str
    article: str = ""

    @classmethod
    def parse(cls, text: str) -> Citation:
        """Return a citation from its written form: the id of the law, a space, the article.

        Raises:
            InputError: ``text`` is not text, or is empty.

        """
        written: object = text
        law, _, article = written.strip().partition(" ") if isinstance(written, str) else ("", "", "")
        if not law:
            raise InputError.of(
                "cites",
                "引用须写明laws.toml中的法规，空一格后写条款，例如“decree-765 6(2)”",
                "a citation names a law of laws.toml and, after a space, an article: 'decree-765 6(2)'",
            )
        return cls(law, article.strip())

    def __str__(self) -> str:
        return f"{self.law} {self.article}".strip()

    def text(self, laws: Mapping[str, Law]) -> Text:
        """Return the citation as lawyers write it; a law that ``laws`` does not hold keeps its id, and a reform without a law is a proposal."""
        law = laws.get(self.law)
        if law is None:
            return Text("拟议的修改", "proposal") if str(self) == "proposal" else Text(str(self), str(self))
        zh = _named(law)
        article = _article(self.article, law)
        return Text(zh + article.zh, f"{law.title.en}, {article.en}" if article.en else law.title.en)

    def say(self, laws: Mapping[str, Law], lang: Lang) -> str:
        """Return the citation in one language."""
        return self.text(laws).say(lang)


def _named(law: Law) -> str:
    """Return a law's name in Chinese. Only a title under which a text was issued gets title marks; a guide is called a guide."""
    match law.kind:
        case "answer":
            return law.title.zh
        case "guide":
            return law.title.zh if "指南" in law.title.zh else f"办事指南“{law.title.zh}”"
        case _:
            return f"《{law.title.zh}》"


def _article(written: str, law: Law) -> Text:
    """Return an article in words: 第6条第2款, art. 6(2); for a guide, which has no articles, the part and its item."""
    if law.kind == "guide" and (match := _ITEM.fullmatch(written)):
        part, item = match.groups()
        return Text(
            f"第{part}部分" + (f"第{item}项" if item else ""), f"part {part}" + (f", item {item}" if item else "")
        )
    if match := _ARTICLE.fullmatch(written):
        numbers = zip(match.groups(), ("条", "款", "项"), strict=True)
        return Text("".join(f"第{number}{word}" for number, word in numbers if number), f"art. {written}")
    return Text(written, written)


def parse_citations(written: str | Sequence[str]) -> tuple[Citation, ...]:
    """Return one citation or several, as data files and definitions write them.

    Raises:
        InputError: one of them is not text, or is empty.

    """
    texts: Sequence[Any] = written if isinstance(written, list | tuple) else [written]
    return tuple(map(Citation.parse, texts))


def load_laws(path: Path | Traversable) -> dict[str, Law]:
    """Return the laws of one ``laws.toml`` by their ids.

    Raises:
        DataError: an entry is incomplete, or cites a successor that is not entered.

    """
    laws: dict[str, Law] = {}
    faults: list[Fault] = []
    raw = read_toml(path)
    for name, entry in raw.items():
        if not isinstance(entry, dict) or "id" in entry:
            zh = "须为表，写作[编号]，其下列出title、kind等，不写id"
            faults.append(Fault(name, Text(zh, "a law is a table [id] with title, kind and so on, but no id in it")))
            continue
        try:
            laws[name] = structure({"id": name, **entry}, Law, path, name)
        except DataError as error:
            faults += error.faults
    for law in laws.values():
        if law.repealed_by and law.repealed_by not in raw:
            zh = f"没有登记{law.repealed_by!r}（repealed_by）"
            faults.append(Fault(law.id, Text(zh, f"repealed_by names {law.repealed_by!r}, which is not entered")))
    if faults:
        raise DataError(str(path), *faults)
    return laws
