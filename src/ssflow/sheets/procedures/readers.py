"""The facts that a condition looks at, read off its compiled test (`ssflow.process.reading`).

A name that a test reads from something else counts too: a sheet rather names a condition too many than one too few.
"""

from __future__ import annotations

from typing import Any

from ssflow.process.guards import Condition
from ssflow.process.reading import names_read


def facts_read(condition: Condition[Any], facts: type[Any]) -> frozenset[str]:
    """Return the names that the test of a condition reads, including those read by properties of the facts."""
    return names_read(condition.test, facts, near=True)


def facts_behind(name: str, facts: type[Any]) -> frozenset[str]:
    """Return a fact and, if a property computes it, the facts behind it."""
    return frozenset({name}) | names_read(getattr(facts, name, None), facts, near=True)
