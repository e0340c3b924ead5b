"""The export of records as files that others can check on their own: every event with its seal, and the digests of the files.

``sha256sum -c SHA256SUMS`` checks the files; what ties an event to the one before it is the SHA-256 of the seal before, a line end and
its text.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Self

from attrs import frozen

from ssflow.cli.database import user
from ssflow.documents import Document
from ssflow.errors import DataError
from ssflow.records import Cases, seals_of
from ssflow.records.sweeps import one_by_one
from ssflow.views import event_view


@frozen
class Exported:
    """The numbers of cases and events that were written, and why cases were left out."""

    cases: int
    events: int
    failures: dict[str, Exception]


def export(cases: Cases, folder: Path, *, reveal: bool) -> Exported:
    """Write ``events.jsonl``, ``cases.jsonl`` and ``SHA256SUMS`` into a new folder; with ``reveal``, also the texts of events as stored.

    Raises:
        DataError: the folder exists already, or cannot be made.

    """
    _make(folder)
    rows = {row.id: row for row in cases.rows()}
    heads: list[Document] = []
    with _File(folder / "events.jsonl") as events:

        def written(case: str) -> Iterator[int]:
            documents = _documents(cases, case, reveal=reveal)  # all of a case or nothing
            for document in documents:
                events.write(document)
            row, last = rows[case], documents[-1]
            line = {"case": case, "process": row.process, "state": row.state}
            heads.append({**line, "version": last["version"], "seal": last["seal"]})
            yield len(documents)

        counts, failures = one_by_one(rows, written)
    with _File(folder / "cases.jsonl") as lines:
        for head in heads:
            lines.write(head)
    sums = "".join(f"{file.digest}  {file.path.name}\n" for file in (events, lines))
    with _private(folder / "SHA256SUMS") as opened:
        opened.write(sums.encode())
    return Exported(len(heads), sum(counts), failures)


def _documents(cases: Cases, case: str, *, reveal: bool) -> list[Document]:
    """Return the lines for the events of a case: the view of each, its seal, and the text itself with ``reveal``, which is noted first."""
    if reveal:
        cases.reveal(case, actor=user(), reason="ssflow audit export --personal")
    texts, codec = cases.store.traces([case])[case], cases.codec
    found: list[Document] = []
    for version, (text, seal) in enumerate(zip(texts, seals_of(texts), strict=True), 1):
        said = {"event": event_view(codec.decode(text), reveal=reveal).document()}
        stored = {"text": text} if reveal else {}
        found.append({"case": case, "version": version, "seal": seal, **stored, **said})
    return found


class _File:
    """A file of JSON lines whose digest is known at its end."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._sum = sha256()
        self._opened = _private(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    @property
    def digest(self) -> str:
        """The SHA-256 of everything written so far."""
        return self._sum.hexdigest()

    def write(self, document: Document) -> None:
        """Add a line."""
        line = (json.dumps(document, ensure_ascii=False) + "\n").encode()
        self._sum.update(line)
        self._opened.write(line)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError as error:
        raise DataError.of(folder, "已经有这个名称；请另取", "this name is in use already; choose another") from error
    except OSError as error:
        raise DataError.of(folder, "不能新建；请检查上级文件夹", "cannot be made; check its folder") from error


def _private(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")
