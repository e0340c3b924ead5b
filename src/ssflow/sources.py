"""The grades of sources, which figures and notices carry."""

from __future__ import annotations

from typing import Literal

from ssflow.text import Text

# A statute's text; two independent sources, one of them official or a text of law; several pages, none of them official; one page; a
# guide of an unnamed place; nothing that could be checked.
Confidence = Literal["statute", "corroborated", "repeated", "single", "guide", "unverified"]
# The grade that a look-up adds: the sources do not reach back to the day in question.
Grade = Confidence | Literal["unattested"]

GRADES: dict[Grade, Text] = {
    "statute": Text("法律法规", "statute"),
    "corroborated": Text("多源印证", "corroborated"),
    "repeated": Text("多处转述", "repeated by several"),
    "single": Text("单一来源", "single source"),
    "guide": Text("办事指南", "guide only"),
    "unverified": Text("未核实", "unverified"),
    "unattested": Text("当时未证实", "not attested so early"),
}
# The grades that somebody has to look at again before relying on the figure.
DOUBTFUL: tuple[Grade, ...] = ("repeated", "single", "guide", "unverified", "unattested")
# The grades that attest something; the others say themselves that nothing does, or nothing for a place.
ATTESTING: tuple[Grade, ...] = ("statute", "corroborated", "repeated", "single")
