"""How sure a source is: the grades that figures and notices carry."""

from __future__ import annotations

from typing import Literal

# A statute's text; two independent pages or more; one page; the guide alone; nothing that could be checked.
Confidence = Literal["statute", "corroborated", "single", "guide", "unverified"]
