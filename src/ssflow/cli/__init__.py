"""The command line. It needs click and rich, which the extra ``cli`` installs."""

import sys

_EXTRA = ("click", "rich")


def main() -> None:
    """Run the command line; without click or rich, say how to install them."""
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
