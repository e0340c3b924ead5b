"""The figures of a sheet: what each measures, and every value with its place, its time, its cases and its source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from ssflow.process import Lapse, Term
from ssflow.process.figures import Clock, Figure
from ssflow.process.keys import key_text
from ssflow.rules import Value
from ssflow.sheets.procedures.readers import facts_read
from ssflow.sheets.procedures.relations import conditions_of
from ssflow.sheets.words import DOUBT, Words, is_doubtful, lines, link, plain, sources
from ssflow.sources import DOUBTFUL, GRADES
from ssflow.views.kinds import KINDS, kind_of

if TYPE_CHECKING:
    from ssflow.sheets.procedures.sheet import Sheet
from ssflow.text import Text, markdown_table

LAPSES = Text("届满自动失效", "lapses by itself")
# Printed where a figure has no value: no source gives one, or an act sets its last day.
UNKNOWN, SET = Text("未规定", "not specified"), Text("办理时确定", "set by an act")


def without_value(sheet: Sheet, figure: Figure) -> Text:
    """Return the text for a figure without a value."""
    if sheet.process.setters(figure):
        return SET
    return Text("未规定，不计时", "not specified, so no time limit runs") if isinstance(figure, Clock) else UNKNOWN


def legend(words: Words) -> str:
    """Return the explanation of the mark of doubt."""
    grades = words.listed(words.say(GRADES[grade]) for grade in DOUBTFUL)
    return words.t(
        f"{DOUBT}：来源不足，用前须核实（{grades}）。法律法规和多源印证的不标。",
        f"{DOUBT} marks what is to be verified before it is relied on: {grades}.",
    )


def figures(sheet: Sheet, words: Words) -> Iterator[str]:
    """Yield a section for each figure."""
    for figure, values in sheet.figures():
        yield f"### {words.say(figure.title)} `{figure.name}`"
        yield " ".join(_about(sheet, figure, words)) if words.lang == "en" else "".join(_about(sheet, figure, words))
        yield _table(sheet, figure, values, words) if values else _unknown(sheet, figure, words)


def _about(sheet: Sheet, figure: Figure, words: Words) -> Iterator[str]:
    """Yield what a figure measures, where its clock runs and is stopped, and what looks at it."""
    t = words.t
    kind = words.say(KINDS[kind_of(figure)])
    yield t(f"{kind}。", f"A {kind}.")
    if isinstance(figure, Term):
        owner = words.say(figure.who)
        yield t(f"义务人：{owner}。", f"Owed by: {owner}.")
    if isinstance(figure, Clock):
        states = sheet.process.states
        running = words.listed(words.state(s) for s in states if figure in s.clocks)
        early = words.listed(words.state(s) for s in states if figure in s.early)
        stopped = words.listed(words.state(s) for s in states if figure in s.stops)
        yield t(f"计时于：{running}。", f"It runs in: {running}.")
        if early:
            yield t(f"部分地方自{early}起。", f"In some places already in: {early}.")
        if stopped:
            yield t(f"停止于：{stopped}。", f"It is stopped in: {stopped}.")
    yield from _read(sheet, figure, words)


def _read(sheet: Sheet, figure: Figure, words: Words) -> Iterator[str]:
    process = sheet.process
    asked = [c.reason for c in conditions_of(process) if figure.name in facts_read(c, process.facts)]
    for activity in process.activities:
        if activity.sets and figure in activity.sets.bounds:
            done, clock = words.say(activity.title), words.say(activity.sets.clock.title)
            yield words.t(
                f"“{done}”确定“{clock}”最后一日的限度。", f'It bounds the last day that "{done}" sets for "{clock}".'
            )
        if activity.extends and activity.extends.figure is figure:
            done, term = words.say(activity.title), words.say(activity.extends.term.title)
            yield words.t(f"“{done}”以此延长“{term}”。", f'"{done}" lengthens "{term}" by it.')
            for undone in (words.say(other.title) for other in process.activities if other.withdraws is activity):
                yield words.t(f"“{undone}”撤销该延长。", f'"{undone}" takes that back.')
    if asked:
        said = words.t("；", "; ").join(words.say(reason) for reason in asked)
        yield words.t(f"用于条件：{said}。", f"Conditions that look at it: {said}.")


def _unknown(sheet: Sheet, figure: Figure, words: Words) -> str:
    if setters := sheet.process.setters(figure):
        acts = words.listed(words.say(activity.title) for activity in setters)
        return words.t(f"最后一日在办理时确定：{acts}。", f"Its last day is set by an act: {acts}.")
    if isinstance(figure, Term | Lapse):
        return words.t(f"{DOUBT} **未规定，不计时。**", f"{DOUBT} **No figure is known, so no time limit runs.**")
    return words.t(f"{DOUBT} **没有数值。**", f"{DOUBT} **No figure is known.**")


def _table(sheet: Sheet, figure: Figure, values: tuple[Value, ...], words: Words) -> str:
    t = words.t
    headings = [
        t("数值", "value"),
        t("地方", "place"),
        t("施行期间", "in force"),
        t("适用、起算", "for whom, from when"),
    ]
    rows = []
    before = ""
    for value in values:
        place = words.place(value)
        amount = plain(words.say(figure.text_of(value)))
        rows.append(
            [
                f"{DOUBT} **{amount}**" if is_doubtful(value) else f"**{amount}**",
                place if place != before else "〃",
                words.since(value.since, value.until, _followed(value, values)),
                lines(*cases(sheet, figure, value, words)),
                lines(*_source(sheet, value, words)),
            ]
        )
        before = place
    return markdown_table([*headings, t("依据和来源", "basis and source")], rows)


def withdrawn(sheet: Sheet, words: Words) -> str:
    """Return the figures that were released and were wrong, for readers who have relied on them; an empty text if there are none."""
    t, titles = words.t, {figure.name: figure for figure in sheet.process.figures}
    rows = [
        [
            words.say(figure.title) + t("：", ": ") + plain(words.say(figure.text_of(value))),
            words.place(value) + words.bracket(value.when_text),
            str(value.withdrawn.on),
            plain(words.say(value.withdrawn.why)),
        ]
        for value in sheet.withdrawn()
        if value.withdrawn and (figure := titles.get(value.parameter))
    ]
    headings = [t("数值", "figure"), t("地方", "place"), t("作废之日", "withdrawn on"), t("原因", "why")]
    return markdown_table(headings, rows) if rows else ""


def _followed(value: Value, values: tuple[Value, ...]) -> date | None:
    """Return the day from which a later figure for the same cases of the same place follows."""
    later = [v.since for v in values if v.series == value.series and v.since > value.since]
    return min(later, default=None)


def cases(sheet: Sheet, figure: Figure, value: Value, words: Words) -> Iterator[str]:
    """Yield the cases for which a figure is made, the activity that starts its clock, and the role that is bound if it is not the usual one."""
    t, process = words.t, sheet.process
    for key, names in value.when:
        yield words.say(key_text(process, key, names))
    if value.starts:
        starts = words.say(process.activity(value.starts).title)
        yield t(f"自“{starts}”起算", f'from "{starts}"')
    if isinstance(figure, Term) and value.owed_by not in ("", figure.owed_by.name):
        owner = words.say(process.role(value.owed_by).title)
        yield t(f"义务人：{owner}", f"owed by: {owner}")


def _source(sheet: Sheet, value: Value, words: Words) -> Iterator[str]:
    t = words.t
    yield plain(words.basis(value.cites)) + words.bracket(words.grade(value))
    yield t("大意：", "in short: ") + f"{plain(value.text)} {sources(value.url)}".strip()
    if value.evidence:
        yield t("依据说明：", "evidence: ") + plain(words.say(value.evidence))
    for caveat in value.caveats:
        yield f"{DOUBT} " + plain(words.say(caveat))
    if value.attested_from:
        yield t(f"来源可证：{value.attested_from}起", f"attested from {value.attested_from}")
    if value.checked:
        yield t(f"最近核对：{value.checked}", f"last checked on {value.checked}")
    if value.note:
        yield t("注：", "note: ") + plain(words.say(value.note))
    told = [str(n) for n, doubt in enumerate(sheet.book.doubts, 1) if set(doubt.rows) & set(value.rows)]
    if told:
        yield link(t("存疑", "doubts "), t("#存疑", "#doubts")) + words.listed(told)
    if value.rows:
        yield " ".join(f"`{row}`" for row in value.rows)
