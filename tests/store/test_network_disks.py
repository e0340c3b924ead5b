"""A file of cases on a network disk is refused: its locks and syncs cannot be relied on."""

from pathlib import Path

import pytest

from ssflow import SQLiteStore
from ssflow.errors import StoreError
from ssflow.store import disks

# As Linux writes it: spaces as octal numbers, and what is mounted later over the same place last.
MOUNTS = r"""22 27 0:21 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:40 / {here}/net\040disk rw,relatime - nfs4 server:/x rw
31 22 0:41 / {here}/share rw - cifs //server/share rw,vers=3.1
32 22 0:42 / {here}/far rw,nosuid shared:9 master:2 - fuse.sshfs me@far:/ rw
33 30 0:43 / {here}/net\040disk/local rw - tmpfs tmpfs rw
34 22 0:44 / {here}/remade rw - nfs server:/y rw
35 22 0:45 / {here}/remade rw - xfs /dev/vdb rw
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [("net disk", "nfs4"), ("share", "cifs"), ("far/below", "fuse.sshfs"), ("link", "cifs"), *((name, "") for name in ("net disk/local", "remade", "here", "."))],
)  # fmt: skip
def test_disks_of_the_network_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, kind: str
) -> None:
    """Where the system tells that a folder is one, also behind a link; no file is made there. Disks of this machine serve."""
    (tmp_path / folder).mkdir(parents=True, exist_ok=folder == ".") if folder != "link" else None
    (tmp_path / "share").mkdir(exist_ok=True)
    (tmp_path / "link").symlink_to(tmp_path / "share")
    (tmp_path / "mounts").write_text(MOUNTS.format(here=tmp_path))
    monkeypatch.setattr(disks, "_MOUNTS", tmp_path / "mounts")
    path = tmp_path / folder / "cases.db"
    if kind:
        with pytest.raises(StoreError, match=rf"network disk \({kind}\)"):
            SQLiteStore(path)
        assert not path.exists()
    else:
        assert SQLiteStore(path).rows() == ()
