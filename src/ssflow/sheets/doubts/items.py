"""The list of what is not known: weak figures, conflicts, open questions of the sources, texts that were not read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from attrs import field, frozen

from ssflow.documents import Document, text_document
from ssflow.doors import check_lang
from ssflow.regions import NATION, area_name
from ssflow.rules import Citation, Law
from ssflow.rules.basis import basis
from ssflow.rules.doubts import DoubtKind
from ssflow.rules.values import place_of
from ssflow.sheets.usable import Failing, failing_document, faults_by_name
from ssflow.sources import GRADES, Grade
from ssflow.text import NO_TEXT, Lang, Text
from ssflow.views.citing import cited
from ssflow.views.plain import plain

DoubtfulKind = Literal["weak", "untimed", "missing", "no_statute"] | DoubtKind

# In the order of the list.
DOUBTFUL_KINDS: dict[DoubtfulKind, Text] = {
    "weak": Text("证据薄弱的数值", "Figures that rest on little"),
    "conflict": Text("来源互相冲突", "Sources that contradict each other"),
    "reading": Text("文字有多种解读", "Words that bear more than one reading"),
    "untimed": Text("没有数值的期限", "Terms and lapses without a figure"),
    "missing": Text("没有数值的其他项目", "Other items without a figure"),
    "no_statute": Text("没有法定期限的程序", "Procedures without a term of statute"),
    "silence": Text("来源没有说明", "What the sources leave open"),
    "unread": Text("未读原文", "Texts that were not read"),
    "beyond": Text("不属本程序", "Known, but no part of the procedure"),
}


@frozen(kw_only=True)
class Item:
    """One thing that is not known, or not well enough.

    ``name`` is that of a figure or a law; a doubt has none. ``said`` is the amount of a figure, or what it lacks.
    """

    kind: DoubtfulKind
    procedure: str
    what: Text
    name: str = ""
    said: Text = NO_TEXT
    region: str = NATION
    when: str = ""
    since: date | None = None
    until: date | None = None
    confidence: Grade | None = None
    cites: tuple[Citation, ...] = ()
    chosen: tuple[Citation, ...] = ()
    url: tuple[str, ...] = ()
    note: Text = NO_TEXT

    @property
    def place(self) -> Text:
        """The place in which it applies."""
        return place_of(self.region, self.confidence)

    @property
    def grade(self) -> Text:
        """The grade of a figure's source, in words."""
        return GRADES[self.confidence] if self.confidence else NO_TEXT


@frozen
class Doubtful:
    """A list of what is not known: a sequence of `Item` that can be shown as a table, a data frame and a page.

    ``failing`` names the procedures and files that could not be read and are left out of a partial list.
    """

    items: tuple[Item, ...]
    laws: dict[str, Law]
    failing: Failing = field(factory=dict, eq=False)

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def of(self, kind: DoubtfulKind) -> Doubtful:
        """Return the items of one kind."""
        return Doubtful(tuple(item for item in self.items if item.kind == kind), self.laws, self.failing)

    def rows(self, lang: Lang = "en") -> list[dict[str, str]]:
        """Return every item as a row of plain texts, for a data frame or a printed table."""
        check_lang("lang", lang)
        return [
            {
                "kind": item.kind,
                "procedure": item.procedure,
                "name": item.name,
                "what": item.what.say(lang),
                "said": item.said.say(lang),
                "region": item.region,
                "place": item.place.say(lang),
                "when": item.when,
                "since": item.since.isoformat() if item.since else "",
                "until": item.until.isoformat() if item.until else "",
                "confidence": item.confidence or "",
                "source": basis(item.cites, self.laws, lang),
                "chosen": basis(item.chosen, self.laws, lang),
                "url": " ".join(item.url),
                "note": item.note.say(lang),
            }
            for item in self.items
        ]

    def document(self) -> Document:
        """Return the list as plain data: keys are English, days ISO, texts in both languages."""
        return {
            "doubts": [
                {
                    "kind": item.kind,
                    "procedure": item.procedure,
                    "name": item.name,
                    "what": text_document(item.what),
                    "said": text_document(item.said),
                    "region": item.region,
                    "region_name": area_name(item.region),
                    "when": item.when,
                    "since": item.since.isoformat() if item.since else None,
                    "until": item.until.isoformat() if item.until else None,
                    "confidence": item.confidence,
                    "basis": plain(cited(item.cites, self.laws)),
                    "chosen": plain(cited(item.chosen, self.laws)),
                    "url": list(item.url),
                    "note": text_document(item.note),
                }
                for item in self.items
            ],
            "failing": failing_document(faults_by_name(self.failing)),
        }

    def to_markdown(self, lang: Lang) -> str:
        """Return the list as Markdown, a section with a table for each kind."""
        from ssflow.sheets.doubts.page import to_markdown

        check_lang("lang", lang)
        return to_markdown(self, lang)
