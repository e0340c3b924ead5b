"""What a reform changed, as a table, and how many cases met it."""

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from ssflow.calendar import workdays
from ssflow.errors import InputError
from ssflow.rules import Rulebook, Value, rulebook
from tests.rules.trying import PARAMETERS, another, answers, days_of

DAY = date(2026, 1, 1)
MEDICAL = rulebook("medical_transfer")
CARDS = rulebook("card_replacement")


def test_a_row_for_each_figure_that_a_reform_takes_the_place_of() -> None:
    """Each row names the place, the cases, the time, and both figures; where there was none, it says so."""
    local = MEDICAL.amended("sending", "5 workdays", since=DAY, region="440100", starts="accept")

    assert MEDICAL.changes(local).to_records() == [
        {
            "parameter": "sending",
            "region": "440100",
            "place": "广州市",
            "when": f"regime={regime}",
            "since": "2026-01-01",
            "until": "",
            "before": before,
            "after": after,
        }
        for regime, before, after in (
            ("letters", "15 working days (starts: take_letter)", "5 working days (starts: accept)"),
            ("platform", "10 working days", "5 working days"),
        )
    ]
    other = CARDS.amended("production", "9 workdays", since=DAY, region="440100", owed_by="office")
    assert {record["after"] for record in CARDS.changes(other).to_records()} == {"9 working days (owed by: office)"}
    (fee,) = CARDS.changes(CARDS.amended("fee", "30 yuan", since=DAY, region="440300", when={"reason": "lost"}))
    assert (fee.before, fee.after.amount_text.en, fee.until) == (
        CARDS.find("fee", DAY, "440300", {"reason": "lost"}),
        "30 yuan",
        None,
    )


def test_a_figure_that_is_gone_is_a_change() -> None:
    """Without its fallbacks a rulebook leaves cases without a figure; the change back is the same table the other way round."""
    strict = CARDS.strict()
    gone, back = CARDS.changes(strict), strict.changes(CARDS)

    assert gone
    assert all(row.after is None and row.before.is_fallback for row in gone)
    assert [(row.after, row.before) for row in back] == [(row.before, row.after) for row in gone]
    assert gone.figures == ()
    assert {(record["after"], record["place"]) for record in gone.to_records()} == {("no figure", "an unnamed place")}
    assert {(record["before"], record["place"]) for record in back.to_records()} == {("no figure", "an unnamed place")}
    assert [row.parameter for row in gone] == sorted(row.parameter for row in gone)


def figure(amount: int, since: int, until: int | None = None, **more: Any) -> Value:
    """A figure of ``x`` from the beginning of a year to the end of another."""
    last = date(until, 12, 31) if until else None
    given = {"confidence": "single", **more}
    return Value(
        parameter="x", amount=workdays(amount), since=date(since, 1, 1), until=last, cites=(), text="", **given
    )


def test_who_owes_it_and_what_starts_it_is_said_where_that_changes() -> None:
    """A figure that leaves both to the definition of the procedure says so, in both languages."""
    before = Rulebook("x", (figure(3, 2010),))
    changes = before.changes(before.amended("x", "3 workdays", since=DAY, starts="accept", owed_by="office"))
    (row,) = changes.to_records()

    assert row["before"] == "3 working days (starts: as defined) (owed by: as defined)"
    assert row["after"] == "3 working days (starts: accept) (owed by: office)"
    for said in ("3个工作日（起算：程序所定）（义务人：程序所定）", "3个工作日（起算：accept）（义务人：office）"):
        assert said in changes.to_markdown("zh")


def test_rows_come_by_parameter() -> None:
    """In whatever order the figures stand."""
    book = Rulebook("x", tuple(evolve(figure(3, 2010), parameter=name) for name in "gfedcba"))
    other = evolve(book, values=tuple(evolve(value, amount=workdays(4)) for value in book.values))

    assert [row.parameter for row in book.changes(other)] == list("abcdefg")


def test_a_national_figure_changes_what_fallbacks_served() -> None:
    """The row says that only places without a figure of their own meet the change."""
    before = Rulebook("x", (figure(3, 2010, confidence="guide"), figure(4, 2010, region="440100")))
    (row,) = before.changes(before.amended("x", "5 workdays", since=DAY)).to_records()

    assert (row["place"], row["before"], row["after"]) == ("an unnamed place", "3 working days", "5 working days")


def test_a_figure_that_only_one_rulebook_has_is_a_change_until_its_last_day() -> None:
    """Afterwards both say the same again."""
    both = figure(3, 2010)
    (row,) = Rulebook("x", (both, figure(5, 2020, 2021))).changes(Rulebook("x", (both,)))

    assert (row.since, row.until) == (date(2020, 1, 1), date(2021, 12, 31))


def test_a_pair_that_is_gone_changes_the_places_inside_it() -> None:
    """Each of the two sides falls back on its own figures, also those of a city within a province."""
    places = [figure(9, 2010), figure(4, 2010, region="510100"), figure(3, 2010, region="500103")]
    before = Rulebook("x", (*places, figure(5, 2010, region="500000+510000")))

    assert {row.after.amount.n for row in before.changes(Rulebook("x", tuple(places)))} == {9, 4, 3}


def test_a_reform_that_is_over_ends() -> None:
    """A change lasts until a later figure says the same in both rulebooks."""
    retirement = rulebook("retirement")
    (row,) = retirement.changes(retirement.amended("minimum", "200 months", since=date(2029, 7, 1)))

    assert (row.since, row.until) == (date(2029, 7, 1), date(2029, 12, 31))


def test_times_that_follow_on_one_another_are_one_row() -> None:
    """A row is a time in which the same figure takes the place of the same, whatever else begins or ends meanwhile."""
    between, elsewhere = figure(3, 2021, 2021), figure(4, 2023, 2024, region="440100")
    before, after = (Rulebook("x", (figure(n, 2010), between, elsewhere)) for n in (1, 2))

    nation = [(row.since, row.until) for row in before.changes(after)]
    assert nation == [(date(2010, 1, 1), date(2020, 12, 31)), (date(2022, 1, 1), None)]


def test_the_table_is_read_in_both_languages() -> None:
    """In Markdown a row a change; an empty table is no text."""
    changes = MEDICAL.changes(MEDICAL.amended_all("sending", "5 workdays", since=DAY))

    head, _, *rows = changes.to_markdown().splitlines()
    assert head == "| 项目 | 地方 | 适用条件 | 自 | 至 | 现行 | 改后 |"
    assert rows[0] == "| sending | 全国 | regime=letters | 2026-01-01 |  | 15个工作日 | 5个工作日 |"
    assert "| 15 working days | 5 working days |" in changes.to_markdown("en")
    assert len(rows) == len(changes) == 3  # on the platform a certificate has a figure of its own
    assert MEDICAL.changes(MEDICAL).to_markdown() == ""
    assert not MEDICAL.changes(MEDICAL)


def test_cases_that_met_a_change_are_counted() -> None:
    """By what cases found one knows how many a reform touched; a figure that nobody met stands with nought."""
    reform = MEDICAL.amended_all("sending", "5 workdays", since=DAY)
    days = [date(2025, 12, 30) + timedelta(days=k) for k in range(4)]
    found = [reform.find("sending", day, "140100", {"regime": "platform"}) for day in days] + [None]

    counted = MEDICAL.changes(reform).count(found)

    assert {value.when_text: times for value, times in counted.items()} == {
        "regime=letters": 0,
        "regime=platform": 2,
        "regime=platform, route=certificate": 0,
    }


def test_rulebooks_of_other_procedures_are_not_compared() -> None:
    """Only the same procedure under another law says what the law changes."""
    with pytest.raises(
        InputError, match="a rulebook of the same procedure is required, medical_transfer, not card_replacement"
    ):
        MEDICAL.changes(CARDS)
    for odd in (None, "medical_transfer", {}):
        with pytest.raises(InputError, match="a Rulebook is required"):
            MEDICAL.changes(odd)


@pytest.mark.parametrize(("name", "parameter"), PARAMETERS)
@settings(max_examples=4)
@given(data=st.data())
def test_the_table_holds_every_change_and_no_other(name: str, parameter: str, data: st.DataObject) -> None:
    """Whatever case is tried: it meets another figure than before if and only if a row says so for its day."""
    book = rulebook(name)
    other = reformed(book, parameter, data)

    rows = list(book.changes(other))

    seen: dict[int, set[date]] = {number: set() for number in range(len(rows))}
    for day, (place, beside), keys, (old, new) in answers(book, other, parameter):
        fitting = [
            number
            for number, row in enumerate(rows)
            if (row.before, row.after) == (old, new) and row.since <= day <= (row.until or date.max)
        ]
        assert bool(fitting) == ((old and old.says) != (new and new.says)), (day, place, beside, keys, old, new)
        for number in fitting:
            assert all(keys.get(key) in names for key, names in rows[number].when)
            seen[number].add(day)
    for row, days in zip(rows, seen.values(), strict=True):
        assert days == {day for day in days_of(parameter, book, other) if row.since <= day <= (row.until or date.max)}
    assert {row.parameter for row in rows} <= {parameter}


def reformed(book: Rulebook, parameter: str, data: st.DataObject) -> Rulebook:
    """A reform of a parameter: some figure of it changed from some day on, taken away, or all of them changed."""
    ours = [value for value in book.values if value.parameter == parameter]
    value = data.draw(st.sampled_from(ours))
    since = data.draw(st.one_of(st.just(value.since), st.dates(date(2010, 1, 1), date(2040, 1, 1))))
    kind = data.draw(st.sampled_from(["one", "gone", "all"]))
    if kind == "gone":
        return evolve(book, values=tuple(v for v in book.values if v is not value))
    try:
        if kind == "all":
            return book.amended_all(parameter, another(book, parameter), since=since)
        when = {key: list(names) for key, names in value.when}
        return book.amended(parameter, another(book, parameter), since=since, region=value.region, when=when)
    except InputError:
        return book
