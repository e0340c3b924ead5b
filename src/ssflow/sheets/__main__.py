"""``python -m ssflow.sheets FOLDER`` writes every page that is made from the definitions into the documentation folder."""

import sys
from pathlib import Path

from ssflow.sheets.files import write

if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("name the folder of the documentation: python -m ssflow.sheets docs")
    for page in write(Path(sys.argv[1])):
        sys.stdout.write(f"{page}\n")
