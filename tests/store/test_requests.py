"""A request under a key is carried out once, over every store: a retry after a lost answer is answered, and writes nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ssflow import Cases, JoinedStore, MemoryStore, machines
from ssflow.case import EventKind
from ssflow.errors import ConflictError, InputError, RefusedError, ReusedKeyError
from ssflow.machines.loss_report import LossReport, Release, Report, Track
from ssflow.persons import Identity
from ssflow.records import Correction, Late, Opening, Store
from tests.case.petition import Asked, Petition
from tests.case.petition import cases_of as petitions
from tests.store.hosts import Host

HOLDER = LossReport.holder
REPORT = LossReport.report_temporarily(Report(Track.bank, Identity("11010519491231002X")))
FORMALLY = LossReport.report_formally(Report(Track.bank, Identity("11010519491231002X")))
ALIKE = "11010519491231192X"  # of another person; masked, it is the same
ASK = LossReport.ask_release(Release(in_person=True, card_shown=True))
DAY = date(2026, 9, 18)


def cases_of(store: Store) -> Cases:
    return Cases(store, now=lambda: datetime(2026, 11, 22, tzinfo=UTC))


def texts(store: Store) -> list[tuple[str, ...]]:
    """All that is on record."""
    return [store.trace(row.id) for row in store.rows()]


def requests(cases: Cases) -> list[Any]:
    """Each kind of request, one after the other on one case: what a request would do, under a key of its own."""
    late = Late(LossReport.release(), by=LossReport.office, on=date(2026, 9, 25))
    return [
        lambda key: cases.open(
            REPORT, by=HOLDER, on=DAY, places={"issuing": "450500"}, case="a", links=iter(()), key=key
        ),
        lambda key: cases.do("a", FORMALLY, by=HOLDER, on=date(2026, 9, 21), version=1, key=key),
        lambda key: cases.do("a", ASK, by=HOLDER, on=date(2026, 9, 24), key=key),
        lambda key: cases.enter_late("a", (act for act in [late]), reason="missed", key=key),
        lambda key: cases.correct("a", 2, FORMALLY, on=date(2026, 9, 20), reason="typed wrongly", key=key),
        lambda key: cases.correct_together(
            iter([Correction(2, FORMALLY, case="a", on=date(2026, 9, 21), reason="it was the 21st")]), key=key
        ),
        lambda key: cases.open_together(
            [Opening(deed=FORMALLY, by=HOLDER, places="450500") for _ in range(2)], on=DAY, key=key
        ),
        lambda key: cases.open(FORMALLY, by=HOLDER, on=DAY, places="450500", key=key),
    ]


def test_a_repeated_request_gives_the_first_answer(store: Store) -> None:
    """Every kind of request, repeated at once and again when the case has gone on, answers the same and writes nothing."""
    cases = cases_of(store)
    first = []
    for number, act in enumerate(requests(cases)):
        first.append(act(f"key-{number}"))
        written = texts(store)
        assert act(f"key-{number}") == first[-1]
        assert texts(store) == written
    for number, act in enumerate(requests(cases)):
        assert act(f"key-{number}") == first[number]

    assert texts(store) == written
    assert len(store.rows()) == 4


def test_a_key_serves_for_one_request(store: Store) -> None:
    """Any other body under a used key is refused by name, whatever differs; nothing is written."""
    cases = cases_of(store)
    asked = {"by": HOLDER, "on": DAY, "places": "450500", "case": "a", "party": "", "actor": "", "key": "k"}
    cases.open(REPORT, **asked)
    written = texts(store)

    for differs in ({"on": date(2026, 9, 19)}, {"places": "440100"}, {"case": "b"}, {"party": "p"}, {"actor": "x"}):
        with pytest.raises(ReusedKeyError) as refused:
            cases.open(REPORT, **{**asked, **differs})
        assert refused.value.key == "k"
    for deed in (FORMALLY, LossReport.report_temporarily(Report(Track.bank, Identity(ALIKE)))):
        with pytest.raises(ReusedKeyError):
            cases.open(deed, **asked)
    with pytest.raises(ReusedKeyError):
        cases.do("a", ASK, by=HOLDER, on=DAY, key="k")
    assert texts(store) == written

    cases.open_together([Opening(deed=REPORT, by=HOLDER, places="450500", case="c")], on=DAY, key="l")
    late = Late(LossReport.release(), by=LossReport.office, on=date(2026, 9, 25))
    cases.enter_late("c", [Late(FORMALLY, by=HOLDER, on=DAY)], reason="missed", key="m")
    written = texts(store)
    for act in (
        lambda: cases.open_together([Opening(deed=REPORT, by=HOLDER, places="450500", case="d")], on=DAY, key="l"),
        lambda: cases.enter_late("c", [late], reason="missed", key="m"),
    ):
        with pytest.raises(ReusedKeyError):
            act()
    assert texts(store) == written


def test_the_answer_is_the_case_that_was_asked_about() -> None:
    """Though time did something in a related case first, which is recorded with it."""
    cases = petitions()
    where = {"by": Petition.person, "places": "440100"}
    cases.open(Petition.ask(Asked("x")), case="q", on=date(2026, 3, 2), **where)
    cases.open(Petition.ask(Asked("x")), case="p", on=date(2026, 3, 20), links=["q"], **where)
    asked = {"by": Petition.clerk, "on": date(2026, 3, 30), "key": "k"}
    first = cases.do("p", Petition.draft(), **asked)

    assert cases.trace("q")[-1].kind is EventKind.overdue
    assert cases.do("p", Petition.draft(), **asked) == first


def test_the_same_instant_is_the_same(store: Store) -> None:
    """However its zone is written; a day is no instant."""
    cases, asked = cases_of(store), {"by": HOLDER, "places": "450500", "case": "a", "key": "k"}
    first = cases.open(REPORT, on=datetime(2026, 9, 18, 1, tzinfo=UTC), **asked)

    assert cases.open(REPORT, on=datetime(2026, 9, 18, 9, tzinfo=ZoneInfo("Asia/Shanghai")), **asked) == first
    with pytest.raises(ReusedKeyError):
        cases.open(REPORT, on=date(2026, 9, 18), **asked)


def test_places_are_the_same_in_any_order(store: Store) -> None:
    """Each is named, so a form may send them as it likes."""
    card, asked = machines.get("electronic_card"), {"on": date(2026, 9, 21), "case": "e", "key": "k"}
    deed = card.register(card.register.data(Identity("11010519491231002X")))
    places = {"issuing": "440100", "insured": "450500"}
    first = cases_of(store).open(deed, by=card.register.by, places=places, **asked)
    assert cases_of(store).open(deed, by=card.register.by, places=dict(reversed(places.items())), **asked) == first


def test_what_was_refused_may_be_tried_again(store: Store) -> None:
    """A refusal, a conflict or a wrong argument leaves the key free."""
    cases = cases_of(store)
    with pytest.raises(InputError):
        cases.open(REPORT, by=HOLDER, on="today", places="450500", case="a", key="k")
    cases.open(REPORT, by=HOLDER, on=DAY, places="450500", case="a", key="k")
    with pytest.raises(RefusedError):
        cases.do("a", LossReport.release(), by=HOLDER, on=DAY, key="l")
    with pytest.raises(ConflictError):
        cases.do("a", FORMALLY, by=HOLDER, on=DAY, version=7, key="l")

    assert cases.do("a", FORMALLY, by=HOLDER, on=DAY, version=1, key="l").version == 2


@pytest.mark.parametrize("key", [" ", "a\nb", "x" * 256, "\0", 3, None, "\ud800"], ids=repr)
def test_what_is_no_key_is_refused(store: Store, key: Any) -> None:
    """By name; nothing is written."""
    with pytest.raises(InputError, match="key: "):
        cases_of(store).open(REPORT, by=HOLDER, on=DAY, places="450500", key=key)
    assert store.rows() == ()


def test_the_same_request_at_the_same_time_is_carried_out_once(store: Store) -> None:
    """Of several that arrive together with one key one is carried out, and all are answered alike; also where an id is made up."""
    cases = cases_of(store)
    with ThreadPoolExecutor(4) as pool:
        for number in range(6):
            key = f"k{number}"
            told = [pool.submit(cases.open, REPORT, by=HOLDER, on=DAY, places="450500", key=key) for _ in range(4)]
            assert len({answer.result().id for answer in told}) == 1

    assert len(store.rows()) == 6


class Overtaken(MemoryStore):
    """A store in which the same request is carried out after the act was judged, and before it is written."""

    def append(self, changes: Any, **more: Any) -> None:
        if meanwhile := self.__dict__.pop("meanwhile", None):
            meanwhile()
        super().append(changes, **more)


def test_a_request_that_is_overtaken_by_itself_is_answered() -> None:
    """Every kind of request: where it comes twice, who finds it done after having judged it gets its answer, and no refusal."""
    store = Overtaken()
    cases = cases_of(store)
    for number, act in enumerate(requests(cases)):
        first: list[Any] = []
        store.__dict__["meanwhile"] = lambda act=act, number=number, first=first: first.append(act(f"key-{number}"))
        assert [act(f"key-{number}")] == first
    assert len(store.rows()) == 4


def test_a_host_retries_within_its_own_transaction(host: Host) -> None:
    """What the host took back may be carried out again under its key; what it committed is answered."""
    asked = {"by": HOLDER, "on": DAY, "places": "450500", "key": "k"}

    def tried(fails: bool) -> str:
        with host.transaction() as connection:
            case = cases_of(JoinedStore(connection)).open(REPORT, **asked)
            if fails:
                raise TimeoutError
        return case.id

    with pytest.raises(TimeoutError):
        tried(fails=True)
    first = tried(fails=False)
    assert tried(fails=False) == first
    with host.transaction() as connection:
        assert [row.id for row in JoinedStore(connection).rows()] == [first]
