"""A folder of keys: each key is made once, whoever asks, and one that was destroyed is nowhere."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from ssflow.errors import InputError, UnknownError
from ssflow.records.seals import fingerprint_of
from ssflow.store import KeyFolder


def test_keys_are_made_once(tmp_path: Path) -> None:
    """However many ask at the same time, of one folder or of several objects; of a key that came second nothing is left."""
    folder = tmp_path / "keys"
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda n: KeyFolder(folder).key_of(f"p{n // 8}"), range(64)))
    assert len(set(made)) == 8
    assert {KeyFolder(folder).key(fingerprint_of(key)) for key in made} == set(made)
    kept = [file for file in folder.iterdir() if file.is_file() and file.name != "pepper" and file.stat().st_size]
    assert {file.name for file in kept} == {fingerprint_of(key) for key in made}
    assert {oct(file.stat().st_mode & 0o777) for file in folder.rglob("*") if file.is_file()} == {"0o600"}


@pytest.mark.parametrize("odd", [5, None, "", "a\0b", "\ud800"])
def test_what_says_no_folder_is_refused(odd: Any) -> None:
    """In words for a folder of keys, not for a database."""
    with pytest.raises(InputError, match=r"path: the path of a folder is required, such as 'keys', not ") as told:
        KeyFolder(odd)
    assert "MemoryStore" not in told.value.say("en") + told.value.say("zh")


def test_a_folder_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    """Whoever made it."""
    (tmp_path / "keys").mkdir(mode=0o755)
    keys = KeyFolder(tmp_path / "keys")
    assert [path.stat().st_mode & 0o777 for path in (keys.path, keys.path / "persons")] == [0o700, 0o700]


@pytest.fixture
def on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What each file of the folder held when the system was told to write it to the disk."""
    seen: list[bytes] = []
    fsync = os.fsync

    def synchronised(number: int) -> None:
        found = os.fstat(number)
        seen.extend(file.read_bytes() for file in tmp_path.rglob("*") if os.path.samestat(file.stat(), found))
        fsync(number)

    monkeypatch.setattr(os, "fsync", synchronised)
    return seen


def test_a_key_is_on_the_disk_before_it_is_used(tmp_path: Path, on_disk: list[bytes]) -> None:
    """Whole, with its person; a destroyed one is written over before its file is emptied."""
    keys = KeyFolder(tmp_path / "keys")
    assert on_disk == [keys.pepper()]
    key = keys.key_of("p")
    (link,) = (keys.path / "persons").iterdir()
    content = key + link.name.encode()
    assert on_disk[1:] == [content, fingerprint_of(key).encode()]

    keys.destroy(fingerprint_of(key))
    assert on_disk[3:] == [bytes(len(content)), b""]


def test_a_destroyed_key_is_nowhere(tmp_path: Path) -> None:
    """Its bytes and its person are in no file of the folder; it is told from a key that never was."""
    keys = KeyFolder(tmp_path / "keys")
    key = keys.key_of("p")
    keys.destroy(fingerprint_of(key))
    keys.destroy(fingerprint_of(key))
    assert keys.key(fingerprint_of(key)) is None
    assert not any(key in file.read_bytes() for file in keys.path.rglob("*") if file.is_file())
    assert list((keys.path / "persons").iterdir()) == []
    assert keys.key_of("p") != key
    with pytest.raises(InputError):
        keys.key_of(5)  # type: ignore[arg-type]
    for odd in ("0" * 16, "pepper", "persons", "../keys", ""):
        with pytest.raises(UnknownError):
            keys.key(odd)
