"""A picture: a chart and the table of what it shows."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

from attrs import field, frozen

from ssflow.converters.files import writing
from ssflow.doors import check_kind, check_lang, checked
from ssflow.errors import InputError
from ssflow.pictures import rendering
from ssflow.pictures.style import dressed, titled
from ssflow.tables import Table
from ssflow.text import Lang, Text

KINDS = (".svg", ".png")


def _texts(given: Iterable[Text]) -> tuple[Text, ...]:
    return tuple(text for text in given if text)


@frozen(eq=False, slots=False)
class Picture:
    """A picture, as a ``chart`` of Altair and as a ``table``. A notebook draws it, wherever it runs.

    ``title`` says what it shows and in which unit, ``about`` explains it, and ``body`` is the chart without these. ``lang`` is
    the language of its labels.
    """

    body: Any = field(repr=False)
    title: Text
    about: tuple[Text, ...] = field(converter=_texts)
    table: Table
    lang: Lang = field(default="zh", validator=checked(check_lang))

    @cached_property
    def chart(self) -> Any:
        """The chart of Altair, with its title and the style of the library."""
        return dressed(titled(self.body, self.title, self.about, self.lang))

    @cached_property
    def spec(self) -> dict[str, Any]:
        """The chart in Vega-Lite."""
        written: dict[str, Any] = self.chart.to_dict()
        return written

    @cached_property
    def svg(self) -> str:
        """The picture as SVG."""
        return rendering.to_svg(self.spec, self.lang)

    def png(self) -> bytes:
        """Return the picture as PNG, at twice its size in pixels.

        Raises:
            InputError: the picture has Chinese text, and this machine has no Chinese font.

        """
        return rendering.to_png(self.svg, self.lang)

    def save(self, path: str | Path) -> None:
        """Write the picture into a file, ``.svg`` or ``.png``, without a network or a browser.

        Raises:
            InputError: the file is of another kind, cannot be written, or is a PNG in Chinese on a machine without a Chinese font.

        """
        file = file_of(path)
        content = self.svg.encode() if file.suffix.lower() == ".svg" else self.png()
        with writing(file):
            file.write_bytes(content)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:  # noqa: ARG002
        """Return the picture for notebooks: a live chart where they can draw one, otherwise SVG."""
        return {rendering.mime_of(self.spec): self.spec, "image/svg+xml": self.svg, "text/plain": repr(self)}

    @property
    def html(self) -> str:
        """The picture as an image for a page, isolated from the names and styles of the page."""
        drawn = b64encode(self.svg.encode()).decode()
        return f'<img alt="{escape(self.title.say(self.lang))}" style="max-width:100%" src="data:image/svg+xml;base64,{drawn}"/>'

    def __repr__(self) -> str:
        return f"<Picture {self.title.say(self.lang)!r}, {len(self.table)} rows>"


def file_of(path: object) -> Path:
    """Return the file for a picture; raises InputError if no picture has its ending."""
    check_kind("path", path, str, Path)
    file = Path(str(path))
    if file.suffix.lower() not in KINDS:
        raise InputError.of(
            "path",
            f"文件名须以{'或'.join(KINDS)}结尾；实际为{file.name!r}",
            f"the name of the file has to end in {' or '.join(KINDS)}, not {file.name!r}",
        )
    return file
