"""What the tests of pictures read of a picture: the data that its chart holds, and every word that it says."""

from __future__ import annotations

import re
from typing import Any

from ssflow.pictures import Picture
from ssflow.text import Lang

LANGS: tuple[Lang, ...] = ("zh", "en")
HAN = re.compile("[\u4e00-\u9fff]")


def data_of(picture: Picture, *fields: str) -> list[dict[str, Any]]:
    """The rows of data that have these fields, of all parts of the chart."""
    rows = [row for rows in picture.spec.get("datasets", {}).values() for row in rows]
    return [row for row in rows if set(fields) <= set(row)]


def words_of(picture: Picture) -> str:
    """What stands in the drawn picture, title and all."""
    return " ".join(re.findall(r"<text[^>]*>(.*?)</text>", picture.svg, re.DOTALL))


def heading_of(picture: Picture) -> str:
    """The title with what stands beneath it."""
    title = picture.spec["title"]
    return " ".join([title["text"], *title["subtitle"]])
