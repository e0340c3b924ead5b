"""Texts in the two languages of the library, and tables of texts."""

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")


def speaks(lang: object) -> bool:
    """Return whether a value is a language of the library."""
    return isinstance(lang, str) and lang in LANGS


class Text(NamedTuple):
    """A text for people, in Chinese and in English.

    >>> Text("挂失", "loss report").say("en")
    'loss report'

    """

    zh: str
    en: str

    def say(self, lang: Lang) -> str:
        """Return the text in one language.

        Raises:
            InputError: ``lang`` is neither of the two.

        """
        if not speaks(lang):
            from ssflow.errors import unknown_lang  # errors are made of texts themselves

            raise unknown_lang(lang)
        return self.zh if lang == "zh" else self.en

    def __str__(self) -> str:
        return f"{self.zh} {self.en}"

    def __bool__(self) -> bool:
        """Return whether the text is not empty."""
        return bool(self.zh or self.en)

    @staticmethod
    def join(texts: "list[Text] | tuple[Text, ...]", zh: str = "；", en: str = "; ") -> "Text":
        """Return several texts as one, with the separators of each language."""
        return Text(zh.join(t.zh for t in texts), en.join(t.en for t in texts))


NO_TEXT = Text("", "")


def title_of(member: Enum) -> Text:
    """Return the title of a member of an enumeration, or its name if it has none."""
    return member.value if isinstance(member.value, Text) else Text(member.name, member.name)


def markdown_table(headings: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table in Markdown; an empty text if it has no rows.

    >>> print(markdown_table(["day", "name"], [["2026-10-01", "国庆节"]]))
    | day | name |
    | --- | --- |
    | 2026-10-01 | 国庆节 |

    """
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) if len(lines) > 2 else ""
