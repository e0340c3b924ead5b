"""The view of a holiday notice: its name, for whom it speaks, since when it is known, how sure it is."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from ssflow.calendar import Notice
from ssflow.regions import region_name
from ssflow.sources import GRADES
from ssflow.text import NO_TEXT, Text
from ssflow.views.plain import View
from ssflow.views.wording import bracketed, listed

BODIES = {"public": Text("机关事业单位", "public bodies"), "enterprise": Text("企业", "enterprises")}
_SURE = ("statute", "corroborated")


@frozen(kw_only=True)
class NoticeView(View):
    """A notice. ``shown`` is the name that people use, ``doubt`` says how weakly it is attested and is empty if two sources agree."""

    id: str
    title: str
    number: str
    url: str
    known_from: date | None
    evidence: Text
    confidence: str
    places: tuple[str, ...]
    bodies: tuple[str, ...]
    shown: str
    doubt: Text

    @property
    def text(self) -> Text:
        """The notice, and whether it is in doubt."""
        doubt = Text(f"存疑：{self.doubt.zh}", f"in doubt: {self.doubt.en}") if self.doubt else NO_TEXT
        return Text.join([Text(self.shown, self.shown), bracketed(doubt)], "", "")


def notice_view(notice: Notice) -> NoticeView:
    """Return the view of a notice."""
    return NoticeView(
        id=notice.id,
        title=notice.title,
        number=notice.number,
        url=notice.url,
        known_from=notice.known_from,
        evidence=notice.evidence,
        confidence=notice.confidence,
        places=tuple(notice.places),
        bodies=tuple(notice.bodies),
        shown=str(notice),
        doubt=GRADES[notice.confidence] if is_doubtful(notice) else NO_TEXT,
    )


def is_doubtful(notice: Notice) -> bool:
    """Return whether fewer than two sources agree on a notice."""
    return notice.confidence not in _SURE


def publication(notice: Notice) -> Text:
    """Return when a notice was published, or since when it is taken as known."""
    if notice.known_from and not notice.assumed:
        return Text(f"{notice.known_from}公布", f"published {notice.known_from}")
    by = notice.known_by
    return Text(f"公布日未查到，视为{by}起已知", f"day of publication not found, taken as known from {by}")


def audience(notice: Notice) -> Text:
    """Return for whom a notice speaks; an empty text if for the whole country."""
    places = listed([Text(region_name(code), region_name(code)) for code in notice.places])
    bodies = listed([BODIES[body] for body in notice.bodies])
    return Text.join([part for part in (places, bodies) if part], "，", ", ")
