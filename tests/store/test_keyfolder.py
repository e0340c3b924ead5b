"""A folder of keys: each key is made once, whoever asks, and one that was destroyed is nowhere."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

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


def test_a_folder_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    """Whoever made it."""
    (tmp_path / "keys").mkdir(mode=0o755)
    keys = KeyFolder(tmp_path / "keys")
    assert [path.stat().st_mode & 0o777 for path in (keys.path, keys.path / "persons")] == [0o700, 0o700]


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
