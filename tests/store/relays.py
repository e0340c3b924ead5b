"""A way to a server of PostgreSQL on which commits, or the answers to them, get lost."""

import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from threading import Thread

from psycopg.conninfo import conninfo_to_dict, make_conninfo


@contextmanager
def relay_to(dsn: str) -> Iterator[tuple[str, list[str]]]:
    """The address of a relay to the server, and a list of what will be lost there: with each "commit" or "answer" to one its connection is
    lost too.
    """
    lost: list[str] = []
    told = conninfo_to_dict(dsn)
    host, port = str(told.get("host", "localhost")), str(told.get("port", 5432))

    def passes(what: str, part: bytes) -> bool:
        """Whether a part is sent on; COMMIT is in the request for a commit and in the answer that says that it was carried out."""
        if lost and lost[0] == what and b"COMMIT\0" in part:
            lost.pop(0)
            return False
        return True

    def relay(client: socket.socket) -> None:
        with closing(client), closing(_connected(host, port)) as server:
            asking = Thread(target=_sent_on, args=(client, server, lambda part: passes("commit", part)), daemon=True)
            asking.start()
            _sent_on(server, client, lambda part: passes("answer", part))
            asking.join()

    def accept() -> None:
        with suppress(OSError):  # until it is closed
            while True:
                Thread(target=relay, args=(listening.accept()[0],), daemon=True).start()

    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        Thread(target=accept, daemon=True).start()
        here = {"host": "127.0.0.1", "port": listening.getsockname()[1], "sslmode": "disable", "gssencmode": "disable"}
        yield make_conninfo(dsn, **here), lost


def _connected(host: str, port: str) -> socket.socket:
    if not host.startswith("/"):
        return socket.create_connection((host, int(port)))
    server = socket.socket(socket.AF_UNIX)
    server.connect(f"{host}/.s.PGSQL.{port}")
    return server


def _sent_on(source: socket.socket, sink: socket.socket, passes: Callable[[bytes], bool]) -> None:
    """Send on what comes until one end closes or something does not pass; then both ends are closed."""
    with suppress(OSError):
        while (part := source.recv(65536)) and passes(part):
            sink.sendall(part)
    for end in (source, sink):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
