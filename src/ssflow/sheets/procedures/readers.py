"""Which facts a condition looks at, read off its compiled test (`ssflow.process.reading`).

A name that a test reads of something else counts too: a sheet rather names a condition too many than one too few.
"""

from __future__ import annotations

from typing import Any

from ssflow.process.guards import Condition
from ssflow.process.reading import names_read


def facts_read(condition: Condition[Any], facts: type[Any]) -> frozenset[str]:
    """The names that the test of a condition reads, those that properties of the facts read included."""
    return names_read(condition.test, facts, near=True)


def facts_behind(name: str, facts: type[Any]) -> frozenset[str]:
    """A fact and, if it is worked out, what it is worked out from."""
    return frozenset({name}) | names_read(getattr(facts, name, None), facts, near=True)
