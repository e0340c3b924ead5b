"""How texts are put together in both languages: several lines, several sentences, things in a row, brackets, titles, moments."""

from __future__ import annotations

from datetime import date, datetime

from ssflow.text import Text

OPENING = Text("（开始）", "(opening)")  # in place of the state before the first event


def lines(*texts: Text) -> Text:
    """Several texts, each on a line of its own; those that say nothing are left out."""
    return Text.join([text for text in texts if text], "\n", "\n")


def sentence(*texts: Text) -> Text:
    """Several texts as one; those that say nothing are left out."""
    return Text.join([text for text in texts if text])


def listed(texts: tuple[Text, ...] | list[Text]) -> Text:
    """Several things in a row."""
    return Text.join(list(texts), "、", ", ")


def bracketed(text: Text) -> Text:
    """A text in brackets, to follow another; nothing if it says nothing."""
    return Text(f"（{text.zh}）", f" ({text.en})") if text else text


def named(title: Text, text: Text) -> Text:
    """A title, and what is said of it."""
    return Text(f"{title.zh}：{text.zh}", f"{title.en}: {text.en}")


def moment(when: date | datetime) -> str:
    """A day, or an instant to the minute with its zone."""
    return when.isoformat(" ", "minutes") if isinstance(when, datetime) else when.isoformat()
