"""How sure a source is: the grades that figures and notices carry."""

from __future__ import annotations

from typing import Literal

from ssflow.text import Text

# A statute's text; two independent pages or more; one page; the guide alone; nothing that could be checked.
Confidence = Literal["statute", "corroborated", "single", "guide", "unverified"]

GRADES: dict[Confidence, Text] = {
    "statute": Text("法律法规", "statute"),
    "corroborated": Text("多源印证", "corroborated"),
    "single": Text("单一来源", "single source"),
    "guide": Text("办事指南", "guide only"),
    "unverified": Text("未核实", "unverified"),
}
# What somebody has to look at again before relying on it.
DOUBTFUL: tuple[Confidence, ...] = ("single", "guide", "unverified")
