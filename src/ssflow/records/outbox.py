"""Telling other systems of what is recorded: at least once, in each case in order, each message under an id that never changes.

A message is kept in the transaction of its event, and no longer once its handler has returned. Relays claim nothing (`rounds`), so two that meet
may both deliver it. The order holds even so: a relay that delivers a message was either told of those before it too, or they had been delivered.
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
    """An event that was recorded, for somebody who is told of it.

    ``id`` is the same however often it is delivered. ``reverses`` are the ids of earlier messages whose events no longer follow: a lapse or a
    lateness that was recorded, and that this event sets aside. A subscriber that acted on them has to undo that.
    """

    id: str
    event: Event
    reverses: tuple[str, ...] = ()


class _Telling(Store, Outbox, Protocol):
    """A store that also tells of events."""


@frozen
class Subscription:
    """What somebody is told of: every event of the ``cases`` from the `begin` on, under his ``name``.

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
                f"their store needs the methods {', '.join(methods)}, as SQLiteStore('cases.db') has",
            )
        return cast("_Telling", store)

    def begin(self) -> None:
        """Keep a message of every event from now on, but perhaps not of one that is being written at this very moment. Safe to repeat.

        A past that is required too is in the traces of the cases.
        """
        self._store.subscribe(self.name)

    def end(self) -> None:
        """Keep no more messages, and drop those that wait."""
        self._store.unsubscribe(self.name)

    def deliver(self, handler: Callable[[Message], object], *, stop: Stop = never) -> Round[Message]:
        """Hand all messages that wait to a handler, and forget each when it returns: at least once, in each case in order.

        A handler that raises is handed the same message again later, as `Cases.sweep` tries a case again; those after it in the case wait, all others
        do not. It may be handed a message again that it has seen, whose relay was killed before it could forget it: let it drop ids that it knows.

        Raises:
            UnknownError: nobody of this name subscribes.
            InputError: the store is in a transaction of the host, which may yet take back what is told; deliver by a store of its own.
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
        return changed(came, done=tuple(told))  # those too after which a later one of the case failed

    def _waiting(self, case: str) -> Sequence[Message]:
        decode = self.cases.codec.decode
        events = list(map(decode, self._store.messages(self.name, case)))
        trace = self.cases.trace(case) if any(event.sets_aside for event in events) else ()
        return [
            Message(id=_id(event), event=event, reverses=_reversed_by(event, trace[: event.version - 1]))
            for event in events
        ]


def check_own_store(name: str, cases: Reading) -> None:
    """Refuse cases whose store joins a transaction: what is told of them cannot be recalled; raises InputError."""
    if getattr(cases.store, "is_joined", False):
        raise InputError.of(
            name,
            "存储在宿主系统的事务中，所发的事件可能又被回滚；请用自带连接的存储投递",
            "their store is in a transaction of the host, which may yet take back what is told; deliver by a store of its own",
        )


def _id(event: Event) -> str:
    return f"{event.case}/{event.version}"


def _reversed_by(event: Event, before: Sequence[Event]) -> tuple[str, ...]:
    """The messages that told of what an event sets aside: of each thing the last."""
    tellers = [next((e for e in reversed(before) if _tells(e, gone)), None) for gone in event.sets_aside]
    return tuple(_id(teller) for teller in tellers if teller)


def _tells(event: Event, happening: Happening) -> bool:
    return Happening.of(event) == happening or happening in event.brings
