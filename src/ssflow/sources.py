"""How sure a source is: the grades that figures and notices carry."""

from __future__ import annotations

from typing import Literal

from ssflow.text import Text

# A statute's text; two independent sources, one of them official or a text of law; several pages, none of them official; one page; a
# guide of an unnamed place; nothing that could be checked.
Confidence = Literal["statute", "corroborated", "repeated", "single", "guide", "unverified"]
# What a look-up answers besides: the sources do not reach back to the day that was asked for.
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
# What somebody has to look at again before relying on it.
DOUBTFUL: tuple[Grade, ...] = ("repeated", "single", "guide", "unverified", "unattested")
# What says that a source attests something: the other grades say of themselves that none does, or none for a place.
ATTESTING: tuple[Grade, ...] = ("statute", "corroborated", "repeated", "single")
