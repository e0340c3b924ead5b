"""The doors of stores that tell of events, and of those who are told: as in `tests.doors`."""

from pathlib import Path
from tempfile import TemporaryDirectory

from ssflow import MemoryStore, SQLiteStore
from ssflow.records import Subscription
from tests.values import CHANGE, cases


def telling(store):
    """A store of which somebody is told of an event."""
    store.subscribe("tax")
    store.append([CHANGE])
    return store


def in_file(method):
    """A method of a store in a file."""

    def door(*arguments):
        with TemporaryDirectory() as folder:
            return method(telling(SQLiteStore(Path(folder) / "x.db")), *arguments)

    return door


def subscription() -> Subscription:
    """Somebody who is told of events, none of which wait."""
    tax = Subscription(cases(), "tax")
    tax.begin()
    return tax


METHODS = {
    "subscribe": ("k",),
    "unsubscribe": ("k",),
    "waiting": ("tax",),
    "messages": ("tax", "l"),
    "delivered": ("tax", "l", 1),
}
MESSAGES = {
    **{f"MemoryStore.{name}": (getattr(telling(MemoryStore()), name), *given) for name, given in METHODS.items()},
    **{f"SQLiteStore.{name}": (in_file(getattr(SQLiteStore, name)), *given) for name, given in METHODS.items()},
    "Subscription": (Subscription, cases(), "tax"),
    "Subscription.deliver": (lambda handler, stop: subscription().deliver(handler, stop=stop), print, lambda: False),
}
