"""Files of worked cases that play nothing, or say what nobody reads, are refused: a test that tests nothing must not pass."""

from pathlib import Path

import pytest
from attrs import evolve as changed

from ssflow import machines
from ssflow.errors import DataError, InputError, SsflowError, UnknownError
from ssflow.testing import conformance, examples_of, load_scenarios, run_scenario

FILE = Path(__file__).parent / "scenarios" / "consultation.toml"
WHOLE = FILE.read_text(encoding="utf-8")
SCENARIO = load_scenarios(FILE)[0]
PLACES = {place.name: "440100" for place in machines.get("consultation").places}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (WHOLE.replace("[[scenario]]", "[scenario]", 1).split("[[scenario]]")[0], r"scenario: .* \[\[scenario\]\]"),
        ("", r"scenario: .* \[\[scenario\]\]"),
        ("scenario = []", r"scenario: .* \[\[scenario\]\]"),
        ("scenario = [1]", r"scenario: .* \[\[scenario\]\]"),
        (WHOLE.replace("[[scenario]]", "[[scenarios]]"), "scenarios: is unknown"),
        ("case = {}\n" + WHOLE, "case: is unknown"),
        ("cases = {}\n" + WHOLE, "cases: there is no case"),
        ("cases = []\n" + WHOLE, "cases: fields by name are required, not a value of type list"),
        ("cases = { a = 1 }\n" + WHOLE, "cases.a: fields by name are required|cases.a: 1 is not of type str"),
    ],
)
def test_a_file_that_plays_nothing_is_refused(text: str, says: str, tmp_path: Path) -> None:
    """By the name of the file and of its part, in both languages."""
    path = tmp_path / FILE.name
    path.write_text(text, encoding="utf-8")

    with pytest.raises(DataError, match=says) as refused:
        load_scenarios(path)
    assert refused.value.say("zh") != refused.value.say("en")


@pytest.mark.parametrize(
    ("part", "odd"),
    [("cases", {}), ("cases", {"a": 1}), ("cases", "ab"), ("steps", "ab"), ("steps", (1,)), ("steps", None), ("id", 1), ("title", "x")],
)  # fmt: skip
def test_a_worked_case_made_by_hand_is_looked_at(part: str, odd: object) -> None:
    """The same parts as in a file."""
    with pytest.raises(InputError):
        changed(SCENARIO, **{part: odd})


@pytest.mark.parametrize(
    "play", [run_scenario, lambda one: examples_of([one]), lambda one: conformance(machines.get("consultation"), [one])]
)
@pytest.mark.parametrize(
    "wrong",
    [
        lambda: changed(SCENARIO, steps=(changed(SCENARIO.steps[0], case="nobody"), *SCENARIO.steps[1:])),
        lambda: changed(SCENARIO, steps=(changed(SCENARIO.steps[0], does="nothing"), *SCENARIO.steps[1:])),
        lambda: changed(SCENARIO, cases={"a": "nothing", "b": "consultation"}),
    ],
    ids=["case", "activity", "procedure"],
)  # fmt: skip
def test_what_a_worked_case_names_is_there(play, wrong) -> None:
    """A case, an activity, a procedure that nobody has is told by name, whoever plays it."""
    with pytest.raises(UnknownError):
        play(wrong())


@pytest.mark.parametrize(
    "region", ["", "999999", "周一", {}, {"asked": "440100"}, {"nowhere": "440100"}, {**PLACES, "nowhere": "440100"}]
)
def test_a_worked_case_lies_somewhere(region: object) -> None:
    """As every case does."""
    with pytest.raises(SsflowError) as refused:
        run_scenario(changed(SCENARIO, region=region))
    assert refused.value.say("zh") != refused.value.say("en")
