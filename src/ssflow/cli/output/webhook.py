"""Messages as calls of a webhook: JSON over HTTP, with personal data masked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from ssflow.errors import InputError
from ssflow.records import Message
from ssflow.views import event_view

_WAIT = 10  # seconds for an answer
_ASCII = re.compile(r"[!-~]+")


def webhook(url: str) -> Callable[[Message], None]:
    """Return a handler that posts each message to an address, with its id as ``Idempotency-Key``; raises InputError if ``url`` is no address.

    The handler raises OSError unless the answer reports success.
    """
    if not _is_address(url):
        raise InputError.of(
            "--webhook",
            "须为地址，例如https://bank.example/cases；只用ASCII字符，不含空白、用户名和密码",
            "an address is required, such as https://bank.example/cases, in ASCII, without blanks, user or password",
        )

    def post(message: Message) -> None:
        body = {"id": message.id, "reverses": message.reverses, "event": event_view(message.event).document()}
        headers = {"Content-Type": "application/json", "Idempotency-Key": message.id}
        try:
            with urlopen(Request(url, json.dumps(body).encode(), headers), timeout=_WAIT):  # noqa: S310 - looked at above
                pass
        except HTTPError as error:
            error.close()  # it is kept until the end of the round
            raise

    return post


def _is_address(url: str) -> bool:
    """Return whether `urlopen` can reach an address; it takes neither a user nor what is not escaped."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises if there can be no such port
    except ValueError:
        return False
    is_host = bool(parts.hostname) and "@" not in parts.netloc
    return parts.scheme in ("http", "https") and is_host and _ASCII.fullmatch(url) is not None
