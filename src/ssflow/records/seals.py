"""Seals: a seal ties a text to the one before it. A seal with a secret of the host covers its cases at a moment, to be kept elsewhere.

Without a secret a seal is a SHA-256, which anyone who can rewrite a store can make again. With a secret it is an HMAC-SHA256, which nobody
can make without the secret.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from itertools import accumulate, islice
from typing import Any

from attrs import evolve, field, frozen

from ssflow.case.doors import check_number
from ssflow.doors import check_kind, checked
from ssflow.errors import InputError
from ssflow.persons.naming import check_party

Point = tuple[int, str]  # what a case had reached: its version, and the seal of that event
_SHORTEST = 16  # bytes of a secret
_HEX = re.compile("[0-9a-f]*")


def seal_of(before: str, text: str, secret: bytes = b"") -> str:
    """Return the seal of a text; ``before`` is the seal of the text before it, empty for the first."""
    sealed = f"{before}\n{text}".encode()
    return hmac.new(secret, sealed, sha256).hexdigest() if secret else sha256(sealed).hexdigest()


def seals_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the seals of the events of one case, from the first on."""
    return tuple(islice(accumulate(texts, seal_of, initial=""), 1, None))


def check_secret(name: str, secret: object) -> None:
    """Refuse a secret that is too short to be safe from guessing; raises InputError."""
    check_kind(name, secret, bytes)
    if isinstance(secret, bytes) and len(secret) < _SHORTEST:
        raise InputError.of(
            name,
            f"至少{_SHORTEST}个字节；宜为32个随机字节",
            f"at least {_SHORTEST} bytes are required; 32 random bytes are best",
        )


def _check_hex(name: str, given: object) -> None:
    check_kind(name, given, str)
    if not _HEX.fullmatch(str(given)):
        raise InputError.of(name, "须为十六进制数字", "hexadecimal digits are required")


def _check_moment(name: str, given: object) -> None:
    check_kind(name, given, datetime)
    if isinstance(given, datetime) and given.tzinfo is None:
        raise InputError.of(name, "须带时区", "a time zone is required")


def _check_points(name: str, given: object) -> None:
    check_kind(name, given, Mapping)
    for case, point in given.items() if isinstance(given, Mapping) else ():
        check_kind(name, case, str)
        check_kind(name, point, tuple)
        if len(point) != 2:
            raise InputError.of(name, "每个办件须为（版本，封签）", "(version, seal) is required of each case")
        check_number(name, point[0], least=1)
        _check_hex(name, point[1])


@frozen(kw_only=True)
class Seal:
    """A seal of a host's cases ``at`` a moment: of those that were new or had new events since the seal before.

    ``cases`` has the version of each and the seal of its last event, ``before`` the digest of the seal before (empty in the first).
    ``fingerprint`` distinguishes secrets, ``actor`` is the person who sealed, if the host says so, and ``digest`` is the HMAC-SHA256 over all
    of it. The line of a seal holds no personal data unless the ids of cases do.

    Raises:
        InputError: a part is of another kind than is required.

    """

    number: int = field(validator=checked(lambda name, number: check_number(name, number, least=1)))
    at: datetime = field(validator=checked(_check_moment))
    cases: Mapping[str, Point] = field(validator=checked(_check_points))
    before: str = field(validator=checked(_check_hex))
    fingerprint: str = field(validator=checked(_check_hex))
    digest: str = field(default="", validator=checked(_check_hex))
    actor: str = field(default="", validator=checked(check_party))

    @property
    def text(self) -> str:
        """The sealed text: JSON in ASCII, keys sorted, without spaces and without the digest."""
        return json.dumps(self._parts(), sort_keys=True, separators=(",", ":"))

    @property
    def line(self) -> str:
        """The whole seal as one line of JSON, to be kept elsewhere; `Seal.read` reads it."""
        return json.dumps({**self._parts(), "digest": self.digest}, sort_keys=True, separators=(",", ":"))

    @classmethod
    def read(cls, line: str) -> Seal:
        """Return the seal that a line was made from; `Cases.verify` says whether it holds.

        Raises:
            InputError: the text is not the line of a seal.

        """
        check_kind("line", line, str)
        try:
            raw = json.loads(line)
            cases = {case: (version, seal) for case, (version, seal) in raw.pop("cases").items()}
            return cls(at=datetime.fromisoformat(raw.pop("at")), cases=cases, **raw)
        except InputError:
            raise
        except Exception as error:
            raise InputError.of(
                "line",
                "不是一行封签；请恢复其备份",
                "this is not the line of a seal; restore a copy of it",
            ) from error

    def sealed(self, secret: bytes) -> Seal:
        """Return the seal with its digest by a secret."""
        return evolve(self, digest=seal_of(self.before, self.text, secret))

    def fits(self, secret: bytes) -> bool:
        """Return whether the digest was made with a secret."""
        return hmac.compare_digest(self.digest, seal_of(self.before, self.text, secret))

    def _parts(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "at": self.at.isoformat(),
            "cases": {case: list(point) for case, point in self.cases.items()},
            "before": self.before,
            "fingerprint": self.fingerprint,
            **({"actor": self.actor} if self.actor else {}),  # the first seals had no actor
        }


def fingerprint_of(secret: bytes) -> str:
    """Return the fingerprint of a secret, which distinguishes it from others without revealing it."""
    return seal_of("", "", secret)[:16]
