"""Playing a scene: the act is done in the cases, and everything shown about it is read back from them."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from ssflow.case import Case, Event, Ground, Legislation, Obligation, Option
from ssflow.cli.demo.story import CASES, TOLD_AT, Scene
from ssflow.errors import RefusedError, StoreError
from ssflow.records import Cases
from ssflow.rules import rulebook
from ssflow.rules.load import OWN
from ssflow.store import SQLiteStore
from ssflow.store.sqlite_file import APPLICATION_ID
from ssflow.text import Text

# The offset of the application id in SQLite's file format: four bytes, the most significant first.
_ID_AT = slice(68, 72)
_FOREIGN = Text(
    "不是以前演示的文件，未作改动；请用--db另指文件",
    "is not a file of an earlier demo, so it is left alone; give another with --db",
)


@frozen(kw_only=True)
class Played:
    """The result of a scene.

    ``changed`` are the obligations of its case that this scene started, stopped or dated; ``case`` is None if the act
    was refused before there was a case. ``untouched`` says that a refused act wrote nothing.
    """

    scene: Scene
    case: Case | None
    recorded: tuple[Event, ...] = ()
    changed: tuple[Obligation, ...] = ()
    options: tuple[Option, ...] = ()
    grounds: tuple[Ground, ...] = ()
    untouched: bool = False


def stage(db: Path) -> Cases:
    """Return empty cases in a new file, judged by the law of the package alone, so that the story is the same everywhere.

    Raises:
        StoreError: the file exists and was not made by the demo.

    """
    if db.exists():
        if not (db.is_file() and _is_demo(db)):
            raise StoreError(db, _FOREIGN)
        db.unlink()
    law = Legislation(rulebook=lambda name: rulebook(name, (OWN,)))
    return Cases(SQLiteStore(db), law, now=lambda: TOLD_AT)


def play(cases: Cases, scene: Scene) -> Played:
    """Do the act of a scene, and return its result."""
    before = _versions(cases)
    obligations = cases.get(scene.case).obligations if scene.case in before else ()
    try:
        case = _do(cases, scene)
    except RefusedError as refusal:
        known = cases.get(scene.case) if scene.case in before else None
        return Played(scene=scene, case=known, grounds=refusal.grounds, untouched=_versions(cases) == before)
    recorded = [event for id_ in _versions(cases) for event in cases.trace(id_)[before.get(id_, 0) :]]
    return Played(
        scene=scene,
        case=case,
        recorded=tuple(sorted(recorded, key=lambda event: event.case != scene.case)),
        changed=tuple(now for now in case.obligations if now not in obligations),
        options=() if case.is_at_rest else cases.options(case.id, on=scene.on),
    )


def _do(cases: Cases, scene: Scene) -> Case:
    deed, by, on, links = scene.deed, scene.by, scene.on, scene.links
    if scene.place:
        return cases.open(deed, by=by, on=on, places=scene.place, links=links, case=scene.case)
    return cases.do(scene.case, deed, by=by, on=on, links=links)


def _versions(cases: Cases) -> dict[str, int]:
    return {row.id: row.version for row in cases.store.rows()}


def _is_demo(db: Path) -> bool:
    """Return whether a file holds exactly the cases of the story, opened at the hour of the story."""
    with db.open("rb") as file:
        if file.read(100)[_ID_AT] != APPLICATION_ID.to_bytes(4, "big"):
            return False
    cases = Cases(SQLiteStore(db))
    ids = {row.id for row in cases.store.rows()}
    return bool(ids) and ids <= CASES and all(cases.trace(id_)[0].recorded_at == TOLD_AT for id_ in ids)
