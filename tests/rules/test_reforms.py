"""A reform changes what it names, or is refused with what would do."""

import re
from datetime import date
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from ssflow.calendar import Span, days
from ssflow.calendar.spans import Roll
from ssflow.errors import InputError, UnknownError
from ssflow.rules import Rulebook, Value, rulebook
from ssflow.rules.values import parse_amount
from ssflow.text import NO_TEXT
from tests.rules.trying import PARAMETERS, another, answers, cases_of

DAY = date(2026, 1, 1)
MEDICAL = rulebook("medical_transfer")
CALL = re.compile(r"amended(?:_all)?\((?:[^()]|\([^()]*\))*\)")


def calls_in(error: InputError) -> list[str]:
    """The calls that an error says would do."""
    return CALL.findall(error.faults[0].text.en)


def done(book: Rulebook, call: str) -> Rulebook:
    """The rulebook that a call, as an error writes it, gives."""
    made: Rulebook = eval(f"book.{call}", {"book": book, "date": date})  # noqa: S307 - the library wrote it
    return made


def of(amount: str, roll: Roll | None = None, **more: Any) -> Value:
    """A figure of ``x``, from 2010 on unless it says otherwise."""
    parsed = parse_amount(amount, roll)
    given = {"since": date(2010, 1, 1), "cites": (), "text": "", "confidence": "single", "rolls": bool(roll), **more}
    return Value(parameter="x", amount=parsed, **given)


def test_figures_with_keys_are_not_missed() -> None:
    """A national amendment that the figures of both regimes overrule is refused; the calls that it names do what was meant."""
    with pytest.raises(InputError) as refused:
        MEDICAL.amended("sending", "5 workdays", since=DAY)

    (fault,) = refused.value.faults
    assert fault.path == "when"
    for figures in (
        "15 working days (regime=letters, from 2016-09-01)",
        "10 working days (regime=platform, from 2021-12-01)",
    ):
        assert figures in fault.text.en
    assert "15个工作日（regime=letters，自2016-09-01起）" in fault.text.zh
    *each, every = calls_in(refused.value)
    assert each == [
        f"amended('sending', '5 workdays', since=date(2026, 1, 1), when={{'regime': '{name}'}})"
        for name in ("letters", "platform")
    ]
    assert every == "amended_all('sending', '5 workdays', since=date(2026, 1, 1))"
    one_by_one = MEDICAL
    for call in each:
        one_by_one = done(one_by_one, call)
    for book in (one_by_one, done(MEDICAL, every)):
        for regime, starts in (("letters", "take_letter"), ("platform", "accept")):
            value = book.find("sending", DAY, keys={"regime": regime})
            assert (value.amount, value.starts) == (Span(5, "workdays"), starts)


@pytest.mark.parametrize(
    ("given", "path", "says"),
    [
        (
            {"when": {"regime": "platfrm"}},
            "when.regime",
            "unknown name 'platfrm'; known: letters, platform; did you mean platform?",
        ),
        (
            {"when": {"regim": "platform"}},
            "when.regim",
            "unknown key 'regim'; known: regime, route, work, backpay; did you mean regime?",
        ),
        ({"when": {"regime": ["letters", "platfrm"]}}, "when.regime", "platfrm"),
        ({"when": {"regime": None}}, "when.regime", "not a value of type NoneType"),
        ({"when": {"regime": []}}, "when.regime", "a name or a list of names"),
        ({"when": {3: "platform"}}, "when", "not a value of type int"),
        ({"when": "platform"}, "when", "a mapping of keys"),
        ({"since": "2026-01-01"}, "since", "a datetime.date is required, not a value of type str"),
        ({"since": None}, "since", "NoneType"),
        ({"amount": "soon"}, "amount", "is not a span"),
        ({"amount": "-1 yuan"}, "amount", "is not a sum of money"),
        ({"amount": "5 yuan"}, "amount", "of another kind than the figures of sending, for example 8 working days"),
        ({"amount": True}, "amount", "of another kind"),
        ({"starts": 3}, "starts", "the name of an activity is required"),
        ({"owed_by": b"issuer"}, "owed_by", "the name of a role is required"),
        ({"amount": 5}, "amount", "not as a value of type int"),
        ({"region": 440100}, "region", "not a value of type int"),
        ({"roll": "forward"}, "roll", "one of next, previous, none"),
        ({"cites": ""}, "cites", "a citation names a law"),
        ({"cites": 3}, "cites", "a citation names a law"),
        ({"parameter": None}, "parameter", "the name of a parameter is required"),
    ],
)
def test_what_cannot_be_meant_is_refused(given: dict[str, Any], path: str, says: str) -> None:
    """An unknown key or name, and every odd value, is refused and the argument named; in both languages."""
    arguments = {"parameter": "sending", "amount": "5 workdays", "since": DAY, **given}

    with pytest.raises(InputError, match=re.escape(says)) as refused:
        MEDICAL.amended(arguments.pop("parameter"), arguments.pop("amount"), **arguments)

    assert [fault.path for fault in refused.value.faults] == [path]
    assert re.search("[一-鿿]", refused.value.say("zh"))


def test_unknown_parameters_and_places_are_refused() -> None:
    """A name that the rulebook does not have is refused with the one that was meant."""
    with pytest.raises(UnknownError, match="did you mean sending"):
        MEDICAL.amended("sendign", "5 workdays", since=DAY)
    with pytest.raises(UnknownError, match="did you mean sending"):
        MEDICAL.amended_all("sendign", "5 workdays", since=DAY)
    with pytest.raises(UnknownError, match="440199"):
        MEDICAL.amended("sending", "5 workdays", since=DAY, region="440199")


def test_an_ambiguous_reform_is_refused() -> None:
    """As in a file: of two figures that a case could meet, neither more particular, none is taken silently."""
    cards = rulebook("card_replacement").amended(
        "fee", "5 yuan", since=DAY, region="440300", when={"channel": "online"}
    )
    with pytest.raises(InputError, match="a case may meet both"):
        cards.amended("fee", "6 yuan", since=DAY, region="440300", when={"generation": "third"})


def test_what_the_old_figures_do_not_share_has_to_be_said() -> None:
    """One figure that follows several of which the clocks start differently is refused, until its own start is given."""
    with pytest.raises(InputError, match="say starts, or change them one by one") as refused:
        MEDICAL.amended("sending", "5 workdays", since=DAY, region="440100")
    assert [fault.path for fault in refused.value.faults] == ["starts"]

    book = MEDICAL.amended("sending", "5 workdays", since=DAY, region="440100", starts="accept")
    assert book.find("sending", DAY, "440106", {"regime": "letters"}).starts == "accept"


def test_a_last_day_that_rests_is_not_inherited_from_working_days() -> None:
    """Days that follow working days roll by law; days that follow days roll as those do."""
    book = MEDICAL.amended("sending", "30 days", since=DAY, when={"regime": "platform"})
    assert book.find("sending", DAY, keys={"regime": "platform"}).amount == days(30)
    force = rulebook("loss_report").amended(
        "temporary_force", "9 days", since=DAY, region="110000", when={"track": "social"}
    )
    assert force.find("temporary_force", DAY, "110000", {"track": "social"}).amount == days(9, roll="none")


def test_a_named_call_begins_no_earlier_than_its_figure() -> None:
    """Joint registration of employers binds all kinds only since 2023-12-01, so the call for all kinds begins there."""
    book = rulebook("employer_registration")
    with pytest.raises(InputError) as refused:
        book.amended("joint", amount=False, since=date(2016, 10, 1))

    assert "amended('joint', False, since=date(2023, 12, 1))" in calls_in(refused.value)
    for call in calls_in(refused.value):
        done(book, call)


def test_a_named_call_keeps_to_the_place() -> None:
    """Whoever follows the advice to reform a province by regime reforms that province, and not the nation."""
    book = MEDICAL
    for regime in ("letters", "platform"):
        book = book.amended("sending", "4 workdays", since=DAY, region="440000", when={"regime": regime})
    with pytest.raises(InputError) as refused:
        book.amended("sending", "5 workdays", since=DAY, region="440000")
    first, *_ = calls_in(refused.value)
    letters = {"regime": "letters"}

    assert done(book, first).find("sending", DAY, "440100", letters).amount == Span(5, "workdays")
    assert done(book, first).find("sending", DAY, keys=letters) == MEDICAL.find("sending", DAY, keys=letters)


KEYS = {"kind": ("one", "two", "three")}
ONE, TWO, BOTH = (("kind", ("one",)),), (("kind", ("two",)),), (("kind", ("one", "two")),)


def test_a_figure_for_cases_that_had_none_is_taken() -> None:
    """Figures of other cases are not in its way."""
    book = Rulebook("x", (of("3 days", when=ONE),), keys=KEYS)
    reform = book.amended("x", "5 days", since=DAY, when={"kind": "two"})

    assert [reform.find("x", DAY, keys={"kind": kind}) is not None for kind in KEYS["kind"]] == [True, True, False]


def test_a_figure_for_places_that_had_none_follows_none_of_later_days() -> None:
    """It starts with its state, though a national figure that comes two years later, and does not bind there, has a start of its own."""
    book = Rulebook("x", (of("3 days", since=date(2028, 1, 1), starts="accept"),))
    reform = book.amended("x", "5 days", since=DAY, region="440000")

    assert [reform.find("x", day, "440100").starts for day in (DAY, date(2028, 1, 1))] == ["", ""]


def test_a_figure_that_only_unknown_cases_would_meet_is_refused() -> None:
    """Where every kind of case has a figure of its own, a reform for all would bind none of them."""
    every = (("kind", KEYS["kind"]),)
    book = Rulebook("x", (of("3 days"), of("4 days", when=every)), keys=KEYS)

    with pytest.raises(InputError, match="no figure would change"):
        book.amended("x", "5 days", since=DAY)


def test_a_reform_binds_once_what_prevails_has_ended() -> None:
    """A figure for all cases is taken although another prevails on its first day: from the day after that one's last it is found."""
    last, after = date(2027, 12, 31), date(2028, 1, 1)
    every = (("kind", KEYS["kind"]),)
    book = Rulebook("x", (of("3 days", starts="accept"), of("4 days", when=every, until=last)), keys=KEYS)
    reform = book.amended("x", "5 days", since=DAY)

    assert [reform.find("x", day, keys={"kind": "one"}).amount.n for day in (DAY, last, after)] == [4, 4, 5]
    assert reform.find("x", after, keys={"kind": "one"}).starts == "accept"


def test_a_named_call_is_for_all_cases_of_its_figure() -> None:
    """A figure that serves two kinds of cases is reformed for both by the call that the refusal names."""
    three = (("kind", ("three",)),)
    book = Rulebook("x", (of("3 days", when=BOTH), of("4 days", when=three)), keys=KEYS)
    with pytest.raises(InputError) as refused:
        book.amended("x", "5 days", since=DAY)
    for call in calls_in(refused.value)[:-1]:
        book = done(book, call)

    assert {book.find("x", DAY, keys={"kind": kind}).amount.n for kind in KEYS["kind"]} == {5}


@pytest.mark.parametrize(("name", "parameter"), PARAMETERS)
@settings(max_examples=4)
@given(data=st.data())
def test_a_reform_changes_an_answer_or_is_refused(name: str, parameter: str, data: st.DataObject) -> None:
    """Of every parameter, in any place, for any cases, from any day: what is taken changes what some case finds, and what is
    refused would have left every figure as it is, or left two in doubt. Every call that a refusal names does change one.
    """
    book = rulebook(name)
    ours = [value for value in book.values if value.parameter == parameter]
    region = data.draw(st.sampled_from(sorted({"", "440300", *(value.region for value in ours)})))
    keys = data.draw(st.sets(st.sampled_from(sorted(book.keys)), max_size=2)) if book.keys else set()
    when = {
        key: data.draw(st.lists(st.sampled_from(book.keys[key]), min_size=1, max_size=2, unique=True))
        for key in sorted(keys)
    }
    since = data.draw(
        st.one_of(st.just(DAY), st.sampled_from([v.since for v in ours]), st.dates(date(2005, 1, 1), date(2045, 1, 1)))
    )
    amount = another(book, parameter)
    try:
        reform = book.amended(parameter, amount, since=since, region=region, when=when)
    except InputError as refused:
        paths = {fault.path for fault in refused.faults}
        if paths <= {"roll", "starts", "owed_by"} or "a case may meet both" in str(refused):
            return
        assert paths == {"when"}
        naive = naively(book, ours[0], since, region, when)
        assert all(old is None or new == old for *_, (old, new) in answers(book, naive, parameter))
        for call in calls_in(refused):
            assert any(old != new for *_, (old, new) in answers(book, done(book, call), parameter)), call
    else:
        assert any(old != new for *_, (old, new) in answers(book, reform, parameter))
        assert all(old == new for day, *_, (old, new) in answers(book, reform, parameter) if day < since)


def naively(book: Rulebook, like: Value, since: date, region: str, when: dict[str, list[str]]) -> Rulebook:
    """The figure added without asking whether anybody meets it."""
    pairs = tuple(sorted((key, tuple(sorted(names))) for key, names in when.items()))
    new = evolve(like, since=since, until=None, region=region, when=pairs, confidence="unverified", text="naive")
    return evolve(book, values=(*(value for value in book.values if value.identity != new.identity), new))


@pytest.mark.parametrize(("name", "parameter"), PARAMETERS)
def test_every_figure_changes(name: str, parameter: str) -> None:
    """Whoever has a figure finds the new amount from the day on, with the start and the owner as before; all else stays."""
    book = rulebook(name)
    for since in (DAY, min(v.since for v in book.values if v.parameter == parameter)):
        if not any(
            value.until is None or value.until >= since for value in book.values if value.parameter == parameter
        ):
            with pytest.raises(InputError, match="is in force"):
                book.amended_all(parameter, another(book, parameter), since=since)
            continue
        reform = book.amended_all(parameter, another(book, parameter), since=since)
        for day, _, _, (old, new) in answers(book, reform, parameter):
            if day < since or old is None:
                assert new == old
            else:
                assert new is not None
                assert str(new.cites[0]) == "proposal"
                for same in ("starts", "owed_by", "when", "region", "rolls", "is_fallback"):
                    assert getattr(new, same) == getattr(old, same)


def test_a_later_reform_is_changed_with_the_rest() -> None:
    """Figures that are enacted for later years change too, and what ends still ends."""
    retirement = rulebook("retirement").amended_all("minimum", "180 months", since=date(2029, 1, 1))
    found = [retirement.find("minimum", date(year, 6, 1)).amount for year in (2028, 2029, 2035, 2050)]
    assert {(amount.n, amount.roll) for amount in found} == {(180, "none")}
    with pytest.raises(InputError, match="no figure of regime is in force"):
        evolve(MEDICAL, values=tuple(v for v in MEDICAL.values if v.until)).amended_all("regime", "letters", since=DAY)


def test_a_reform_has_none_of_the_sources_of_the_old_figures() -> None:
    """What was read of the old figure, where and when, says nothing of the new one: it rests on what the reform cites alone."""
    book = rulebook("card_replacement")
    reform = book.amended_all("fee", "7 yuan", since=DAY)
    old = [value for value in book.values if value.parameter == "fee"]
    new = [value for value in reform.values if value.text == "amended"]

    assert any(value.attested_from for value in old) and any(value.checked for value in old)
    assert any(value.url for value in old) and any(value.rows for value in old)
    assert len(new) == len([value for value in old if value.until is None or value.until >= DAY])
    for value in new:
        sources = (value.evidence, value.url, value.rows, value.note, value.attested_from, value.checked)
        assert sources == (NO_TEXT, (), (), NO_TEXT, None, None)
        assert value.confidence == ("guide" if value.region == "" and value.is_fallback else "unverified")


def test_all_figures_may_be_given_another_end() -> None:
    """A reform that says whether a last day rolls says it for every figure, and each says that it was told so."""
    book = rulebook("card_replacement")
    new = [v for v in book.amended_all("production", "30 days", since=DAY, roll="none").values if v.text == "amended"]

    assert {(value.amount.roll, value.rolls) for value in new} == {("none", True)}


def test_a_place_that_is_gone_is_not_reformed() -> None:
    """Laiwu was merged into Jinan in 2019: a figure for it from 2026 on would bind nobody."""
    with pytest.raises(InputError) as refused:
        MEDICAL.amended("sending", "5 workdays", since=DAY, region="371200", starts="accept")
    assert [fault.path for fault in refused.value.faults] == ["region"]


def test_a_reform_follows_a_reform() -> None:
    """It changes each figure once: of one that an earlier reform has taken the place of, only the later."""
    earlier = rulebook("card_replacement").amended("fee", "30 yuan", since=date(2025, 1, 1), region="440300")
    reform = earlier.amended_all("fee", "7 yuan", since=DAY)
    new = [value.identity for value in reform.values if value.text == "amended" and value.since >= DAY]

    assert len(set(new)) == len(new)
    assert reform.find("fee", DAY, "440300").amount == 7
    assert earlier.find("fee", DAY, "440300").amount == 30

    prevails = of("5 days", since=date(2010, 1, 1))
    book = Rulebook("x", (of("3 days", since=date(2005, 1, 1), until=date(2027, 12, 31)), prevails))
    assert [value.since for value in book.amended_all("x", "7 days", since=DAY).values if value.since >= DAY] == [DAY]


def test_working_days_have_no_last_day_that_rests() -> None:
    """Figures in days that differ in how such a day is treated may be followed by working days: there is nothing to say."""
    book = Rulebook(
        "x",
        (of("10 days", "none", when=(("a", ("1",)),)), of("10 days", "next", when=(("a", ("2",)),))),
        {"a": ("1", "2")},
    )
    with pytest.raises(InputError, match="differ in it") as refused:
        book.amended("x", "5 days", since=DAY, region="440100")
    assert [fault.path for fault in refused.value.faults] == ["roll"]
    assert book.amended("x", "5 workdays", since=DAY, region="440100").find("x", DAY, "440100", {}).amount.n == 5


def test_all_cases_of_a_trial_are_tried() -> None:
    """The judge of the properties tries every name of every key that a figure asks for."""
    assert len(list(cases_of("registering", MEDICAL))) == 4
