"""A law that is known and not read is watched: every answer that may turn on it says so, and a day that passes unread is told."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve

from ssflow import Cases, machines
from ssflow.case.caveats import caveats_of, watched_in
from ssflow.errors import DataError, InputError, RefusedError
from ssflow.life_events import move
from ssflow.machines import pension_transfer
from ssflow.machines.benefit_claim import BenefitClaim, Claim, Kind
from ssflow.machines.card_replacement import Application, CardReplacement, Payment, Photo, Reason
from ssflow.machines.pension_transfer import PensionTransfer
from ssflow.persons import Identity
from ssflow.regions import area_name
from ssflow.rules import Watch, rulebook, unread_on, watch_list
from ssflow.rules.load import default_folders
from ssflow.rules.watching import _parts
from ssflow.sheets import sheet
from ssflow.sources import GRADES
from ssflow.store import MemoryStore
from ssflow.text import Text

PERSON = Identity("360426199101010071")
DAY = date(2026, 2, 2)
TRANSFER = pension_transfer.Application(
    person=PERSON,
    sex=pension_transfer.Sex.man,
    age=35,
    register="360426",
    insured=True,
    enrolled_on=date(2026, 1, 5),
    stopped=True,
)
ENTRY = """
[draft]
title = ["草案", "A draft"]
text = ["未读", "not read"]
since = 2026-01-01
look_by = 2026-06-30
touches = ["loss_report.revocable@530000"]
"""


def laid_over(folder: Path, text: str):
    """The watch list of a folder laid over ours."""
    folder.mkdir(exist_ok=True)
    (folder / "watch.toml").write_text(text, encoding="utf-8")
    return (*default_folders(), folder)


@pytest.mark.parametrize("watch", watch_list(), ids=lambda watch: watch.id)
def test_what_is_watched_is_there(watch) -> None:
    """It names procedures, figures and places that exist, says what is known, and has a later day for the next look."""
    assert watch.text.zh and watch.text.en and watch.touches
    for procedure, figure, place in map(_parts, watch.touches):
        names = [part.name for part in machines.get(procedure).figures]
        assert figure in ("", *names) and area_name(place)
    assert watch.look_by > watch.since


def test_a_figure_says_that_it_is_watched() -> None:
    """From the day on which the law may bind, in its place, and for the figures that it may touch; not before, and nowhere else."""
    book = rulebook("benefit_claim")
    keys = {"kind": "unemployment", "relation": "elsewhere"}
    late, early = (book.find("review", day, "440100", keys) for day in (date(2025, 1, 12), date(2025, 1, 11)))

    assert [watch.id for watch in late.watched] == ["guangdong-unemployment-amendment"]
    assert "2025-01-12" in late.caveats[0].zh and "not read" in late.caveats[0].en
    assert not early.watched and late == early
    medical = [watch.id for watch in book.find("handling", date(2026, 9, 1), "310000", {"kind": "medical"}).watched]
    assert medical == ["medical-security-law"]
    assert not rulebook("loss_report").find("revocable", date(2026, 9, 1), "310000", {}).watched


def test_a_national_figure_is_watched_where_a_place_may_change_it() -> None:
    """In Sichuan a figure of the whole country says that the act of the province was not read."""
    book = rulebook("card_replacement")
    keys = {"channel": "national"}

    assert [w.id for w in book.find("production", date(2026, 9, 1), "510100", keys).watched] == ["sichuan-card-act"]
    assert not book.find("production", date(2026, 9, 1), "530100", keys).watched


def test_a_case_says_so_too() -> None:
    """An obligation names what is watched, a refusal says it, and so do the sheet and its data."""
    cases = Cases(MemoryStore())
    claim = Claim(insured=PERSON, kind=Kind.maternity, records=True)
    case = cases.open(
        BenefitClaim.claim(claim), by=BenefitClaim.claimant, on=date(2026, 3, 2), places="310000", case="c"
    )
    book = rulebook("benefit_claim")
    assert [w.id for w in watched_in(case, case.obligation("handling"), book)] == ["medical-security-law"]

    card = Application(holder=PERSON, reason=Reason.damaged, photo=Photo.identity_card)
    by, on = CardReplacement.holder, date(2026, 3, 2)
    cases.open(CardReplacement.apply(card), by=by, on=on, places="500000", case="k")
    cases.do("k", CardReplacement.pay(Payment(Decimal(20))), by=by, on=on)
    with pytest.raises(RefusedError, match="Chongqing regulation"):
        cases.do("k", CardReplacement.accept(), by=CardReplacement.office, on=on)

    shown = sheet("pension_transfer", on=date(2026, 9, 1))
    assert "可能受未读文件影响" in shown.to_markdown("zh")
    assert any(
        "three-ministry-transfer-notice" in v["watched"] for f in shown.document()["figures"] for v in f["values"]
    )


def test_what_bears_on_a_term_is_the_place_of_the_role_that_owes_it() -> None:
    """Of a move from Chongqing to Chengdu, what is watched in Sichuan touches what the agency there owes; with it goes how sure its figure is."""
    book = rulebook("pension_transfer")
    draft = Watch(
        id="draft",
        title=Text("草案", "A draft"),
        text=Text("未读", "not read"),
        since=DAY,
        look_by=date(2030, 1, 1),
        touches=(),
    )
    watches = tuple(evolve(draft, touches=(f"pension_transfer@{place}",)) for place in ("500000", "510000"))
    there = evolve(book, watches=watches)
    moved = move(Cases(MemoryStore()), on=DAY, old="500000", new="510100", pension=TRANSFER, case="m")
    (case,) = moved.cases
    timed = next(o for o in case.obligations if o.due)

    assert timed.owed_by is PensionTransfer.new_agency
    assert watched_in(case, timed, there) == (watches[1],)
    assert [watched_in(case, o, there) for o in case.obligations if not o.due] == [()], "it has not begun"
    assert caveats_of(case, timed, there) == (watches[1].warning,)
    assumed = evolve(timed, confidence="unattested")
    assert caveats_of(case, assumed, there) == (GRADES["unattested"], watches[1].warning)


def test_a_list_without_a_day_tells_of_laws_that_begin_later(tmp_path: Path) -> None:
    """A figure without an end is shown with what may change it from any day on; one that has ended, with nothing that begins afterwards."""
    book = rulebook("loss_report", laid_over(tmp_path / "more", ENTRY))
    value = next(v for v in book.values if v.parameter == "revocable" and v.region == "" and v.until is None)

    assert [watch.id for watch in book.told(evolve(value, region="530000")).watched] == ["draft"]
    assert book.told(evolve(value, region="530000", until=date(2025, 12, 31))).watched == ()


def test_a_day_that_has_passed_unread(tmp_path: Path) -> None:
    """The list tells which laws were to be looked for by a day; an agency may watch more."""
    watches = watch_list(laid_over(tmp_path / "more", ENTRY))

    assert watches[0].id == "draft"
    assert unread_on(watches, date(2026, 6, 30)) == ()
    assert [watch.id for watch in unread_on(watches, date(2026, 7, 1))] == ["draft"]
    found = rulebook("loss_report", laid_over(tmp_path / "more", ENTRY)).find(
        "revocable", date(2026, 3, 1), "530100", {}
    )
    assert [watch.id for watch in found.watched] == ["draft"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("since = 2026-01-01\n", ""), "since: is missing"),
        (("touches = [", "touches = [] # ["), "name one procedure"),
        (("@530000", "@999999"), "999999"),
        (("[draft]", '[draft]\nlaw = "law-y"'), "law-y"),
        (("[draft]", '[draft]\nid = "x"'), "no id in it"),
        (("look_by = 2026-06-30", 'look_by = "soon"'), "look_by"),
    ],
)
def test_a_broken_list_is_refused(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    """What is missing, unknown or no day is told with the file."""
    with pytest.raises(DataError, match=says):
        watch_list(laid_over(tmp_path / "broken", ENTRY.replace(*change)))


def test_all_faults_of_a_list_are_told_at_once(tmp_path: Path) -> None:
    """What is no table does not hide what is wrong further down."""
    with pytest.raises(DataError) as refused:
        watch_list(laid_over(tmp_path, f"first = 3\n{ENTRY.replace('@530000', '@999999')}"))
    assert [fault.path for fault in refused.value.faults] == ["first", "draft.touches"]


def test_a_broken_list_stops_the_rulebooks_of_its_folder(tmp_path: Path) -> None:
    """Others go on with what ours watches; a procedure for which the folder has figures would else be answered as if nothing were watched."""
    folders = laid_over(tmp_path, ENTRY.replace("2026-06-30", '"soon"'))
    assert rulebook("loss_report", folders).watches == rulebook("loss_report").watches

    (tmp_path / "card_issue").mkdir()
    (tmp_path / "card_issue" / "530000.toml").write_text('region = "530000"\n', encoding="utf-8")
    with pytest.raises(DataError, match="look_by"):
        rulebook("card_issue", folders)


@pytest.mark.parametrize("odd", [None, "2026-11-30", datetime(2026, 11, 30, tzinfo=UTC), 7])
def test_what_is_no_day_or_no_list_is_refused(odd: object) -> None:
    """What would be noticed later, or never, is refused at once."""
    with pytest.raises(InputError):
        unread_on(watch_list(), odd)
    with pytest.raises(InputError):
        unread_on([odd], date(2026, 11, 30))
    if odd is not None:
        with pytest.raises(InputError):
            watch_list(odd)
