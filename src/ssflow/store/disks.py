"""The check of the disk on which a file lies: SQLite's locks do not hold on network disks, where two writers can damage a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ssflow.errors import StoreError
from ssflow.text import Text

_MOUNTS = Path("/proc/self/mountinfo")  # Linux; on other systems only C programs can ask for it
_OF_SYSTEM = frozenset(("nfs", "nfs4", "cifs", "smb3", "afs", "ceph", "glusterfs", "lustre", "gpfs", "beegfs"))
_OF_PROGRAMS = frozenset(
    f"fuse.{name}" for name in ("sshfs", "glusterfs", "ceph-fuse", "s3fs", "gcsfuse", "rclone", "blobfuse", "goofys")
)
_NETWORK = _OF_SYSTEM | _OF_PROGRAMS


def refuse_network_disk(path: Path) -> None:
    """Refuse a file on a network disk; raises StoreError."""
    kind = _kind_of(path)
    if kind in _NETWORK:
        fault = Text(
            f"在网络磁盘上（{kind}），SQLite在网络磁盘上无法可靠加锁，多人写入会损坏文件；请放到本机磁盘上，或者用PostgreSQL",
            f"is on a network disk ({kind}), where SQLite cannot lock it and several writers would damage it; "
            "move it to a local disk, or use PostgreSQL",
        )
        raise StoreError(path, fault)


def _kind_of(path: Path) -> str:
    """Return the kind of the file system on which a file lies or will lie; empty if it cannot be found out."""
    if path.absolute().drive.startswith("\\\\"):  # a Windows share
        return "cifs"
    with suppress(OSError, RuntimeError):  # RuntimeError: links that lead in a circle
        place = path.resolve()
        around = [(mount, kind) for mount, kind in _mounts() if place.is_relative_to(mount)]
        deepest = max((len(mount.parts) for mount, _ in around), default=0)
        return next((kind for mount, kind in reversed(around) if len(mount.parts) == deepest), "")
    return ""


def _mounts() -> Iterator[tuple[Path, str]]:
    """Yield the mount points of the file systems, each with its kind, in the order in which they were mounted."""
    for line in _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
        at, _, of = line.partition(" - ")
        mount = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), at.split(" ")[4])
        yield Path(mount), of.split(" ")[0]
