"""Looking up figures by day, place and keys; laying folders over each other; refusing what is broken."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from ssflow.calendar import Span, workdays
from ssflow.errors import DataError, InputError, UnknownError
from ssflow.rules import Rulebook, Value, rulebook
from ssflow.rules.load import ENVIRONMENT, default_folders

CARDS = rulebook("card_replacement")
FIRST = rulebook("card_issue")
FIRST_USUAL = {"channel": "counter", "generation": "third", "kind": "bank"}
DAY = date(2026, 9, 21)
USUAL = {
    "channel": "counter",
    "generation": "third",
    "kind": "bank",
    "occasion": "replacement",
    "reason": "lost",
    "fault": "holder",
}

LAWS = '[law-x]\ntitle = ["某规定", "Some rule"]\nkind = "document"\n'
FIGURE = """
[[production]]
value = "6 workdays"
since = 2026-01-01
starts = "accept"
cites = "law-x 3"
text = "六个工作日内制卡"
confidence = "single"
"""


def found(place: str, day: date = DAY, parameter: str = "production", **keys: str):
    return CARDS.find(parameter, day, place, USUAL | keys)


@pytest.mark.parametrize(
    ("place", "day", "keys", "amount", "confidence"),
    [
        ("440100", DAY, {}, "7 workdays", "repeated"),
        ("440106", DAY, {}, "7 workdays", "repeated"),  # a district of Guangzhou
        ("140100", DAY, {}, "20 workdays", "guide"),
        ("140100", DAY, {"channel": "national"}, "15 workdays", "single"),
        ("110000", date(2022, 9, 1), {"kind": "ordinary"}, "15 workdays", "corroborated"),
        ("110000", date(2022, 9, 1), {}, "35 workdays", "repeated"),
        ("110000", date(2025, 9, 1), {}, "4 workdays", "repeated"),
        ("110105", date(2025, 9, 1), {"occasion": "first_of_generation"}, "30 days", "repeated"),
        ("370200", date(2017, 5, 1), {}, "7 workdays", "single"),
        ("440300", DAY, {}, "1 month", "single"),
    ],
)
def test_from_the_narrowest_place_outwards(
    place: str, day: date, keys: dict[str, str], amount: str, confidence: str
) -> None:
    """District, prefecture, province, nation, fallback; the law of the day; the figure made for fewer cases first."""
    value = found(place, day, **keys)

    assert (str(value.amount), value.confidence) == (amount, confidence)


@pytest.mark.parametrize(
    ("place", "keys", "fee"),
    [
        ("440100", {}, "20"),
        ("500000", {}, "25"),
        ("140100", {}, "25"),
        ("110000", {"generation": "second"}, "20"),
        ("110000", {}, "0"),
        ("421024", {}, "0"),
        ("350300", {"reason": "information_changed", "fault": "issuer"}, "0"),
    ],
)
def test_fees(place: str, keys: dict[str, str], fee: str) -> None:
    """Fees differ by place, card and fault."""
    assert found(place, parameter="fee", **keys).amount == Decimal(fee)


@pytest.mark.parametrize(
    ("place", "day", "amount", "confidence"),
    [
        ("370200", date(2017, 5, 1), "30 workdays", "single"),
        ("370200", DAY, "7 workdays", "single"),
        ("110105", DAY, "10 workdays", "statute"),  # a document of the city does not displace the decree
        ("420000", DAY, "10 workdays", "statute"),
        ("440100", DAY, "10 workdays", "statute"),  # the seven working days of Guangzhou are said of replacements
    ],
)
def test_first_cards_have_figures_of_their_own(place: str, day: date, amount: str, confidence: str) -> None:
    """What places say of a replacement is not applied to a first card."""
    value = FIRST.find("production", day, place, FIRST_USUAL)

    assert (str(value.amount), value.confidence) == (amount, confidence)


def test_no_first_card_had_a_limit_before_the_regulation() -> None:
    """The twenty working days of the guide are said of a replacement."""
    assert FIRST.find("production", date(2023, 11, 30), "420000", FIRST_USUAL) is None
    assert FIRST.find("fee", DAY, "140100", FIRST_USUAL) is None  # the guide's 20 yuan are withdrawn


def test_strict_leaves_the_fallback_out() -> None:
    """Without the guide's figures an unnamed place has none; named places keep theirs."""
    strict = CARDS.strict()

    assert strict.find("production", DAY, "140100", USUAL) is None
    assert strict.find("production", DAY, "440100", USUAL) == found("440100")


def test_a_fallback_prevails_over_nothing() -> None:
    """A figure of unnamed places is found where there is no other, though it is later and made for fewer cases."""
    law, guide = (
        Value(parameter="x", amount=workdays(n), since=date(year, 1, 1), cites=(), text="", confidence=grade, when=when)
        for n, year, grade, when in ((5, 2011, "statute", ()), (9, 2020, "guide", (("a", ("1",)),)))
    )
    book = Rulebook("x", (law, guide), {"a": ("1", "2")})
    assert book.find("x", date(2026, 1, 1), "440100", {"a": "1"}) == law
    assert Rulebook("x", (guide,), {"a": ("1", "2")}).find("x", date(2026, 1, 1), "440100", {"a": "1"}) == guide


def test_the_last_day_of_checking_is_that_of_any_figure() -> None:
    """A rulebook was looked at last when one of its figures was; one of which no figure says so does not know."""
    first, *others = CARDS.values
    again = evolve(
        CARDS, values=(evolve(first, checked=None), *others[:-1], evolve(others[-1], checked=date(2030, 1, 2)))
    )
    assert CARDS.last_checked is not None and CARDS.last_checked < date(2030, 1, 2)
    assert again.last_checked == date(2030, 1, 2)
    assert Rulebook("x", ()).last_checked is None


def test_in_force_shows_every_figure_that_may_apply() -> None:
    """Of a place and day, each figure that some case may meet, the narrow ones before the wide."""
    shown = [
        (v.parameter, str(v.amount), v.region) for v in CARDS.in_force(DAY, "440100") if v.parameter == "production"
    ]

    assert shown[0] == ("production", "7 workdays", "440100")
    assert len(shown) == 1  # Guangzhou's has no keys, so nothing wider is ever met
    assert {v.parameter for v in CARDS.in_force(DAY, "440100")} >= {"fee", "pickup", "custody", "agent_collects"}
    assert [v.parameter for v in CARDS.in_force(DAY)] == sorted(v.parameter for v in CARDS.in_force(DAY))


@pytest.mark.parametrize("look", [CARDS.in_force, lambda day: CARDS.prevailing("fee", day)], ids=["all", "one"])
def test_what_is_no_day_is_refused_at_once(look: Callable[[Any], object]) -> None:
    """And not when somebody goes through the answer."""
    with pytest.raises(InputError, match="day"):
        look("2026-01-01")


def test_a_rulebook_is_shown_in_a_line() -> None:
    """In a notebook nobody wants all its figures, and what is watched and withdrawn, at once."""
    assert repr(CARDS) == f"Rulebook(name='card_replacement', values=<{len(CARDS.values)} values>)"


def test_in_force_shows_what_a_case_of_unknown_facts_meets() -> None:
    """A figure for all cases is shown although every kind of case has its own: whose kind is not known meets it."""
    kinds = (("a", ("1", "2")),)
    wide, narrow = (
        Value(
            parameter="x", amount=workdays(n), since=date(2011, 1, 1), cites=(), text="", confidence="single", when=when
        )
        for n, when in ((5, ()), (9, kinds))
    )
    assert Rulebook("x", (wide, narrow), dict(kinds)).in_force(DAY) == (narrow, wide)


def test_the_digest_of_figures_stays() -> None:
    """Records name a rulebook by it, so a later release has to reckon the same twelve digits for the same figures."""
    figure = Value(parameter="x", amount=workdays(5), since=date(2011, 1, 1), cites=(), text="", confidence="single")
    assert Rulebook("x", (figure,)).digest == "990596feef9c"


def test_no_figure_is_in_force_before_its_first_day() -> None:
    """Nor after its last."""
    first, last = date(2011, 1, 1), date(2012, 12, 31)
    figure = Value(parameter="x", amount=workdays(5), since=first, until=last, cites=(), text="", confidence="single")
    days = [first - timedelta(days=1), first, last, last + timedelta(days=1)]
    assert [figure.in_force(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("days", "wrong"), [({"since": "2020"}, ["since"]), ({"since": None}, ["since"]), ({"until": "2020"}, ["until"])]
)
def test_days_of_a_figure_are_days(days: dict[str, Any], wrong: list[str]) -> None:
    """The first is needed; the one that is none is named, and no other."""
    with pytest.raises(InputError) as refused:
        evolve(CARDS.values[0], **days)
    assert [fault.path for fault in refused.value.faults] == wrong


def test_a_rulebook_without_keys_says_that_there_are_none() -> None:
    """In both languages."""
    with pytest.raises(InputError) as refused:
        Rulebook("x", (evolve(CARDS.values[0], parameter="x", when=()),)).find("x", DAY, keys={"kind": "bank"})
    assert refused.value.say("en").endswith("known: none") and refused.value.say("zh").endswith("可用：无")


def test_amended_is_another_rulebook() -> None:
    """A reform changes the figure from its day on, in its place, and nothing in the rulebook it came from."""
    reform = CARDS.amended("production", "3 workdays", since=date(2027, 1, 1), region="440100")

    assert reform.find("production", date(2026, 12, 31), "440100", USUAL).amount == workdays(7)
    assert reform.find("production", date(2027, 1, 1), "440100", USUAL).amount == workdays(3)
    assert reform.find("production", date(2027, 1, 1), "440100", USUAL).starts == "accept"
    assert CARDS.find("production", date(2027, 1, 1), "440100", USUAL).amount == workdays(7)
    assert reform.digest != CARDS.digest


def test_table_has_a_row_a_figure() -> None:
    """The table is plain text with the source in words."""
    rows = CARDS.rows()
    guangzhou = next(row for row in rows if row["place"] == "广州市" and row["parameter"] == "production")

    assert len(rows) == len(CARDS.values)
    assert guangzhou["value"] == "7 working days"
    assert "Guangzhou" in guangzhou["cites"]
    assert {row["until"] for row in rows} == {value.until.isoformat() if value.until else "" for value in CARDS.values}


@pytest.mark.parametrize("code", ["999999", "44", "Guangzhou", "44010a", "４４０１００", "440199"])
def test_unknown_places_are_refused(code: str) -> None:
    """A code that no place has is refused with the form a code takes."""
    with pytest.raises(UnknownError, match="GB/T 2260"):
        CARDS.find("production", DAY, code, USUAL)


def test_unknown_names_are_refused() -> None:
    """A procedure or parameter that does not exist is refused with what exists."""
    with pytest.raises(UnknownError, match="did you mean card_replacement"):
        rulebook("card_replacment")
    with pytest.raises(UnknownError, match="did you mean production"):
        CARDS.amended("productoin", "3 workdays", since=DAY)
    with pytest.raises(ValueError, match="number and a unit"):
        CARDS.amended("production", "soon", since=DAY)


def agency(folder: Path, figures: str, *, region: str = "440900", laws: str = LAWS) -> Path:
    """A rulebook folder of an agency, with figures for one place."""
    (folder / "card_replacement").mkdir(parents=True)
    (folder / "laws.toml").write_text(laws, encoding="utf-8")
    file = folder / "card_replacement" / f"{region}.toml"
    file.write_text(f'region = "{region}"\n{figures}', encoding="utf-8")
    return file


def laid_over(folder: Path) -> Rulebook:
    return rulebook("card_replacement", (*default_folders(), folder))


def test_an_agency_lays_its_folder_over_ours(tmp_path: Path) -> None:
    """One data file makes a city's variant; all else stays."""
    agency(tmp_path, FIGURE)
    book = laid_over(tmp_path)

    assert book.find("production", DAY, "440900", USUAL).amount == workdays(6)
    assert book.find("production", DAY, "440100", USUAL).amount == workdays(7)
    assert book.find("production", DAY, "440900", USUAL).cites[0].say(book.laws, "zh") == "《某规定》第3条"


def test_a_figure_may_have_been_checked_later_than_its_file(tmp_path: Path) -> None:
    """The day in the head of a file is that of the figures that name none of their own."""
    other = FIGURE.replace("[[production]]", "[[custody]]") + "checked = 2026-05-06\n"
    agency(tmp_path, f"checked = 2026-01-02\n{FIGURE}{other}")
    found = {value.parameter: value.checked for value in laid_over(tmp_path).values if value.region == "440900"}

    assert found == {"production": date(2026, 1, 2), "custody": date(2026, 5, 6)}


def test_of_equal_keys_the_figure_for_fewer_cases_prevails(tmp_path: Path) -> None:
    """A figure for one occasion comes before one for two, though that is the later law; and the other occasion meets the latter."""
    one = FIGURE.replace("6 workdays", "3 workdays").replace("2026-01-01", "2020-01-01")
    agency(
        tmp_path,
        FIGURE + 'when = { occasion = ["replacement", "repeated_replacement"] }\n'
        f'{one}when = {{ occasion = "replacement" }}\n',
    )
    book = laid_over(tmp_path)
    met = [
        book.find("production", DAY, "440900", USUAL | {"occasion": name})
        for name in ("replacement", "repeated_replacement")
    ]

    assert [value.amount for value in met] == [workdays(3), workdays(6)]


def test_an_agency_replaces_a_figure_of_ours(tmp_path: Path) -> None:
    """A figure of the same parameter, place, keys and first day is replaced by the later folder's."""
    agency(tmp_path, FIGURE.replace("2026-01-01", "2011-01-01"), region="440100")

    assert laid_over(tmp_path).find("production", DAY, "440100", USUAL).amount == workdays(6)


def test_the_environment_names_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A back end lays its folder over without code; a folder that is not there is an error."""
    agency(tmp_path, FIGURE)
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path))
    assert rulebook("card_replacement").find("production", DAY, "440900", USUAL).amount == Span(6, "workdays")

    monkeypatch.setenv(ENVIRONMENT, str(tmp_path / "nowhere"))
    with pytest.raises(DataError, match=ENVIRONMENT):
        rulebook("card_replacement")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("[[production]]", "[production]"), r"production: is not a list; write \[\[production\]\]"),
        (("[[production]]", "[[production"), "cannot be read as TOML"),
        (('"6 workdays"', '"6 fortnights"'), r"production\[0\].value: .*'6 fortnights' is not a span"),
        (('"6 workdays"', "6"), "6 is none of str, bool"),
        (('"6 workdays"', '"-1 yuan"'), "is not a sum of money"),
        (("since = 2026-01-01\n", ""), "since: is missing"),
        (("since = 2026-01-01", 'since = "2026-01-01"'), "is not of type date"),
        (("since = 2026-01-01", "since = 2026-02-30"), "cannot be read as TOML"),
        (("since = 2026-01-01", "since = 2026-01-01\nuntil = 2025-01-01"), "comes before since"),
        (("law-x 3", "law-y 3"), "cites 'law-y', which laws.toml does not enter"),
        (('cites = "law-x 3"', 'cites = ""'), "a citation names a law"),
        (('"single"', '"certain"'), "confidence"),
        (('"single"', '"guide"'), "for figures of an unnamed place"),
        (('text = "', 'txet = "'), "txet"),
        (("starts", 'when = { channel = "pigeon" }\nstarts'), "channel=\\['pigeon'\\] is not in \\[keys\\]"),
        (("starts", "when = { channel = 3 }\nstarts"), "a name or a list of names"),
        (('region = "440900"', 'region = "999999"'), "unknown region '999999'"),
        (('region = "440900"', "region = 440900"), "region"),
    ],
)
def test_broken_files_are_refused(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    """A broken file is refused whole; the error names it and the place of the fault."""
    file = agency(tmp_path, FIGURE)
    file.write_text(file.read_text(encoding="utf-8").replace(*change), encoding="utf-8")

    with pytest.raises(DataError, match=says):
        laid_over(tmp_path)


def test_two_candidates_are_an_error(tmp_path: Path) -> None:
    """Figures of which a case could meet two, neither more particular, are refused when they are loaded."""
    other = FIGURE.replace('"6 workdays"', '"9 workdays"')
    agency(
        tmp_path,
        FIGURE.replace("starts", 'when = { channel = "online" }\nstarts')
        + other.replace("starts", 'when = { kind = "bank" }\nstarts'),
    )

    with pytest.raises(
        DataError, match="a case may meet both 6 working days .channel=online. and 9 working days .kind=bank."
    ):
        laid_over(tmp_path)


def test_the_same_figure_twice_is_an_error(tmp_path: Path) -> None:
    """Two figures from the same day for the same cases in one folder are refused."""
    agency(tmp_path, FIGURE + FIGURE)

    with pytest.raises(DataError, match="two figures from 2026-01-01"):
        laid_over(tmp_path)


def test_broken_laws_are_refused(tmp_path: Path) -> None:
    """A law without a title, or repealed by one that is not entered, is refused."""
    agency(tmp_path, FIGURE, laws='[law-x]\nkind = "document"\n')
    with pytest.raises(DataError, match="title: is missing"):
        laid_over(tmp_path)

    agency(tmp_path / "more", FIGURE, laws=LAWS + 'repealed_by = "law-z"\n')
    with pytest.raises(DataError, match="repealed_by names 'law-z'"):
        laid_over(tmp_path / "more")


def test_the_order_of_names_does_not_matter(tmp_path: Path) -> None:
    """Alternatives are a set: written in another order they are the same figure twice."""
    one = FIGURE.replace("starts", 'when = { channel = ["online", "counter"] }\nstarts')
    other = FIGURE.replace("starts", 'when = { channel = ["counter", "online"] }\nstarts')
    agency(tmp_path, one + other.replace("6 workdays", "9 workdays"))

    with pytest.raises(DataError, match="two figures from 2026-01-01"):
        laid_over(tmp_path)


@pytest.mark.parametrize("line", ['url = "http://x"', 'rows = "CR"', 'when = { channel = ["online", "online"] }'])
def test_texts_are_no_lists_of_letters(tmp_path: Path, line: str) -> None:
    """Where a list is needed, a text is a fault; a list that names something twice too."""
    agency(tmp_path, FIGURE + line + "\n")

    with pytest.raises(DataError, match="a list is required|names .* twice"):
        laid_over(tmp_path)
