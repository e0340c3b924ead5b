"""The contract of stores finds what a store spoils: each store here hands everything on to another, but for one thing."""

from collections.abc import Callable

import attrs
import pytest
from attrs import evolve

from ssflow import MemoryStore
from ssflow.records import CaseRow, ObligationRow, Store
from ssflow.testing import OutboxContract, StoreContract


def broken(store: Callable[[], Store], contract: type[StoreContract] = StoreContract) -> list[str]:
    """The tests of a contract that a store fails; each on a store of its own."""
    tests = [getattr(contract(), name) for name in vars(contract) if name.startswith("test_")]
    found = []
    for test in tests:
        try:
            test(store())
        except (Exception, pytest.fail.Exception):  # noqa: BLE001 - however it ends, the store does not keep the contract
            found.append(test.__name__)
    return found


class Passing:
    """A store that hands everything on to another, but for what the subclass spoils."""

    def __init__(self) -> None:
        self.inner = MemoryStore()

    def append(self, changes, *, unchanged=None, request=None):
        return self.inner.append(changes, unchanged=unchanged, request=request)

    def snapshots(self, cases):
        return self.inner.snapshots(cases)

    def traces(self, cases):
        return self.inner.traces(cases)

    def linking(self, cases):
        return self.inner.linking(cases)

    def rows(self, **asked):
        return self.inner.rows(**asked)

    def versions(self):
        return self.inner.versions()

    def obligations(self, **asked):
        return self.inner.obligations(**asked)

    def request(self, key):
        return self.inner.request(key)

    def failures(self, work):
        return self.inner.failures(work)

    def fail(self, failure):
        self.inner.fail(failure)

    def recover(self, work, case):
        self.inner.recover(work, case)


def losing(field: attrs.Attribute) -> type[Passing]:
    """A store that keeps a field of lines at its default."""

    class Losing(Passing):
        def rows(self, **asked):
            return tuple(evolve(row, **{field.name: field.default}) for row in super().rows(**asked))

    return Losing


class Backwards(Passing):
    """Gives events back from the last to the first."""

    def traces(self, cases):
        return {case: texts[::-1] for case, texts in super().traces(cases).items()}


class ByName(Passing):
    """Lists cases by their ids."""

    def rows(self, **asked):
        return tuple(sorted(super().rows(**asked), key=lambda row: row.id))


class LatestFirst(Passing):
    """Lists the case first that was opened last."""

    def rows(self, **asked):
        return super().rows(**asked)[::-1]


class Paged(Passing):
    """Gives a hundred back and no more."""

    def traces(self, cases):
        return {case: texts[:100] for case, texts in super().traces(cases).items()}

    def rows(self, **asked):
        return super().rows(**asked)[:100]


class Short(Passing):
    """Keeps of each case the last ten events."""

    def traces(self, cases):
        return {case: texts[-10:] for case, texts in super().traces(cases).items()}


class Single(Passing):
    """Answers for the first case that is asked for."""

    def snapshots(self, cases):
        return super().snapshots(list(cases)[:1])


class Still(Passing):
    """Remembers where a case stood first."""

    def __init__(self) -> None:
        super().__init__()
        self.first = {}

    def append(self, changes, *, unchanged=None, request=None):
        super().append(changes, unchanged=unchanged, request=request)
        self.first |= {change.row.id: change.snapshot for change in changes if change.row.id not in self.first}

    def snapshots(self, cases):
        return {case: self.first[case] for case in super().snapshots(cases)}


class Ascii(Passing):
    """Keeps what a typewriter can write."""

    def traces(self, cases):
        found = super().traces(cases)
        return {case: tuple(text.encode("ascii", "replace").decode() for text in found[case]) for case in found}


class Deaf(Passing):
    """Does not look at what was seen."""

    def append(self, changes, *, unchanged=None, request=None):
        return super().append(changes, request=request)


class Idle(Passing):
    """Knows nothing of what is owed."""

    def obligations(self, **asked):
        return ()


class Hoarding(Passing):
    """Keeps what was owed when it is done."""

    def __init__(self) -> None:
        super().__init__()
        self.owed = []

    def append(self, changes, *, unchanged=None, request=None):
        super().append(changes, unchanged=unchanged, request=request)
        self.owed += [row for change in changes for row in change.obligations]

    def obligations(self, **asked):
        every = {"process": None, "role": None, "place": None, "due_by": None, **asked}
        return tuple(sorted((row for row in self.owed if row.meets(**every)), key=ObligationRow.order))


class Placeless(Passing):
    """Looks for the place alone that it knows."""

    def obligations(self, **asked):
        found = super().obligations(**asked)
        return tuple(row for row in found if asked.get("place") in (None, row.place))


class Keyless(Passing):
    """Forgets under which key something was asked."""

    def append(self, changes, *, unchanged=None, request=None):
        super().append(changes, unchanged=unchanged)


class Hasty(Passing):
    """Keeps the key of what was refused."""

    def append(self, changes, *, unchanged=None, request=None):
        if request and self.inner.request(request.key) is None:
            self.inner.append([], request=request)
            request = None
        super().append(changes, unchanged=unchanged, request=request)


class Careless(Passing):
    """Keeps no failure."""

    def fail(self, failure):
        pass


class First(Passing):
    """Keeps the first failure of a case."""

    def fail(self, failure):
        if failure.case not in {kept.case for kept in self.failures(failure.work)}:
            super().fail(failure)


class Unforgiving(Passing):
    """Never forgets a failure."""

    def recover(self, work, case):
        pass


class Forgiving(Passing):
    """Forgets the failures of every work in a case."""

    def recover(self, work, case):
        for each in ("sweep", "relay"):
            super().recover(each, case)


class Linkless(Passing):
    """Knows nobody who names a case."""

    def linking(self, cases):
        return dict.fromkeys(super().linking(cases), ())


class Closing(Passing):
    """Knows no open case."""

    def versions(self):
        return ()


class Forgetting(Passing):
    """Says that it has written, and has not."""

    def append(self, changes, *, unchanged=None, request=None):
        return MemoryStore().append(changes, unchanged=unchanged)


def test_a_store_that_hands_on_is_one() -> None:
    """The measure by which the spoilt ones are told."""
    assert broken(Passing) == []


@pytest.mark.parametrize(
    "store",
    [
        *(Backwards, ByName, LatestFirst, Paged, Short, Single, Still, Ascii, Deaf, Linkless, Closing, Forgetting),
        *(Idle, Hoarding, Placeless, Keyless, Hasty, Careless, First, Unforgiving, Forgiving),
    ],
)
def test_a_store_that_spoils_something_breaks_the_contract(store: type[Passing]) -> None:
    """Order, number, links, versions: whatever is not kept is found."""
    assert broken(store)


class Telling(Passing):
    """A store that hands on messages too, but for what the subclass spoils."""

    def __getattr__(self, name):
        return getattr(self.inner, name)


class Whispering(Telling):
    """Tells of the last event of a change."""

    def append(self, changes, **more):
        super().append(changes, **more)
        for change in changes:
            self.inner.delivered("tax", change.row.id, change.row.version - 1)


class Parrot(Telling):
    """Forgets nothing that was delivered."""

    def delivered(self, *message):
        pass


class Rash(Telling):
    """Forgets all of a case when one is delivered."""

    def delivered(self, subscriber, case, version):
        self.inner.delivered(subscriber, case, 10**6)


class Upside(Telling):
    """Tells the last first."""

    def messages(self, subscriber, case):
        return self.inner.messages(subscriber, case)[::-1]


class Clinging(Telling):
    """Lets nobody go."""

    def unsubscribe(self, subscriber):
        pass


class Renewing(Telling):
    """Begins anew for whoever subscribes twice, and forgets who else there is."""

    def subscribe(self, subscriber):
        for each in ("tax", "bank"):
            self.inner.unsubscribe(each)
        self.inner.subscribe(subscriber)


def test_a_store_that_tells_is_one() -> None:
    """The measure by which the spoilt ones are told."""
    assert broken(Telling, OutboxContract) == []


@pytest.mark.parametrize("store", [Whispering, Parrot, Rash, Upside, Clinging, Renewing])
def test_a_store_that_tells_badly_breaks_the_contract(store: type[Telling]) -> None:
    """Number, order, who is told and until when."""
    assert broken(store, OutboxContract)


@pytest.mark.parametrize(
    "field",
    [f for f in attrs.fields(CaseRow) if f.default is not attrs.NOTHING and f.name != "fault"],
    ids=lambda f: f.name,
)
def test_a_store_that_loses_a_field_breaks_the_contract(field: attrs.Attribute) -> None:
    """Of every field that a line may have somebody notices when it is gone."""
    assert broken(losing(field))
