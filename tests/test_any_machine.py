"""The answers are those of the law and of the files, not of the machine that is asked."""

import os
import subprocess
import sys

import pytest

# What a machine brings along: its language, encoding, time zone, order of hashes, terminal; and a desk that wants no asserts.
MACHINES = {
    "a Chinese desktop": {"LANG": "zh_CN.UTF-8", "LANGUAGE": "zh_CN:zh", "TZ": "Asia/Shanghai", "COLUMNS": "40"},
    "a bare server": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "America/New_York"},
    "a container": {"LANG": "C.UTF-8", "TZ": "Pacific/Kiritimati", "NO_COLOR": "1", "PYTHONHASHSEED": "7"},
    "a Thai terminal": {"LC_MESSAGES": "th_TH.UTF-8", "TERM": "dumb", "FORCE_COLOR": "1", "PYTHONOPTIMIZE": "1"},
}
# Printed in ASCII, so that what is compared is what was answered and not what the terminal can show.
ASKED = """
from datetime import UTC, date, datetime
from ssflow import Cases, MemoryStore, WorkCalendar, days, workdays
from ssflow.export import to_icalendar
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.persons import Identity
from ssflow.sheets import sheet
from ssflow.text import LANGS

for code in ("HK", "TW", "RU", "TH", "DE", "GB", "NZ"):
    cal = WorkCalendar.from_holidays(code, years=range(2026, 2028))
    for day in cal.days(date(2026, 1, 1), date(2026, 12, 31)):
        if day.name:
            print(code, day.date, day.kind.name, ascii(day.name))
cal = WorkCalendar.china()
for deadline in (workdays(20).deadline(date(2026, 2, 9), cal), days(15).deadline(datetime(2026, 9, 16, 17, tzinfo=UTC), cal)):
    print(ascii(deadline), deadline.closes(), [ascii(deadline.explain().say(lang)) for lang in LANGS])
    print(ascii(to_icalendar([deadline])))
cases = Cases(MemoryStore(), now=lambda: datetime(2026, 11, 22, tzinfo=UTC))
report = Report(Track.bank, Identity("11010519491231002X"))
cases.open(LossReport.report_temporarily(report), by=LossReport.holder, on=date(2026, 9, 18), places="440100", case="one")
print(ascii(cases.store.trace("one")), ascii(cases.store.snapshots(["one"])["one"]))
print([ascii(sheet("loss_report").to_markdown(lang)) for lang in LANGS])
"""


def answers(**machine: str) -> str:
    """What a process with nothing but these variables around it answers."""
    there = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    command = [sys.executable, "-c", ASKED]
    asked = subprocess.run(command, env={**there, **machine}, capture_output=True, encoding="ascii", check=False)
    assert asked.returncode == 0, asked.stderr
    return asked.stdout


@pytest.fixture(scope="module")
def elsewhere() -> str:
    """The answers of a machine that says nothing about itself."""
    return answers()


@pytest.mark.parametrize("machine", MACHINES)
def test_every_machine_answers_alike(elsewhere: str, machine: str) -> None:
    """Names, deadlines, accounts, files, events and figures are the same whatever language, zone and encoding a machine has."""
    assert answers(**MACHINES[machine]).splitlines() == elsewhere.splitlines()
