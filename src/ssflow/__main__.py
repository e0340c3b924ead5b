"""The command line, run as ``python -m ssflow``."""

from ssflow.cli import main

main()
