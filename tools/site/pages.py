"""The pages of the site as the generator wants them: those of ``docs``, the reference of the library, and what they load."""

import json
import re
import shutil
from importlib import import_module, resources
from pathlib import Path
from pkgutil import iter_modules

import ssflow
from ssflow import machines

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
LANGUAGES = ("en", "zh")
HOME = ("Home", "首页")
_FIRST = ("index", "ssflow")  # of their folders
SECTIONS = {
    "tutorial": ("Tutorial", "入门"),
    "howto": ("How-to", "操作指南"),
    "procedures": ("Procedures", "程序"),
    "notebooks": ("Notebooks", "笔记本"),
    "explanation": ("Explanation", "说明"),
    "reference": ("Reference", "参考"),
    "api": ("Library", "程序库"),
}
_API = ("The public names of `{0}`.", "`{0}`的公开名称。说明取自源代码，为英文。")
_WIDE = "---\nhide: [toc]\n---\n\n"  # they lead to their parts themselves
_FENCE = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
_OTHER = re.compile(r"\]\(((?:\.\./)+)(en|zh)/([^)#]*)\.md")  # the other language is a site of its own beside this one
_CHINESE = r"[\u3000-\u9fff\uff00-\uffef]"
_BROKEN = re.compile(rf"(?<={_CHINESE})\n(?={_CHINESE})")  # a line of Chinese ends without a blank


def write(project: Path) -> None:
    """Write the pages of both languages into a folder, each with the settings of the generator."""
    for number, language in enumerate(LANGUAGES):
        pages = project / language
        shutil.copytree(ROOT / "docs" / language, pages)
        (pages / "api").mkdir()
        for name in _public():
            text = f"# {name}\n\n{_API[number].format(name)}\n\n::: {name}\n"
            (pages / "api" / f"{name}.md").write_text(text, encoding="utf-8")
        for page in pages.rglob("*.md"):
            page.write_text(_adapted(page, pages), encoding="utf-8")
        shutil.copytree(HERE / "assets", pages / "assets")
        mermaid = resources.files("mermaidx") / "assets" / "mermaid.js"
        (pages / "assets" / "mermaid.js").write_bytes(mermaid.read_bytes())
        settings = (HERE / "settings.toml").read_text(encoding="utf-8")
        for word, value in (("ROOT", ROOT.as_posix()), ("LANGUAGE", language), ('"NAV"', _nav(pages, number))):
            settings = settings.replace(word, value)
        (project / f"{language}.toml").write_text(settings, encoding="utf-8")


def _adapted(page: Path, pages: Path) -> str:
    """A page as the generator reads it: examples as sessions, links to the other site, the script of a flowchart."""
    parts = _FENCE.split(page.read_text(encoding="utf-8"))
    parts[::2] = [_BROKEN.sub("", _OTHER.sub(r"](../\1html/\2/\3.html", prose)) for prose in parts[::2]]
    parts[1::2] = [re.sub(r"^```python\n(?=>>> )", "```pycon\n", code) for code in parts[1::2]]
    if page.stem in machines.names():
        parts.insert(0, _WIDE)
    if any(part.startswith("```mermaid") for part in parts):
        up = "../" * (len(page.relative_to(pages).parts) - 1)
        parts.append(f'\n<script src="{up}assets/mermaid.js"></script>\n')
    return "".join(parts)


def _nav(pages: Path, number: int) -> str:
    """Each folder with its title and its pages, the first before the others."""
    found = [f'{{ "{HOME[number]}" = "index.md" }}']
    for folder, titles in SECTIONS.items():
        files = sorted((pages / folder).glob("*.md"), key=lambda page: (page.stem not in _FIRST, page.name))
        paths = json.dumps([page.relative_to(pages).as_posix() for page in files])
        found.append(f'{{ "{titles[number]}" = {paths} }}')
    return ", ".join(found)


def _public() -> list[str]:
    """The packages and modules of the library that say what is public in them."""
    names = [f"ssflow.{module.name}" for module in iter_modules(ssflow.__path__) if not module.name.startswith("_")]
    return ["ssflow", "ssflow.errors", *(name for name in names if hasattr(import_module(name), "__all__"))]
