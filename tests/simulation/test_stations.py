"""Stations: who is taken up when, to the minute; what leaves them; what is wrong with one; what a result tells of them."""

from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from attrs import evolve

from ssflow.errors import DataError, InputError
from ssflow.simulation import (
    Arrivals,
    Duration,
    Practice,
    Scenario,
    Serves,
    Simulation,
    Station,
    default_scenario,
    load_scenario,
    simulate,
)
from tests.simulation.test_engines import assert_equal

ASKED, CARD = default_scenario("consultation"), default_scenario("card_replacement")
MONDAY = date(2026, 3, 2)


def asked(takes: Duration, counted: dict[date, int], **station: Any) -> Scenario:
    """Questions of which so many come on each day, and a station that answers them."""
    return evolve(
        ASKED,
        arrivals=Arrivals(counted=counted),
        practices=[Practice(by="agency", takes=takes)],
        stations=[Station(id="desk", serves=[Serves(by="agency")], **station)],
        follow=30,
    )


def told(scenario: Scenario) -> tuple[list[str], list[str]]:
    """When questions came and when they were answered, each in the order of time; both engines say the same."""
    assert_equal(scenario, sum(scenario.arrivals.counted.values()))
    cases = simulate(scenario, runs=1).cases
    return sorted(map(str, cases["opened"])), sorted(map(str, cases["closed"]))


def minutes(one: str, other: str) -> int:
    return int((np.datetime64(other) - np.datetime64(one)).astype("timedelta64[m]").astype(int))


def test_one_clerk_answers_one_after_the_other() -> None:
    """Each answer is begun as the one before is given, or when the question comes; and what is not done at five goes on at nine."""
    came, done = told(asked(Duration("fixed", 3, "workhours"), {MONDAY: 3}, clerks=1))
    free = came[0]
    for comes, answered in zip(came, done, strict=True):
        begins = max(free, comes)
        night = 16 * 60 if minutes(begins, answered) > 180 else 0
        assert minutes(begins, answered) == 180 + night
        assert np.datetime64(answered).astype("datetime64[h]").astype(int) % 24 in range(9, 17)
        free = answered


def test_two_clerks_answer_two_at_once() -> None:
    """The third question waits for the first of them."""
    came, done = told(asked(Duration("fixed", 1, "workdays"), {MONDAY: 3}, clerks=2))
    assert [minutes(a, b) for a, b in zip(came[:2], done[:2], strict=True)] == [24 * 60] * 2
    assert minutes(done[0], done[2]) == 24 * 60


def test_so_many_a_day_are_begun() -> None:
    """Those that are too many for a day are begun as the next day at work begins, and a length runs from there."""
    counted = {MONDAY + timedelta(days=4): 5}
    came, done = told(asked(Duration("fixed", 2, "workhours"), counted, per_day=2))
    friday = [f"2026-03-{9 + n // 2:02}T11:00" for n in range(3)]
    assert done[2:] == friday
    assert all(minutes(a, b) in (120, 120 + 64 * 60) for a, b in zip(came[:2], done[:2], strict=True))


def test_numbers_hang_on_the_day() -> None:
    """Factors by weekday, rounded down; days with a number of their own, also a Sunday; hours of its own."""
    sunday = MONDAY + timedelta(days=6)
    scenario = asked(
        Duration("fixed", 0, "workhours"),
        {MONDAY: 9},
        per_day=3,
        weekdays=[0, 0.5, 0, 1, 0, 1, 1],
        dates={sunday: 2},
        hours=(time(10), time(10, 30)),
    )
    _, done = told(scenario)
    days = [day[8:10] for day in done]
    assert days == ["03"] + ["05"] * 3 + ["09"] * 2 + ["10"] + ["12"] * 2
    # What is begun on a Sunday is over when an office has been open for a minute.
    assert [done[i][11:] for i in (0, 1, 4, 6, 7)] == ["10:01", "10:01", "09:01", "10:01", "10:01"]


def test_work_begun_is_finished_on_days_with_fewer_clerks() -> None:
    """Two questions are in hand when one clerk alone comes to work: both are finished, and nothing new is begun before."""
    tuesday = MONDAY + timedelta(days=1)
    came, done = told(asked(Duration("fixed", 1, "workdays"), {MONDAY: 4}, clerks=2, dates={tuesday: 1}))
    assert [minutes(a, b) for a, b in zip(came[:2], done[:2], strict=True)] == [24 * 60] * 2
    assert minutes(done[1], done[2]) == 24 * 60  # one clerk begins when both are done, the other on Wednesday
    assert done[3] == "2026-03-05T09:00"


def kinds(**station: Any) -> Scenario:
    """Two kinds of applications, all on one day, and one that looks at four a day."""
    few = [evolve(profile, share=1) for profile in (CARD.profiles[0], CARD.profiles[2])]
    practices = [
        Practice(state="checking", by="holder", acts={"pay": 1}, takes=Duration("fixed", 0, "days")),
        Practice(state="checking", by="office", acts={"accept": 1}, takes=Duration("fixed", 0, "workhours")),
        Practice(takes=Duration("fixed", 1, "workdays")),
    ]
    return evolve(
        CARD,
        profiles=few,
        practices=practices,
        arrivals=Arrivals(counted={MONDAY: 12, MONDAY + timedelta(days=1): 12}),
        stations=[Station(id="counter", serves=[Serves(state="checking", by="office")], per_day=4, **station)],
        follow=60,
    )


def accepted(scenario: Scenario) -> list[tuple[str, str]]:
    """The profiles of the cases in the order in which they were accepted, with the day."""
    assert_equal(scenario, 24)
    run = simulate(scenario, runs=1)
    log = run.log()
    rows = np.flatnonzero(log["concept:name"] == "accept")
    order = rows[np.argsort(log["time:timestamp"][rows], kind="stable")]
    profiles = run.cases["profile"]
    return [(profiles[log["case:concept:name"][row]], str(log["time:timestamp"][row])[:10]) for row in order]


def test_named_profiles_come_first() -> None:
    """As long as one of them waits nobody else is taken; without a name whoever came first is."""
    of_first = [profile for profile, day in accepted(kinds(first=["posted"])) if day > "2026-03-03"]
    last = max(i for i, profile in enumerate(of_first) if profile == "posted")
    assert set(of_first[: last + 1]) == {"posted"} and "damaged" in of_first
    mixed = [profile for profile, _ in accepted(kinds())]
    assert mixed[: len(mixed) // 2].count("damaged") > 0 < mixed[len(mixed) // 2 :].count("posted")


def test_the_first_last_day_comes_first() -> None:
    """Remade cards have an older last day than new ones: they are taken before those that wait longer."""
    practices = [
        *kinds().practices[:2],
        Practice(state="making", by="issuer", acts={"finish": 2, "fail": 1}, takes=Duration("fixed", 0, "workhours")),
        Practice(takes=Duration("fixed", 1, "workdays")),
    ]
    works = Station(id="works", serves=[Serves(state="making", by="issuer")], per_day=2)
    plain = evolve(kinds(), profiles=CARD.profiles[:1], practices=practices, stations=[works], follow=120)
    urgent = evolve(plain, stations=[evolve(works, order="due")])
    for scenario in (plain, urgent):
        assert_equal(scenario, 24)
    failed = [remakes(scenario) for scenario in (plain, urgent)]
    assert failed[0] > failed[1] > 0


def remakes(scenario: Scenario) -> float:
    """The days from making again to the end of that."""
    log = simulate(scenario, runs=1).log()
    rows = np.flatnonzero(log["concept:name"] == "remake")
    took = [minutes(str(log["time:timestamp"][row]), str(log["time:timestamp"][row + 1])) for row in rows.tolist()]
    return sum(took) / len(took) / 1440


def test_whoever_leaves_leaves_the_queue() -> None:
    """Applications that are withdrawn wait no more; the clerk whose work is lost is free from that minute on."""
    practices = [
        Practice(
            state="checking", by="holder", acts={"withdraw": 1}, idle=1, takes=Duration("uniform", [0, 9], "days")
        ),
        Practice(state="checking", by="office", acts={"refuse": 1}, takes=Duration("fixed", 1, "workdays")),
    ]
    counter = Station(id="counter", serves=[Serves(state="checking")], clerks=1)
    with pytest.raises(InputError, match="the acts take a time in days"):
        evolve(kinds(), practices=practices, stations=[counter])
    counter = evolve(counter, serves=[Serves(state="checking", by="office")])
    scenario = evolve(kinds(), profiles=CARD.profiles[:1], practices=practices, stations=[counter], follow=200, seed=5)
    tally = assert_equal(scenario, 24)
    (station,) = simulate(scenario, runs=1).stations().rows()
    assert station["gone"] == tally.gone.sum() > 0 < tally.lost.sum() == station["lost"]
    assert station["joined"] == station["taken"] + station["gone"] == 24
    busy = (station["taken"] - station["lost"]) * 480 + tally.wasted[0]
    assert tally.used.sum() == busy and 0 < tally.wasted[0] < station["lost"] * 480


def test_work_may_be_in_vain() -> None:
    """What was allowed when it was begun is asked again when it is over: a filing that is dated on one day is too late two days after."""
    filing = default_scenario("treatment_elsewhere")
    practices = [
        Practice(by="agency", state="applied", acts={"file": 9, "refuse": 1}, takes=Duration("fixed", 2, "workdays")),
        Practice(takes=Duration("fixed", 1, "workdays")),
    ]
    scenario = evolve(
        filing,
        profiles=filing.profiles[:1],
        practices=practices,
        arrivals=Arrivals(counted={date(2026, 3, 30): 20}),
        stations=[Station(id="desk", serves=[Serves(by="agency", state="applied")], clerks=30)],
        follow=60,
    )
    assert_equal(scenario, 20)
    run = simulate(scenario, runs=1)
    log = run.log()
    assert "file" not in log["concept:name"].tolist()
    assert any("about to do" in note.en for note in run.notes)
    assert run.stations()["taken"][0] > 20  # they have been in vain, and were drawn anew


@pytest.fixture(scope="module")
def crowd() -> Simulation:
    counter = Station(id="counter", serves=[Serves(state="checking", by="office")], clerks=1)
    practices = [
        evolve(p, takes=Duration("lognormal", [1.2, 0.6], "workhours"))
        if (p.state, p.by) == ("checking", "office")
        else p
        for p in CARD.practices
    ]
    works = Station(id="works", serves=[Serves(state="making")], per_day=6)
    arrivals = Arrivals(cases=300, through=MONDAY + timedelta(days=100))
    scenario = evolve(CARD, practices=practices, stations=[counter, works], arrivals=arrivals, warm_up=40, follow=200)
    return simulate(scenario, runs=3)


def test_what_is_told_of_stations(crowd: Simulation) -> None:
    """How many came and went, how busy each is, how long its queue; the same in the other tables."""
    rows = {row["station"]: row for row in crowd.stations().rows()}
    assert list(rows) == ["counter", "works"]
    for name, row in rows.items():
        assert row["joined"] >= row["taken"] + row["gone"]
        assert 0 < row["utilisation"] <= 100
        queue = crowd.queues()[name]
        assert queue.min() >= 0 and queue.max() <= row["longest"]
    summary = {row["measure"]: row["value"] for row in crowd.summary().rows()}
    assert summary['days in the queue of "counter": mean'] == rows["counter"]["wait"] > 0
    assert summary['utilisation of "works" (%)'] == rows["works"]["utilisation"]
    waits = [row for row in crowd.waits().rows() if row["station"] == "counter"]
    assert {row["activity"] for row in waits} == {"accept", "send_back", "refuse"}
    total = sum(row["total"] for row in waits)
    assert total == pytest.approx(rows["counter"]["wait"] * rows["counter"]["joined"], rel=0.02)
    assert [row["unmet"] for row in crowd.waits().rows() if not row["station"]] == ["fee_paid"]
    log = crowd.log()
    by = dict(zip(log["concept:name"].tolist(), log["org:resource"].tolist(), strict=True))
    assert by["accept"] == "counter" and by["finish"] == "works" and by["apply"] == "holder"


def test_workers_engines_and_one_case_agree(crowd: Simulation) -> None:
    """Threads find the same, the kernel does, and one case is played again as it went among all others."""
    assert simulate(crowd.scenario, runs=3, workers=2).digests == crowd.digests
    few = evolve(crowd.scenario, arrivals=Arrivals(cases=60, through=MONDAY + timedelta(days=70)))
    columns, kernel = (simulate(few, runs=2, engine=engine) for engine in ("columns", "event"))
    assert columns.digests == kernel.digests
    assert columns.case(7, run=1).say() == kernel.case(7, run=1).say()
    log = crowd.log()
    for number in (3, 250):
        acts = [event for event in crowd.case(number).events if event.kind.name != "overdue"]
        rows = np.flatnonzero((log["case:concept:name"] == number) & (log["concept:name"] != "production"))
        moments = [str(moment)[:16] for moment in log["time:timestamp"][rows]]
        assert moments == [event.at.isoformat()[:16] for event in acts]


def test_parts_of_a_run_share_its_stations(monkeypatch: pytest.MonkeyPatch, crowd: Simulation) -> None:
    """A run that is played in several parts is the run played in one: cases of all parts stand in one queue."""
    from ssflow.simulation.engines import playing

    monkeypatch.setattr(playing, "PART", 100)
    assert simulate(crowd.scenario, runs=3).digests == crowd.digests


def test_with_stations_is_compared_with_without(crowd: Simulation) -> None:
    """What both have: queues make cases late, on whom nobody would wait else."""
    without = simulate(evolve(crowd.scenario, stations=[]), runs=3)
    for pair in (without.compare(crowd), crowd.compare(without)):
        measures = {row["measure"]: row["difference"] for row in pair.differences.rows()}
        assert "days to close: mean" in measures and not any("counter" in name for name in measures)
    assert without.compare(crowd).differences["difference"][3] > 0


def test_the_warm_up_is_played_and_not_counted(crowd: Simulation) -> None:
    """Who comes in it waits and is waited for; no figure counts them, but all that is open at the end of a day does."""
    all_of_them = simulate(evolve(crowd.scenario, warm_up=0), runs=3)
    first = MONDAY + timedelta(days=40)
    late = all_of_them.cases["opened"] >= np.datetime64(first)
    assert all_of_them.cases["closed"].tolist() == crowd.cases["closed"].tolist()
    opened = crowd.tallies[0].number_opened
    assert opened == late.sum() < 300
    assert crowd.backlog()["open"].tolist() == all_of_them.backlog()["open"].tolist()
    assert crowd.queues()["works"].tolist() == all_of_them.queues()["works"].tolist()


STATION: dict[str, Any] = {"id": "counter", "serves": [Serves(state="checking", by="office")], "clerks": 1}


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"clerks": None}, "station[0]"),
        ({"per_day": 3}, "station[0]"),
        ({"clerks": 0}, "station[0].clerks"),
        ({"serves": []}, "station[0].serves"),
        ({"serves": [Serves(state="cheking")]}, "station[0].serves[0].state"),
        ({"serves": [Serves(by="clerk")]}, "station[0].serves[0].by"),
        ({"serves": [Serves(acts=["acept"])]}, "station[0].serves[0].acts"),
        ({"serves": [Serves(state="in_use")]}, "station[0].serves"),
        ({"serves": [Serves(by="holder")]}, "station[0].clerks"),
        ({"weekdays": [1, 2]}, "station[0].weekdays"),
        ({"weekdays": [1, 1, 1, 1, -1, 1, 1]}, "station[0].weekdays"),
        ({"dates": {MONDAY: -1}}, "station[0].dates"),
        ({"hours": (time(17), time(9))}, "station[0].hours"),
        ({"order": "last"}, "station[0].order"),
        ({"first": ["lots"]}, "station[0].first"),
    ],
)
def test_what_is_wrong_with_a_station_is_told(change: dict[str, Any], path: str) -> None:
    """With the path of it, in both languages."""
    with pytest.raises(InputError) as caught:
        evolve(CARD, stations=[Station(**{**STATION, **change})])
    assert path in [fault.path.removesuffix(".") for fault in caught.value.faults]
    assert caught.value.say("zh") != caught.value.say("en")


def test_a_station_that_is_never_open_is_refused() -> None:
    """Cases would wait there for ever."""
    shut = Station(**{**STATION, "weekdays": [0] * 7})
    with pytest.raises(InputError, match=r"station\[0\]: it is not open on any day"):
        simulate(evolve(CARD, practices=kinds().practices, stations=[shut]), cases=3)


def test_a_queue_that_grows_is_told() -> None:
    """Where clerks have too much to do a mean is none, and a note says so; else there is none."""
    takes = Duration("fixed", 1, "workhours")
    few = evolve(asked(takes, {MONDAY + timedelta(days=n): 40 for n in range(20)}, clerks=4), follow=0)
    enough = evolve(few, stations=[evolve(few.stations[0], clerks=9)])
    told = [[note.en for note in simulate(one, runs=2).notes if "busy for" in note.en] for one in (few, enough)]
    assert told == [[told[0][0]], []] and '"desk" is busy for' in told[0][0]


def test_an_act_is_served_by_one_station() -> None:
    """Two that would serve it are named, and two with one id are refused."""
    other = Station(id="counter", serves=[Serves(acts=["accept"])], per_day=1)
    with pytest.raises(InputError, match="serve accept at checking") as caught:
        evolve(CARD, stations=[Station(**STATION), other])
    assert [fault.path for fault in caught.value.faults] == ["station[1].serves", "station[1].id"]


def test_a_file_has_stations(tmp_path: Path) -> None:
    """As the Python value has them; its faults are told with all others."""
    text = """
process = "consultation"
places = "440100"
start = 2026-03-02
arrivals = { cases = 10 }
warm_up = 5

[[profile]]
id = "asked"
opens = "ask"
data.ask = { question = "如何参保？" }
data.answer = { answer = "可申请参保登记。" }

[[practice]]
by = "agency"
takes = { shape = "fixed", of = [1], unit = "workhours" }

[[station]]
id = "desk"
title = ["咨询台", "enquiry desk"]
serves = [{ by = "agency", acts = ["answer"] }]
clerks = 2
weekdays = [1, 1, 1, 1, 0.5, 1, 1]
dates = { 2026-05-04 = 1 }
hours = [08:30:00, 12:00:00]
order = "due"
first = ["asked"]
"""
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    scenario = load_scenario(path)
    (station,) = scenario.stations
    assert (station.clerks, station.dates, station.name.zh, scenario.warm_up) == (2, {date(2026, 5, 4): 1}, "咨询台", 5)
    assert simulate(scenario, runs=2).stations().titled("zh")["岗位"] == ["desk"]
    path.write_text(text.replace("clerks = 2", "clerk = 2").replace("cases = 10", "cases = 0"), encoding="utf-8")
    with pytest.raises(DataError, match="clerk"):
        load_scenario(path)
    path.write_text(text.replace("clerks = 2", "clerks = 0").replace("cases = 10", "cases = 0"), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_scenario(path)
    assert [fault.path for fault in caught.value.faults] == ["arrivals.cases", "station[0].clerks"]


@pytest.mark.parametrize("days", [-1, 400])
def test_a_warm_up_that_leaves_nothing_is_refused(days: int) -> None:
    """It ends before the last arrivals."""
    with pytest.raises(InputError, match="warm_up"):
        evolve(CARD, warm_up=days)
