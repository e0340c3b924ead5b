"""What the system and the parsers of others say is told in words of ours, in both languages; theirs stand at the end."""

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from ssflow.converters import read_toml, why_of
from ssflow.errors import DataError, StoreError
from ssflow.store import SQLiteStore

ENGLISH = re.compile(r"[A-Za-z]{2,}")
ORIGINAL = re.compile(r"（原文：“.*?”）|TOML|JSON|UTF-8", re.DOTALL)


def raised(read: Callable[[], object]) -> Exception:
    """What a reader raises."""
    with pytest.raises((ValueError, OSError, RecursionError)) as found:
        read()
    return found.value


@pytest.mark.parametrize(
    ("read", "zh", "en"),
    [
        (lambda: tomllib.loads("a = 1\nb"), "文件末尾不合TOML的写法", "end of document"),
        (lambda: tomllib.loads("a = 1\nb c = 2"), "第2行第3列不合TOML的写法", "at line 2, column 3"),
        (lambda: tomllib.loads("a = 1\na = 2"), "不合TOML的写法", "Cannot overwrite"),
        (lambda: json.loads('{"a": }'), "第1行第7列不合JSON的写法", "line 1 column 7"),
        (lambda: json.loads("[" * 100_000), "嵌套过深", "nested too deeply"),
        (b"\xff".decode, "不是UTF-8文本", "not UTF-8 text"),
        (lambda: Path("nowhere").read_text(), "没有这个文件", "no such file"),
        (lambda: Path("/").read_text(), "是文件夹，不是文件", "a folder, not a file"),
        (lambda: int("x"), "内容不合格式", "invalid literal"),
    ],
)
def test_a_cause_has_a_sentence_in_each_language(read: Callable[[], object], zh: str, en: str) -> None:
    """In Chinese no word is English but in the marks of the original."""
    said = why_of(raised(read))

    assert zh in said.zh
    assert en in said.en
    assert not ENGLISH.search(ORIGINAL.sub("", said.zh))


@pytest.mark.parametrize("content", [b"year =", b"\xff\xfe", b"[[rest]\n", b"a = " + b"[" * 100_000])
def test_a_broken_file_is_told_without_a_stranger_s_words(tmp_path: Path, content: bytes) -> None:
    """A TOML file that cannot be read says where in Chinese, and what to do."""
    file = tmp_path / "2027.toml"
    file.write_bytes(content)
    with pytest.raises(DataError) as found:
        read_toml(file)

    assert not ENGLISH.search(ORIGINAL.sub("", found.value.faults[0].text.zh))
    assert "请改正" in found.value.say("zh")


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        (".", "是文件夹；请指明其中的文件", "is a folder; name a file in it"),
        ("nowhere/cases.db", "请先新建", "make it, or name another file"),
    ],
)
def test_a_file_that_cannot_be_a_database_says_why(tmp_path: Path, name: str, zh: str, en: str) -> None:
    """SQLite says the same of all of them; the library says which it is and what to do."""
    with pytest.raises(StoreError) as found:
        SQLiteStore(tmp_path / name)

    assert zh in found.value.fault.zh
    assert en in found.value.fault.en
