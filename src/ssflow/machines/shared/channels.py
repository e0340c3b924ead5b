"""The channels through which applications come in."""

from __future__ import annotations

from enum import unique

from ssflow.process import WayIn
from ssflow.text import Text


@unique
class Channel(WayIn):
    """The channel through which an application came in."""

    counter = Text("窗口", "counter")
    online = Text("当地网上渠道", "local online channel")
    national = Text("全国线上渠道", "national online channel")
