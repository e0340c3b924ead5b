"""The keys that encrypt personal data: one for each person, kept outside of the database, so that each can be destroyed by itself."""

from __future__ import annotations

from typing import Protocol

from ssflow.errors import InputError

KEY_BYTES = 32
_METHODS = "key_of", "key", "destroy", "pepper"


class KeyStore(Protocol):
    """A store of keys. A key is 32 random bytes, and is named by its `fingerprint_of <ssflow.records.seals.fingerprint_of>`."""

    def key_of(self, person: str) -> bytes:
        """Return the key of a person, made if there is none. A person whose key was destroyed gets another key."""

    def key(self, fingerprint: str) -> bytes | None:
        """Return the key of this fingerprint, None if it was destroyed; raises UnknownError if it never existed."""

    def destroy(self, fingerprint: str) -> None:
        """Destroy a key for ever; safe to repeat; raises UnknownError if the key never existed."""

    def pepper(self) -> bytes:
        """Return 32 bytes that never change. They key the digests of requests, so that nobody can guess what the requests contained."""


def check_keys(name: str, given: object) -> None:
    """Refuse anything but None or an object with the methods of a key store; raises InputError."""
    if given is None:
        return
    missing = [method for method in _METHODS if not callable(getattr(given, method, None))]
    if missing or isinstance(given, type):
        raise InputError.of(
            name,
            f"须为密钥库，例如KeyFolder('keys')，须有方法{'、'.join(_METHODS)}",
            f"a key store is required, such as KeyFolder('keys'), with the methods {', '.join(_METHODS)}",
        )
