"""Whatever the library can put into a case, ``ssflow case`` can show, in both languages and as data."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from ssflow import Cases, Legislation, SQLiteStore, WorkCalendar
from ssflow.machines.card_replacement import Application, CardReplacement, Photo, Prolongation, Reason, Remarks
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.persons import Identity
from ssflow.views.plain import plain
from ssflow.views.privacy import Privacy
from tests.cli.conftest import Run

BOTH = pytest.mark.parametrize("lang", ["zh", "en"])
HOLDER = Identity("11010519491231002X")
DAMAGED = Application(holder=HOLDER, reason=Reason.damaged, photo=Photo.identity_card)
OFFICE, MAKER = CardReplacement.office, CardReplacement.issuer


@pytest.fixture
def cases(run: Run) -> Cases:
    """Cases in the file that the commands read by default."""
    del run  # it moved the test into an empty folder
    return Cases(SQLiteStore(Path("ssflow.db")))


@BOTH
def test_an_extended_term(run: Run, cases: Cases, lang: str) -> None:
    """In Qingdao production can be extended; both spans are told, and the account is that of the whole."""
    apply, accept, extend = CardReplacement.apply, CardReplacement.accept, CardReplacement.extend
    cases.open(apply(DAMAGED), by=CardReplacement.holder, on=date(2025, 3, 3), places="370200", case="card")
    run("case", "do", "card", "pay", "--by", "holder", "--set", "paid=25", "--on", "2025-03-03")
    cases.do("card", accept(), by=OFFICE, on=date(2025, 3, 4))
    longer = Prolongation(remarks="批量申领", consented=True, body="某校")
    cases.do("card", extend(longer), by=MAKER, on=date(2025, 3, 5))

    shown = run("case", "show", "card", "--lang", lang, "--on", "2025-03-06", "--explain").out

    assert {"zh": "7个工作日，再延长30个工作日", "en": "7 working days, then 30 working days"}[lang] in " ".join(
        shown.split()
    )


@BOTH
def test_a_corrected_event(run: Run, cases: Cases, lang: str) -> None:
    """A correction stands in the events with its reason and the number of the event that it takes the place of."""
    report = LossReport.report_formally
    cases.open(
        report(Report(Track.bank, HOLDER)), by=LossReport.holder, on=date(2025, 3, 3), places="440100", case="loss"
    )
    cases.correct("loss", 1, report(Report(Track.social, HOLDER)), reason="误选银行", by=LossReport.holder)

    shown = run("case", "show", "loss", "--lang", lang)
    event = run("case", "show", "loss", "--json").json["events"][-1]

    assert "误选银行" in shown.out
    assert (event["kind"], event["replaces"], event["data"]["track"]) == ("correction", 1, "social")


@BOTH
def test_a_redated_case(run: Run, cases: Cases, lang: str) -> None:
    """A notice that comes while a clock runs moves its due day by an event of its own, which is told as such."""
    known = WorkCalendar.china().as_of(date(2025, 10, 31))
    apply, holder = CardReplacement.apply, CardReplacement.holder
    before = evolve(cases, law=Legislation(known))
    before.open(apply(DAMAGED), by=holder, on=date(2025, 12, 4), places="140100", case="card")
    assert "2026-01-02" in run("case", "show", "card", "--on", "2025-12-04", "--lang", lang).out

    cases.redate(date(2025, 12, 5))

    shown = run("case", "show", "card", "--on", "2025-12-05", "--lang", lang).out
    event = run("case", "show", "card", "--json").json["events"][-1]
    assert {"zh": "期限重算", "en": "re-dated"}[lang] in shown
    assert event["kind"] == "redated"
    assert [o["due"] for o in event["obligations"] if o["timed"]] == ["2026-01-04"]


@BOTH
def test_a_clock_of_hours(run: Run, lang: str) -> None:
    """Hours need the instant of the act, and end at one; a day alone is refused with the reason."""
    act = ("case", "open", "loss_report", "report_temporarily", "--by", "holder", "--region", "310000", "--id", "call")
    data = ("--set", "track=social", "--set", "holder.number=11010519491231002X")
    by_day = run(*act, *data, "--on", "2016-09-18", "--json")
    by_hour = run(*act, *data, "--on", "2016-09-18T20:00+08:00")

    assert (by_day.code, by_day.fault["grounds"][0]["kind"]) == (1, "order")
    assert by_hour.code == 0
    shown = run("case", "show", "call", "--lang", lang, "--explain").out
    assert "2016-09-19 20:00" in shown
    assert "20:00+08:00" in shown
    assert run("case", "options", "call", "--lang", lang, "--on", "2016-09-18T21:00+08:00").code == 0
    assert run("case", "list", "--lang", lang).out.count("2016-09-19 20:00") == 1
    said = {"zh": "已发生而未记录", "en": "Has happened"}[lang]
    assert said in run("case", "show", "call", "--lang", lang, "--on", "2016-09-20").out


@BOTH
def test_a_stopped_clock(run: Run, cases: Cases, lang: str) -> None:
    """While a clock stands the sheet says since when, and that there is no due day."""
    holder = CardReplacement.holder
    cases.open(
        CardReplacement.apply(DAMAGED),
        by=holder,
        on=datetime(2025, 9, 8, 9, tzinfo=ZoneInfo("Asia/Shanghai")),
        places="140100",
        case="card",
        party="zhang",
    )
    cases.do("card", CardReplacement.send_back(Remarks("照片")), by=OFFICE, on=date(2025, 9, 11))

    shown = run("case", "show", "card", "--lang", lang, "--on", "2025-09-12").out

    assert {"zh": "2025-09-11起停止计算", "en": "stopped since 2025-09-11"}[lang] in " ".join(shown.split())
    assert "2025-09-08 09:00" in shown
    assert "zhang" in shown


@BOTH
def test_fields_of_every_kind(run: Run, lang: str) -> None:
    """Yes or no, whole numbers, days and choices are taken from ``--set`` as their fields ask, and shown as words."""
    act = ("case", "open", "card_replacement", "apply", "--by", "holder", "--on", "2025-09-22", "--region", "440100")
    pairs = ("record_corrected=true", "replaced_before=2", "issued_on=2016-05-04", "reason=information_changed",
             "photo=identity_card", "holder.number=11010519491231002X")  # fmt: skip
    answer = run(*act, "--id", "card", *(word for pair in pairs for word in ("--set", pair)))
    assert answer.code == 0, answer.err

    facts = run("case", "show", "card", "--json").json["facts"]
    assert (facts["record_corrected"], facts["replaced_before"], facts["issued_on"]) == (True, 2, "2016-05-04")
    shown = run("case", "show", "card", "--lang", lang).out
    assert {"zh": "信息变更", "en": "information changed"}[lang] in shown
    assert {"zh": "是", "en": "yes"}[lang] in shown
    assert {"zh": "此前补换次数 replaced_before ", "en": "\nreplaced_before "}[lang] in shown


@BOTH
def test_a_wrong_field_is_answered_with_all_titles(run: Run, lang: str) -> None:
    """Who gives a wrong field reads what each field is, in Chinese by its title."""
    act = ("case", "open", "card_replacement", "apply", "--by", "holder", "--on", "2025-09-22", "--region", "440100")
    answer = run(*act, "--set", "postage=dear", "--lang", lang)

    assert answer.code == 2
    assert {"zh": "持卡人·证件号码：文字（必填）", "en": "  holder.number          text (required)"}[lang] in answer.err


@BOTH
def test_an_empty_file(run: Run, lang: str, cases: Cases) -> None:
    """A database without cases says so, and knows no case."""
    assert cases.store.rows() == ()
    assert run("case", "list", "--lang", lang).out.strip() in ("尚无办件", "no cases yet")
    assert run("case", "show", "card", "--lang", lang).code == 2
    assert run("case", "overdue", "--lang", lang).code == 0


def test_values_of_every_shape_become_plain() -> None:
    """Tuples, sets and mappings of values are data too, and what is personal in them stays masked."""
    made = plain({"holders": (HOLDER,), "day": date(2026, 1, 31), "tracks": {Track.bank}}, Privacy())

    assert made == {
        "holders": [{"number": "***2X", "kind": "resident_id"}],
        "day": "2026-01-31",
        "tracks": ["bank"],
    }
