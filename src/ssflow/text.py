"""A text in the two languages of the library, and tables of texts."""

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")


def speaks(lang: object) -> bool:
    """Whether it is a language of the library."""
    return isinstance(lang, str) and lang in LANGS


class Text(NamedTuple):
    """What people read, in Chinese and in English.

    >>> Text("挂失", "loss report").say("en")
    'loss report'

    """

    zh: str
    en: str

    def say(self, lang: Lang) -> str:
        """The text in one language.

        Raises:
            InputError: it is none of the two.

        """
        if not speaks(lang):
            from ssflow.errors import unknown_lang  # errors are made of texts themselves

            raise unknown_lang(lang)
        return self.zh if lang == "zh" else self.en

    def __str__(self) -> str:
        return f"{self.zh} {self.en}"

    def __bool__(self) -> bool:
        """Whether it says anything."""
        return bool(self.zh or self.en)

    @staticmethod
    def join(texts: "list[Text] | tuple[Text, ...]", zh: str = "；", en: str = "; ") -> "Text":
        """Several texts as one, with the separators of each language."""
        return Text(zh.join(t.zh for t in texts), en.join(t.en for t in texts))


NO_TEXT = Text("", "")


def title_of(member: Enum) -> Text:
    """The title of a member of an enumeration; its name if it has none."""
    return member.value if isinstance(member.value, Text) else Text(member.name, member.name)


def markdown_table(headings: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown; nothing if it has no rows.

    >>> print(markdown_table(["day", "name"], [["2026-10-01", "国庆节"]]))
    | day | name |
    | --- | --- |
    | 2026-10-01 | 国庆节 |

    """
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) if len(lines) > 2 else ""
