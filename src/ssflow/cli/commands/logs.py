"""``ssflow log``: event logs of real offices, checked against a procedure."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ssflow.cli.input import names
from ssflow.cli.input.arguments import DAY, FILE, PAIR, PLACED, PROCEDURE
from ssflow.cli.input.options import speaks
from ssflow.cli.input.scenarios import scenario_of
from ssflow.cli.input.speaking import Group, command, lang_option, option
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.progress import progress
from ssflow.cli.output.tables import rows_document, show_tables
from ssflow.documents import text_document
from ssflow.errors import InputError, MissingExtraError, UnknownError
from ssflow.text import Text


@command("log", Text("核对办件日志", "Event logs of cases"), "核对业务系统导出的办件日志。", Group)
@lang_option
def log() -> None:
    """Event logs of cases, as a system of an office writes them."""


@command(
    "check",
    Text("对照程序核对日志", "Check a log against a procedure"),
    """对照程序定义和当日有效的数值，逐件核对日志（CSV、XES、Parquet）：哪些记录不可能发生及其理由和依据，哪些期限逾期几个工作日及其依据。

    各列名称与流程挖掘软件相同的不必写--column；环节写编号、中文名称或其中一部分的不必写--activity。有不可能发生的记录或者逾期的，退出码为1。""",
)
@click.argument("file", type=FILE)
@option(
    "--process",
    "process",
    type=PROCEDURE,
    required=True,
    zh="日志属于哪个程序。",
    en="The procedure that the log belongs to.",
)
@option(
    "--column",
    "columns",
    type=PAIR,
    multiple=True,
    zh="列的名称，如 case=办件编号、activity=事项、time=办理时间；另有resource、lifecycle、profile、time_format、zone。可以写多次。",
    en="What a column is called, e.g. case=number; also activity, time, resource, lifecycle, profile, time_format, zone; may be repeated.",
)
@option(
    "--activity",
    "activities",
    type=PAIR,
    multiple=True,
    zh="日志中的用语是哪个环节，如 初审通过=accept；=后为空的，略去该用语。可以写多次。",
    en="Which activity a word of the log is, e.g. checked=accept; nothing behind the = leaves it out; may be repeated.",
)
@option(
    "--place",
    "places",
    type=PLACED,
    multiple=True,
    zh="办理地点，如440100、广州；有几个地点的逐一写明，如 转出地=广州，可以写多次。",
    en="Where: 440100, 广州; of several places each by its name, e.g. old=440100; may be repeated.",
)
@option(
    "--scenario",
    "scenario_file",
    type=FILE,
    zh="方案文件（TOML），取其各类办件的材料。",
    en="A scenario (TOML) that supplies the data of the cases.",
)
@option(
    "--until",
    type=DAY,
    zh="未办结的核对到哪一天；不写则为日志的最后一天。",
    en="Check open cases up to this day; by default, the last day of the log.",
)
@speaks
@click.pass_context
def check(
    ctx: click.Context,
    screen: Screen,
    file: Path,
    process: str,
    columns: tuple[tuple[str, str], ...],
    activities: tuple[tuple[str, str], ...],
    places: tuple[tuple[str, str], ...],
    scenario_file: Path | None,
    until: date | None,
) -> None:
    """Check a log (CSV, XES, Parquet) against a procedure and the figures of each day.

    It says which entries could not have happened, why and by which article, and which terms were late, by how many working days. Columns
    with the names of process mining need no --column, and activities by code, title or part of a title no --activity. The exit
    code is 1 if something could not have happened or was late.
    """
    try:
        from ssflow.logs import Columns, check_log, read_log
    except MissingExtraError as error:
        raise MissingExtraError("log", error.extra) from error

    definition = names.procedure(process)
    scenario = scenario_of(definition, scenario_file, places)
    given = names.once("--column", columns)
    known = [attribute.name for attribute in Columns.__attrs_attrs__]
    for name in given:
        if name not in known:
            raise InputError.of("--column", *UnknownError("field", name, known).text)
    means = names.once("--activity", activities)
    read = read_log(file, Columns(**given))
    with progress(screen, screen.t("核对", "checking")) as told:
        found = check_log(read, scenario, activities=means, until=until, on_progress=told)
    late = found.late()
    if screen.as_json:
        screen.document(
            {
                "process": definition.name,
                "summary": rows_document(found.summary()),
                "notes": [text_document(note) for note in found.notes],
                "deviations": rows_document(found.deviations()),
                "late": rows_document(late),
                "terms": rows_document(found.by_term()),
            }
        )
    else:
        screen.title(screen.say(definition.title), file.name)
        for note in found.notes:
            screen.item("-", screen.say(note), "dim", indent=0)
        deviations = found.deviations().only("case", "entry", "activity", "time", "reason", "basis", "went_on")
        delays = late.only("case", "title", "due", "ended", "late", "basis")
        show_tables(
            screen, found.summary(), deviations, delays, found.by_term().only("title", "began", "late", "most", "basis")
        )
    if not found.fits or len(late):
        ctx.exit(1)


log.add_command(check)
