"""Procedures in the formats of other programs: one file a format, one function each."""

from ssflow.export.dot import to_dot
from ssflow.export.mermaid import to_mermaid

__all__ = ["to_dot", "to_mermaid"]
