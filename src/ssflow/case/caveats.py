"""The caveats of a due day: unread laws that may change it, and a figure that is only assumed for so early a day."""

from __future__ import annotations

from ssflow.case.case import Case
from ssflow.case.obligations import Obligation
from ssflow.regions import NATION, widening
from ssflow.rules import Rulebook, Watch
from ssflow.sources import GRADES
from ssflow.text import Text


def watched_in(case: Case, obligation: Obligation, book: Rulebook) -> tuple[Watch, ...]:
    """Return the unread laws that may change the figure of an obligation in a case, as the watch list has them now."""
    if obligation.starts is None:
        return ()
    role = obligation.owed_by
    place = case.places.get(((role and role.at) or case.process.places[0]).name, NATION)
    around = widening(place, obligation.starts)
    return tuple(
        watch
        for watch in book.watches
        if watch.bears_on(case.process.name, obligation.clock.name, obligation.starts, around)
    )


def caveats_of(case: Case, obligation: Obligation, book: Rulebook) -> tuple[Text, ...]:
    """Return the caveats of an obligation in words: that its figure is assumed, and the warnings of unread laws."""
    early = (GRADES["unattested"],) if obligation.confidence == "unattested" else ()
    return (*early, *(watch.warning for watch in watched_in(case, obligation, book)))
