"""Notebooks as pages of Markdown: their cells are run, what they show is written beneath, their pictures beside the page.

A cell is a block of ``python`` without prompts, in the form that jupytext reads as a notebook too. What it prints and the value of its last line
stand beneath it as a block of ``output``; a value that draws itself (``svg``) as a picture. ``python -m tools.notebooks docs`` runs all of
them and writes them anew; the tests run them and compare.
"""

import ast
import re
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

CELL = re.compile(
    r"^```python\n(?P<code>.*?)^```\n(?:\n```output\n.*?^```\n|\n!\[[^\]\n]*\]\([^)\n]*\)\n)*", re.MULTILINE | re.DOTALL
)


def executed(text: str, name: str) -> tuple[str, dict[str, Any]]:
    """A page with the outputs of its cells written anew, and its pictures by the names of their files."""
    space: dict[str, Any] = {"__name__": "__main__"}
    pictures: dict[str, Any] = {}

    def cell(found: re.Match[str]) -> str:
        code = found["code"]
        parts = [f"```python\n{code}```\n"]
        for shown in outputs(code, space):
            if hasattr(shown, "svg"):
                file = f"{name}-{len(pictures) + 1}.svg"
                pictures[file] = shown
                parts.append(f"![{shown.title.say(shown.lang)}]({file})\n")
            else:
                lines = "\n".join(line.rstrip() for line in str(shown).rstrip().splitlines())
                parts.append(f"```output\n{lines}\n```\n")
        return "\n".join(parts)

    return CELL.sub(cell, text), pictures


def outputs(code: str, space: dict[str, Any]) -> Iterator[Any]:
    """What a cell prints, then the value of its last line."""
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed, value = StringIO(), None
    with redirect_stdout(printed):
        exec(compile(tree, "<cell>", "exec"), space)  # noqa: S102 - the cells of our own pages
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), space)  # noqa: S307
    if printed.getvalue():
        yield printed.getvalue()
    if value is not None:
        yield value if hasattr(value, "svg") else repr(value)


def pages(docs: Path) -> list[Path]:
    """The notebooks in all languages."""
    return sorted(docs.glob("*/notebooks/*.md"))


def main(docs: Path) -> None:
    """Run all notebooks and write them anew, with their pictures."""
    for page in pages(docs):
        text, pictures = executed(page.read_text(encoding="utf-8"), page.stem)
        page.write_text(text, encoding="utf-8")
        for old in page.parent.glob(f"{page.stem}-*.svg"):
            old.unlink()
        for file, picture in pictures.items():
            picture.save(page.parent / file)
        print(f"{page}: {len(pictures)} pictures")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
