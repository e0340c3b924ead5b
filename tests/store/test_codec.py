"""Events as text: old logs load, damage is reported, nothing is guessed."""

import json
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from attrs import evolve, frozen

from ssflow import machines
from ssflow.case import Case, Event, EventKind, LinkRef
from ssflow.converters import former_of
from ssflow.errors import CodecError, InputError, UnknownError
from ssflow.machines.card_replacement import CardReplacement
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.persons import Identity
from ssflow.process import Process
from ssflow.records import Codec, change_of, codec, fold
from tests.case.petition import Facts, Petition

CODEC = Codec(machines.get)
GOLDEN = sorted((Path(__file__).parents[1] / "golden").glob("*.jsonl"))
FORMS = ("guangdong-unclaimed.card.jsonl", "spring-festival-and-overdue.medical_transfer.jsonl")


def an_event(**changes: Any) -> Event:
    """An event of a loss report that needs no law."""
    event = Event(
        case="a",
        version=1,
        process="loss_report",
        process_version=1,
        kind=EventKind.act,
        activity="cancel",
        on=date(2026, 9, 18),
        by="holder",
        target="temporary",
    )
    return evolve(event, **changes)


def is_renamed(process: type[Process]) -> bool:
    """Whether something in a procedure, or in what comes in with its activities, was called otherwise before."""
    parts = [*process.places, *process.roles, *process.clocks, *process.states, *process.activities]
    data = [activity.data for activity in process.activities if activity.data]
    return bool(process.former or any(part.was for part in parts) or any(map(former_of, data)))


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_released_logs_load(file: Path) -> None:
    """Logs of past releases make the same cases, and are written again to the letter, while names are the same, but for what is empty."""
    lines = file.read_text(encoding="utf-8").splitlines()
    events = [CODEC.decode(line) for line in lines]
    case = fold(machines.get(events[0].process), events)

    assert case.version == len(lines)
    for event, line in zip(events, lines, strict=True):
        now, then = CODEC.encode(event), lean(json.loads(line))
        renamed = is_renamed(machines.get(event.process)) and CODEC.decode(now) == event
        assert now == text_of(then) or renamed or json.loads(now)["data_schema"] > then["data_schema"]


def lean(raw: dict[str, Any]) -> dict[str, Any]:
    """A written event without what is empty, which the first records spelt out; its data has a form of its own."""
    owed = [{name: part for name, part in one.items() if part} for one in raw.get("obligations", ())]
    return {name: part for name, part in raw.items() if part or name == "data"} | (
        {"obligations": owed} if owed else {}
    )


def text_of(raw: dict[str, Any]) -> str:
    """Plain data as records have it."""
    return json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def test_there_are_released_logs() -> None:
    """The folder of golden logs is not empty by accident; one has what is empty spelt out, and one has not."""
    first, last = (text_of(json.loads((GOLDEN[0].parent / name).read_text("utf-8").splitlines()[0])) for name in FORMS)

    assert len(GOLDEN) >= 4
    assert lean(json.loads(first)) != json.loads(first)
    assert lean(json.loads(last)) == json.loads(last)


def test_older_envelopes_are_brought_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    """An event of an older schema passes through the upcasts on its way in; its text stays as it was."""
    old = CODEC.encode(evolve(an_event(), party="p1"))
    renamed = json.loads(old)
    renamed["who"] = renamed.pop("party")
    monkeypatch.setattr(
        codec, "UPCASTS", (lambda raw: {**{k: v for k, v in raw.items() if k != "who"}, "party": raw["who"]},)
    )

    assert CODEC.decode(json.dumps(renamed)).party == "p1"
    assert json.loads(CODEC.encode(an_event()))["schema"] == 2


def test_older_data_is_brought_up_to_date() -> None:
    """An activity's own upcasts bring its older data up to date."""
    report = machines.get("loss_report").report_formally
    object.__setattr__(report, "upcasts", (lambda raw: {**raw, "track": {"card": "social"}[raw["track"]]},))
    try:
        now = json.loads(CODEC.encode(evolve(an_event(), activity="report_formally", data=None)))
        now["data"] = {
            "track": "card",
            "holder": {"number": "11010519491231002X", "kind": "resident_id"},
            "agent": None,
        }
        now["data_schema"] = 1

        assert CODEC.decode(json.dumps(now)).data.track.name == "social"
        assert report.schema == 2
    finally:
        object.__setattr__(report, "upcasts", ())


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"schema": 9}, "written by a newer ssflow"),
        ({"on": "2026-W01-4"}, "write for example 2026-01-31"),
        ({"on": "20260918"}, "not a date"),
        ({"version": "1"}, "a value of type str is not of type int"),
        ({"kind": "deed"}, "none of act, late, lapse"),
        ({"surprise": 1}, "surprise"),
        ({"at": "2026-09-18T10:00:00"}, "2026-01-31T09:00:00.08:00"),
        ({"data": {"x": 1}, "data_schema": 1}, "cancel takes no data"),
        ({"data": {}, "activity": "report_formally"}, "schema: a whole number from 1 on is required"),
        (
            {"obligations": [{"clock": "temporary_force", "spans": ["7 days"]}]},
            "rolls: one for each of the spans is required",
        ),
    ],
)
def test_damaged_texts_are_reported(change: dict, says: str) -> None:
    """A text that is damaged or of the future is refused; the error says what and shows where it begins."""
    raw = json.loads(CODEC.encode(an_event())) | change

    with pytest.raises(CodecError, match=says):
        CODEC.decode(json.dumps(raw))


def test_texts_that_are_no_json_are_reported() -> None:
    """Neither JSON nor an event."""
    for text in ("", "[]", "{}", '{"schema": 1}', "\x80"):
        with pytest.raises(CodecError, match="cannot be read"):
            CODEC.decode(text)


def test_data_from_users_is_checked_whole() -> None:
    """All faults of given data are told at once."""
    with pytest.raises(ValueError, match="track") as refused:
        LossReport.report_formally.deed_of({"track": "tooth", "holder": {"number": "1"}, "more": 1})

    assert "cannot be right" in str(refused.value)
    assert "more" in str(refused.value)
    deed = LossReport.report_formally.deed_of({"track": "bank", "holder": {"number": "11010519491231002X"}})
    assert deed == LossReport.report_formally(Report(Track.bank, Identity("11010519491231002X")))


@pytest.mark.parametrize("raw", [[], "", 0, {"number": 1}, "x"])
def test_an_activity_without_data_takes_none(raw: object) -> None:
    """An empty form is none; what holds something, or is no form, is refused."""
    assert CardReplacement.accept.deed_of({}) == CardReplacement.accept.deed_of(None) == CardReplacement.accept()
    with pytest.raises(InputError, match="takes no data"):
        CardReplacement.accept.deed_of(raw)
    with pytest.raises(InputError, match="fields by name are required"):
        LossReport.report_formally.deed_of(None)


def test_names_and_dates_only() -> None:
    """What is stored is readable JSON: states, roles and members by name, dates as dates."""
    raw = json.loads(CODEC.encode(an_event()))

    assert (raw["kind"], raw["target"], raw["on"]) == ("act", "temporary", str(date(2026, 9, 18)))


@pytest.mark.parametrize("party", [5, None])
def test_what_could_not_be_read_back_is_not_written(party) -> None:
    """An event with a value of a wrong type is refused before it reaches a store."""
    with pytest.raises(CodecError):
        CODEC.encode(evolve(an_event(), party=party))


@frozen
class _More(Facts):
    """Facts of which the procedure keeps a part only."""

    more: str = "y"


@pytest.mark.parametrize("facts", [Facts(cast("str", 3)), _More("x")])
def test_facts_that_could_not_be_read_back_are_not_written(facts: Facts) -> None:
    """The text of a case is a shortcut past its events: of facts that it would change or could not hold there is none."""
    codec = Codec({Petition.name: Petition}.__getitem__)
    case = evolve(Case.unopened(Petition, "p", {"here": "440100"}), state=Petition.waiting, version=1)
    as_told = evolve(case, facts=Facts("x"))

    assert codec.decode_case(codec.encode_case(as_told)) == as_told
    assert codec.encode_case(evolve(case, facts=facts)) == ""


@pytest.mark.parametrize(
    "damage", [("holder", "holder\\"), ('"on":"2026', '"on":"2096-'), ('"activity":"', '"activity":"110105'), ("}", "")]
)
def test_a_damaged_text_is_not_shown(damage: tuple[str, str]) -> None:
    """Its error names the case and the event, and repeats nothing else of it: it is about a person."""
    number = "11010519491231002X"
    data, link = Report(Track.bank, Identity(number)), LinkRef(case="b-8", process="loss_report", version=8)
    event = an_event(case="a-7", version=3, actor="王小明", activity="report_temporarily", data=data, links=(link,))
    text = CODEC.encode(event).replace(*damage, 1)

    with pytest.raises((CodecError, UnknownError)) as told:
        CODEC.decode(text)
    for said in (told.value.say("en"), told.value.say("zh")):
        assert number not in said
        assert "王小明" not in said
    if isinstance(told.value, CodecError):
        assert "(a-7, event 3)" in told.value.say("en")
        assert "（办件a-7第3号）" in told.value.say("zh")


@pytest.mark.parametrize(
    ("text", "says"),
    [(text, "fields by name are required") for text in ("null", "[]", "7", '"x"')]
    + [(f'{{"schema":{odd},"process":"loss_report","data":null}}', "a whole number from 1 on is required") for odd in ("0", "-1", '"1"', "1.5", "true", "null")]
    + [('{"schema":1}', "process: is missing; data: is missing"), ('{"schema":1,"process":3,"data":null}', "process: ")],
)  # fmt: skip
def test_what_is_no_event_is_told_in_our_words(text: str, says: str) -> None:
    """JSON of something else is named as what it lacks, not by an error of Python."""
    with pytest.raises(CodecError, match=says):
        CODEC.decode(text)


def test_a_change_is_made_of_the_events_that_lead_to_the_case() -> None:
    """Any iterable of its latest events serves; what is no event, none, and events that do not lead to it, is refused."""
    file = next(file for file in GOLDEN if file.stem == "guangdong-unclaimed.loss")
    events = [CODEC.decode(line) for line in file.read_text(encoding="utf-8").splitlines()]
    case = fold(machines.get(events[0].process), events)

    assert change_of(case, iter(events), CODEC).events == tuple(map(CODEC.encode, events))
    assert change_of(case, events[-1:], CODEC).row.version == case.version
    for wrong, says in ((["x"], "events"), ([], "the new events of case"), (events[:-1], "the new events of case")):
        with pytest.raises(InputError, match=says):
            change_of(case, wrong, CODEC)


@pytest.mark.parametrize("text", ['{"case":"c"}', '{"version":2}', "[]"])
def test_a_text_that_names_no_event_is_told_by_its_length(text: str) -> None:
    """Nothing else of it is shown, because it may be about a person."""
    with pytest.raises(CodecError) as told:
        Codec(machines.get).decode(text)
    assert f"(of {len(text)} characters)" in told.value.say("en")
    assert f"（共{len(text)}字）" in told.value.say("zh")
