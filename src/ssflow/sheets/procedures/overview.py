"""The overview of a procedure, its first screen: how long it takes, what to bring, what it costs, where to go, who acts.

It is read off the definition and the figures in force, whose amounts are gathered over the places that have them. What no source
gives is said to be unknown, and never left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from ssflow.process import Activity, Fee, Lapse, Role, Term
from ssflow.process.figures import Expectation, Figure
from ssflow.rules import Value
from ssflow.sheets.procedures.figures import LAPSES, SET, UNKNOWN, cases
from ssflow.sheets.words import DOUBT, Words, is_doubtful
from ssflow.text import LANGS, NO_TEXT, Text, title_of
from ssflow.views.fields import Field, fields_of
from ssflow.views.plain import View
from ssflow.views.wording import bracketed, lines, listed, named

if TYPE_CHECKING:
    from ssflow.sheets.procedures.sheet import Sheet

_NEEDED, _TOLD, _BESIDES = (
    Text("须提供", "give"),
    Text("须说明是否", "say whether:"),
    Text("视情形提供", "as the case may be"),
)
_NUMBER = Text("证件号码", "number")  # number of an identity document, beside its kind


class Question(Enum):
    """One of the questions that a reader asks first."""

    long = Text("办多久", "How long")
    bring = Text("带什么", "What to bring")
    cost = Text("多少钱", "What it costs")
    where = Text("到哪办", "Where")
    who = Text("谁来办", "Who acts")


_MEASURED: dict[Question, tuple[type[Figure], ...]] = {
    Question.long: (Term, Lapse, Expectation),
    Question.cost: (Fee,),
}


@frozen
class Answer(View):
    """One answer; ``doubtful`` if a figure behind it has to be looked at again before anybody relies on it.

    ``amount`` is the amount of a figure; ``said`` then says where and for whom.
    """

    said: Text
    amount: Text = NO_TEXT
    doubtful: bool = False

    @property
    def text(self) -> Text:
        """The answer, with its mark if it is doubtful."""
        whole = named(self.amount, self.said) if self.amount else self.said
        return Text(f"{DOUBT} {whole.zh}", f"{DOUBT} {whole.en}") if self.doubtful else whole


@frozen
class Row(View):
    """The answers about one thing: a term, a fee, an activity, a role."""

    question: Question
    about: Text
    answers: tuple[Answer, ...]

    @property
    def text(self) -> Text:
        """The question, its subject and the answers, one a line."""
        head = Text.join([part for part in (self.question.value, self.about) if part], " · ", " · ")
        return lines(named(head, NO_TEXT), *(answer.text for answer in self.answers))


@frozen
class Overview(View):
    """The overview of a procedure, with its figures on a day."""

    on: date | None
    rows: tuple[Row, ...] = field(repr=False)

    @property
    def text(self) -> Text:
        """The whole overview, line by line."""
        return lines(*(row.text for row in self.rows))

    @property
    def is_doubtful(self) -> bool:
        """Whether any answer carries the mark of doubt."""
        return any(answer.doubtful for row in self.rows for answer in row.answers)


def overview(sheet: Sheet) -> Overview:
    """Return the overview of a sheet; without a day, as of the day on which its figures were last checked."""
    on = sheet.on or sheet.book.last_checked
    rows: list[Row] = []
    for question in Question:
        found = sorted(
            _answered(sheet, question, on), key=lambda row: row.answers[0].said == UNKNOWN
        )  # unknown amounts come last
        rows += found or [Row(question, NO_TEXT, (Answer(UNKNOWN),))]
    return Overview(on, tuple(rows))


def _answered(sheet: Sheet, question: Question, on: date | None) -> Iterator[Row]:
    match question:
        case Question.bring:
            yield from _brought(sheet)
        case Question.where:
            yield from _where(sheet)
        case Question.who:
            for role in sheet.process.roles:
                if titles := [activity.title for activity in sheet.activities() if role in activity.roles]:
                    yield Row(question, role.title, (Answer(listed(titles)),))
        case _:
            yield from _measured(sheet, question, on)


def _measured(sheet: Sheet, question: Question, on: date | None) -> Iterator[Row]:
    """Yield the figures that answer a question, each with its amounts."""
    regimes = _regimes(sheet, on)
    for figure, values in sheet.figures():
        if not isinstance(figure, _MEASURED[question]):
            continue
        present = [value for value in _present(values, on) if _under(sheet, value, regimes)]
        if present or not values:
            yield Row(
                question, _about(figure), tuple(_amounts(sheet, figure, present)) or (Answer(_without(sheet, figure)),)
            )


def _without(sheet: Sheet, figure: Figure) -> Text:
    """Return the text for a figure without a value: an act sets its last day, or no source gives one."""
    return SET if sheet.process.setters(figure) else UNKNOWN


def _about(figure: Figure) -> Text:
    if isinstance(figure, Term):
        return Text.join([figure.title, bracketed(figure.who)], "", "")
    return Text.join([figure.title, bracketed(LAPSES)], "", "") if isinstance(figure, Lapse) else figure.title


def _present(values: Iterable[Value], on: date | None) -> list[Value]:
    """Return the values in force on a day: begun, not ended, and not followed by another for the same cases of the same place."""
    begun = [
        value for value in values if on is None or (value.since <= on and (value.until is None or on <= value.until))
    ]
    return [
        value
        for value in begun
        if not any(other.series == value.series and other.since > value.since for other in begun)
    ]


def _regimes(sheet: Sheet, on: date | None) -> set[str]:
    """Return the names of the regimes that hold somewhere on a day; empty if the procedure has none."""
    regime = sheet.process.regime
    values = next((found for figure, found in sheet.figures() if figure is regime), ())
    return {str(value.amount) for value in _present(values, on)}


def _under(sheet: Sheet, value: Value, regimes: set[str]) -> bool:
    regime = sheet.process.regime
    names = dict(value.when).get(regime.name) if regime else None
    return names is None or not regimes or bool(regimes & set(names))


def _amounts(sheet: Sheet, figure: Figure, values: list[Value]) -> Iterator[Answer]:
    """Yield each amount once, with the places that have it and the cases in which they do."""
    found: dict[tuple[Text, Text], list[tuple[Text, bool]]] = {}
    for value in values:
        starts = _starts(sheet, value)
        kept = bracketed(Text.join(_cases(sheet, figure, value)))
        where = Text.join([value.place, kept], "", "")
        found.setdefault((figure.text_of(value), starts), []).append((where, is_doubtful(value)))
    for (amount, starts), places in found.items():
        measure = Text.join([part for part in (amount, starts) if part], "，", ", ")
        where = listed(list(dict.fromkeys(place for place, _ in places)))
        yield Answer(where, measure, any(doubtful for _, doubtful in places))


def _starts(sheet: Sheet, value: Value) -> Text:
    if not value.starts:
        return NO_TEXT
    begins = sheet.process.activity(value.starts).title
    return Text(f"自“{begins.zh}”起算", f'from "{begins.en}"')


def _cases(sheet: Sheet, figure: Figure, value: Value) -> list[Text]:
    """Return the cases for which a figure is made; only regimes in force are named, and the activity that starts its clock is left to the amount."""
    regime = sheet.process.regime.name if sheet.process.regime else ""
    plain = evolve(value, starts="", when=tuple((key, names) for key, names in value.when if key != regime))
    each = (cases(sheet, figure, plain, Words(lang, sheet.book.laws)) for lang in LANGS)
    return [Text(*said) for said in zip(*each, strict=True)]


def _brought(sheet: Sheet) -> Iterator[Row]:
    """Yield what has to be given with each act of a party, and what may be asked for; the same data is named once."""
    told: set[type[Any]] = set()
    for activity in sheet.activities():
        if activity.data is None or activity.data in told or not _is_partys(sheet, activity):
            continue
        told.add(activity.data)
        fields = fields_of(activity.data)
        firm = {one.titles[0] for one in fields if one.required}
        parts = (
            (_NEEDED, [one for one in fields if one.required and not _is_told(one)]),
            (_TOLD, [one for one in fields if one.required and _is_told(one)]),
            (_BESIDES, [one for one in fields if one.titles[0] not in firm]),
        )
        answers = [Answer(Text.join([head, listed(_titles(found))], "", " ")) for head, found in parts if found]
        conditions = dict.fromkeys(
            condition.reason for move in sheet.moves(activity) if None in move.sources for condition in move.conditions
        )
        if conditions:
            answers.append(Answer(named(Text("条件", "conditions"), Text.join(list(conditions)))))
        if answers:
            yield Row(Question.bring, activity.title, tuple(answers))


def _is_partys(sheet: Sheet, activity: Activity[Any]) -> bool:
    """Return whether a party does the activity; in a procedure of offices only, whether it opens a case."""
    if any(role.sole for role in sheet.process.roles):
        return any(role.sole for role in activity.roles)
    return activity.is_opening


def _titles(fields: Iterable[Field]) -> list[Text]:
    """Return the titles of fields at the top level: an identity is one thing, not a number and a kind."""
    given = list(fields)
    people = {one.titles[0] for one in given if one.personal and one.titles[1:] == (_NUMBER,)}
    return [
        Text(f"{title.zh}身份证件", f"identity document of {title.en}") if title in people else title
        for title in dict.fromkeys(one.titles[0] for one in given)
    ]


def _where(sheet: Sheet) -> Iterator[Row]:
    """Yield the offices with their place, and the ways in that the data name."""
    process = sheet.process
    offices = [role for role in process.roles if not role.sole and any(role in a.roles for a in sheet.activities())]
    if offices:
        yield Row(Question.where, Text("经办机构", "offices"), tuple(_offices(sheet, offices)))
    taken = [one for a in sheet.activities() if a.data for one in fields_of(a.data) if one.is_way_in]
    ways: dict[Text, list[Text]] = {}
    for one in taken:
        ways.setdefault(one.title, []).extend(title_of(member) for member in one.members)
    for title, members in ways.items():
        if members:
            yield Row(Question.where, title, (Answer(listed(list(dict.fromkeys(members)))),))


def _offices(sheet: Sheet, offices: list[Role]) -> Iterator[Answer]:
    by_place: dict[Text, list[Text]] = {}
    for role in offices:
        by_place.setdefault((role.at or sheet.process.places[0]).title, []).append(role.title)
    for place, roles in by_place.items():
        yield Answer(Text.join([listed(roles), bracketed(place)], "", ""))


def _is_told(one: Field) -> bool:
    """Return whether a field is a yes or no, which is declared and not brought."""
    return one.kind is bool and len(one.titles) == 1
