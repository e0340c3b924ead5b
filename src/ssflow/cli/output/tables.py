"""Tables of results on the screen and in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ssflow.cli.output.answer import Screen
from ssflow.cli.output.boards import table
from ssflow.documents import text_document
from ssflow.text import Text
from ssflow.views.plain import plain

if TYPE_CHECKING:
    from ssflow.tables import Table


def rows_document(one: Table) -> list[dict[str, Any]]:
    """Return the rows of a table, with texts in both languages."""
    pairs = zip(one.rows("zh"), one.rows("en"), strict=True)
    return [
        {
            name: text_document(Text(zh[name], value)) if isinstance(one.columns[name][number], Text) else plain(value)
            for name, value in en.items()
        }
        for number, (zh, en) in enumerate(pairs)
    ]


def show_tables(screen: Screen, *tables: Table) -> None:
    """Print tables under their captions; a table without rows is left out."""
    for one in tables:
        if len(one):
            screen.heading(screen.say(one.caption))
            headings, rows = one.texts(screen.lang)
            shown = table(*headings, whole=0)
            for row in rows:
                shown.add_row(*row)
            screen.show(shown)
