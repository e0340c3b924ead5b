"""Messages to other systems about recorded events: delivered at least once, in order within each case, each with an id that never changes.

A message is written in the transaction of its event and removed once its handler has returned. Relays claim nothing (`rounds`), so two that
meet may both deliver it. The order holds even so: a relay that delivers a message either has the earlier ones too, or they had been delivered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, cast

from attrs import evolve as changed
from attrs import field, frozen

from ssflow.case.doors import check_key
from ssflow.case.events import Event, Happening
from ssflow.doors import check_callable, checked, of_kind
from ssflow.errors import InputError
from ssflow.records.contract import Outbox, Store
from ssflow.records.reading import Reading
from ssflow.records.rounds import Round, Stop, Work, never


@frozen(kw_only=True)
class Message:
    """A message to a subscriber about a recorded event.

    ``id`` is the same however often the message is delivered. ``reverses`` are the ids of earlier messages whose lapse or overdue term this
    event sets aside, because it no longer follows. A subscriber that acted on them has to undo that.
    """

    id: str
    event: Event
    reverses: tuple[str, ...] = ()


class _Telling(Store, Outbox, Protocol):
    """A store that also keeps messages."""


@frozen
class Subscription:
    """A subscription under a ``name``: every event of the ``cases`` from `begin` on becomes a message.

    Raises:
        InputError: the store of the cases keeps no messages, or an argument is not what is required.

    """

    cases: Reading = field(validator=of_kind(Reading))
    name: str = field(validator=checked(check_key))
    _store: _Telling = field(init=False, repr=False, eq=False)

    @_store.default
    def _find_store(self) -> _Telling:
        store = getattr(self.cases, "store", None)
        methods = "subscribe", "unsubscribe", "waiting", "messages", "delivered"
        if not all(callable(getattr(store, method, None)) for method in methods):
            raise InputError.of(
                "cases",
                f"其存储须有方法{'、'.join(methods)}，例如SQLiteStore('cases.db')",
                f"the store of these cases needs the methods {', '.join(methods)}, as SQLiteStore('cases.db') has",
            )
        return cast("_Telling", store)

    def begin(self) -> None:
        """Keep a message for every event from now on, but perhaps not for one that is being written at this very moment. Safe to repeat.

        Earlier events are in the traces of the cases.
        """
        self._store.subscribe(self.name)

    def end(self) -> None:
        """Stop keeping messages, and drop those that wait."""
        self._store.unsubscribe(self.name)

    def deliver(self, handler: Callable[[Message], object], *, stop: Stop = never) -> Round[Message]:
        """Hand all waiting messages to a handler, and remove each when the handler returns: at least once, in order within each case.

        If the handler raises, it gets the same message again later, as `Cases.sweep` tries a case again; later messages of that case wait, all
        others do not. If a relay is killed before it removes a message, the handler gets the message again: have it drop ids that it knows.

        Raises:
            UnknownError: there is no subscription of this name.
            InputError: the store is in a transaction of the host, which may still be rolled back; deliver from a store of its own.
            StoreError: the database is gone; call it again.

        """
        check_callable("handler", handler)
        check_callable("stop", stop)
        check_own_store("cases", self.cases)
        told: list[Message] = []

        def hand_over(cases: Sequence[str]) -> tuple[Message, ...]:
            (case,) = cases
            for message in self._waiting(case):
                handler(message)
                self._store.delivered(self.name, case, message.event.version)
                told.append(message)
            return ()

        work = Work(f"deliver to {self.name}", self._store)
        came = work.round(lambda: dict(self._store.waiting(self.name)), hand_over, self.cases.now(), stop)
        return changed(came, done=tuple(told))  # also those of cases in which a later message failed

    def _waiting(self, case: str) -> Sequence[Message]:
        decode = self.cases.codec.decode
        events = list(map(decode, self._store.messages(self.name, case)))
        trace = self.cases.trace(case) if any(event.sets_aside for event in events) else ()
        return [
            Message(id=_id(event), event=event, reverses=_reversed_by(event, trace[: event.version - 1]))
            for event in events
        ]


def check_own_store(name: str, cases: Reading) -> None:
    """Refuse cases whose store joins a transaction, because a delivered message cannot be rolled back; raises InputError."""
    if getattr(cases.store, "is_joined", False):
        raise InputError.of(
            name,
            "存储在宿主系统的事务中，所发的事件可能又被回滚；请用自带连接的存储投递",
            "the store is in a transaction of the host, and a rollback cannot recall a message; deliver from a store with connections of its own",
        )


def _id(event: Event) -> str:
    return f"{event.case}/{event.version}"


def _reversed_by(event: Event, before: Sequence[Event]) -> tuple[str, ...]:
    """Return the ids of the messages about the happenings that an event sets aside, for each happening the last one."""
    tellers = [next((e for e in reversed(before) if _tells(e, gone)), None) for gone in event.sets_aside]
    return tuple(_id(teller) for teller in tellers if teller)


def _tells(event: Event, happening: Happening) -> bool:
    return Happening.of(event) == happening or happening in event.brings
