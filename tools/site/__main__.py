"""Write the pages, and the site of both languages from them."""

import shutil
import subprocess
import sys
from pathlib import Path

from tools.site import pages

project = Path(sys.argv[1])
pages.write(project)
for language in pages.LANGUAGES:
    subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--strict", "--config-file", f"{language}.toml"],
        cwd=project,
        check=True,
    )
shutil.copy(pages.HERE / "index.html", project / "html")
