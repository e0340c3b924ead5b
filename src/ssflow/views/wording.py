"""Texts put together in both languages: lines, sentences, lists, brackets, titles, moments."""

from __future__ import annotations

from datetime import date, datetime

from ssflow.text import Text

OPENING = Text("（开始）", "(opening)")  # shown in place of the state before the first event


def lines(*texts: Text) -> Text:
    """Return several texts, each on its own line; empty ones are left out."""
    return Text.join([text for text in texts if text], "\n", "\n")


def sentence(*texts: Text) -> Text:
    """Return several texts as one; empty ones are left out."""
    return Text.join([text for text in texts if text])


def listed(texts: tuple[Text, ...] | list[Text]) -> Text:
    """Return several texts as a list in one sentence."""
    return Text.join(list(texts), "、", ", ")


def bracketed(text: Text) -> Text:
    """Return a text in brackets, to follow another; an empty text if it is empty."""
    return Text(f"（{text.zh}）", f" ({text.en})") if text else text


def named(title: Text, text: Text) -> Text:
    """Return a title and a text about it."""
    return Text(f"{title.zh}：{text.zh}", f"{title.en}: {text.en}")


def moment(when: date | datetime) -> str:
    """Return a day, or an instant to the minute with its zone."""
    return when.isoformat(" ", "minutes") if isinstance(when, datetime) else when.isoformat()
