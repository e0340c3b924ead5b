"""``ssflow simulate``: the course of many cases, under the law as it is and under a reform."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import evolve

from ssflow.cli.database import cases_of
from ssflow.cli.input import names
from ssflow.cli.input.arguments import COUNT, DAY, DB, FILE, PLACED, PROCEDURE
from ssflow.cli.input.options import plot_option, speaks
from ssflow.cli.input.scenarios import scenario_of
from ssflow.cli.input.speaking import OneOf, command, option
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.plots import check_plot, plot
from ssflow.cli.output.progress import progress
from ssflow.cli.output.tables import rows_document, show_tables
from ssflow.documents import text_document
from ssflow.errors import MissingExtraError
from ssflow.text import NO_TEXT, Text

if TYPE_CHECKING:
    from ssflow.simulation import Simulation
    from ssflow.simulation.engines.playing import Engine
    from ssflow.tables import Table


_SHOWN = 20  # open cases on the screen; a document has all
_ENGINES = {
    "columns": Text("成列", "in columns"),
    "compiled": Text("机器码", "in machine code"),
    "event": Text("逐件", "one by one"),
}


@command(
    "simulate",
    Text("模拟许多办件", "What would happen to many cases"),
    """按程序定义和现行数值，模拟许多办件：多久办结，哪些期限逾期，为何等待。

    不写--scenario的，用随附的方案；其份额和用时均为假定。写--law的，另按修法后的数值再模拟一遍，逐次比较。各结果后的±为误差范围，置信度95%。""",
)
@click.argument("process", type=PROCEDURE)
@option("--cases", type=COUNT, zh="每次运行的件数。", en="How many cases each run has.")
@option(
    "--place",
    "places",
    type=PLACED,
    multiple=True,
    zh="办理地点，如440100、广州；有几个地点的逐一写明，如 转出地=广州，可以写多次。",
    en="Where: 440100, 广州; of several places each by its name, e.g. old=440100; may be repeated.",
)
@option("--start", type=DAY, zh="第一天。", en="The first day.")
@option(
    "--follow",
    type=COUNT,
    zh="最后一件到达后再观察多少天，不写则依方案。",
    en="For how many days cases are followed after the last arrival; as the scenario says if left out.",
)
@option("--scenario", "file", type=FILE, zh="方案文件（TOML）。", en="The file of a scenario (TOML).")
@option(
    "--open-cases",
    "db",
    type=DB,
    zh="以一个库的未结件开始：数据库文件，或者postgresql://...；另有新件的，写--cases。",
    en="Begin with the open cases of a database file, or of postgresql://...; --cases is how many come besides.",
)
@option("--law", "reform", type=FILE, zh="修法文件（TOML）。", en="The file of a reform (TOML).")
@option("--runs", type=COUNT, default=20, show_default=True, zh="运行几次。", en="How many runs.")
@option("--seed", type=COUNT, zh="随机种子。", en="The seed of chance.")
@option("--workers", type=COUNT, default=1, show_default=True, zh="用几个线程。", en="How many threads.")
@option(
    "--engine",
    type=OneOf(_ENGINES),
    default="columns",
    show_default=True,
    zh="成列推进；编译为机器码，大规模时较快；或由核心逐件办理，慢得多。结果相同。",
    en="In columns; in machine code, which is quicker for many cases; or by the kernel itself, much slower. The answer is the same.",
)
@plot_option
@speaks
def simulate(
    screen: Screen,
    process: str,
    cases: int | None,
    places: tuple[tuple[str, str], ...],
    start: date | None,
    follow: int | None,
    file: Path | None,
    db: Path | str | None,
    reform: Path | None,
    runs: int,
    seed: int | None,
    workers: int,
    engine: Engine,
    plot_file: Path | None,
) -> None:
    """Simulate many cases of a procedure: how long they take, which terms are late, what they wait for.

    Without --scenario the library's own scenario is played; its shares and durations are assumptions. With --law the cases are
    played once more under the reform, and compared run by run. The numbers are followed by 95 % intervals over the runs.
    """
    try:
        import ssflow.simulation as door
    except MissingExtraError as error:
        raise MissingExtraError("simulate", error.extra) from error
    from ssflow.rules import read_reform

    check_plot(plot_file)
    definition = names.procedure(process)
    scenario = scenario_of(definition, file, places, follow)
    book = scenario.law.of(definition)
    law = read_reform(reform, book) if reform else None
    open_cases = cases_of(db, option="--open-cases") if db is not None else None

    def played(law: Any, title: str) -> Simulation:
        with progress(screen, title) as told:
            return door.simulate(
                scenario,
                cases=cases,
                start=start,
                seed=seed,
                runs=runs,
                workers=workers,
                engine=engine,
                law=law,
                open_cases=open_cases,
                on_progress=told,
            )

    now = played(None, screen.t("现行", "now"))
    then = played(law, screen.t("改后", "then")) if law else None
    if screen.as_json:
        screen.document(_document(now, then))
    else:
        _show(screen, now, then)
    plot(
        screen,
        plot_file,
        lambda: (now.compare(then).plot.differences if then else now.plot.overview)(screen.lang),
        tell=not screen.as_json,
    )


def _document(now: Simulation, then: Simulation | None) -> dict[str, Any]:
    def said(one: Simulation) -> dict[str, Any]:
        return {
            "summary": rows_document(one.summary()),
            "late": rows_document(one.late()),
            "waits": rows_document(one.waits()),
            "stations": rows_document(one.stations()),
            "notes": [text_document(note) for note in one.notes],
            "digests": dict(one.digests),
            **({"open_cases": rows_document(one.open_cases())} if one.scenario.open_cases else {}),
        }

    document: dict[str, Any] = {"process": now.scenario.process, "now": said(now)}
    if then:
        compared = now.compare(then)
        document |= {
            "then": said(then),
            "differences": rows_document(compared.differences),
            "figures": rows_document(compared.figures),
            "notes": [text_document(note) for note in compared.notes],
        }
    return document


def _show(screen: Screen, now: Simulation, then: Simulation | None) -> None:
    scenario, t = now.scenario, screen.t
    days = t(f"{scenario.start}至{scenario.end}", f"{scenario.start} to {scenario.end}")
    runs = t(f"运行{now.runs}次", f"{now.runs} {'run' if now.runs == 1 else 'runs'}")
    screen.title(screen.say(scenario.definition.title), f"{days}{t('，', ', ')}{runs}")
    for note in (then or now).notes:
        screen.item("-", screen.say(note), "dim", indent=0)
    if then is None:
        show_tables(screen, now.summary(), *_terms_and_waits(now))
        return
    compared = now.compare(then)
    changed = compared.changed()
    for note in compared.notes:
        screen.item("-", screen.say(note), "dim", indent=0)
    show_tables(screen, _not_empty(compared.figures), changed)
    same = len(compared.differences) - len(changed)
    screen.line(t(f"其余{same}项指标没有差别", f"the other {same} measures do not differ at all"), "dim")
    screen.rule(t("改后", "then"))
    show_tables(screen, *_terms_and_waits(then))


def _terms_and_waits(one: Simulation) -> tuple[Table, ...]:
    """Return the columns that fit on a screen, and the open cases that are likeliest to be late."""
    stations = one.stations().only("title", "joined", "wait", "utilisation", "longest")
    late = one.late().only("title", "began", "late", "workdays", "provisional", "basis")
    waits = one.waits().only("title", "reason", "waited", "days", "basis")
    return late, waits, stations, *((_likeliest_late(one),) if one.scenario.open_cases else ())


def _likeliest_late(one: Simulation) -> Table:
    """Return the open cases that are late in some run, the likeliest first, as many as fit on a screen."""
    whole = one.open_cases()
    likely = sorted((row for row, late in enumerate(whole["late"]) if late), key=lambda row: -whole["late"][row])
    shown, number = whole.taking(likely[:_SHOWN]), len(likely)
    cut = Text(f"，列出前{_SHOWN}件", f", {_SHOWN} shown") if number > _SHOWN else NO_TEXT
    caption = Text(f"可能逾期的未结件（{number}件{cut.zh}）", f"open cases that may be late ({number}{cut.en})")
    return evolve(shown, caption=caption)


def _not_empty(one: Table) -> Table:
    """Return the columns that are not empty."""
    return one.only(
        *(name for name, column in one.columns.items() if any(cell not in (None, "", NO_TEXT) for cell in column))
    )
