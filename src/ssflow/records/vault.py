"""The encryption of personal data, under the key of the person and bound to its place. Only this module imports cryptography.

It is AES-256-GCM; the case, the number of the event and the field are authenticated too, so that a text opens nowhere but in its place. The
nonce is an HMAC of text and place: equal texts in one place are one ciphertext, as equal events are one text, and no counter has to be kept.
The token is an HMAC of the text alone: it shows that two texts of one person are equal, even after the key is gone.
"""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from attrs import frozen

from ssflow.errors import CodecError, ErasedError, MissingExtraError, UnknownError
from ssflow.persons.erasing import erased, is_erased
from ssflow.records.keys import KeyStore
from ssflow.records.seals import fingerprint_of
from ssflow.text import Text

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE, _TOKEN = 12, 16  # bytes, and letters
_LETTERS = str.maketrans(
    "0123456789abcdef", "abcdefghijklmnop"
)  # a token has no digits, which would be masked as numbers


@frozen
class Vault:
    """The encryption under one key, ``fingerprint``, for one written text: an event or the state of a case, which is its ``place``."""

    keys: KeyStore
    fingerprint: str
    place: tuple[str, int, str]

    def close(self, path: str, text: str) -> str:
        """Return a text in its stored form; the mark of erased data stays as it is.

        Raises:
            ErasedError: the key was destroyed.

        """
        if is_erased(text):
            return text
        key = self._key(path)
        if key is None:
            raise ErasedError(self.place[0])
        token = _derived(key, "token", text).hex()[:_TOKEN].translate(_LETTERS)
        bound = self._bound(path, token)
        nonce = _derived(key, "nonce", f"{bound.decode()}\n{text}")[:_NONCE]
        sealed = _cipher(key).encrypt(nonce, text.encode(), bound)
        return f"{token}{urlsafe_b64encode(nonce + sealed).decode()}"

    def open(self, path: str, stored: str) -> str:
        """Return the text that was stored at a path, or the mark of erased data if its key was destroyed.

        Raises:
            CodecError: the stored text was altered or moved, or the key store lacks the right key.

        """
        token = stored[:_TOKEN]
        key = self._key(path)
        if key is None:
            return erased(token)
        cipher = _cipher(key)
        from cryptography.exceptions import InvalidTag

        try:
            sealed = urlsafe_b64decode(stored[_TOKEN:])
            opened = cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], self._bound(path, token))
        except (InvalidTag, ValueError) as error:
            raise self._fault(
                path,
                Text("已被改动，或者取自别处", "was altered, or belongs elsewhere"),
            ) from error
        return opened.decode()

    def _key(self, path: str) -> bytes | None:
        try:
            key = self.keys.key(self.fingerprint)
        except UnknownError as error:
            fault = Text(
                "密钥库里没有所用的密钥；请核对keys",
                "is encrypted with a key that is not in this key store; check that keys is the right one",
            )
            raise self._fault(path, fault) from error
        if key is not None and fingerprint_of(key) != self.fingerprint:
            raise self._fault(
                path,
                Text("密钥不符；请核对密钥库", "does not fit the key that the key store returns; check the key store"),
            )
        return key

    def _bound(self, path: str, token: str) -> bytes:
        return json.dumps([*self.place, path, token], ensure_ascii=False).encode()

    def _fault(self, path: str, fault: Text) -> CodecError:
        case, version, _ = self.place
        zh = f"办件{case}第{version}号事件的个人信息{path}{fault.zh}"
        return CodecError(Text(zh, f"the personal data {path} of event {version} of case {case} {fault.en}"))


def _derived(key: bytes, use: str, text: str) -> bytes:
    return hmac.new(hmac.digest(key, use.encode(), sha256), text.encode(), sha256).digest()


def _cipher(key: bytes) -> AESGCM:
    try:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    except ModuleNotFoundError as error:
        raise MissingExtraError("Cases(keys=...)", "encryption") from error

    return AESGCM(hmac.digest(key, b"cipher", sha256))
