"""``python -m ssflow`` is the command line."""

from ssflow.cli import main

main()
