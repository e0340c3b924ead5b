"""The figures of a sheet on a terminal: the amount, the cases, the first day, the source."""

from __future__ import annotations

from ssflow.cli.output.answer import Screen
from ssflow.cli.output.boards import table
from ssflow.cli.output.prose import Prose, prose
from ssflow.process import Term
from ssflow.process.figures import Figure
from ssflow.rules import Value
from ssflow.rules.basis import basis
from ssflow.sheets import Sheet
from ssflow.sheets.procedures.figures import without_value
from ssflow.sheets.words import DOUBT, Words, is_doubtful
from ssflow.sources import GRADES
from ssflow.views.kinds import KINDS, kind_of


def figures(screen: Screen, sheet: Sheet) -> None:
    """Print every figure that the procedure names; a missing one is said to be unknown."""
    t = screen.t
    screen.heading(t("数值", "Figures in force"))
    shown = table(
        t("项目", "figure"),
        t("数值", "value"),
        t("适用、起算、义务人", "for whom, from when"),
        t("出处", "source"),
        whole=0,
        shares=(6, 4, 6, 7),
        airy=True,
    )
    for figure, values in sheet.figures():
        head = prose(screen.say(figure.title), "\n", (f"{figure.name}, {screen.say(KINDS[kind_of(figure)])}", "dim"))
        if not values:
            shown.add_row(
                head, Prose(screen.say(without_value(sheet, figure)), "yellow"), _owner(screen, sheet, figure, ""), ""
            )
        for value in values:
            shown.add_row(
                head,
                _amount(screen, figure, value),
                _particulars(screen, sheet, figure, value),
                _source(screen, sheet, value),
            )
            head = Prose()
    screen.show(shown)


def _amount(screen: Screen, figure: Figure, value: Value) -> Prose:
    """Return the figure itself; a doubtful one is highlighted."""
    said = screen.say(figure.text_of(value))
    return Prose(f"{DOUBT[0]} {said}", "yellow") if is_doubtful(value) else Prose(said)


def _particulars(screen: Screen, sheet: Sheet, figure: Figure, value: Value) -> str:
    t = screen.t
    lines = [f"{key} = {' | '.join(names)}" for key, names in value.when]
    if value.starts:
        starts = screen.say(sheet.process.activity(value.starts).title)
        lines.append(t(f"自“{starts}”起算", f'from "{starts}"'))
    owner = _owner(screen, sheet, figure, value.owed_by)
    return "\n".join([*lines, *([owner] if owner else [])])


def _owner(screen: Screen, sheet: Sheet, figure: Figure, owed_by: str) -> str:
    if not isinstance(figure, Term):
        return ""
    owner = screen.say(sheet.process.role(owed_by).title if owed_by else figure.who)
    return screen.t(f"义务人：{owner}", f"owed by: {owner}")


def _source(screen: Screen, sheet: Sheet, value: Value) -> Prose:
    t = screen.t
    place = Words(screen.lang).place(value)
    since = t(f"，{value.since}起", f", since {value.since}")
    sure = screen.say(GRADES[value.confidence])
    articles = basis(value.cites, sheet.book.laws, screen.lang)
    told = "".join(f"\n{screen.say(caveat)}" for caveat in value.caveats)
    return prose(place + since + t(f"（{sure}）", f" ({sure})"), "\n", (articles, "dim"), (told, "yellow"))
