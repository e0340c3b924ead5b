"""``ssflow audit``: seal the records, find later changes to them, and export them."""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import Any

import click

from ssflow.cli.database import cases_of
from ssflow.cli.input.arguments import FILE
from ssflow.cli.input.options import actor_option, db_option, personal_option, speaks
from ssflow.cli.input.sealed import read_seals, read_secret
from ssflow.cli.input.speaking import Group, command, lang_option, option
from ssflow.cli.input.taught import REFUSED
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.exported import export as written
from ssflow.cli.output.faults import said
from ssflow.converters.files import writing
from ssflow.documents import text_document
from ssflow.errors import Fault, InputError
from ssflow.records import CasesLeftOut
from ssflow.records.custody import left_of
from ssflow.sheets.usable import fault_document
from ssflow.text import Text

_secret_option = option(
    "--secret",
    type=FILE,
    default=None,
    zh="密钥所在的文件；不写则用SSFLOW_SECRET里的密钥。",
    en="The file of the secret; that in SSFLOW_SECRET if left out.",
)
_SEALS: dict[str, Any] = {"type": FILE, "zh": "封签文件，每行一个。", "en": "The file of the seals, a line each."}


@command(
    "audit",
    Text("加封、核验、导出记录", "Seal what is on record, check it, hand it out"),
    "给全部办件的记录加封，核验此后有无改动，导出供他人核对。",
    Group,
)
@lang_option
def audit() -> None:
    """Seal the records of all cases, find later changes to them, and export them for others to check."""


@command(
    "seal",
    Text("给记录加封", "Seal what is on record"),
    """以本单位的密钥给上次加封以来有新事件的办件加封，在封签文件末尾追加一行。

    封签文件和密钥须放在有权写数据库的人无法接触之处。同一文件同时只能由一个进程加封。""",
)
@option("--seals", required=True, **_SEALS)
@_secret_option
@actor_option
@db_option
@speaks
def seal(screen: Screen, seals: Path, secret: Path | None, actor: str, db: Path | str) -> None:
    """Seal the cases that have changed since the last seal, with your secret, and add a line to the file of the seals.

    Keep that file and the secret out of reach of everybody who writes to the database. One process at a time seals into a file.
    """
    cases, before = cases_of(db), read_seals(seals) if seals.exists() else ()
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always", CasesLeftOut)
        made = cases.seal(read_secret(secret), after=before, actor=actor)
    _append(seals, made.line)
    told = (warning.message for warning in warned)
    left_out = [
        Fault(id_, said(error)) for one in told if isinstance(one, CasesLeftOut) for id_, error in one.failures.items()
    ]
    if screen.as_json:
        document = {"number": made.number, "at": made.at.isoformat(), "cases": len(made.cases), "digest": made.digest}
        screen.document({**document, "unreadable": [fault_document(fault) for fault in left_out]})
    else:
        zh, en = f"第{made.number}号封签：{len(made.cases)}个办件", f"seal {made.number}: cases {len(made.cases)}"
        screen.line(screen.t(zh, en))
        _list(screen, left_out)
    if left_out:
        raise click.exceptions.Exit(REFUSED)


@command(
    "verify",
    Text("核验记录", "Check all that is on record"),
    """逐件读取全部事件，核对封签，重新得出现状，并按程序和现行法重新办理一遍。

    末尾若被整齐截去，或者整件被删，仅凭数据库看不出来：请用--seals与另存的封签核对。""",
)
@option("--seals", default=None, **_SEALS)
@_secret_option
@db_option
@speaks
def verify(screen: Screen, seals: Path | None, secret: Path | None, db: Path | str) -> None:
    """Read every event of every case, check the seals, rebuild each case, and play all acts through their procedures.

    The database alone does not show that a case was removed, or that its last events were cut off cleanly: --seals compares it with seals
    that were kept elsewhere.
    """
    if secret and not seals:
        raise InputError.of(
            "--seals",
            "写了密钥，却没有可核对的封签；请指明封签文件，或者不写--secret",
            "a secret is given, but no seals to compare; name the file of the seals, or leave --secret out",
        )
    cases, kept = cases_of(db), read_seals(seals) if seals else ()
    found = cases.verify(seals=kept, secret=read_secret(secret) if seals else None)
    rows, removed = cases.store.rows(), left_of(cases.store).values()
    if screen.as_json:
        faults = [{"case": one.case, "kind": one.kind.name, "fault": text_document(one.fault)} for one in found]
        cases_there = {row.id: row.version for row in rows}
        gone = {entry.case: {"at": entry.at and entry.at.isoformat(), "actor": entry.actor} for entry in removed}
        screen.document({"cases": cases_there, "removed": gone, "seals": len(kept), "findings": faults})
    elif found:
        for one in found:
            screen.item("-", one.say(screen.lang))
    else:
        events = sum(row.version for row in rows)
        zh, en = f"{len(rows)}个办件、{events}个事件", f"cases {len(rows)}, events {events}"
        if seals:
            zh, en = f"{zh}、{len(kept)}个封签", f"{en}, seals {len(kept)}"
        if kept:
            last = kept[-1].at.date()
            zh, en = f"{zh}（最后一个：{last}）", f"{en}, the last of {last}"
        screen.line(screen.t(f"{zh}，均相符", f"all hold: {en}"))
    if removed and not screen.as_json:
        screen.heading(screen.t("已按决定整件销毁的办件", "Cases that were removed by order"))
        for entry in removed:
            screen.item("-", f"{entry.case} · {entry.at:%Y-%m-%d} · {entry.actor}")
    if found:
        raise click.exceptions.Exit(REFUSED)


@command(
    "export",
    Text("导出记录供他人核对", "Hand out what is on record to be checked by others"),
    """在新文件夹里写入events.jsonl（每个事件及其封签、法律依据）、cases.jsonl和SHA256SUMS，他人不用数据库即可核对。

    个人信息已遮盖；写--personal时不遮盖，并附事件所存的原文。""",
)
@click.argument("to", type=FILE)
@personal_option
@db_option
@speaks
def export(screen: Screen, to: Path, personal: bool, db: Path | str) -> None:
    """Write events.jsonl (each event with its seal and the law it rests on), cases.jsonl and SHA256SUMS into a new folder,
    which others can check without the database.

    Personal data is masked; --personal leaves it and adds the text of each event as it is stored.
    """
    made = written(cases_of(db), to, reveal=personal)
    left_out = [Fault(id_, said(error)) for id_, error in made.failures.items()]
    if screen.as_json:
        document = {"folder": str(to), "cases": made.cases, "events": made.events}
        screen.document({**document, "unreadable": [fault_document(fault) for fault in left_out]})
    else:
        zh, en = f"{made.cases}个办件、{made.events}个事件", f"cases {made.cases}, events {made.events}"
        screen.line(screen.t(f"已导出到{to}：{zh}", f"written to {to}: {en}"))
        _list(screen, left_out)
    if left_out:
        raise click.exceptions.Exit(REFUSED)


def _append(file: Path, line: str) -> None:
    """Append a line to a file that only its owner can read, and have it on the disk before it is reported."""
    with writing(file):
        number = os.open(file, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        with os.fdopen(number, "a", encoding="ascii") as opened:
            opened.write(line + "\n")
            opened.flush()
            os.fsync(opened.fileno())


def _list(screen: Screen, left_out: list[Fault]) -> None:
    if left_out:
        screen.heading(screen.t("无法读取、未列入的办件", "Cases that cannot be read and were left out"))
    for fault in left_out:
        screen.item("-", fault.say(screen.lang))


for one in (seal, verify, export):
    audit.add_command(one)
