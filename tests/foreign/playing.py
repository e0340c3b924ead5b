"""Cases of other countries, whose places no code of China names: judged by the pure functions, which leave the place empty."""

from datetime import date

from ssflow import Legislation, WorkCalendar
from ssflow.calendar import Span
from ssflow.case import Attempt, Case, advance, decide, evolve
from ssflow.process import Deed, Process, Role
from ssflow.rules import Citation, Law, Rulebook, Value

Acts = list[tuple[Deed[object], Role, date]]


def figure(parameter: str, amount: Span, cites: str, text: str) -> Value:
    """A figure with the words on which it rests; a last day that rests does not roll, as no law that says so was read."""
    return Value(
        parameter=parameter,
        amount=amount.rolled("none"),
        since=date(2004, 1, 1),
        cites=(Citation.parse(cites),),
        text=text,
        confidence="statute",
        rolls=True,
    )


def law_of(process: type[Process], law: Law, figures: tuple[Value, ...], country: str, zone: str) -> Legislation:
    """The law of a procedure of another country, on the calendar of that country."""
    book = Rulebook(process.name, figures, laws={law.id: law})
    return Legislation(WorkCalendar.from_holidays(country, zone=zone), rulebook=lambda _: book)


def played(process: type[Process], law: Legislation, acts: Acts, until: date | None = None) -> Case:
    """Where a case stands after acts, each with what time did before it, and up to a day."""
    case = Case.unopened(process, "x", dict.fromkeys((place.name for place in process.places), ""))
    for deed, by, on in acts:
        for event in advance(case, on, law) if case.state else ():
            case = evolve(case, event)
        for event in decide(case, Attempt(deed=deed, by=by, on=on, law=law)):
            case = evolve(case, event)
    for event in advance(case, until, law) if until else ():
        case = evolve(case, event)
    return case


def due(case: Case, clock: str) -> date | None:
    """The last day of a clock; None while it stands or does not run."""
    obligation = case.obligation(clock)
    return obligation.due if obligation else None
