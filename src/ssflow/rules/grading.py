"""The grade that a figure may have by its sources. Kinds of sources count; copies of one text are one source.

A text of law that was read makes a figure ``statute``. ``corroborated`` asks for two independent sources, one of them official or a
text of law that was read. A figure that only unofficial pages repeat is ``repeated``, however many there are. An official source is
the page of an authority.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from ssflow.errors import Fault
from ssflow.rules.citations import Law
from ssflow.rules.values import Value
from ssflow.text import Text

_OFFICIAL = ".gov.cn"
# A copy of the national database of laws, which holds the texts themselves.
_TEXTS = "https://github.com/LawRefBook/Laws"


def hosts(value: Value) -> frozenset[str]:
    """Return the hosts of a figure's sources; pages of one host are one source."""
    return frozenset(urlsplit(url).hostname or url for url in value.url)


def is_official(value: Value) -> bool:
    """Return whether one of the sources is the page of an authority, or a text of law."""
    return any(f".{host}".endswith(_OFFICIAL) for host in hosts(value)) or _TEXTS in value.url


def faults_of_grade(value: Value, laws: Mapping[str, Law]) -> Iterator[Fault]:
    """Yield what a figure lacks for its grade; nothing if its sources give that grade or a better one."""
    read = [laws[cite.law] for cite in value.cites if cite.law in laws and laws[cite.law].read == "text"]
    where = f"{value.parameter}.{value.region}" if value.region else value.parameter
    if value.confidence == "statute" and not any(law.kind == "statute" for law in read):
        zh = "statute须引用已读原文的法律法规；仅见转述的，请写repeated或single"
        en = "statute requires a law whose text was read; a figure known only from others is repeated or single"
        yield Fault(where, Text(zh, en))
    if value.confidence == "corroborated":
        texts = any(law.kind in ("statute", "document") for law in read)
        if len(hosts(value)) < 2 or not (is_official(value) or texts):
            zh = "corroborated须有两个独立来源，其一为官方网页或者已读的法律文本；否则请写repeated或single"
            en = (
                "corroborated has two independent sources, one of them an official page or a text of law that was read; "
                "otherwise it is repeated or single"
            )
            yield Fault(where, Text(zh, en))
    if value.confidence == "repeated" and len(hosts(value)) < 2:
        zh = "repeated须有两个以上网站转述；只有一个的，请写single"
        en = "repeated is what pages of two hosts or more say; of one host it is single"
        yield Fault(where, Text(zh, en))
