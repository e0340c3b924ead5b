"""The documentation says the same in both languages, and what it shows is so."""

import os
import re
import subprocess
import sys
import tomllib
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path
from shlex import split

import attrs
import click
import pytest

from ssflow import errors, machines
from ssflow.calendar import Notice, Rest
from ssflow.rules import Amendment, Law
from ssflow.rules.values import Entry
from ssflow.simulation import Arrivals, Before, Duration, Hours, Practice, Profile, Serves, Station
from ssflow.testing.scenarios import Scenario, Step

DOCS = Path(__file__).parent.parent / "docs"
EN, ZH = DOCS / "en", DOCS / "zh"
SOURCES = DOCS.parent / "src" / "ssflow"
PAGES = sorted(path.relative_to(EN).as_posix() for path in EN.rglob("*.md"))
# What a diagram says: titles in quotes, the words at an arrow, a comment. Its states and arrows are the same in both languages.
SAID = re.compile(r'"[^"]*"|(?<=\w): .*$|%%.*$', re.MULTILINE)
IN_LANGUAGE = re.compile(r'^lang(, \w+)? = "(en|zh)"', re.MULTILINE)  # of a notebook
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"^`([\w./-]+)`\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#]*)#?([^)]*)\)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


def read(folder: Path, page: str) -> str:
    return (folder / page).read_text(encoding="utf-8")


def blocks(text: str) -> list[tuple[str, str]]:
    """The fenced blocks of a page, without their comments; of diagrams, without what they say in a language.

    Notebooks say in which language they show their results: that, and what they show, is not the same in both.
    """
    found = [(kind, re.sub(r"(^|  )#.*$", "", code, flags=re.MULTILINE)) for kind, code in BLOCK.findall(text)]
    found = [(kind, IN_LANGUAGE.sub("lang", code)) for kind, code in found if kind != "output"]
    return [(kind, SAID.sub("", code) if kind == "mermaid" else code) for kind, code in found]


def test_both_languages_have_the_same_pages() -> None:
    """A page exists in both languages or in none."""
    assert sorted(path.relative_to(ZH).as_posix() for path in ZH.rglob("*.md")) == PAGES


@pytest.mark.parametrize("page", PAGES)
def test_both_languages_show_the_same_code(page: str) -> None:
    """Only the prose is translated."""
    assert blocks(read(ZH, page)) == blocks(read(EN, page))


@pytest.mark.parametrize("page", PAGES)
def test_bold_chinese_is_seen_as_bold(page: str) -> None:
    """Marks that close after Chinese punctuation and touch a letter close nothing in Markdown: a blank stands between."""
    prose = BLOCK.sub("", read(ZH, page))
    bold = re.findall(
        r"\*\*([^*\n]+)\*\*([^*\n]?)", prose
    )  # from the left, so that what closes one is not taken to open another
    assert [said for said, after in bold if said[-1] in "。：，；！？）」”" and re.match(r"[\w`]", after)] == []


def anchors(path: Path) -> set[str]:
    """The headings of a page as the ends of links name them."""
    headings = HEADING.findall(BLOCK.sub("", path.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("folder", [EN, ZH], ids=["en", "zh"])
@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(folder: Path, page: str) -> None:
    """A relative link names a page that exists, and a heading of that page."""
    here = folder / page
    for target, anchor in LINK.findall(read(folder, page)):
        there = here.parent / target if target else here
        if "://" not in target:
            assert there.is_file(), target
            assert not anchor or anchor in anchors(there), anchor


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("reference/errors.md", [name for name, cls in vars(errors).items() if str(cls).endswith("Error'>")]),
        (
            "reference/file-formats.md",
            [
                field.name
                for cls in (
                    Notice,
                    Rest,
                    Law,
                    Entry,
                    Scenario,
                    Step,
                    Amendment,
                    Arrivals,
                    Before,
                    Duration,
                    Hours,
                    Practice,
                    Profile,
                    Serves,
                    Station,
                )
                for field in attrs.fields(cls)
            ],
        ),
    ],
)
def test_references_are_complete(page: str, names: list[str]) -> None:
    """Every error and every key of every file is described in both languages."""
    assert names
    for folder in (EN, ZH):
        text = read(folder, page)
        assert [name for name in names if f"`{name}`" not in text] == []


def options(command: click.Command) -> set[str]:
    inner = options_of_all(command.commands.values()) if isinstance(command, click.Group) else set()
    return inner | {name for param in command.params for name in param.opts if name.startswith("--")}


def options_of_all(commands) -> set[str]:
    return {name for command in commands for name in {command.name or ""} | options(command)}


@pytest.mark.parametrize("folder", [EN, ZH], ids=["en", "zh"])
def test_the_command_line_is_described(folder: Path) -> None:
    """Every command and every option has its line."""
    from ssflow.cli.app import program

    text = read(folder, "reference/command-line.md")

    assert [name for name in sorted(options(program)) if name not in text] == []


def test_lists_of_the_commands_are_whole() -> None:
    """Where the commands of ``ssflow case`` are listed, none is left out; the first page has those of an analyst too."""
    from ssflow.cli.commands.case import case

    for page, joint in (("en", ", "), ("zh", "、")):
        assert joint.join(f"`{name}`" for name in case.commands) in read(DOCS / page, "reference/command-line.md")
    for readme in ("README.md", "README.zh.md"):
        assert f"`ssflow case {'|'.join(case.commands)}`" in read(DOCS.parent, readme)
        assert "`ssflow simulate " in read(DOCS.parent, readme) and "`ssflow log check " in read(DOCS.parent, readme)


def test_the_first_page_counts_the_procedures() -> None:
    """How many procedures there are is said as it is, in both languages, and the list to which the READMEs lead has each."""
    ours = machines.names()

    assert f"[{len(ours)} procedures](procedures/index.md)" in read(EN, "index.md")
    assert f"[{len(ours)}个程序](procedures/index.md)" in read(ZH, "index.md")
    for folder, readme, said in ((EN, "README.md", "[{} procedures]"), (ZH, "README.zh.md", "[{}个程序]")):
        assert said.format(len(ours)) + f"(docs/{folder.name}/procedures/index.md)" in read(DOCS.parent, readme)
        assert [name for name in ours if f"`{name}`" not in read(folder, "procedures/index.md")] == []


def test_the_readmes_begin_with_the_reader_s_question() -> None:
    """The first lines are a question of law and its answer, then a refusal, then what each kind of reader does, in both languages."""
    for readme, marks in (
        (
            "README.md",
            (
                "20 working days",
                "13 March",
                "refused: ",
                "back end.**",
                "policy.**",
                "## Install",
                "## Where to go next",
            ),
        ),
        (
            "README.zh.md",
            ("20个工作日", "3月13日", "不予办理：", "经办系统的", "研究政策的", "## 安装", "## 接下来看什么"),
        ),
    ):
        text = read(DOCS.parent, readme)
        places = [text.index(mark) for mark in marks]
        assert places == sorted(places)
        assert places[1] < 300


STALE = re.compile(
    r"around the social-security card|three figures in all|(?<![0-9.,-])1 (figures|doubts|days|cases|procedures|terms|laws)\b"
)


@pytest.mark.parametrize("page", [*PAGES, "../../README.md", "../../CHANGELOG.md"])
def test_counts_are_in_their_number(page: str) -> None:
    """One thing is not written as several, and sentences that were given up do not come back."""
    assert [match[0] for match in STALE.finditer(BLOCK.sub("", read(EN, page)))] == []


def test_the_command_line_prints_what_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands of the page, run one after the other in an empty folder, answer as it shows."""
    from click.testing import CliRunner

    from ssflow.cli.app import program

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("SSFLOW_LANG", "en")
    for _, code in [block for block in BLOCK.findall(read(EN, "reference/command-line.md")) if block[0] == "console"]:
        for command, shown in re.findall(r"^\$ ssflow (.*?[^\\])\n(.*?)(?=^\$ |\Z)", code, re.MULTILINE | re.DOTALL):
            said = CliRunner().invoke(program, split(command.replace("\\\n", " "))).output
            # Where a line breaks is no matter.
            same = OutputChecker().check_output("".join(shown.split()), "".join(said.split()), ELLIPSIS)
            assert same, f"ssflow {command}\n{said}"


def test_the_package_of_the_guides_works(tmp_path: Path) -> None:
    """The files of the how-to pages, installed as they say, pass the tests that they contain."""
    for page in ("howto/add-a-procedure.md", "howto/test-your-procedure.md"):
        for name, text in NAMED.findall(read(EN, page)):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "src/myagency/__init__.py").touch()
    groups = tomllib.loads((tmp_path / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    info = tmp_path / "src" / "myagency-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: myagency\nVersion: 1.0\n", encoding="utf-8")
    lines = [f"[{group}]\n" + "\n".join(f"{k} = {v}" for k, v in names.items()) for group, names in groups.items()]
    (info / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")

    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), str(tmp_path)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "src")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
