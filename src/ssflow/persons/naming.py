"""The names that cases and parties may have.

These names are keys of the host: they appear in lists, logs and file names, are compared character by character, and are never
changed here. So one that looks like another, or cannot be seen, is refused instead of put right.
"""

from __future__ import annotations

import re
import unicodedata

from ssflow.errors import InputError
from ssflow.persons import citizen
from ssflow.regions import region

LONGEST = (
    200  # four times the longest in use by hosts: a UUID has 36 characters, a name with a place and a year some 50
)

# Control characters, zero-width characters, surrogates that no file can hold, line separators.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_NUMBERS = re.compile(r"(?<![0-9])([0-9]{17}[0-9X]|[0-9]{15})(?![0-9])")


def check_case_id(name: str, case: object) -> None:
    """Refuse a text that cannot be the id of a case; ``name`` is the name of the argument.

    Raises:
        InputError: it is not text, is empty or too long, begins or ends with a blank, has invisible characters or characters that are not in
            their composed form (NFC), or holds the identity number of a person.

    """
    text = _checked(name, case)
    if not text:
        raise InputError.of(name, "不能为空；请取一个编号", "it is empty; a case has an id")
    if _holds_identity(text):
        raise InputError.of(
            name,
            "含有公民身份号码；编号会出现在清单、日志和文件名里，请另取不含个人信息的编号",
            "it holds an identity number; ids appear in lists, logs and file names, so choose one without personal data",
        )


def check_party(name: str, party: object) -> None:
    """Refuse a text that cannot name a party; an empty one names nobody in particular.

    Raises:
        InputError: as for `check_case_id`, but a party may be named by a number: it is shown masked.

    """
    if not isinstance(party, str) or party:  # most acts name nobody
        _checked(name, party)


def _checked(name: str, given: object) -> str:
    if not isinstance(given, str):
        raise InputError.of(
            name, f"须为文字；实际为{type(given).__name__}", f"a text is required, not {type(given).__name__}"
        )
    if len(given) > LONGEST:
        raise InputError.of(
            name,
            f"共{len(given)}个字符，最多{LONGEST}个",
            f"it has {len(given)} characters; it may have {LONGEST}",
        )
    if given != given.strip():
        raise InputError.of(name, "首尾有空格；请去掉", "it begins or ends with a blank; remove it")
    if given.isascii() and given.isprintable():  # all can be seen, and nothing is to be composed
        return given
    for place, character in enumerate(given, 1):
        if unicodedata.category(character) in _UNSEEN:
            code = f"U+{ord(character):04X}"
            raise InputError.of(
                name,
                f"第{place}个字符（{code}）不可见；请去掉",
                f"character {place} ({code}) cannot be seen; remove it",
            )
    if not unicodedata.is_normalized("NFC", given):
        raise InputError.of(
            name,
            "含有未合成的字符；请先转为NFC形式",
            "it has characters that are not composed; bring it into the form NFC first",
        )
    return given


def _holds_identity(text: str) -> bool:
    """Return whether a text holds a number that can be a person's; one of the old form, which has no check, only with a place that exists."""
    for number in _NUMBERS.findall(unicodedata.normalize("NFKC", text).upper()):
        whole = citizen.lengthened(number)
        if citizen.is_citizen(whole) and (whole == number or region(number[:6])):
            return True
    return False
