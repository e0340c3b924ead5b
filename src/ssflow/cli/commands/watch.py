"""``ssflow watch``: laws that are known and not read."""

from __future__ import annotations

from datetime import date

import click

from ssflow.cli.input.arguments import DAY
from ssflow.cli.input.options import speaks
from ssflow.cli.input.speaking import command, option
from ssflow.cli.output.answer import Screen
from ssflow.documents import Document, text_document
from ssflow.rules import Watch, unread_on, watch_list
from ssflow.text import Text


@command(
    "watch",
    Text("列出已知而未读的文件", "List the laws that are known but were not read"),
    """列出关注名单：已知其存在或将要施行、尚未读到文本的文件，各自的日期和可能影响的数值。

    写--on时，如有文件在该日以前已到核查期限仍未读，退出码为1，可在发布前运行。""",
)
@option(
    "--on",
    type=DAY,
    zh="这一天以前须已核查；有未核查的退出码为1。",
    en="The day by which all has to be looked at; exits with 1 if something has not been, like 2026-12-01.",
)
@speaks
def watch(screen: Screen, on: date | None) -> None:
    """List the laws that exist or are to come and whose text was not read, with their days and the figures they may touch.

    With --on it exits with 1 if the day by which a law has to be looked for has passed: run it before a release.
    """
    watches = watch_list()
    passed = unread_on(watches, on) if on else ()
    if screen.as_json:
        told = [_document(one, passed=one in passed) for one in watches]
        screen.document({"on": on.isoformat() if on else None, "watched": told})
    else:
        for one in watches:
            _tell(screen, one, passed=one in passed)
    if passed:
        raise click.exceptions.Exit(1)


def _tell(screen: Screen, one: Watch, *, passed: bool) -> None:
    t = screen.t
    screen.line(f"{one.id}  {screen.say(one.title)}", "red" if passed else "bold")
    screen.line(screen.say(one.text), indent=2)
    touched = t("、", ", ").join(one.touches)
    screen.line(t(f"自{one.since}起；可能影响：{touched}", f"from {one.since} on; may touch: {touched}"), indent=2)
    late = t("，已过期未读", ", passed unread") if passed else ""
    screen.line(t(f"须于{one.look_by}前再查", f"to be looked for again by {one.look_by}") + late, indent=2)


def _document(one: Watch, *, passed: bool) -> Document:
    return {
        "id": one.id,
        "title": text_document(one.title),
        "text": text_document(one.text),
        "since": one.since.isoformat(),
        "look_by": one.look_by.isoformat(),
        "passed": passed,
        "touches": list(one.touches),
        "law": one.law or None,
        "url": list(one.url),
    }
