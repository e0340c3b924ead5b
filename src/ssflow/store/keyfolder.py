"""A key store in a folder, with one file for each key and nothing to install. It belongs on another machine or disk than the database."""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes, token_hex

from attrs import field, frozen

from ssflow.case.doors import check_text
from ssflow.converters.causes import why_of
from ssflow.errors import StoreError, UnknownError
from ssflow.records.keys import KEY_BYTES
from ssflow.records.seals import fingerprint_of
from ssflow.store.doors import folder_of
from ssflow.text import Text


@frozen
class KeyFolder:
    """A key store in a folder, which is made if it does not exist, readable by its owner only.

    A key is destroyed by overwriting its file and emptying it. Copies of the folder still have the key and have to be destroyed too, and a
    disk may keep overwritten data. Where that is not enough, write a class with the methods of `KeyStore` for a key management service.

    Raises:
        StoreError: the folder cannot be made, read or written.
        InputError: ``path`` is not a path.

    """

    path: Path = field(converter=folder_of)

    def __attrs_post_init__(self) -> None:
        with self._telling():
            (self.path / "persons").mkdir(mode=0o700, parents=True, exist_ok=True)
            self.path.chmod(0o700)
            if not (self.path / "pepper").exists():
                self._put(self.path / "pepper", token_bytes(KEY_BYTES))

    def key_of(self, person: str) -> bytes:
        """Return the key of a person, made if there is none; see `ssflow.records.KeyStore`."""
        check_text("person", person)
        link = self.path / "persons" / hmac.new(self.pepper(), person.encode(), sha256).hexdigest()
        with self._telling():
            while True:
                with suppress(FileNotFoundError):
                    if (key := self.key(link.read_text("ascii"))) is not None:
                        return key
                    link.unlink()  # it was destroyed a moment ago
                key = token_bytes(KEY_BYTES)
                self._put(self.path / fingerprint_of(key), key + link.name.encode())
                if self._put(link, fingerprint_of(key).encode()):
                    return key
                self.destroy(fingerprint_of(key))  # another process was quicker

    def key(self, fingerprint: str) -> bytes | None:
        """Return the key of a fingerprint, None if it was destroyed; see `ssflow.records.KeyStore`."""
        with self._telling():
            return self._file(fingerprint).read_bytes()[:KEY_BYTES] or None

    def destroy(self, fingerprint: str) -> None:
        """Destroy a key for ever; see `ssflow.records.KeyStore`."""
        file = self._file(fingerprint)
        with self._telling():
            content = file.read_bytes()
            with file.open("r+b") as opened:
                for written in (bytes(len(content)), b""):
                    opened.seek(0)
                    opened.write(written)
                    opened.truncate()
                    opened.flush()
                    os.fsync(opened.fileno())
            link = self.path / "persons" / content[KEY_BYTES:].decode("ascii")
            with suppress(FileNotFoundError):
                if content and link.read_text("ascii") == fingerprint:
                    link.unlink()

    def pepper(self) -> bytes:
        """Return the bytes that key the digests of requests; see `ssflow.records.KeyStore`."""
        with self._telling():
            return (self.path / "pepper").read_bytes()

    def _file(self, fingerprint: str) -> Path:
        check_text("fingerprint", fingerprint)
        file = self.path / fingerprint
        if not fingerprint.isalnum() or fingerprint in ("pepper", "persons") or not file.is_file():
            raise UnknownError("key", fingerprint)
        return file

    def _put(self, file: Path, content: bytes) -> bool:
        """Write a new file, whole or not at all; return False if it existed already."""
        new = file.with_name(f".{token_hex(8)}")
        number = os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            with os.fdopen(number, "wb") as opened:
                opened.write(content)
                opened.flush()
                os.fsync(opened.fileno())
            os.link(new, file)
        except FileExistsError:
            return False
        finally:
            new.unlink()
        return True

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Wrap the use of files: an error of the system becomes a StoreError."""
        try:
            yield
        except OSError as error:
            why = why_of(error)
            fault = Text(f"密钥无法读写：{why.zh}", f"the keys cannot be read or written: {why.en}")
            raise StoreError(self.path, fault) from error
