"""What SQLite does to a disk, recorded by a file layer of apsw, and what the disk may hold when the power is cut.

Nothing is certain of a file but what was written before it was last synchronised: of what was written since, any sectors may be there and any
missing. Nothing is certain of a folder but what it held when it was last synchronised: each name may have gone on since, or not.
"""

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count, takewhile
from pathlib import Path
from typing import Any

import pytest
from attrs import define, evolve, field, frozen

apsw = pytest.importorskip("apsw")

SECTOR = 512
_JOURNALS = apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_WAL
_VFS = "recorded"


@frozen
class Write:
    """Bytes of a file, identified by a number of its own: a name may be given again."""

    file: int
    offset: int
    data: bytes


@frozen
class Truncate:
    file: int
    size: int


@frozen
class Synchronise:
    """A file, and the folder if that is to be synchronised with it."""

    file: int | None
    with_folder: bool


@frozen
class Name:
    """What the folder says of a name: which file it is; None takes it out."""

    name: str
    file: int | None


@frozen
class Acknowledge:
    """A transaction that has written is committed: nothing of it may be lost from now on."""


Step = Write | Truncate | Synchronise | Name | Acknowledge


@define
class Recorder:
    """The steps that are taken in a folder."""

    on_commit: Callable[[], object]
    steps: list[Step] = field(factory=list)
    files: dict[str, int] = field(factory=dict)
    unsynchronised_names: set[str] = field(factory=set)
    numbers: Iterator[int] = field(factory=count)

    def opened(self, path: str, *, is_journal: bool) -> int:
        """A file that is opened; one that was not there is made. Unix synchronises the folder with the first of a new journal."""
        name = Path(path).name
        if name not in self.files:
            self.files[name] = next(self.numbers)
            self.steps.append(Name(name, self.files[name]))
            if is_journal:
                self.unsynchronised_names.add(name)
        return self.files[name]

    def synchronised(self, name: str) -> None:
        """The contents of a file, and with a new journal the folder."""
        self.steps.append(Synchronise(self.files[name], with_folder=name in self.unsynchronised_names))
        self.unsynchronised_names.discard(name)

    def deleted(self, path: str, *, with_folder: bool) -> None:
        """A name that is taken out of the folder."""
        name = Path(path).name
        if self.files.pop(name, None) is not None:
            self.unsynchronised_names.discard(name)
            self.steps.append(Name(name, None))
        if with_folder:
            self.steps.append(Synchronise(None, with_folder=True))

    def committed(self) -> None:
        """What was begun is acknowledged, if it has written."""
        since = takewhile(lambda step: not isinstance(step, Acknowledge), reversed(self.steps))
        if any(isinstance(step, Write) for step in since):
            self.steps.append(Acknowledge())
            self.on_commit()


class _Files(apsw.VFS):
    """The files of the system, recorded."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        super().__init__(_VFS, "")

    def xOpen(self, name: Any, flags: list[int]) -> Any:  # noqa: N802 - SQLite's names
        return _File(self.recorder, name, flags)

    def xDelete(self, name: str, syncdir: bool) -> None:  # noqa: N802
        super().xDelete(name, syncdir)
        self.recorder.deleted(name, with_folder=syncdir)


class _File(apsw.VFSFile):
    def __init__(self, recorder: Recorder, name: Any, flags: list[int]) -> None:
        self.recorder = recorder
        self.path = name if isinstance(name, str) else name.filename()
        self.number = recorder.opened(self.path, is_journal=bool(flags[0] & _JOURNALS))
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        super().xWrite(data, offset)
        self.recorder.steps.append(Write(self.number, offset, bytes(data)))

    def xTruncate(self, size: int) -> None:  # noqa: N802
        super().xTruncate(size)
        self.recorder.steps.append(Truncate(self.number, size))

    def xSync(self, flags: int) -> None:  # noqa: N802
        super().xSync(flags)
        self.recorder.synchronised(Path(self.path).name)


class _Connection:
    """A connection of apsw, as the standard library would give it to a store; ``synchronous`` takes the place of what the store sets."""

    def __init__(self, recorder: Recorder, uri: str, timeout: float, synchronous: str) -> None:
        self.recorder = recorder
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_URI
        self.connection = apsw.Connection(uri, flags=flags, vfs=_VFS)
        self.connection.set_busy_timeout(int(timeout * 1000))
        self.synchronous = synchronous
        self.row_factory = None

    def cursor(self) -> "_Connection":
        return self

    def execute(self, sql: str, values: Any = ()) -> Any:
        if sql.startswith("PRAGMA synchronous"):
            sql = f"PRAGMA synchronous = {self.synchronous}"
        answer = self.connection.execute(sql, values)
        if sql == "COMMIT":
            self.recorder.committed()
        return answer

    def rollback(self) -> None:
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    def close(self) -> None:
        self.connection.close()


@contextmanager
def recording(recorder: Recorder, synchronous: str) -> Iterator[None]:
    """The steps that stores take from now on are recorded."""
    files = _Files(recorder)
    with pytest.MonkeyPatch.context() as here:

        def connect(address: str, *, timeout: float, **_: Any) -> _Connection:
            return _Connection(recorder, address, timeout, synchronous)

        here.setattr(sqlite3, "connect", connect)
        here.setattr(sqlite3, "sqlite_version_info", tuple(map(int, apsw.sqlite_lib_version().split("."))))
        yield
    files.unregister()


Choose = Callable[
    [int], list[int]
]  # of so many things that are uncertain, those that happened, in the order in which they reached the disk


@define
class Disk:
    """What is certain, and what is not."""

    certain: dict[int, bytearray] = field(factory=dict)
    pending: dict[int, list[Write | Truncate]] = field(factory=dict)
    names: dict[str, int] = field(factory=dict)
    pending_names: dict[str, list[int | None]] = field(factory=dict)
    acknowledged: int = 0

    def take(self, step: Step) -> None:
        """One step more."""
        match step:
            case Write() | Truncate():
                self.pending.setdefault(step.file, []).append(step)
            case Name():
                self.pending_names.setdefault(step.name, []).append(step.file)
            case Synchronise():
                if step.file is not None:
                    content = self.certain.setdefault(step.file, bytearray())
                    for one in self.pending.pop(step.file, []):
                        _apply(content, one)
                if step.with_folder:
                    for name, came in self.pending_names.items():
                        _name(self.names, name, came[-1])
                    self.pending_names.clear()
            case Acknowledge():
                self.acknowledged += 1

    def cut(self, choose: Choose, gone_on: Callable[[int], int]) -> dict[str, bytes]:
        """The files that are there when the power comes back: ``gone_on`` says how often of so many times a name has changed."""
        names = dict(self.names)
        for name, came in self.pending_names.items():
            if (times := gone_on(len(came))) > 0:
                _name(names, name, came[times - 1])
        found = {}
        for name, file in names.items():
            content = bytearray(self.certain.get(file, b""))
            torn = [part for one in self.pending.get(file, []) for part in _torn(one)]
            for number in choose(len(torn)):
                _apply(content, torn[number])
            found[name] = bytes(content)
        return found


def _name(names: dict[str, int], name: str, file: int | None) -> None:
    if file is None:
        names.pop(name, None)
    else:
        names[name] = file


def _torn(one: Write | Truncate) -> Iterator[Write | Truncate]:
    """What of a step reaches the disk as a whole."""
    if isinstance(one, Truncate):
        yield one
        return
    start, end = one.offset, one.offset + len(one.data)
    while start < end:
        until = min(end, (start // SECTOR + 1) * SECTOR)
        yield evolve(one, offset=start, data=one.data[start - one.offset : until - one.offset])
        start = until


def _apply(content: bytearray, one: Write | Truncate) -> None:
    if isinstance(one, Truncate):
        del content[one.size :]
        content.extend(bytes(max(0, one.size - len(content))))
        return
    content.extend(bytes(max(0, one.offset - len(content))))
    content[one.offset : one.offset + len(one.data)] = one.data


def chances(chance: random.Random) -> Iterator[tuple[Choose, Callable[[int], int]]]:
    """How a disk may have gone on: not at all, wholly, in its names alone, in its contents alone; then by chance, for ever."""

    def nothing(_: int) -> list[int]:
        return []

    def all_of(many: int) -> list[int]:
        return list(range(many))

    for choose in (nothing, all_of):
        yield choose, lambda _: 0
        yield choose, lambda times: times
    while True:
        share = chance.choice((0.1, 0.5, 0.9))

        def some(many: int, share: float = share) -> list[int]:
            return chance.sample(found := [n for n in range(many) if chance.random() < share], len(found))

        yield some, lambda times: chance.randint(0, times)
