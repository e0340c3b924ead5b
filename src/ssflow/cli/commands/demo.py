"""``ssflow demo``: two cards from the first report to the last stamp, in a database file that stays."""

from __future__ import annotations

import shlex
from pathlib import Path

from ssflow.cli.input.arguments import FILE
from ssflow.cli.input.options import speaks
from ssflow.cli.input.speaking import command, option
from ssflow.cli.output.answer import Screen
from ssflow.text import Text

_FILE = "ssflow-demo.db"


@command(
    "demo",
    Text("演示：两张卡，每个日期都有说明", "See it run: two cards, every date explained"),
    "演示两个补卡办件：谁办什么、何时到期、为什么。除人物的办理外没有虚构。",
)
@option(
    "--db",
    type=FILE,
    default=_FILE,
    show_default=True,
    zh="数据库文件；其中旧的演示会被替换。",
    en="The file; an older demo is replaced.",
)
@speaks
def demo(screen: Screen, db: Path) -> None:
    """Play two cases of card replacement: who does what, what is due when, and why. Only the acts are made up."""
    from ssflow.cli.demo.playing import Played, play, stage
    from ssflow.cli.demo.story import STORY
    from ssflow.cli.demo.telling import played_document, tell

    cases = stage(db)
    if not screen.as_json:
        _introduce(screen, db)
    played: list[Played] = []
    for chapter in STORY:
        if not screen.as_json:
            screen.rule(screen.say(chapter.title))
        for scene in chapter.scenes:
            done = play(cases, scene)
            played.append(done)
            if not screen.as_json:
                tell(screen, done)
    if screen.as_json:
        screen.document({"db": str(db), **played_document(played)})
    else:
        _look_further(screen, db)


def _introduce(screen: Screen, db: Path) -> None:
    t = screen.t
    screen.title(t("两张社会保障卡的补换", "Two social-security cards are replaced"), str(db))
    screen.line(
        t(
            "人物的办理是虚构的；其余每一行（事件、依据、期限、理由）都从办件读出。",
            "What the people do is a story; every other line (events, basis, due days, reasons) is read back from the cases.",
        ),
        "dim",
    )
    screen.line(
        t("✓ 已记录  ✗ 不予办理  ◷ 期限  → 谁可办什么", "✓ recorded  ✗ refused  ◷ clock  → who may do what"), "dim"
    )


def _look_further(screen: Screen, db: Path) -> None:
    t, file = screen.t, shlex.quote(str(db))
    screen.rule(t("接着看", "Look further"))
    for line, zh, en in (
        (f"ssflow case list --db {file}", "全部办件", "all cases"),
        (f"ssflow case show card-1 --db {file}", "办件的全部事件", "the events of a case"),
        (
            "ssflow show card_replacement --region 440100",
            "程序与广州的数值",
            "the procedure and the figures of Guangzhou",
        ),
        ('ssflow due "20 workdays" --from 2026-02-09 --explain', "计算任一期限", "any other deadline"),
    ):
        screen.line(line, "bold", indent=2)
        screen.line(t(zh, en), "dim", indent=4)
