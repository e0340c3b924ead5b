"""``ssflow case correct``: what is not given stays as it was, and nothing is struck out unless somebody says so."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run

WHY = ("--reason", "录入有误")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (("--on", "2025-09-23"), {"on": "2025-09-23", "party": "", "remarks": "墨色不清"}),
        (("--party", "广州制卡中心"), {"on": "2025-09-24", "party": "广州制卡中心", "remarks": "墨色不清"}),
        (("--by", "issuer", "--on", "2025-09-24"), {"on": "2025-09-24", "party": "", "remarks": "墨色不清"}),
        (("--set", "remarks=芯片无效"), {"on": "2025-09-24", "party": "", "remarks": "芯片无效"}),
        (("--data", '{"remarks": "芯片无效"}'), {"on": "2025-09-24", "party": "", "remarks": "芯片无效"}),
        (("fail", "--on", "2025-09-23"), {"on": "2025-09-23", "party": "", "remarks": "墨色不清"}),
    ],
)
def test_what_is_not_given_stays_as_it_was(accepted: Run, given: tuple[str, ...], shown: dict[str, str]) -> None:
    """The act that counts keeps its activity, day, party and data, but for the part that is put right."""
    failed = ("case", "do", "card", "fail", "--by", "issuer", "--on", "2025-09-24", "--set", "remarks=墨色不清")
    assert accepted(*failed).code == 0

    answer = accepted("case", "correct", "card", "4", *given, *WHY, "--json")

    assert answer.code == 0, answer.err
    (event,) = answer.json["recorded"]
    assert (event["kind"], event["activity"], event["by"], event["replaces"]) == ("correction", "fail", "issuer", 4)
    assert {"on": event["on"], "party": event["party"], "remarks": event["data"]["remarks"]} == shown


def test_one_field_is_put_right_and_the_others_stay(applied: Run) -> None:
    """``--set`` names one field of several; the number of the holder, which nobody types again, is kept."""
    answer = applied("case", "correct", "card", "1", "--set", "reason=被盗", *WHY, "--json")

    assert answer.code == 0, answer.err
    facts = applied("case", "show", "card", "--personal", "--json").json["facts"]
    assert (facts["reason"], facts["photo"]) == ("stolen", "identity_card")
    assert facts["holder"]["number"] == "11010519491231002X"


def test_a_correction_of_a_correction_starts_from_what_counts(accepted: Run) -> None:
    """The number of the first event stands for the act as it was corrected last."""
    assert accepted("case", "correct", "card", "2", "--set", "paid=20.00", *WHY).code == 0
    answer = accepted("case", "correct", "card", "2", "--party", "甲", *WHY, "--json")

    assert answer.json["recorded"][0]["data"]["paid"] == "20.00"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_only_strike_strikes_out(accepted: Run, lang: str) -> None:
    """An act that did not happen is struck out by ``--strike`` alone, and the trace says which."""
    track = ("case", "do", "card", "track", "--by", "issuer", "--on", "2025-09-24", "--set", "stage=at_maker")
    assert accepted(*track).code == 0

    answer = accepted("case", "correct", "card", "4", "--strike", *WHY, "--lang", lang)

    assert answer.code == 0, answer.err
    assert {"zh": "；撤销第4项：录入有误", "en": "; strikes out 4: 录入有误"}[lang] in answer.out.replace("\n", "")
    last = accepted("case", "show", "card", "--json").json["events"][-1]
    assert (last["kind"], last["activity"], last["replaces"]) == ("correction", "", 4)
    again = accepted("case", "correct", "card", "4", "--on", "2025-09-23", *WHY, "--json")
    assert [fault["path"] for fault in again.fault["faults"]] == ["ACTIVITY"]


@pytest.mark.parametrize(
    ("given", "path", "says"),
    [
        ((), "", "--strike"),
        (("--actor", "u17"), "", "--on"),
        (("--strike", "--on", "2025-09-23"), "--strike", "--on"),
        (("--strike", "--by", "holder", "--party", "甲"), "--strike", "--by、--party"),
        (("--strike", "--set", "paid=20"), "--strike", "--set"),
        (("pay", "--strike"), "--strike", "环节"),
    ],
)
def test_a_correction_says_what_to_put_right(accepted: Run, given: tuple[str, ...], path: str, says: str) -> None:
    """Nothing given, or a strike-out with something that is to count: refused with what to give; nothing is recorded."""
    answer = accepted("case", "correct", "card", "2", *given, *WHY, "--json")

    assert answer.code == 2
    (fault,) = answer.fault["faults"]
    assert fault["path"] == path
    assert says in fault["zh"]
    assert accepted("case", "show", "card", "--json").json["version"] == 3


def test_the_number_of_no_event_is_named(accepted: Run) -> None:
    """An event that the case does not have is refused by its number, with those that there are."""
    answer = accepted("case", "correct", "card", "9", "--on", "2025-09-23", *WHY, "--lang", "zh")

    assert (answer.code, "“9”" in answer.err, "1、2、3" in answer.err) == (2, True, True)


def test_a_missed_act_and_a_correction_name_their_place_in_a_day(accepted: Run) -> None:
    """Of acts of which only the day is known ``--before`` and ``--after`` say the order; the trace tells it."""
    track = ("case", "do", "card", "track", "--by", "issuer", "--on", "2025-09-24", "--set")
    assert accepted(*track, "stage=at_maker").code == 0
    late = accepted(*track, "stage=data_entered", "--before", "4", "--reason", "漏录", "--json")
    assert late.code == 0, late.err
    assert (late.json["recorded"][0]["kind"], late.json["recorded"][0]["before"]) == ("late", 4)
    assert accepted("case", "show", "card", "--json").json["facts"]["stage"] == "at_maker"

    moved = accepted("case", "correct", "card", "5", "--after", "4", *WHY, "--json")

    assert (moved.code, moved.json["recorded"][0]["after"]) == (0, 4), moved.err
    shown = accepted("case", "show", "card", "--lang", "en")
    assert "before 4" in shown.out and "in place of 5; after 4" in shown.out
    assert "在第4项之前" in accepted("case", "show", "card", "--lang", "zh").out
    assert accepted("case", "show", "card", "--json").json["facts"]["stage"] == "data_entered"


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "--before与--after只能写一个"), ("en", "leave out --before or --after")]
)
def test_a_place_is_before_or_after(accepted: Run, lang: str, said: str) -> None:
    """Both at once are refused, in the words of the command line."""
    answer = accepted("case", "correct", "card", "3", "--before", "2", "--after", "1", *WHY, "--lang", lang)
    assert (answer.code, said in answer.err) == (2, True), answer.err


def test_a_forgotten_related_case_is_added(accepted: Run) -> None:
    """``--link`` alone is a correction: the act stays, and the case is related to the one that it names."""
    report = ("case", "open", "loss_report", "report_formally", "--by", "holder", "--on", "2025-09-20", "--id", "lost")
    told = ("--region", "440100", "--set", "track=social", "--set", "holder.number=11010519491231002X")
    assert accepted(*report, *told).code == 0
    answer = accepted("case", "correct", "card", "2", "--link", "lost", *WHY, "--json")
    assert answer.code == 0, answer.err
    assert [link["case"] for link in accepted("case", "show", "card", "--json").json["links"]] == ["loss", "lost"]


def test_a_wrong_related_case_is_taken_away(accepted: Run) -> None:
    """``--unlink`` takes away what the opening named, ``--link`` adds the right one; the trace tells both."""
    report = ("case", "open", "loss_report", "report_formally", "--by", "holder", "--on", "2025-09-20", "--id", "lost")
    told = ("--region", "440100", "--set", "track=social", "--set", "holder.number=11010519491231002X")
    assert accepted(*report, *told).code == 0

    answer = accepted("case", "correct", "card", "1", "--unlink", "loss", "--link", "lost", *WHY, "--json")

    assert answer.code == 0, answer.err
    assert [link["case"] for link in accepted("case", "show", "card", "--json").json["links"]] == ["lost"]
    for lang, says in ("en", ("related: lost", "no longer related: loss")), ("zh", ("关联：lost", "不再关联：loss")):
        shown = accepted("case", "show", "card", "--lang", lang).out
        assert all(words in shown for words in says), shown
    again = accepted("case", "correct", "card", "1", "--unlink", "loss", *WHY, "--lang", "zh")
    assert (again.code, "事件1没有写明办件loss；其写明的办件：lost" in again.err) == (2, True), again.err


def test_a_wrong_place_is_corrected_in_the_opening(accepted: Run) -> None:
    """``--region`` with event 1 is a correction of the place; with another event it says where the places stand."""
    damaged = ("--set", "reason=damaged", "--unlink", "loss")  # the report of a loss has to be of the same place
    answer = accepted("case", "correct", "card", "1", "--region", "绍兴", *damaged, *WHY, "--json")
    assert answer.code == 0, answer.err
    shown = accepted("case", "show", "card", "--json").json
    assert {place["code"] for place in shown["places"].values()} == {"330600"}
    assert "地点更正为" in accepted("case", "show", "card", "--lang", "zh").out
    other = accepted("case", "correct", "card", "2", "--place", "issuing=440100", *WHY, "--lang", "en")
    assert (other.code, "correct event 1" in other.err) == (2, True), other.err
    both = accepted("case", "correct", "card", "1", "--region", "440100", "--place", "issuing=440100", *WHY)
    assert both.code == 2
