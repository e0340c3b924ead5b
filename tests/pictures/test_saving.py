"""A picture is written without a network, is the same chart everywhere, has its own paper, and says plainly what it needs."""

from __future__ import annotations

import json
import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from ssflow import WorkCalendar
from ssflow.errors import InputError, MissingExtraError
from ssflow.pictures import load_ipython_extension, picture, year
from ssflow.pictures.rendering import has_chinese_font
from ssflow.text import Text

CAL = WorkCalendar.china()
PNG = b"\x89PNG\r\n\x1a\n"


def test_the_ending_decides(tmp_path: Path) -> None:
    """``.svg`` holds text as text, with fonts that have Chinese letters on each system; ``.png`` is twice as large in pixels."""
    drawn = year(CAL, 2025, "en")
    drawn.save(tmp_path / "year.svg")
    drawn.save(str(tmp_path / "year.PNG"))
    svg, png = (tmp_path / "year.svg").read_text("utf-8"), (tmp_path / "year.PNG").read_bytes()
    assert svg == drawn.svg and "Working days of 2025" in svg and 'lang="en"' in svg
    for font in ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"):
        assert font in svg
    assert png.startswith(PNG)
    width, height = struct.unpack(">II", png[16:24])
    across, down = (float(n) for n in re.search(r'width="([\d.]+)" height="([\d.]+)"', svg).groups())
    assert (width, height) == (pytest.approx(2 * across, abs=2), pytest.approx(2 * down, abs=2))


@pytest.mark.parametrize("odd", ["year.pdf", "year", "", Path("svg"), 3, None, b"x.svg"])
def test_other_files_are_refused(odd: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is drawn or written."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as caught:
        year(CAL, 2025, "en").save(odd)  # type: ignore[arg-type]
    assert caught.value.faults[0].path == "path"
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """In our words, with its name."""
    with pytest.raises(InputError, match="cannot be written"):
        year(CAL, 2025, "en").save(tmp_path / "nowhere" / "year.svg")


def test_pictures_have_their_own_paper() -> None:
    """On a dark page as on a light one: the ground of the picture is white from edge to edge."""
    svg = year(CAL, 2025, "zh").svg
    width, height = re.search(r'width="([\d.]+)" height="([\d.]+)"', svg).groups()
    assert re.search(rf'<rect width="{width}" height="{height}" fill="(#fff|white)"', svg)


def test_a_notebook_gets_the_live_chart_and_the_drawn_one() -> None:
    """Where it can draw charts it takes the first; where not, the second, which is the file that ``save`` writes."""
    drawn = year(CAL, 2025, "zh")
    bundle = drawn._repr_mimebundle_()
    (live,) = (content for kind, content in bundle.items() if kind.startswith("application/vnd.vegalite.v"))
    assert live == drawn.chart.to_dict()
    assert bundle["image/svg+xml"] == drawn.svg
    assert bundle["text/plain"] == repr(drawn) == "<Picture '2025年工作日历', 365 rows>"
    assert json.loads(json.dumps(live)) == live  # nothing in it that only Python knows


def elsewhere(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What another process says."""
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )


DRAW = """
from ssflow import WorkCalendar
from ssflow.errors import InputError
from ssflow.pictures import year
from ssflow.pictures.rendering import has_chinese_font
zh, en = (year(WorkCalendar.china(), 2025, lang) for lang in ("zh", "en"))
assert not has_chinese_font()
en.png()
assert "工作日历" in zh.svg
print(zh.svg[:300])
try:
    zh.png()
except InputError as error:
    print(error.say("zh"))
    print(error.say("en"))
"""


def test_a_machine_without_chinese_fonts_says_so(tmp_path: Path) -> None:
    """A PNG in Chinese is refused with what to do, instead of losing its letters; SVG and English are drawn all the same."""
    (tmp_path / "fonts.conf").write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{tmp_path}</dir></fontconfig>'
    )
    done = elsewhere(DRAW, FONTCONFIG_FILE=str(tmp_path / "fonts.conf"), PYTHONIOENCODING="utf-8")
    assert done.returncode == 0, done.stderr
    assert "本机没有中文字体" in done.stdout and "no font of this machine has Chinese letters" in done.stdout
    assert "fonts-noto-cjk" in done.stdout and "register_font_directory" in done.stdout


def test_labels_have_the_same_room_without_chinese_fonts(tmp_path: Path) -> None:
    """The room of the labels of rows is reckoned and not measured: a picture made on a bare server is not cut on a desk."""
    code = "from ssflow import rulebook; from ssflow.pictures import figures; import re\n"
    code += "print(re.search(r'width=\"([0-9.]+)\"', figures(rulebook('card_replacement'), 'fee', 'zh').svg)[1])"
    (tmp_path / "fonts.conf").write_text(f"<fontconfig><dir>{tmp_path}</dir></fontconfig>")
    bare = elsewhere(code, FONTCONFIG_FILE=str(tmp_path / "fonts.conf"))
    here = elsewhere(code)
    assert bare.returncode == here.returncode == 0, bare.stderr + here.stderr
    assert float(bare.stdout) == pytest.approx(float(here.stdout), abs=20)


@pytest.mark.skipif(
    not has_chinese_font(), reason="no font of this machine has Chinese letters, as the test above says"
)
def test_a_png_in_chinese_is_drawn() -> None:
    """Where there is such a font."""
    assert year(CAL, 2025, "zh").png().startswith(PNG)


@pytest.mark.parametrize("package", ["altair", "vl_convert"])
def test_without_the_extra_we_say_what_to_install(package: str) -> None:
    """The pictures are refused by an error of ours in both languages; a run in a notebook is its tables then."""
    code = f"import sys; sys.modules[{package!r}] = None\n"
    code += """
from ssflow import simulate
from ssflow.errors import MissingExtraError
run = simulate("card_replacement", cases=3, runs=1)
try:
    run.plot
except MissingExtraError as error:
    print(error.say("zh"))
    print(error.say("en"))
page = run._repr_html_()
print("<img" in page, "<table" in page)
"""
    done = elsewhere(code, PYTHONIOENCODING="utf-8")
    assert done.returncode == 0, done.stderr
    assert "需要附加项columns、plot：pip install 'ssflow[columns,plot]'" in done.stdout
    assert "needs the extras columns and plot" in done.stdout and done.stdout.split()[-2:] == ["False", "True"]
    assert isinstance(MissingExtraError("x", "plot"), ImportError)


class Formatter:
    """As much of the formatter of IPython as an extension may use: it keeps what each kind of value is shown by."""

    def __init__(self) -> None:
        self.shown: dict[type, object] = {}

    def for_type(self, kind: type, show: object) -> None:
        self.shown[kind] = show


class Shell:
    def __init__(self) -> None:
        self.display_formatter = self
        self.formatters = {"text/html": Formatter()}


def test_a_notebook_learns_to_draw_values() -> None:
    """``%load_ext ssflow.pictures``: values are shown as their picture above what they showed before; what has none, as before."""
    from ssflow import rulebook
    from ssflow.case import Case
    from ssflow.machines.card_replacement import CardReplacement

    shell = Shell()
    load_ipython_extension(shell)
    shown = shell.formatters["text/html"].shown
    assert set(shown) >= {WorkCalendar, Case, type(rulebook("remedy"))}
    page = shown[WorkCalendar](CAL)
    assert page.count("<img ") == 1 and "WorkCalendar(" in page
    unopened = Case.unopened(CardReplacement, "c", {"issuing": "440100"})
    assert "<img" not in shown[Case](unopened) and "CardReplacement" in shown[Case](unopened)
    assert "<img" not in shown[WorkCalendar](CAL.strict())  # whose last days of the year would be a forecast
    assert "<img" in shown[WorkCalendar](WorkCalendar.from_holidays("DE"))
    assert picture(CAL).title == Text("2026年工作日历", "Working days of 2026")
