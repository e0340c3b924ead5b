"""Cases of two persons, recorded under their keys, and what personal data they hold."""

from datetime import UTC, date, datetime
from decimal import Decimal

import attrs
import psycopg
import pytest
from attrs import evolve

from ssflow import Cases, PostgreSQLStore, SQLiteStore
from ssflow.machines.card_replacement import Application, CardReplacement, Channel, Payment, Photo, Reason
from ssflow.machines.shared.cards import Consignment, Postage, PostalAddress
from ssflow.persons import Identity
from ssflow.records import Store
from ssflow.store import KeyFolder

C = CardReplacement
DAY, NOW = date(2026, 9, 21), datetime(2026, 11, 22, 1, tzinfo=UTC)
NUMBER, OTHER, SECRET = "11010519491231002X", "360426199101010071", b"16 bytes or more"
ADDRESS = PostalAddress(recipient="欧阳明月", address="体育西路一百零三号", phone="13800138000")
POST = C.post(Consignment("EA123456789CN"))
PERSONAL = (NUMBER, OTHER, "欧阳明月", "体育西路一百零三号", "13800138000", "邻居代交", "甲乙丙")


def recorded(store: Store, keys: KeyFolder | None) -> Cases:
    """Two cases of one person and one of another, with everything personal that an event or a case can have."""
    cases = Cases(store, now=lambda: NOW, keys=keys, access_log=store)
    data = Application(
        holder=Identity(NUMBER),
        reason=Reason.damaged,
        photo=Photo.identity_card,
        address=ADDRESS,
        postage=Postage.free,
        channel=Channel.online,
    )
    for id_ in ("card-1", "card-2"):
        cases.open(
            C.apply(data), by=C.holder, on=DAY, places="440100", case=id_, party=NUMBER, actor=NUMBER, key=f"k-{id_}"
        )
    his = evolve(data, holder=Identity(OTHER), address=None, postage=None, channel=Channel.counter)
    cases.open(C.apply(his), by=C.holder, on=DAY, places="440100", case="card-3", party="甲乙丙", actor="u1")
    for id_, party in (("card-1", NUMBER), ("card-3", "甲乙丙")):
        cases.do(id_, C.pay(Payment(Decimal(20))), by=C.holder, on=DAY, party=party)
    cases.do("card-1", C.accept(), by=C.office, on=DAY, actor="u1")
    cases.correct(
        "card-1", 2, C.pay(Payment(Decimal(21))), reason="邻居代交", by=C.holder, on=DAY, party=NUMBER, actor="u1"
    )
    with pytest.raises(Exception, match="refused"):
        cases.do("card-1", C.finish(), by=C.holder, on=DAY, party=NUMBER, actor="u1")
    cases.sweep()
    return cases


def everything(store: Store, dsn: str = "") -> bytes:
    """Every byte that a database holds."""
    if isinstance(store, SQLiteStore):
        return b"".join(file.read_bytes() for file in store.path.parent.glob("*.db*"))
    if isinstance(store, PostgreSQLStore):
        with psycopg.connect(dsn) as db:
            tables = db.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()").fetchall()
            rows = [row for (name,) in tables for row in db.execute(f'SELECT t::text FROM "{name}" AS t').fetchall()]
            return "\n".join(row for (row,) in rows).encode()
    return repr([getattr(store, one.name) for one in attrs.fields(type(store))]).encode()
