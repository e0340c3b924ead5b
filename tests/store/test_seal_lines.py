"""A seal is one line that anybody can check, and a secret one that nobody guesses."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from ssflow.errors import InputError
from ssflow.records import Seal, seal_of
from tests.store.test_seals import SECRET, cases_in, held, three


def test_a_seal_can_be_checked_without_us() -> None:
    """Its digest is the HMAC-SHA256 of the digest before it, a line end and its line without the digest; those of events are plain SHA-256."""
    store = held()
    first, second, _ = three(store)
    raw = json.loads(second.line)
    digest = raw.pop("digest")
    text = json.dumps(raw, sort_keys=True, separators=(",", ":"))
    assert digest == hmac.new(SECRET, f"{first.digest}\n{text}".encode(), hashlib.sha256).hexdigest()
    seal = ""
    for body in store.trace("card-1"):
        seal = hashlib.sha256(f"{seal}\n{body}".encode()).hexdigest()
    assert tuple(raw["cases"]["card-1"]) == (4, seal)
    assert seal_of("", "x") == hashlib.sha256(b"\nx").hexdigest()


LINE = Seal(number=1, at=datetime(2026, 1, 1, tzinfo=UTC), cases={"a": (1, "ab")}, before="", fingerprint="0a").line


@pytest.mark.parametrize(
    "line",
    ["", "{}", "[]", "3", "null", "\ud800", "[" * 100_000, LINE[:-1], LINE.replace('"number":1', '"number":"1"'), LINE.replace('"number":1', '"number":true'),
     LINE.replace('"number":1', '"number":' + "9" * 5000), LINE.replace("[1,", "[0,"), LINE.replace('"ab"', '"zz"'), LINE.replace('"ab"', "7"), LINE.replace("+00:00", ""),
     LINE.replace('"before"', '"after"'), LINE.replace("{", '{"more":1,', 1), LINE.replace('[1,"ab"]', "[1]"), LINE.replace('{"a":[1,"ab"]}', "[]")],
)  # fmt: skip
def test_what_is_no_line_of_a_seal_is_refused(line: str) -> None:
    """Whatever stands in a file of seals is read, or refused by us."""
    with pytest.raises(InputError):
        Seal.read(line)


@pytest.mark.parametrize("secret", [None, "a text that is long enough", b"", b"short", 3])
def test_a_secret_is_one_that_nobody_guesses(secret: Any) -> None:
    """Bytes, and enough of them; seals are not looked at without it."""
    cases = cases_in(held())
    seals = [cases.seal(SECRET)]
    for ask in (lambda: cases.seal(secret), lambda: cases.verify(seals=seals, secret=secret)):
        with pytest.raises(InputError) as refused:
            ask()
        assert refused.value.faults[0].path == "secret"
