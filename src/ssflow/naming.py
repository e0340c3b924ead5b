"""The one way to find a thing by its code, its title, or a part of its title, in either language.

A code wins over titles, a whole title over parts of titles, and a part over an abbreviation. A name that fits several things is refused
with all of them; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any, Generic, TypeVar
from unicodedata import normalize

from attrs import field, frozen

from ssflow.errors import InputError, UnknownError
from ssflow.text import LANGS, Text

T = TypeVar("T")

_SHORTEST_PART, _SHORTEST_ABBREVIATION = 2, 3
_MANY = 40  # at most so many candidates are listed
# How alike a name is that was mistyped, beside which mere likeness does not count, and one that is alike.
_SLIP, _LIKE = 0.85, 0.5
_MARKS = re.compile(r"[\s_\-·《》“”\"'「」]+")
_WORD = re.compile(r"[0-9a-z]+")


@frozen
class Name(Generic[T]):
    """A thing that can be named: its code, and its titles in full.

    ``others`` are further names of equal weight with its titles. Parts of titles are first looked for among ``likely`` things.
    """

    thing: T
    code: str
    title: Text
    others: tuple[str, ...] = field(default=(), kw_only=True)
    likely: bool = field(default=True, kw_only=True)

    @property
    def calls(self) -> tuple[str, ...]:
        """All full names of the thing."""
        return self.code, *self.title, *self.others

    @property
    def shown(self) -> Text:
        """The thing as a choice: title and code."""
        same = {lang: _bare(self.title.say(lang)) == _bare(self.code) for lang in LANGS}
        zh = self.code if same["zh"] else f"{self.title.zh}（{self.code}）"
        return Text(zh, self.code if same["en"] else f"{self.title.en} ({self.code})")


def plain(written: str) -> str:
    """Return typed text with full-width letters and digits converted and outer blanks removed."""
    return normalize("NFKC", written).strip()


def named(kind: str, written: str, among: Iterable[Name[T]]) -> T:
    """Return the thing that was named.

    Raises:
        UnknownError: nothing has this name; the error lists similar ones.
        InputError: several things have this name; the error lists all.

    """
    names = tuple(among)
    likely = tuple(name for name in names if name.likely)
    for fits, where in (
        (_code, names),
        (is_called, names),
        (_part, likely),
        (_abbreviation, likely),
        (_part, names),
        (_abbreviation, names),
    ):
        found = [name for name in where if fits(written, name)]
        if len(found) == 1:
            return found[0].thing
        if found:
            raise InputError.of("", *_which(written, found))
    raise UnknownError(kind, written, hint=_near(written, names))


def _code(written: str, name: Name[Any]) -> bool:
    return plain(written) == name.code


def is_called(written: str, name: Name[Any]) -> bool:
    """Return whether a thing has this full name: its code, a title or another name, in any spelling."""
    asked = _bare(written)
    return bool(asked) and any(asked == _bare(call) for call in name.calls)


def _part(written: str, name: Name[Any]) -> bool:
    """Return whether a text is part of a title: Chinese anywhere, English only in whole words, so that "pay" is not part of "payment"."""
    asked = _bare(written)
    if not any(map(_is_chinese, asked)):
        words = " ".join(_words(written))
        return bool(words) and any(f" {words} " in f" {' '.join(_words(call))} " for call in name.calls)
    return len(asked) >= _SHORTEST_PART and any(asked in _bare(call) for call in name.calls)


def _abbreviation(written: str, name: Name[Any]) -> bool:
    """Return whether a text is a Chinese abbreviation, which keeps the order of the characters: 医保转移 for 医疗保险关系转移接续."""
    asked = _bare(written)
    if len(asked) < _SHORTEST_ABBREVIATION or not all(map(_is_chinese, asked)):
        return False
    return any(_in_order(asked, call) for call in name.calls)


def _is_chinese(letter: str) -> bool:
    return "\u3400" <= letter <= "\u9fff"


def _in_order(asked: str, call: str) -> bool:
    rest = iter(call)
    return all(letter in rest for letter in asked)


def _bare(text: str) -> str:
    """Return a name without the parts that people write or leave out at will: case, blanks, hyphens, marks."""
    return _MARKS.sub("", plain(text).casefold())


def _words(text: str) -> list[str]:
    return _WORD.findall(plain(text).casefold())


def _list(names: Iterable[Name[T]], say: Callable[[Text], str], joint: str, more: str) -> str:
    told = [say(name.shown) for name in names]
    return joint.join(told[:_MANY]) + (more if len(told) > _MANY else "")


def _which(written: str, found: list[Name[T]]) -> Text:
    zh = _list(found, lambda text: text.zh, "、", "等")
    en = _list(found, lambda text: text.en, ", ", " and more")
    return Text(f"“{written}”可以指：{zh}；请写明一个", f"{written!r} may be any of: {en}; name one of them")


def _near(written: str, names: tuple[Name[T], ...]) -> Text | None:
    """Return the most similar names; if none is similar, all names."""
    asked = _bare(written)
    called = {_bare(call): name for name in names for call in name.calls}
    calls = get_close_matches(asked, called, n=3, cutoff=_SLIP) or get_close_matches(asked, called, n=3, cutoff=_LIKE)
    near = list({id(called[call]): called[call] for call in calls}.values())
    if near:
        return Text(
            f"是否指{_list(near, lambda text: text.zh, '、', '')}？",
            f"did you mean {_list(near, lambda text: text.en, ' or ', '')}?",
        )
    zh = _list(names, lambda text: text.zh, "、", "等")
    return Text(f"可用：{zh}", f"known: {_list(names, lambda text: text.en, ', ', ' and more')}") if names else None
