"""Exports of procedures and days to the formats of other programs, one module with one function for each format."""

from ssflow.export.dot import to_dot
from ssflow.export.icalendar import to_icalendar
from ssflow.export.mermaid import to_mermaid
from ssflow.export.openapi import to_openapi
from ssflow.export.pnml import to_pnml

__all__ = ["to_dot", "to_icalendar", "to_mermaid", "to_openapi", "to_pnml"]
