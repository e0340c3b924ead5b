"""Odd values at every door above the calendar: an answer, or an error of ours in both languages."""

import pytest

from tests.doors import DOORS
from tests.odd import idle, places_of, refusals, taken_wrongly
from tests.values import ODD, PERSON, TEXTS

ANY_TEXT = tuple(TEXTS)
NONE_GIVEN = ("[]", "{}", "()")  # of several, no one at all
PROCEDURES = ("a procedure", "another procedure")
# What else is taken than a value of just the class of the usual one.
TAKES = {
    **{
        (name, i): ANY_TEXT for name, *at in (("lose_card", 5, 6), ("move", 6, 7), ("found_employer", 5, 6)) for i in at
    },
    **{(name, i): ANY_TEXT for name, *at in (("retire", 6, 7), ("Attempt", 6, 7, 8), ("Case.unopened", 1)) for i in at},
    **{
        (f"{store}.linking", 0): (*NONE_GIVEN, "['x']", "{'x': 'y'}", "once a word")
        for store in ("MemoryStore", "SQLiteStore")
    },
    **{
        (f"{store}.{name}", 0): NONE_GIVEN
        for store in ("MemoryStore", "SQLiteStore")
        for name in ("traces", "snapshots")
    },
    ("to_icalendar", 2): ANY_TEXT,
    ("to_pnml", 1): ("None",),
    ("lose_card", 3): ("an instant",),
    **{
        (name, 1): ("an instant",)
        for name in ("move", "advance", "redate", "options", "advance_together", "decide_together")
    },
    ("Plan.at", 0): ("an instant",),
    **{("Opening", i): ANY_TEXT for i in (3, 5, 6)},
    ("Opening", 4): (*NONE_GIVEN, "['x']", "{'x': 'y'}", "once a word"),
    ("Attempt", 2): ("an instant",),
    **{("move", i): ("None",) for i in (4, 5)},
    ("found_employer", 2): NONE_GIVEN,
    ("retire", 3): ("None", "{}"),
    **{(name, 0): ANY_TEXT for name in ("mask", "without_numbers", "beginning")},
    ("beginning", 1): ("{}",),
    ("Plan.case", 0): PROCEDURES[:1],
    ("machines.get", 0): PROCEDURES,
    ("was", 0): ("a word", "fr", *PROCEDURES, "()"),
    ("to_icalendar", 0): NONE_GIVEN,
    ("to_icalendar", 3): ("None",),
    ("sheet", 0): (*PROCEDURES, "a class"),
    ("sheet", 1): ("''", "{}"),
    ("sheet", 2): ("None",),
    ("sheet", 3): ("True",),
    ("find_doubtful", 0): ("''", *PROCEDURES),
    ("find_doubtful", 1): ("''", "None"),
    ("find_doubtful", 2): ("None",),
    ("law_index", 0): NONE_GIVEN,
    ("LawIndex.within", 1): ("''",),
    ("options", 3): ("None", "a role"),
    **{("options", i): ANY_TEXT for i in (6, 7)},
    **{("Cases.options", i): ANY_TEXT for i in (3, 4)},
    **{
        (name, i): NONE_GIVEN
        for name, *at in (("options", 4), ("decide_together", 0, 3, 4), ("Attempt", 4))
        for i in at
    },
    **dict.fromkeys((("options", 5), ("Attempt", 5), ("advance_together", 0)), (*NONE_GIVEN, "[a case]")),
    ("Case.unopened", 2): ("{}", "{'x': 'y'}"),  # what a procedure calls its places is looked at when a case is opened
    **{(f"{store}.append", 0): NONE_GIVEN for store in ("MemoryStore", "SQLiteStore")},
    **{(f"{store}.append", 1): ("None", "{}") for store in ("MemoryStore", "SQLiteStore")},
    **{(f"{store}.append one", 1): ("None", "{}") for store in ("MemoryStore", "SQLiteStore")},
    **{(f"{store}.rows", 0): ("None",) for store in ("MemoryStore", "SQLiteStore")},
    **{(f"{store}.obligations", i): (*ANY_TEXT, "None") for store in ("MemoryStore", "SQLiteStore") for i in range(3)},
    **{(f"{store}.obligations", 3): ("None",) for store in ("MemoryStore", "SQLiteStore")},
    **{(f"{store}.request", 0): ANY_TEXT[1:] for store in ("MemoryStore", "SQLiteStore")},
    **{
        (f"{store}.{name}", 0): ANY_TEXT for store in ("MemoryStore", "SQLiteStore") for name in ("failures", "recover")
    },
    **{(f"{store}.recover", 1): ANY_TEXT for store in ("MemoryStore", "SQLiteStore")},
    **dict.fromkeys(
        (
            ("Cases.sweep", 0),
            ("Cases.upgrade", 5),
            ("Subscription.deliver", 0),
            ("Subscription.deliver", 1),
        ),
        ("a class", "an activity"),
    ),  # may be called
    **{
        (f"{store}.{name}", 0): ANY_TEXT[1:]
        for store in ("MemoryStore", "SQLiteStore")
        for name in ("subscribe", "unsubscribe", "messages", "delivered")
    },
    **{
        (f"{store}.{name}", 1): ANY_TEXT
        for store in ("MemoryStore", "SQLiteStore")
        for name in ("messages", "delivered")
    },
    **{(f"{store}.delivered", 2): ("10**30",) for store in ("MemoryStore", "SQLiteStore")},
    ("Subscription", 1): ANY_TEXT[1:],
    ("MemoryStore.append under", 0): ("None",),
    ("Cases.seal", 1): NONE_GIVEN,
    **{(f"{store}.note", 0): NONE_GIVEN for store in ("MemoryStore", "SQLiteStore")},
    **{(f"{store}.accesses", 0): (*ANY_TEXT, "None") for store in ("MemoryStore", "SQLiteStore")},
    **{(f"{store}.accesses", 1): ("None",) for store in ("MemoryStore", "SQLiteStore")},
    **{(name, 0): ANY_TEXT for name in ("is_erased", "KeyFolder.key_of")},
    ("Cases.caused_by", 0): ANY_TEXT[1:],
    ("Codec sealing", 0): ("''",),
    ("Custody", 1): ("a class", "an activity"),
    ("Custody.entries", 0): (*ANY_TEXT, "None"),
    ("Retention", 0): ("None",),
    ("Retention", 2): ("True",),
    **{("Custody.hold", i): ANY_TEXT[1:] for i in (1, 2)},
    **{("Custody.release", i): ANY_TEXT[1:] for i in (2, 3)},
    **{(f"{store}.custody", 0): (*ANY_TEXT, "None") for store in ("MemoryStore", "SQLiteStore")},
    ("Cases.reveal", 1): ("None", "a role", "another role"),
    ("Cases.reveal", 2): ANY_TEXT,
    **{("Cases.reveal", i): ANY_TEXT[1:] for i in (3, 4)},
    ("Cases.verify", 0): NONE_GIVEN,
    ("Seal", 2): ("{}",),
    ("Seal", 0): ("10**30",),
    **{("Seal", i): ("''", "no code", "a place") for i in (3, 4, 5)},  # of hexadecimal digits
    ("Cases.redate_all", 0): ("an instant",),
    ("Cases.redate_all", 1): ("None",),
    **{(name, 4): (*NONE_GIVEN, "None", "[]") for name in ("Cases.upgrade", "Cases.dry_run")},
    **{(name, 1): ("an instant",) for name in ("Cases.upgrade", "Cases.dry_run")},
    **{("Cases.dry_run", i): ANY_TEXT for i in (2, 3)},
    ("Cases.upgrade", 2): ANY_TEXT[1:],
    ("Cases.upgrade", 3): ANY_TEXT,
    ("Upgrade", 1): ("{}",),
    ("Cases.work_list", 0): ("None", "a role"),
    ("Cases.work_list", 1): ("''", "None"),
    ("Cases.work_list", 2): ("None",),
    ("SQLiteStore", 0): ("0", "1.5", "10**30"),
    ("run_scenario", 1): ("None",),
    ("examples_of", 0): NONE_GIVEN,
    ("conformance", 1): NONE_GIVEN,
    ("conformance", 2): ("None",),
    ("conformance", 3): ("10**30",),
    ("explore", 4): ("{}",),
    ("explore", 5): ("10**30",),
    ("PaidPeriod", 2): ("''",),
    ("retirement_days", 1): ("[]", "()", "[None]", "a column"),
    ("retirement_days", 2): ("[None]", "a column"),
    ("paid_months", 0): ("[None]", "['x']", "a column"),
    **{("paid_months", i): ("[None]", "a column") for i in (1, 2)},
    ("paid_months", 3): ("None", "an instant"),
    ("Rulebook", 0): ANY_TEXT,
    **dict.fromkeys((("Rulebook", 1), ("Rulebook", 3)), NONE_GIVEN),
    **dict.fromkeys((("Rulebook", 2), ("Rulebook", 4), ("Rulebook", 5)), ("{}", "{'x': 'y'}", "{1: 2}")),
    **{("Rulebook.find", i): ("''",) for i in (2, 4)},  # the nation, and no place beside it
    ("Rulebook.find", 3): ("None", "{}"),
    **{("Rulebook.prevailing", i): ("''",) for i in (2, 3)},
    **{("Rulebook.in_force", i): ("''",) for i in (1, 2)},
    ("Rulebook.amended", 3): ("''",),
    ("Rulebook.amended", 4): ("None", "{}"),
    ("Rulebook.amended", 5): (*ANY_TEXT[1:], "['x']"),
    ("Rulebook.amended", 6): ("None",),
    **{
        ("Rulebook.amended", i): (*ANY_TEXT, "None") for i in (7, 8)
    },  # whether the procedure has it, `Legislation.of` knows
    ("Rulebook.amended_all", 3): (*ANY_TEXT[1:], "['x']"),
    ("Rulebook.amended_all", 4): ("None",),
    ("Changes.count", 0): (*NONE_GIVEN, "[None]", "once None"),
    **dict.fromkeys((("basis", 0), ("basis_text", 0)), (*NONE_GIVEN, "['x']", "{'x': 'y'}", "once a word")),
    **{(name, 0): ("''",) for name in ("widening", "absence", "pairs_of", "region_name", "area_name", "known")},
    ("pairs_of", 1): ("''",),
    **dict.fromkeys((("widening", 1), ("absence", 1), ("lies_in", 2), ("pairs_of", 2)), ("None",)),
    **{("lies_in", i): ANY_TEXT for i in (0, 1)},  # what is no place lies nowhere
    **{(name, 0): ANY_TEXT for name in ("enclosing", "region", "history", "find", "check_party")},
    ("Walker.of", 1): ("a class", "an activity"),
    ("Walker.of", 5): ("None", "{}"),
    ("Cases.advance", 1): ("None",),
    **{(f"Cases.{name}", 0): ("an instant",) for name in ("overdue", "advance", "redate", "retract")},
    ("Codec.decode_case", 0): ANY_TEXT,  # what cannot be read is made of the events
    ("Cases.retract", 1): ANY_TEXT[1:],
    ("Cases.retract", 2): ANY_TEXT,
    ("Cases.options", 1): ("an instant",),
    ("Cases.options", 2): ("None", "a role"),
    ("case_view", 1): (*NONE_GIVEN, "events"),
    ("case_view", 2): NONE_GIVEN,
    ("case_view", 3): (*NONE_GIVEN, "events"),
    **dict.fromkeys(
        (("case_view", 4), ("event_view", 1), ("deadline_view", 2), ("form_view", 3), ("follow", 6)), ("True",)
    ),
    **dict.fromkeys((("form_view", 1), ("read_form", 1)), ("{}", "{'x': 'y'}")),
    ("form_view", 2): NONE_GIVEN,
    ("work_view", 1): ("None",),
    ("follow", 2): ("an instant",),
    ("follow", 3): ("None", "a role"),
    **{("follow", i): ANY_TEXT for i in (4, 5)},
    ("obligation_view", 1): ("None",),
    ("next_steps", 0): NONE_GIVEN,
    ("deadline_view", 1): ("None", "an instant"),
    ("left_view", 1): ("an instant",),
    ("plan_view", 1): ("None", *NONE_GIVEN, "['x']", "{'x': 'y'}", "once a word"),
    ("retirement_table", 0): ("None",),
    ("to_mermaid", 2): ("None", *NONE_GIVEN, "['x']", "{'x': 'y'}", "once a word"),
    ("months_paid", 1): ("None",),
    **dict.fromkeys((("months_paid", 0), ("months_in_both", 0), ("months_in_both", 1)), NONE_GIVEN),
}


@pytest.mark.parametrize("name", DOORS)
def test_the_usual_is_answered(name: str) -> None:
    """The baseline from which one argument at a time is made odd."""
    door, *usual = DOORS[name]

    door(*usual)


@pytest.mark.parametrize(("name", "i"), places_of(DOORS))
def test_the_odd_is_refused_by_us(name: str, i: int) -> None:
    """Whatever stands in the place of one argument is refused by us in both languages, but for what is listed as taken."""
    refused = refusals(DOORS, name, i, ODD)

    assert taken_wrongly(DOORS, name, i, refused, TAKES, ODD) == []
    assert idle(name, i, refused, TAKES) == []
    for label, error in refused.items():
        if error is not None:
            assert error.say("zh") != error.say("en"), label
            assert PERSON.number not in error.say("zh") + error.say("en"), label
