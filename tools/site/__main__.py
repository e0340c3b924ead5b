"""Write the pages, and the site of both languages from them."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from tools.site import pages


def part_index(site: Path) -> None:
    """Keep the index of the search in a file of its own, which `assets/iframe-worker.js` reads; every page reads what is left."""
    whole, left = site / "search.js", site / "search.json"
    whole.rename(site / "search.full.js")
    settings = json.dumps(json.loads(left.read_text("utf-8")) | {"items": []})
    left.write_text(settings, "utf-8")
    whole.write_text(f"var __index = {settings}", "utf-8")


project = Path(sys.argv[1])
pages.write(project)
for language in pages.LANGUAGES:
    subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--strict", "--config-file", f"{language}.toml"],
        cwd=project,
        check=True,
    )
    part_index(project / "html" / language)
shutil.copy(pages.HERE / "index.html", project / "html")
