"""The command line. It needs click and rich, which the extra ``cli`` installs."""

import sys
from contextlib import suppress

_EXTRA = ("click", "rich")


def main() -> None:
    """Run the command line; without click or rich, say how to install them."""
    _take_newer_sqlite()
    try:
        from ssflow.cli.app import program
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing not in _EXTRA:
            raise
        sys.exit(
            f"the command line needs {missing}: install ssflow[cli], for example with pip install 'ssflow[cli]'\n"
            f"命令行需要{missing}：请安装ssflow[cli]，例如pip install 'ssflow[cli]'"
        )
    program()


def _take_newer_sqlite() -> None:
    """Take the SQLite of the extra ``sqlite`` for the whole program, if it is installed: two in one program would not see each other's locks."""
    with suppress(ImportError):
        import pysqlite3
        from pysqlite3 import dbapi2

        sys.modules.update({"sqlite3": pysqlite3, "sqlite3.dbapi2": dbapi2})
