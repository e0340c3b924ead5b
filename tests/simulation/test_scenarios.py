"""A scenario is read whole or refused with all its faults."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from attrs import evolve

from ssflow import machines
from ssflow.errors import DataError, InputError
from ssflow.simulation.engines.model import Model, Selector
from ssflow.simulation.engines.playing import ENGINES, Engine
from ssflow.simulation.entry import simulate
from ssflow.simulation.scenario.arrivals import Arrivals
from ssflow.simulation.scenario.durations import Duration
from ssflow.simulation.scenario.loading import default_scenario, load_scenario
from ssflow.simulation.scenario.practices import Practice, conducts_of
from ssflow.simulation.scenario.profiles import Profile
from ssflow.simulation.scenario.scenario import Hours, Scenario
from tests.simulation.reminder_desk import LAW as REMINDERS

CARD = default_scenario("card_replacement")


def faults_of(text: str, tmp_path: Path) -> list[str]:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_scenario(path)
    assert all(fault.text.zh and fault.text.en for fault in caught.value.faults)
    return [fault.path for fault in caught.value.faults]


HEAD = """
process = "card_replacement"
places = "440100"
start = 2026-03-02
arrivals = { cases = 10 }
"""


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """Each with its path: whoever writes a file by hand corrects it once."""
    text = (
        HEAD.replace('"440100"', '"999999"').replace("cases = 10", "cases = 0, months = [1, 2]")
        + """
follow = -1
[hours]
office = [17:00:00, 09:00:00]
[[profile]]
id = "a"
opens = "accept"
share = -1
related.loss = "lost_report"
before = [{ case = "los", does = "report" }]
data.pay = { paid = true }
data.nothing = {}
data.remake = { remarks = "x" }
[[practice]]
state = "cheking"
by = "clerk"
acts = { acept = 1 }
takes = { shape = "fixed", of = [1], unit = "days" }
[[practice]]
state = "checking"
by = "holder"
acts = { accept = 1, collect = 1 }
takes_for = { collect = { shape = "fixed", of = [1], unit = "days" } }
repeat = ["finish"]
idle = -1
takes = { shape = "fixed", of = [1], unit = "days" }
[[practice]]
state = "checking"
by = "holder"
takes = { shape = "fixed", of = [1], unit = "days" }
[[practice]]
state = "checking"
by = "courier"
takes = { shape = "fixed", of = [1], unit = "days" }
"""
    )
    found = faults_of(text, tmp_path)
    for path in (
        "places.issuing",
        "hours.office",
        "arrivals.cases",
        "arrivals.months",
        "follow",
        "practice[0].state",
        "practice[0].by",
        "practice[0].acts.acept",
        "practice[1].acts.accept",
        "practice[1].acts.collect",
        "practice[1].takes_for.collect",
        "practice[1].repeat",
        "practice[1].idle",
        "practice[2]",
        "practice[3].by",
    ):
        assert path in found
    found = faults_of(text.replace('"999999"', '"440100"'), tmp_path)
    for path in ("share", "opens", "data.pay.paid", "data.nothing", "data.remake", "related.loss", "before[0].case"):
        assert f"profile[0].{path}" in found


@pytest.mark.parametrize("name", ["case", "", " loss", "loss\u200b", "11010519491231002X", "x" * 201])
def test_related_cases_are_called_what_a_case_may_be_called(name: str) -> None:
    """Their names are ids in traces and logs, so what no case is called they are not either; nor as the simulated case is."""
    with_loss = next(profile for profile in CARD.profiles if profile.related)
    before = tuple(evolve(step, case=name) for step in with_loss.before)
    with pytest.raises(InputError, match="related"):
        evolve(CARD, profiles=[evolve(with_loss, related={name: "loss_report"}, before=before)])


def test_related_places_are_those_of_the_same_names() -> None:
    """However two procedures order their places. Where a name is told by none, and the places are not one, that is a fault."""
    process = machines.get("electronic_card")
    two = {"issuing": "440100", "insured": "310000"}
    first = default_scenario("electronic_card").profiles[0]
    profile = evolve(first, related={"r": "attribution_change", "s": "loss_report"})
    kind, faults = profile.kind(process, two)
    assert kind is not None, faults
    assert [case.places for case in kind.company.related] == [two, {"issuing": "440100"}]
    strange = evolve(profile, related={"r": "medical_transfer"})
    kind, faults = strange.kind(process, two)
    assert kind is None
    assert [(fault.path, fault.say("en").count("give all places the same code")) for fault in faults] == [
        ("related.r", 1)
    ] * 2
    kind, faults = strange.kind(process, dict.fromkeys(two, "440100"))
    assert kind is not None, faults
    assert kind.company.related[0].places == {"old": "440100", "new": "440100"}


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("arrivals = { cases = 10, per_day = 3 }", "arrivals"),
        ("arrivals = { counted = { 2026-03-32 = 1 } }", "arrivals.counted"),
        ("arrivals = { counted = { 2026-02-01 = 1 } }", "arrivals.counted"),
        ("arrivals = { counted = { 2026-03-02 = 1 }, through = 2026-03-31 }", "arrivals.through"),
        ("arrivals = { counted = { 2026-03-02 = 1 }, on = 'days' }", "arrivals.on"),
        ("arrivals = { counted = { 2026-03-02 = 1 }, weekdays = [2, 1, 1, 1, 1, 1, 1] }", "arrivals.weekdays"),
        ("arrivals = { per_day = 0 }", "arrivals.per_day"),
        ("arrivals = { cases = 1, through = 2026-03-01 }", "arrivals.through"),
        ("arrivals = { cases = true }", "arrivals.cases"),
        ("arrivals = { cases = 1, on = 'weekends' }", "arrivals.on"),
        ("arrivals = { cases = 1, weekdays = [0, 0, 0, 0, 0, 0, 0] }", "arrivals.weekdays"),
        ("arrivals = { per_day = '3' }", "arrivals.per_day"),
        ("arrivals = { per_day = true }", "arrivals.per_day"),
        ("arrivals = { per_day = inf }", "arrivals.per_day"),
        ("arrivals = { cases = 1 }\nextra = 1", "extra"),
    ],
)
def test_arrivals_are_checked(line: str, path: str, tmp_path: Path) -> None:
    """One way of saying how many, on days that there are."""
    text = HEAD.replace("arrivals = { cases = 10 }", line)
    assert path in [fault.removesuffix(".") for fault in faults_of(text, tmp_path)]


def test_a_fault_of_the_opening_data_is_told_once(tmp_path: Path) -> None:
    """Though these data both open the case and describe an activity."""
    text = (
        HEAD
        + """
[[profile]]
id = "a"
opens = "apply"
data.apply = { holder = { number = "11010519491231002X" }, reason = "dropped", photo = "identity_card" }
[[practice]]
takes = { shape = "fixed", of = [1], unit = "days" }
"""
    )
    assert faults_of(text, tmp_path) == ["profile[0].data.apply.reason"]


def test_a_value_of_another_kind_is_refused() -> None:
    """In Python as in a file."""
    with pytest.raises(InputError, match="on: 'weekends' is none of workdays, days"):
        evolve(CARD, arrivals=Arrivals(cases=1, on="weekends"))
    for odd in ({"start": "2026-03-02"}, {"seed": 1.5}, {"places": 440100}, {"follow": True}, {"practices": None}):
        with pytest.raises(InputError) as caught:
            evolve(CARD, **odd)
        assert caught.value.faults[0].path.partition("[")[0] == next(iter(odd))


def test_a_case_that_stays_for_ever_is_refused() -> None:
    """If nobody can ever do what is planned the scenario is refused, with the state, what is planned in vain, and why."""
    practices = tuple(
        evolve(practice, acts={"accept": 1}) if (practice.state, practice.by) == ("checking", "office") else practice
        for practice in CARD.practices
        if (practice.state, practice.by) != ("checking", "holder")
    )
    with pytest.raises(
        InputError, match=r'"being checked".*the practice there is accept.*the card fee is paid'
    ) as caught:
        Model(evolve(CARD, practices=practices)).check()
    assert "再无进展" in caught.value.say("zh")


def test_a_case_that_cannot_be_opened_is_refused() -> None:
    """A profile whose opening is refused on every day is named with the ground."""
    (first, *_) = CARD.profiles
    lost = {**first.data["apply"], "reason": "lost"}
    with pytest.raises(InputError, match="formal loss report"):
        Model(evolve(CARD, profiles=[evolve(first, data={**first.data, "apply": lost})])).check()


def test_a_start_before_the_calendar_is_refused() -> None:
    """By its name, with the first day that the calendar knows."""
    with pytest.raises(InputError, match="start: working days are known from 2004-01-01 on"):
        evolve(CARD, start=date(2003, 12, 31))


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("engine", ENGINES)
def test_standings_without_end_are_refused(engine: Engine) -> None:
    """By both engines alike, with what grows without end and what can be done about it, which helps."""
    a_day = Practice(takes=Duration("fixed", 1, "workdays"))
    scenario = Scenario(
        process="reminder_desk",
        places="440100",
        start=date(2026, 3, 2),
        arrivals=Arrivals(cases=3),
        profiles=[Profile(id="usual", opens="ask")],
        practices=[a_day],
        law=REMINDERS,
    )
    with pytest.raises(InputError, match=r'reminder_desk reach more than.*how often "remind" was done') as caught:
        simulate(scenario, runs=1, engine=engine)
    assert caught.value.faults[0].path == "practice" and "“催办”的次数" in caught.value.say("zh")
    simulate(evolve(scenario, practices=[evolve(a_day, by="clerk")]), runs=1, engine=engine)


@pytest.mark.parametrize(("repeat", "most"), [((), 1), (("confirm",), None)])
def test_what_leaves_a_case_in_its_state_is_done_once_there(repeat: tuple[str, ...], most: int | None) -> None:
    """Judged by the state: a confirmation while payment is made changes nothing, although one while it is stopped has it go on."""
    scenario = evolve(
        default_scenario("benefit_payment"),
        practices=[Practice(takes=Duration("fixed", 2, "workdays"), repeat=repeat)],
        arrivals=Arrivals(cases=60),
        follow=200,
    )
    log = simulate(scenario, runs=1).log().columns
    rows = zip(log["case:concept:name"].tolist(), log["concept:name"].tolist(), log["state"].tolist(), strict=True)
    stay, confirmed = (-1, ""), [0]
    for case, act, state in rows:
        if (case, state) != stay:
            stay = case, state
            confirmed.append(0)
        elif (act, state) == ("confirm", "paying"):
            confirmed[-1] += 1
    assert max(confirmed) == most or (most is None and max(confirmed) > 1)


def test_the_most_particular_plan_counts() -> None:
    """That of state and role comes before that of the role, that before the state's, that before the one for all."""
    process, day = machines.get("card_replacement"), Duration("fixed", 1, "days")
    practices = [
        Practice(takes=day, acts={"withdraw": 1}),
        Practice(takes=day, state="checking", acts={"pay": 2}),
        Practice(takes=day, by="holder", acts={"pay": 3}),
        Practice(takes=day, state="checking", by="holder", acts={"pay": 4}),
    ]
    for last in (4, 3, 2):
        conduct = conducts_of(process, tuple(practices[:last]))["checking", "holder"]
        assert (conduct.acts, conduct.weights) == (("pay",), (float(last),))
    assert conducts_of(process, tuple(practices[:1]))["checking", "holder"].acts == ("withdraw",)


def test_what_is_rare_does_not_become_certain() -> None:
    """A role that may do nothing else than what is rare, or nothing else any more, mostly does nothing."""
    process, day = machines.get("card_replacement"), Duration("fixed", 1, "days")
    practice = Practice(takes=day, by="holder", acts={"withdraw": 1}, others=3)
    conduct = conducts_of(process, (practice,))["checking", "holder"]
    assert conduct.acts == ("pay", "withdraw")
    quarters = (Selector.bounds_of(conduct) / 2**30).tolist()
    assert quarters == [[0, 0], [4, 4], [0, 1], [3, 4]]  # of nothing, to pay, to withdraw, both


def days_of(arrivals: Arrivals, run: int = 0) -> np.ndarray:
    model = Model(evolve(CARD, arrivals=arrivals))
    cases = np.arange(model.schedule.count(1, run))
    return model.schedule.minutes(1, run, cases, model.stream_of_kinds(run).luck(cases)) // 1440


def test_cases_arrive_as_they_were_counted() -> None:
    """A trace is taken as it is, also on a Sunday."""
    counted = {date(2026, 3, 3): 2, date(2026, 3, 8): 1}
    assert days_of(Arrivals(counted=counted)).tolist() == [1, 1, 6]


def test_cases_arrive_on_working_days() -> None:
    """By the weight of each: none on days of rest, none on the Saturday of the week, more on Mondays."""
    days = days_of(Arrivals(cases=20_000, through=date(2026, 5, 31), weekdays=[3, 1, 1, 1, 1, 1, 1]))
    counts = np.bincount(days, minlength=91)
    calendar = CARD.law.calendar
    start = CARD.start.toordinal()
    for day, count in enumerate(counts.tolist()):
        assert (count > 0) == calendar.is_workday(date.fromordinal(start + day))
    mondays, tuesdays = counts[[0, 7, 14, 21]].sum(), counts[[1, 8, 15, 22]].sum()
    assert mondays / tuesdays == pytest.approx(3, rel=0.15)


def test_a_mean_number_is_met_on_the_average() -> None:
    """As many arrive as chance will have it, with the mean and the variance of Poisson."""
    model = Model(evolve(CARD, arrivals=Arrivals(per_day=10, through=date(2026, 3, 31))))
    numbers = [model.schedule.count(1, run) for run in range(400)]
    mean = 10 * 22  # working days of March 2026
    assert np.mean(numbers) == pytest.approx(mean, abs=3)
    assert np.var(numbers) == pytest.approx(mean, rel=0.25)


@pytest.mark.parametrize(
    ("arrivals", "path", "said"),
    [
        (Arrivals(per_day=2e9), "arrivals.per_day", "a number above 0 is required, 1000000000 at most"),
        (Arrivals(per_day=1e9), "arrivals.per_day", "cases would arrive in all; a run has 1000000000 at most"),
        (
            Arrivals(counted={date(2026, 3, 2): 10**30}),
            "arrivals.counted",
            "from 1 to 1000000000 cases are required in all",
        ),
    ],
)
def test_more_cases_than_a_run_may_have_are_refused(arrivals: Arrivals, path: str, said: str) -> None:
    """However they are told: in all, by the day, or for each day."""
    with pytest.raises(InputError, match=said) as caught:
        Model(evolve(CARD, start=date(2026, 3, 2), arrivals=arrivals))
    assert [fault.path for fault in caught.value.faults] == [path]


def test_no_day_for_arrivals_is_refused() -> None:
    """Cases that have no day to arrive on are not dropped in silence."""
    with pytest.raises(InputError, match="no case arrives"):
        Model(evolve(CARD, arrivals=Arrivals(cases=5, weekdays=[0, 0, 0, 0, 0, 0, 1], through=date(2026, 3, 6))))


def test_the_digest_tells_scenarios_apart() -> None:
    """It follows every number and not the words."""
    assert evolve(CARD, title=machines.get("loss_report").title).digest == CARD.digest
    assert evolve(CARD, hours=Hours(person=(CARD.hours.office))).digest != CARD.digest
    assert evolve(CARD, seed=2).digest != CARD.digest
    assert isinstance(CARD, Scenario)


ODD = """
[[practice]]
by = "office"
acts = { acept = 1 }
takes = { shape = "fixed", of = [1], unit = "days" }
[[practice]]
by = "holder"
takes = { shape = "fixed", of = "one", unit = "days" }
[[practice]]
by = "nobody"
takes = { shape = "fixed", of = [1], unit = "days" }
[[profile]]
id = "a"
opens = "apply"
shaer = 1
[[profile]]
id = "b"
opens = "accept"
"""


def test_faults_of_form_and_of_meaning_are_told_at_once(tmp_path: Path) -> None:
    """A misspelt key and a value of another kind hide neither a misspelt activity nor a wrong place; each has its own number in the file."""
    paths = faults_of(HEAD.replace('"440100"', '"999999"') + "sede = 1\n" + ODD, tmp_path)

    form = {"sede", "practice[1].takes.of", "profile[0].shaer"}
    assert form <= set(paths)
    assert {"places.issuing", "practice[0].acts.acept", "practice[2].by"} <= set(paths), paths
    assert not [path for path in paths if path in ("practice", "profile")]
    again = faults_of(HEAD + ODD, tmp_path)
    assert "profile[1].opens" in again, again


def test_stations_are_judged_where_every_entry_is_sound_in_form(tmp_path: Path) -> None:
    """A misspelt key elsewhere hides no fault of a station; a broken practice does, because the station may serve what it would do."""
    station = '[[station]]\nid = "s"\nper_day = 1\nserves = [{ state = "nowhere" }]\n'
    sound = ODD.split('[[practice]]\nby = "holder"', maxsplit=1)[0].replace("acept", "accept")

    alone = faults_of(HEAD + sound + station, tmp_path)
    beside = faults_of(HEAD + "sede = 1\n" + sound + station, tmp_path)

    assert alone and {path for path in alone if path.startswith("station")}
    assert beside == ["sede", *alone]
    assert not [path for path in faults_of(HEAD + ODD + station, tmp_path) if path.startswith("station")]


def test_nothing_more_is_told_of_a_file_that_cannot_be_judged(tmp_path: Path) -> None:
    """Without its first day, or without its procedure, the rest of a file says nothing."""
    assert faults_of(
        HEAD.replace("start = 2026-03-02", 'start = "soon"') + ODD.replace("shaer", "share"), tmp_path
    ) == ["start", "practice[1].takes.of"]
