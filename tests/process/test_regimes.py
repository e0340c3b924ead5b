"""Several ways of handling in one procedure: each sound by itself, chosen at the opening, kept, and renewed by an act alone."""

from datetime import date
from enum import Enum, unique
from pathlib import Path

import pytest
from attrs import evolve as changed
from attrs import frozen

from ssflow.calendar import WorkCalendar, workdays
from ssflow.case import Attempt, Case, Event, GroundKind, Legislation, decide, evolve, why_not
from ssflow.errors import DataError, RefusedError
from ssflow.process import (
    Act,
    Choice,
    Place,
    Process,
    Regime,
    Role,
    State,
    Term,
    faults_of_process,
    guard,
    opens,
)
from ssflow.records import Correction, Log, fold
from ssflow.records.corrections import corrected
from ssflow.records.rejudge import rejudge
from ssflow.rules import Rulebook
from ssflow.rules.load import rulebook
from ssflow.text import Text


def figure(parameter: str, value: str, since: str, more: str = "") -> str:
    """One figure of a rules file."""
    rest = 'cites = "decree-765"\ntext = "as said"\nconfidence = "single"\n'
    return f'[[{parameter}]]\nvalue = "{value}"\nsince = {since}\n{more}{rest}'


RULES = """
[keys]
regime = ["letters", "platform", "none"]

[choices]
regime = ["letters", "platform", "none"]
account = ["moved", "sealed"]

""" + "".join(
    [
        figure("regime", "letters", "2016-09-01"),
        figure("regime", "platform", "2021-12-01"),
        figure("account", "moved", "2010-01-01"),
        figure("account", "sealed", "2017-01-01"),
        figure("send", "15 workdays", "2016-09-01", 'when = { regime = "letters" }\n'),
        figure("send", "10 workdays", "2021-12-01", 'when = { regime = "platform" }\n'),
    ]
)
WITHIN = 'region = "440000+440000"\n' + figure("regime", "none", "2021-04-01")
BETWEEN = 'region = "500000+510000"\n' + figure("send", "5 workdays", "2022-01-01")


@unique
class Ways(Enum):
    letters = Text("联系函", "by letters")
    platform = Text("平台", "on the platform")
    none = Text("无须办理", "not needed")


@unique
class Fate(Enum):
    moved = Text("转移", "moved")
    sealed = Text("封存", "sealed")


class Untitled(Enum):
    one = "一"
    two = "二"


class Twins(Enum):
    one = Text("一", "one")
    two = Text("一", "one")  # noqa: PIE796 - the fault under test


@frozen
class Facts:
    """Nothing is known."""


@guard("临时账户须封存", "the account is sealed", cites="decree-765")
def sealed(act: Act[Facts]) -> bool:
    return act.chosen(Moving.account) is Fate.sealed


class Moving(Process):
    title = Text("转移", "Moving")
    facts = Facts

    regime = Regime("办法", "regime", of=Ways)
    account = Choice("临时账户", "temporary account", of=Fate)

    old = Place("原地", "old place")
    new = Place("新地", "new place")
    person = Role("个人", "person", at=new)
    agency = Role("机构", "agency", at=old)

    send = Term("转出", "sending", owed_by=agency)

    asked = State("已申请", "asked", send)
    written = State("已发函", "letter sent", send)
    done = State("办结", "done", final=True)
    needless = State("无须办理", "not needed", final=True)

    apply = (opens(asked, under=(Ways.letters, Ways.platform)) | opens(needless, under=Ways.none)).by(
        person, "申请", "apply", cites="decree-765"
    )
    write = asked.to(written, under=Ways.letters).by(agency, "发函", "write", cites="decree-765")
    finish = (written.to(done, under=Ways.letters) | asked.to(done, under=Ways.platform)).by(
        agency, "办结", "finish", cites="decree-765"
    )
    seal = asked.stays(when=sealed).by(agency, "封存", "seal", cites="decree-765")
    convert = (asked | written).stay().by(agency, "转按新办法", "convert", cites="decree-765", renews=regime)


@pytest.fixture
def law(tmp_path: Path) -> Legislation:
    """The calendar of China and the rules above."""
    return law_in(tmp_path)


def law_in(tmp_path: Path) -> Legislation:
    (tmp_path / "laws.toml").write_text(
        '[decree-765]\ntitle = ["条例", "decree"]\nkind = "statute"\n', encoding="utf-8"
    )
    (tmp_path / "moving").mkdir()
    (tmp_path / "moving.toml").write_text(RULES, encoding="utf-8")
    (tmp_path / "moving" / "440000+440000.toml").write_text(WITHIN, encoding="utf-8")
    (tmp_path / "moving" / "500000+510000.toml").write_text(BETWEEN, encoding="utf-8")
    book = rulebook("moving", [tmp_path])
    assert faults_of_process(Moving, book) == []
    return Legislation(WorkCalendar.china(), lambda _: book)


def corrected_in(events: tuple[Event, ...], correction: Correction, law: Legislation) -> Case:
    """What a correction makes of a case by itself."""
    log = Log.of(Moving, events)
    return fold(Moving, (*events, *rejudge({log.case.id: log}, [corrected(log, correction, law.calendar)], law)))


def opening(law: Legislation, on: date, old: str = "350100", new: str = "110000") -> tuple[Event, ...]:
    case = Case.unopened(Moving, "m", {"old": old, "new": new})
    return decide(case, Attempt(deed=Moving.apply(), by=Moving.person, on=on, law=law))


def opened(law: Legislation, on: date, old: str = "350100", new: str = "110000") -> Case:
    return fold(Moving, opening(law, on, old, new))


def played(case: Case, events: tuple[Event, ...]) -> Case:
    for event in events:
        case = evolve(case, event)
    return case


def test_the_day_of_the_opening_chooses(law: Legislation) -> None:
    """A case of the last day of a regime runs under it to its end, one of the next day under the next."""
    before, after = opened(law, date(2021, 11, 30)), opened(law, date(2021, 12, 1))

    assert (before.regime, after.regime) == (Ways.letters, Ways.platform)
    assert [event.regime for day in (date(2021, 11, 30), date(2021, 12, 1)) for event in opening(law, day)] == [
        "letters",
        "platform",
    ]
    assert before.obligation("send").spans == (workdays(15),)
    assert after.obligation("send").spans == (workdays(10),)
    later = date(2022, 3, 1)
    events = decide(before, Attempt(deed=Moving.write(), by=Moving.agency, on=later, law=law))
    written = played(before, events)
    assert written.regime is Ways.letters
    assert events[-1].regime == ""
    assert played(after, decide(after, Attempt(deed=Moving.finish(), by=Moving.agency, on=later, law=law))).is_closed


def test_a_step_of_another_regime_is_refused(law: Legislation) -> None:
    """What a regime does not have is refused, and the refusal names the regime."""
    (ground,) = why_not(
        opened(law, date(2021, 12, 1)), Attempt(deed=Moving.write(), by=Moving.agency, on=date(2021, 12, 2), law=law)
    )

    assert ground.name == "regime"
    assert ground.say("en") == 'there is no such step under "on the platform"'


def test_without_a_known_regime_nothing_is_opened(law: Legislation) -> None:
    """Before the first regime that is known, a case is refused rather than guessed."""
    with pytest.raises(RefusedError, match="no regime is known for this day"):
        opened(law, date(2015, 5, 4))


def test_places_choose_too(law: Legislation) -> None:
    """Within a province that needs no transfer the case ends as it opens; in and out of it the nation's regime holds."""
    assert opened(law, date(2022, 3, 1), "440100", "440300").state is Moving.needless
    assert opened(law, date(2022, 3, 1), "440100", "450100").regime is Ways.platform
    assert opened(law, date(2021, 3, 31), "440100", "440300").regime is Ways.letters


@pytest.mark.parametrize(("old", "new"), [("500000", "510100"), ("510100", "500103")])
def test_what_two_places_agree_binds_both_ways(law: Legislation, old: str, new: str) -> None:
    """A figure between two places comes before those of either, whichever of the two is bound."""
    case = opened(law, date(2022, 3, 1), old, new)

    assert case.obligation("send").spans == (workdays(5),)
    assert case.obligation("send").region == "500000+510000"


def test_going_over_to_another_regime_is_an_act(law: Legislation) -> None:
    """A running case goes over by a recorded act alone; running clocks keep their figures, later ones are the new regime's."""
    case = opened(law, date(2021, 11, 30))
    events = decide(case, Attempt(deed=Moving.convert(), by=Moving.agency, on=date(2021, 12, 6), law=law))
    over = played(case, events)

    assert over.regime is Ways.platform
    assert events[-1].regime == "platform"
    assert over.obligation("send").spans == (workdays(15),)
    again = why_not(over, Attempt(deed=Moving.convert(), by=Moving.agency, on=date(2021, 12, 7), law=law))
    assert [ground.say("en") for ground in again] == ['the case is under "on the platform" already']


def test_no_case_goes_over_to_a_regime_that_lacks_its_state(law: Legislation) -> None:
    """A state of the old regime alone holds the case there."""
    case = opened(law, date(2021, 11, 29))
    case = played(case, decide(case, Attempt(deed=Moving.write(), by=Moving.agency, on=date(2021, 11, 30), law=law)))

    (ground,) = why_not(case, Attempt(deed=Moving.convert(), by=Moving.agency, on=date(2021, 12, 6), law=law))

    assert ground.say("en") == '"on the platform" has no state "letter sent", so the case cannot be brought under it'


def test_a_corrected_opening_chooses_anew(law: Legislation) -> None:
    """When the day of the opening was wrong, the case comes under the regime of the right day."""
    events = opening(law, date(2021, 12, 1))
    earlier = Correction(1, Moving.apply(), reason="filed a day earlier", on=date(2021, 11, 30))

    assert corrected_in(events, earlier, law).regime is Ways.letters


def test_a_choice_is_the_law_of_the_day(law: Legislation) -> None:
    """A guard asks which of several ways the law of the day names."""
    case = opened(law, date(2016, 12, 30))

    with pytest.raises(RefusedError, match="the account is sealed"):
        decide(case, Attempt(deed=Moving.seal(), by=Moving.agency, on=date(2016, 12, 31), law=law))
    assert decide(case, Attempt(deed=Moving.seal(), by=Moving.agency, on=date(2017, 1, 1), law=law))


def amended(law: Legislation, *figures: tuple[str, date]) -> Legislation:
    """The same law with the platform beginning on other days."""
    book = law.rulebook("moving")
    values = tuple(v for v in book.values if v.amount != "platform")
    platform = next(v for v in book.values if v.amount == "platform")
    more = tuple(changed(platform, region=region, since=since) for region, since in figures)
    book = changed(book, values=values + more)
    return Legislation(law.calendar, lambda _: book)


def test_one_place_chooses_whoever_acts(law: Legislation) -> None:
    """A city's own regime holds for the cases whose first place it is, for the person there and for the agency here."""
    law = amended(law, ("350100", date(2017, 1, 1)))
    case = opened(law, date(2020, 3, 2))

    assert case.regime is Ways.platform
    assert opened(law, date(2020, 3, 2), "110000", "350100").regime is Ways.letters
    (ground,) = why_not(case, Attempt(deed=Moving.convert(), by=Moving.agency, on=date(2020, 3, 3), law=law))
    assert ground.say("en") == 'the case is under "on the platform" already'


def test_an_opening_is_the_same_in_whatever_order_its_places_are_named(law: Legislation) -> None:
    """Its event is equal, and so is what is written of it."""
    first, second = {"old": "350100", "new": "110000"}, {"new": "110000", "old": "350100"}
    attempt = Attempt(deed=Moving.apply(), by=Moving.person, on=date(2020, 3, 2), law=law)
    made = [decide(Case.unopened(Moving, "m", places), attempt) for places in (first, second)]
    assert made[0] == made[1]


def test_the_definition_may_say_which_place_chooses(law: Legislation) -> None:
    """The regime is looked up where it is said to be, here where the person has moved to."""

    class Arriving(Process):
        title, facts = Text("转入", "Arriving"), Facts
        old, new = Place("原地", "old place"), Place("新地", "new place")
        regime = Regime("办法", "regime", of=Ways, at=new)
        person = Role("个人", "person", at=old)
        asked, done = State("已申请", "asked"), State("办结", "done", final=True)
        apply = opens(asked).by(person, "申请", "apply", cites="decree-765")
        finish = asked.to(done).by(person, "办结", "finish", cites="decree-765")

    whole = amended(law, ("350100", date(2017, 1, 1))).rulebook("moving")
    values = tuple(value for value in whole.values if value.parameter == "regime")
    book = Rulebook("arriving", values, whole.keys, choices={"regime": whole.choices["regime"]}, laws=whole.laws)

    def chosen(old: str, new: str) -> str:
        unopened = Case.unopened(Arriving, "a", {"old": old, "new": new})
        by_place = Legislation(law.calendar, lambda _: book)
        attempt = Attempt(deed=Arriving.apply(), by=Arriving.person, on=date(2020, 3, 2), law=by_place)
        return decide(unopened, attempt)[0].regime

    assert (chosen("110000", "350100"), chosen("350100", "110000")) == ("platform", "letters")


def test_a_correction_keeps_the_recorded_regime(law: Legislation) -> None:
    """Later knowledge of the reform does not move a case that was opened before, not even when another event is corrected."""
    events = opening(law, date(2021, 12, 1))
    for deed, day in ((Moving.seal(), date(2021, 12, 3)), (Moving.finish(), date(2021, 12, 6))):
        events += decide(fold(Moving, events), Attempt(deed=deed, by=Moving.agency, on=day, law=law))
    later = amended(law, ("", date(2022, 1, 1)))

    case = corrected_in(events, Correction(2, Moving.seal(), reason="a day later", on=date(2021, 12, 4)), later)
    assert (case.regime, case.state) == (Ways.platform, Moving.done)


def test_old_logs_load_whatever_regimes_there_are(law: Legislation) -> None:
    """A regime that is gone, or of a time before there were any, is told truthfully when somebody acts."""
    case = Case.unopened(Moving, "m", {"old": "350100", "new": "110000"})
    (event,) = decide(case, Attempt(deed=Moving.apply(), by=Moving.person, on=date(2020, 3, 2), law=law))
    for regime, says in (("by_post", "which its procedure no longer has"), ("", "before its procedure had regimes")):
        old = evolve(case, changed(event, regime=regime))
        (ground,) = why_not(old, Attempt(deed=Moving.write(), by=Moving.agency, on=date(2020, 3, 3), law=law))
        assert says in ground.say("en")
    taken_in = played(old, decide(old, Attempt(deed=Moving.convert(), by=Moving.agency, on=date(2020, 3, 3), law=law)))
    assert taken_in.regime is Ways.letters


def test_a_lost_regime_holds_up_what_it_governs_alone(law: Legislation) -> None:
    """A step that is the same under every regime is done; one that does not leave the state at all is refused for that alone."""
    unopened, day = Case.unopened(Moving, "m", {"old": "350100", "new": "110000"}), date(2020, 3, 2)
    (applied,) = decide(unopened, Attempt(deed=Moving.apply(), by=Moving.person, on=day, law=law))
    (written,) = decide(evolve(unopened, applied), Attempt(deed=Moving.write(), by=Moving.agency, on=day, law=law))
    asked = evolve(unopened, changed(applied, regime="by_post"))
    seal = Attempt(deed=Moving.seal(), by=Moving.agency, on=day, law=law)

    assert why_not(asked, seal) == ()
    assert [ground.kind for ground in why_not(evolve(asked, written), seal)] == [GroundKind.state]


def test_figures_that_do_not_fit_are_told_when_the_law_is_read(law: Legislation) -> None:
    """A regime of a misspelt name would never be applied; whoever acts under such a rulebook learns which file is wrong."""
    book = law.rulebook("moving")
    wrong = changed(book, keys={"regime": ("letters", "platfrom", "none")})

    with pytest.raises(
        DataError, match=r"keys.regime: \[keys\] names .*'platfrom'\], the procedure \['letters', 'none', 'platform'\]"
    ):
        opened(Legislation(law.calendar, lambda _: wrong), date(2021, 12, 1))
    wrong = changed(book, choices={**book.choices, "account": ("moved", "saeled")})
    with pytest.raises(DataError, match=r"choices.account: \[choices\] names .*'saeled'"):
        opened(Legislation(law.calendar, lambda _: wrong), date(2021, 12, 1))
    kept = tuple(changed(v, when=(("regime", ("letters",)),)) if v.amount == "letters" else v for v in book.values)
    (fault,) = faults_of_process(Moving, changed(book, values=kept))
    assert fault.say("en") == "regime: a regime is chosen by day and places; take the keys off its figures"
    told = faults_of_process(Moving, changed(book, choices={**book.choices, "account": ("moved",), "acount": ()}))
    assert [fault.say("en") for fault in told] == [
        "choices.account: [choices] names ['moved'], the procedure ['moved', 'sealed']",
        "choices.acount: the procedure makes no such choice",
    ]
