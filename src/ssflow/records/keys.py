"""The keys under which the personal data of persons is stored: outside of the database, one for each person, to be destroyed one by one."""

from __future__ import annotations

from typing import Protocol

from ssflow.errors import InputError

KEY_BYTES = 32
_METHODS = "key_of", "key", "destroy", "pepper"


class KeyStore(Protocol):
    """Where keys are. A key is 32 random bytes, and is named by its `fingerprint_of <ssflow.records.seals.fingerprint_of>`."""

    def key_of(self, person: str) -> bytes:
        """The key of a person, made if there is none. Whose key was destroyed gets another one."""

    def key(self, fingerprint: str) -> bytes | None:
        """The key of this fingerprint, None if it was destroyed; raises UnknownError if there never was one."""

    def destroy(self, fingerprint: str) -> None:
        """Destroy a key for ever, a second time too; raises UnknownError if there never was one."""

    def pepper(self) -> bytes:
        """32 bytes that stay the same, by which digests of requests are keyed, so that nobody guesses what was in them."""


def check_keys(name: str, given: object) -> None:
    """Any object with the methods of a key store, or none."""
    if given is None:
        return
    missing = [method for method in _METHODS if not callable(getattr(given, method, None))]
    if missing or isinstance(given, type):
        raise InputError.of(
            name,
            f"须为密钥库，例如KeyFolder('keys')，须有方法{'、'.join(_METHODS)}",
            f"a key store is required, such as KeyFolder('keys'), with the methods {', '.join(_METHODS)}",
        )
