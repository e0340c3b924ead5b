"""The list of what is not known on a terminal: kind by kind, procedure by procedure."""

from __future__ import annotations

from collections.abc import Iterator

from ssflow import machines
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.prose import prose
from ssflow.rules.basis import basis
from ssflow.sheets.doubts.items import DOUBTFUL_KINDS, Doubtful, Item


def doubtful(screen: Screen, found: Doubtful) -> None:
    """Print everything that was found, or that nothing was."""
    t = screen.t
    if not found.items:
        screen.line(t("没有存疑", "nothing is in doubt"))
    for kind, title in DOUBTFUL_KINDS.items():
        part = found.of(kind)
        if part.items:
            screen.heading(f"{screen.say(title)}{t('（', ' (')}{len(part)}{t('）', ')')}")
        told = ""
        for item in part:
            if item.procedure != told and item.procedure:
                screen.title(_titles(screen, item.procedure), item.procedure)
            told = item.procedure
            head, *more = _lines(screen, part, item)
            screen.item("-", prose(head, *((f"\n{line}", "dim") for line in more)))


def _titles(screen: Screen, procedures: str) -> str:
    return screen.t("、", ", ").join(screen.say(machines.get(name).title) for name in procedures.split(", "))


def _lines(screen: Screen, found: Doubtful, item: Item) -> Iterator[str]:
    """Yield what is doubtful, then its sources and further remarks."""
    t = screen.t
    name = t(f"（{item.name}）", f" ({item.name})") if item.name else ""
    said = t("：", ": ") + screen.say(item.said) if item.said else ""
    days = f"{item.since} – {item.until or ''}".strip() if item.since else ""
    place = screen.say(item.place) if item.region or item.confidence else ""
    if not days:  # for anything but a figure, the place comes before the words
        yield (place and place + t("：", ": ")) + screen.say(item.what) + name + said
    else:
        rest = [item.when, place, days, screen.say(item.grade)]
        yield t("；", "; ").join(filter(None, [screen.say(item.what) + name + said, *rest]))
    source = basis(item.cites, found.laws, screen.lang)
    if source:
        yield t("出处：", "source: ") + source
    if item.chosen:
        yield t("采用：", "chosen: ") + basis(item.chosen, found.laws, screen.lang)
    if item.note:
        yield screen.say(item.note)
    yield from item.url
