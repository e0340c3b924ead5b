"""The documentation site as its readers have it: opened from a disk, without a network. Waits for ``python3 dev.py site``."""

from collections.abc import Iterator
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

import pytest

from tests.browsers import chromium

HTML = Path(__file__).parents[2] / "build" / "site" / "html"
PAGES = sorted(HTML.glob("*/**/*.html"))
PHONE, LAPTOP = {"width": 390, "height": 800}, {"width": 1280, "height": 900}

pytestmark = pytest.mark.skipif(not PAGES, reason="the site is built by python3 dev.py site")


class Page(HTMLParser):
    """What a page of the site leads to, and where it can be led to."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = {""}
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value is not None:
                self.links.append(value)
            elif name in ("id", "name") and value:
                self.anchors.add(value)


@pytest.fixture(scope="module")
def visit() -> Iterator:
    """A visit with a Chromium of the machine, or that of Playwright, without a network: one visitor reads all pages, so a script is read once."""
    with chromium("site") as browser:
        yield browser.new_context(offline=True)


@pytest.fixture
def page(visit) -> Iterator:
    """A page that fails the test if it asks the network for anything, or if a script of it fails."""
    wrong: list[str] = []
    opened = visit.new_page()
    opened.on(
        "request", lambda request: None if request.url.startswith(("file:", "data:")) else wrong.append(request.url)
    )
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    opened.close()
    assert wrong == []


def address(page: str) -> str:
    return (HTML / page).as_uri()


def test_every_link_leads_somewhere() -> None:
    """Pages, anchors in them, pictures and scripts, from one language to the other too; nothing is loaded from elsewhere."""
    read = {path.resolve(): Page(path) for path in PAGES}
    lost = []
    for path, found in read.items():
        for link in found.links:
            parts = urlsplit(link)
            if parts.scheme or link.startswith("//"):
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            known = read[target].anchors if target in read else {""} if target.is_file() else set()
            if unquote(parts.fragment) not in known and path.name != "404.html":
                lost.append(f"{path.relative_to(HTML.resolve())}: {link}")
    assert len(read) > 150 and lost == []


@pytest.mark.parametrize(
    ("language", "words", "found"),
    [
        ("zh", "补换", "card_replacement"),
        ("zh", "挂失", "loss_report"),
        ("zh", "医疗保险关系转移接续", "medical_transfer"),
        ("zh", "社保卡补换要多久", "card_replacement"),
        ("zh", "WorkCalendar", "ssflow.calendar"),
        ("en", "replacement", "card_replacement"),
        ("en", "make-up days", "working-days-in-china"),
    ],
)
def test_search_finds_both_languages(page, language: str, words: str, found: str) -> None:
    """Chinese by its words, which no blanks part; the page that is about them is among the first ten."""
    page.goto(address(f"{language}/index.html"))
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill(words)
    page.get_by_role("option").first.wait_for()
    assert any(f"/{found}.html" in (one.get_attribute("href") or "") for one in page.get_by_role("option").all())


def test_the_index_is_read_when_somebody_searches(page) -> None:
    """A page without a search neither reads nor makes it; opening the search does not either, writing in it does, once."""
    read: list[str] = []
    page.on("request", lambda request: read.append(Path(urlsplit(request.url).path).name))
    page.goto(address("en/index.html"))
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").wait_for()
    assert "search.js" in read and "search.full.js" not in read and page.locator("iframe").count() == 0
    for words in ("replacement", "make-up days"):
        page.get_by_role("combobox").fill(words)
        page.get_by_role("option").first.wait_for()
    assert read.count("search.full.js") == 1


def test_a_site_that_is_served_is_searched_too(visit) -> None:
    """There the search runs in a worker of the browser."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=HTML))
    Thread(target=server.serve_forever, daemon=True).start()
    with visit.browser.new_context() as context, server:
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/en/howto/audit.html", wait_until="networkidle")
        page.keyboard.press("Control+k")
        page.get_by_role("combobox").fill("replacement")
        page.get_by_role("option").first.click()
        page.wait_for_url("**/en/procedures/*.html*")
        server.shutdown()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_other_language_is_a_click_away(page, language: str) -> None:
    """On each page of a procedure, to the same page."""
    other = {"zh": "en", "en": "zh"}[language]
    page.goto(address(f"{language}/procedures/retirement.html"))
    page.get_by_role("article").get_by_role("link", name={"zh": "English", "en": "中文"}[language], exact=True).click()
    page.wait_for_url(address(f"{other}/procedures/retirement.html"))
    assert page.locator("html").get_attribute("lang") == other


@pytest.mark.parametrize("path", [str(path.relative_to(HTML)) for path in PAGES])
def test_a_page_fits_a_phone(page, path: str) -> None:
    """It need not be pushed sideways: what is wide, such as a table, moves in itself. Its flowchart is drawn, by a script of the site."""
    page.set_viewport_size(PHONE)
    page.goto(address(path))
    if 'class="mermaid"' in (HTML / path).read_text("utf-8"):
        page.wait_for_function("document.querySelector('div.mermaid')?.offsetHeight > 100")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.locator("pre.mermaid").count() == 0


@pytest.mark.parametrize("name", ["card_replacement", "medical_transfer", "pension_transfer", "retirement"])
def test_the_first_screen_answers(page, name: str) -> None:
    """How long, what to bring, what it costs: without scrolling, on the screen of an ordinary laptop."""
    page.set_viewport_size(LAPTOP)
    page.goto(address(f"zh/procedures/{name}.html"))
    costs = page.get_by_role("article").locator("li", has=page.get_by_text("多少钱", exact=True)).first.bounding_box()
    assert costs["y"] + costs["height"] <= LAPTOP["height"]


def test_each_procedure_has_its_flowchart() -> None:
    """In both languages; they are drawn by the test above."""
    for language in ("en", "zh"):
        pages = list((HTML / language / "procedures").glob("*_*.html"))
        assert pages and all('class="mermaid"' in path.read_text("utf-8") for path in pages)


def test_the_library_is_told_by_its_docstrings(page) -> None:
    """Names, signatures and examples, which stand as such."""
    page.goto(address("en/api/ssflow.calendar.html"))
    article = page.get_by_role("article")
    assert "china" in article.inner_text() and "Raises" in article.inner_text()
    assert article.locator("blockquote").count() == 0
