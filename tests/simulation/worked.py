"""Worked cases as kinds of simulated cases: what opens them, and the data of their acts."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from ssflow import machines
from ssflow.simulation.scenario.profiles import Before, Profile
from ssflow.testing import load_scenarios
from ssflow.testing.scenarios import Scenario

FOLDER = Path(__file__).parents[1] / "scenarios"


def worked_cases(process: str) -> tuple[Scenario, ...]:
    return load_scenarios(FOLDER / f"{process}.toml")


def profiles_of(process: str) -> Iterator[tuple[Profile, Mapping[str, str], date]]:
    """Each worked case that opens a case of a procedure as a profile, with its places and the day of its opening."""
    examples: dict[str, dict] = {}
    for worked in worked_cases(process):
        for step in worked.steps:
            if step.does and step.data is not None and not step.refused:
                examples.setdefault(f"{worked.cases[step.case or next(iter(worked.cases))]}.{step.does}", step.data)
    for worked in worked_cases(process):
        first = next(iter(worked.cases))
        main = next((name for name, of in worked.cases.items() if of == process), first)
        if worked.cases[main] != process:
            continue
        steps = list(worked.steps)
        acts = [s for s in steps if (s.case or first) == main and s.does and not s.refused]
        opening = next((s for s in acts if machines.get(process).activity(s.does).is_opening), None)
        if opening is None:
            continue
        before = [
            Before(case=s.case or first, does=s.does, data=s.data)
            for s in steps[: steps.index(opening)]
            if s.does and not s.refused and (s.case or first) in opening.links
        ]
        own = {s.does: s.data for s in reversed(acts) if s.data is not None}
        others = {name.partition(".")[2]: data for name, data in examples.items() if name.partition(".")[0] == process}
        wanted = {a.name for a in machines.get(process).activities if a.data is not None}
        data = {name: given for name, given in {**others, **own}.items() if name in wanted}
        for name in wanted - set(data):
            try:
                machines.get(process).activity(name).data()
            except TypeError:
                continue
            data[name] = {}
        related = {name: worked.cases[name] for name in dict.fromkeys(step.case for step in before)}
        definition = machines.get(process)
        region = worked.region
        places = region if isinstance(region, Mapping) else {place.name: region for place in definition.places}
        day = opening.on if type(opening.on) is date else opening.on.date()
        yield (
            Profile(id=worked.id, opens=opening.does, data=data, related=related, before=tuple(before)),
            dict(places),
            day,
        )
