"""Charts drawn as SVG and PNG, without a network or a browser. No other module imports vl-convert."""

from __future__ import annotations

import re
from html import escape
from typing import Any

import vl_convert

from ssflow.errors import InputError
from ssflow.pictures.style import FONTS
from ssflow.text import NO_TEXT, Lang, Text

_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff]")
_FONTS = re.compile(r' font-family="[^"]*"')
_TEXTS = re.compile(r"<t(?:ext|span)[^>]*>([^<]*)<")
_PROBE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24">'
    f'<text y="20" font-size="20" font-family="{FONTS}">{{}}</text></svg>'
)
_SCALE = 2.0  # pixels of a PNG for one of the SVG


def to_svg(spec: dict[str, Any], lang: Lang) -> str:
    """Return a chart as SVG: an image with one title, whose text stays text, so that only the viewer needs the fonts."""
    still = {**spec, "config": {**spec.get("config", {}), "aria": False}}  # the parts of an image need no names
    drawn = vl_convert.vegalite_to_svg(still, vl_version=_drawn_by(spec))
    fonts = next(iter(_FONTS.findall(drawn)), "")
    root = (
        f'<svg role="img" aria-label="{escape(str(spec["title"]["text"]))}" lang="{"zh-Hans" if lang == "zh" else "en"}"'
        f'{fonts} style="max-width:100%;height:auto" '
    )
    return drawn.replace(fonts, "").replace("<svg ", root, 1)


def to_png(svg: str, lang: Lang) -> bytes:
    """Return a drawn picture as PNG.

    Raises:
        InputError: the picture has Chinese text, and no font of this machine has Chinese letters.

    """
    if any(map(_HAN.search, _TEXTS.findall(svg))) and not has_chinese_font():
        english = (
            Text("，或用lang='en'", ", or ask for lang='en'") if lang == "zh" else NO_TEXT
        )  # names of places stay Chinese
        raise InputError.of(
            "path",
            "本机没有中文字体，PNG图中的汉字无法显示；请安装一种（如fonts-noto-cjk），或用vl_convert.register_font_directory"
            f"指明字体所在文件夹，或改存为.svg{english.zh}",
            "no font of this machine has Chinese letters, so a PNG would lack them; install one (such as fonts-noto-cjk), name "
            f"its folder with vl_convert.register_font_directory, or save an .svg{english.en}",
        )
    return vl_convert.svg_to_png(svg, scale=_SCALE)


def has_chinese_font() -> bool:
    """Return whether some font on this machine has Chinese letters; without one, all of them are drawn alike."""
    one, other = (vl_convert.svg_to_png(_PROBE.format(letter)) for letter in "中国")
    return one != other


def mime_of(spec: dict[str, Any]) -> str:
    """Return the media type under which notebooks draw a chart."""
    return f"application/vnd.vegalite.v{_version(spec).partition('.')[0]}.json"


def _version(spec: dict[str, Any]) -> str:
    """Return the version of Vega-Lite in which a chart is written."""
    return str(spec["$schema"]).rpartition("/v")[2].removesuffix(".json")


def _drawn_by(spec: dict[str, Any]) -> str | None:
    """Return that version as vl-convert names it; None, which means its newest, if it does not know this one."""
    version = ".".join(_version(spec).split(".")[:2])
    return version if version in vl_convert.get_vegalite_versions() else None
