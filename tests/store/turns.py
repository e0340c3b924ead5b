"""Who goes on when two work at the same time."""

import random
from collections.abc import Callable
from threading import Condition, Thread, current_thread
from typing import Any

LOCKED = 0.05  # seconds after which a statement is taken to wait for a lock that the other holds


class Turns:
    """Two threads of which one goes on at a time, by chance; while one waits for a lock of the other, the other goes on."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.changed = Condition()
        self.waiting: set[str] = set()
        self.ended: set[str] = set()
        self.order = ""

    def around(self, statement: Callable[[], Any]) -> Any:
        """Wait for one's turn, then run a statement."""
        me = current_thread().name
        if me not in "xy":
            return statement()
        with self.changed:
            self.waiting.add(me)
            self.changed.notify_all()
            self.changed.wait_for(lambda: me not in self.waiting)
        return statement()

    def run(self, works: dict[str, Callable[[], object]]) -> None:
        """Run both to their ends."""
        threads = [Thread(target=self._to_its_end, args=(name, work), name=name) for name, work in works.items()]
        for thread in threads:
            thread.start()
        with self.changed:
            self.changed.wait_for(lambda: len(self.waiting | self.ended) == len(works), timeout=LOCKED)
            while len(self.ended) < len(works):
                if not self.changed.wait_for(lambda: self.waiting or len(self.ended) == len(works), timeout=30):
                    raise TimeoutError(f"both wait: {self.order}")
                if self.waiting:
                    mine = self.chance.choice(sorted(self.waiting))
                    self.waiting.discard(mine)
                    self.order += mine
                    self.changed.notify_all()
                    self.changed.wait_for(lambda mine=mine: mine in self.waiting | self.ended, timeout=LOCKED)
        for thread in threads:
            thread.join()

    def _to_its_end(self, name: str, work: Callable[[], object]) -> None:
        try:
            work()
        finally:
            with self.changed:
                self.ended.add(name)
                self.changed.notify_all()
