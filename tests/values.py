"""Usual values, as the doors above the calendar take them, and odd ones that are put in their place."""

import atexit
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory

import numpy as np
from pandas import NA, NaT, Series

from ssflow import Cases, MemoryStore, SQLiteStore, WorkCalendar, machines
from ssflow.calendar import workdays
from ssflow.case import (
    Attempt,
    Case,
    Legislation,
    decide,
    evolve,
    options,
)
from ssflow.life_events import lose_card
from ssflow.machines import attribution_change, card_replacement, pension_transfer
from ssflow.machines.card_replacement import CardReplacement
from ssflow.machines.employer_registration import Founding, Kind
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.machines.reckoning.periods import PaidPeriod
from ssflow.machines.reckoning.retirement_age import Schedule
from ssflow.persons import Identity
from ssflow.records import Codec, Opening, Request, change_of, fold
from ssflow.records.rows import obligations_of
from ssflow.rules import rulebook
from ssflow.testing import load_scenarios, run_scenario
from ssflow.testing.store import a_failure
from tests.odd import Once

LAW, CAL, DAY = Legislation(), WorkCalendar.china(), date(2026, 9, 21)
NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)
PERSON = Identity("360426199101010071")
CARD = card_replacement.Application(
    holder=PERSON, reason=card_replacement.Reason.damaged, photo=card_replacement.Photo.identity_card
)
FORMALLY = LossReport.report_formally(Report(Track.social, PERSON))
OPENING = Opening(deed=FORMALLY, by=LossReport.holder, places="440100", case="l")
UNOPENED = OPENING.unopened()
ATTEMPT = Attempt(deed=FORMALLY, by=LossReport.holder, on=DAY, law=LAW)
(EVENT,) = decide(UNOPENED, ATTEMPT)
OPENED = evolve(UNOPENED, EVENT)
CODEC = Codec(machines.get)
CHANGE = change_of(OPENED, [EVENT], CODEC)
TERMED = fold(
    CardReplacement,
    decide(
        Case.unopened(CardReplacement, "c", {"issuing": "440100"}),
        Attempt(
            deed=CardReplacement.apply(CARD),
            by=CardReplacement.holder,
            on=DAY,
            law=LAW,
        ),
    ),
)
ROW = TERMED.obligations[0]
OWED = obligations_of(TERMED)[0]
MOVING = attribution_change.Application(holder=PERSON, insured=True)
FROM = pension_transfer.Application(
    person=PERSON, sex=pension_transfer.Sex.man, age=35, register="360426", insured=True, enrolled_on=DAY, stopped=True,
)  # fmt: skip
FOUNDING = Founding("甲公司", Kind.enterprise, DAY)
SCENARIOS = Path(__file__).parent / "scenarios" / "loss_report.toml"
SCENARIO = load_scenarios(SCENARIOS)[0]
MEN = Schedule(720, 756, 4, date(2025, 1, 1))
PAID = PaidPeriod(date(2020, 1, 1), date(2020, 6, 30))
AGE = next(value for value in rulebook("retirement").values if value.parameter.startswith("age"))  # noqa: PD011


def cases() -> Cases:
    """An empty store with a clock that stands."""
    return Cases(MemoryStore(), now=lambda: NOW)


HELD = cases()
REQUEST = Request(key="k", digest="d", answer=(("l", 1),))
BOOK = rulebook("card_replacement")
with NamedTemporaryFile("w", suffix=".toml", delete=False) as made:
    made.write('[[amend]]\nparameter = "fee"\nvalue = "3 yuan"\nsince = 2027-01-01\neverywhere = true\n')
REFORM = Path(made.name)
atexit.register(REFORM.unlink)
CHANGES = BOOK.changes(BOOK.amended_all("fee", "3 yuan", since=DAY))
FEE = BOOK.find("fee", DAY, "440100")
PLAN = lose_card(
    HELD, FORMALLY.data, CARD, on=DAY,
    place="440100", party="p",
)  # fmt: skip
OPTION = options(OPENED, on=DAY, law=LAW)[0]
DUE = workdays(3).deadline(DAY, CAL)
TEXTS = {
    "''": "", "a day in words": "2026-03-02", "a word": "周一", "fr": "fr", "no code": "999999", "a place": "440199",
    "a procedure": "loss_report", "another procedure": "medical_transfer",
}  # fmt: skip
ODD = {
    **TEXTS, "None": None, "bytes": b"15", "0": 0, "-1": -1, "1.5": 1.5, "NaN": float("nan"), "True": True, "10**30": 10**30,
    "an object": object(), "[]": [], "{}": {}, "()": (), "[None]": [None], "['x']": ["x"], "{'x': 'y'}": {"x": "y"}, "{1: 2}": {1: 2},
    "once None": Once(None), "once a word": Once("x"), "naive": datetime(2026, 3, 2), "an instant": NOW, "first day": date.min,  # noqa: DTZ001
    "last day": date.max, "a time": timedelta(1), "a path": Path("nowhere"), "a calendar": CAL, "a law": LAW, "a class": LossReport,
    "a role": LossReport.holder, "another role": CardReplacement.holder, "an activity": LossReport.report_formally, "a deed": FORMALLY,
    "another deed": CardReplacement.accept(), "a founding": FOUNDING, "an event": EVENT, "events": (EVENT, EVENT), "a case": OPENED,
    "another case": TERMED, "[a case]": [OPENED], "an obligation": ROW, "a store": MemoryStore(), "a period": PAID,
    "NaT": NaT, "NA": NA, "an array": np.array([1, 2]), "a column": Series([NaT]),
}  # fmt: skip


FAILURE = a_failure("l")
SECRET = b"16 bytes or more"


def full() -> Cases:
    """A store with one case."""
    held = cases()
    held.store.append([CHANGE])
    return held


SEAL = full().seal(SECRET)


def in_file(do):
    """Something done with a store in a file."""

    def door(*arguments):
        with TemporaryDirectory() as folder:
            store = SQLiteStore(Path(folder) / "x.db")
            store.append([CHANGE])
            return do(store, *arguments)

    return door


def run(scenario, law):
    """Under an odd law, a scenario may also state what does not follow."""
    try:
        run_scenario(scenario, law)
    except AssertionError:
        if law is LAW:
            raise


def owed_in(store):
    return lambda process, role, place, due_by: store.obligations(
        process=process, role=role, place=place, due_by=due_by
    )


def appended(store, change, unchanged):
    return store.append([change], unchanged=unchanged)
