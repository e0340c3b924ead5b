"""The pages in a browser, as people have them: on a laptop and on a phone, in both languages, light and dark, by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.hosts.conftest import Served, running

NUMBER = "11010519491231002X"
PHONE, LAPTOP = {"width": 390, "height": 800}, {"width": 1100, "height": 800}
SEND = re.compile("^(提交|Send)$")

# What is wrong with a page for somebody who cannot see it well, or at all.
LOOK = """() => {
  const wrong = [];
  const lum = c => { const [r, g, b] = c.match(/[\\d.]+/g).slice(0, 3).map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!/, 0\\)$|transparent/.test(c)) return c; } return getComputedStyle(document.documentElement).colorScheme.includes('dark') && matchMedia('(prefers-color-scheme: dark)').matches ? 'rgb(0,0,0)' : 'rgb(255,255,255)'; };
  for (const e of document.querySelectorAll('main *, header *')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.getClientRects().length) continue;
    const [a, b] = [lum(getComputedStyle(e).color), lum(behind(e))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) wrong.push('contrast of ' + e.textContent.trim().slice(0, 30));
  }
  for (const e of document.querySelectorAll('input:not([type=hidden]), select, textarea')) {
    if (!e.labels || !e.labels.length || !e.labels[0].textContent.trim()) wrong.push('no label: ' + e.name);
    for (const id of (e.getAttribute('aria-describedby') || '').split(' ').filter(Boolean)) if (!document.getElementById(id)) wrong.push('describes nothing: ' + id);
  }
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  if (new Set(ids).size !== ids.length) wrong.push('an id twice');
  if (document.querySelectorAll('h1').length !== 1) wrong.push('not one h1');
  const levels = [...document.querySelectorAll('h1, h2, h3, h4')].map(e => +e.tagName[1]);
  levels.forEach((level, i) => { if (i && level > levels[i - 1] + 1) wrong.push('a level of headings is left out'); });
  for (const e of document.querySelectorAll('a[href^="#"]')) if (!document.getElementById(decodeURIComponent(e.hash.slice(1)))) wrong.push('leads nowhere: ' + e.hash);
  if (document.documentElement.scrollWidth > innerWidth) wrong.push('wider than the screen');
  return wrong;
}"""


@pytest.fixture(scope="module", params=["fastapi-sqlite", "django-sqlite"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Each application; what is on a page does not turn on the database."""
    yield from running(request, tmp_path_factory)


@pytest.fixture(params=["zh-light", "en-dark"])
def page(request: pytest.FixtureRequest, browser: Any, served: Served) -> Iterator[Any]:
    """A page that fails the test if it asks another place for anything, or if something in it fails."""
    lang, _, scheme = request.param.partition("-")
    context = browser.new_context(locale={"zh": "zh-CN", "en": "en-GB"}[lang], color_scheme=scheme, viewport=LAPTOP)
    wrong: list[str] = []
    opened = context.new_page()
    opened.on("request", lambda request: None if request.url.startswith(served.url) else wrong.append(request.url))
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on(
        "console",
        lambda message: (
            wrong.append(message.text) if message.type == "error" and "status of 4" not in message.text else None
        ),
    )
    opened.lang, opened.base = lang, served.url
    yield opened
    context.close()
    assert wrong == []


def sign_in(page: Any, name: str) -> None:
    page.goto(page.base + "/sign-in")
    page.get_by_label(re.compile("用户|User")).select_option(name)
    page.get_by_role("button", name=re.compile("进入|Go on")).click()


def fill(page: Any, **written: str) -> None:
    for name, text in written.items():
        one = page.locator(f'[name="{name.replace("__", ".")}"]')
        one.select_option(text) if one.evaluate("one => one.tagName") == "SELECT" else one.fill(text)


def check(page: Any) -> None:
    """On a laptop and on a phone."""
    assert page.locator("html").get_attribute("lang") == {"zh": "zh-CN", "en": "en"}[page.lang]
    for size in (PHONE, LAPTOP):
        page.set_viewport_size(size)
        assert page.evaluate(LOOK) == [], page.url


def test_what_is_wrong_is_seen(browser: Any) -> None:
    """The look itself: each thing that it looks for is found on a page that has it."""
    page = browser.new_page(viewport=PHONE)
    page.set_content(
        "<html style='color-scheme: light dark'><main><h1>a</h1><h1>b</h1><h3 style='color: #aaa'>pale</h3><input name=x aria-describedby=y>"
        "<p id=z></p><p id=z style='width: 500px'>wide</p><a href='#q'>to q</a></main>"
    )
    assert page.evaluate(LOOK) == [
        "contrast of pale", "no label: x", "describes nothing: y", "an id twice", "not one h1", "a level of headings is left out",
        "leads nowhere: #q", "wider than the screen",
    ]  # fmt: skip
    page.close()


def test_every_page_can_be_read_and_used(page: Any) -> None:
    """Each page of a case's way, with its errors: labels, headings, contrast, width; a case is opened, claimed for and followed."""
    page.goto(page.base + "/sign-in")
    check(page)
    sign_in(page, "li")
    check(page)
    page.goto(page.base + "/open/loss_report/report_formally")
    check(page)
    page.get_by_role("button", name=SEND).click()
    page.get_by_role("alert").wait_for()
    check(page)
    page.get_by_role("alert").get_by_role("link").last.click()
    assert page.url.endswith("#holder.number")
    fill(page, track="social", holder__number=NUMBER, _party="wang", _on="2026-01-23", _note="<b>挂失</b>")
    page.get_by_role("button", name=SEND).click()
    page.get_by_role("status").wait_for()
    check(page)
    assert page.get_by_text("<b>挂失</b>").count() == 1
    report = page.url.partition("?")[0].rpartition("/")[2]

    sign_in(page, "zhao")
    page.goto(page.base + "/open/gap_expenses/claim")
    fill(
        page,
        holder__number=NUMBER,
        amount="356.20",
        paid_on="2026-01-20",
        receipts="true",
        _on="2026-01-26",
        _party="wang",
    )
    page.get_by_role("button", name=SEND).click()
    page.get_by_role("alert").wait_for()  # the report is not named
    check(page)
    fill(page, _links=report)
    page.get_by_role("button", name=SEND).click()
    page.get_by_role("status").wait_for()
    check(page)
    assert page.get_by_text(
        {"zh": "《社会保险经办条例》第20条第2款", "en": "Social Insurance Handling Regulation, art. 20(2)"}[page.lang]
    ).count()
    page.get_by_role("link", name={"zh": "退回补正", "en": "send back"}[page.lang]).click()
    check(page)
    page.goto(page.base + "/")
    check(page)
    page.goto(page.base + "/cases/nobody-1")
    check(page)


def test_a_form_with_lists_can_be_filled_in(page: Any) -> None:
    """The periods of a transfer, each a group of fields; what is wrong in one of them is told there."""
    sign_in(page, "zhao")
    page.goto(page.base + "/open/retirement/reach")
    if page.get_by_role("group").count() < 3:
        pytest.fail("the form has no rows")
    check(page)
    page.locator('[name="periods[1].last"]').fill("2020-12-31")
    page.get_by_role("button", name=SEND).click()
    page.get_by_role("alert").wait_for()
    check(page)
    assert page.locator('[name="periods[0].first"]').get_attribute("aria-invalid") == "true"
    assert page.locator('[name="periods[0].last"]').input_value() == "2020-12-31"


def test_a_form_is_sent_by_the_keyboard(page: Any) -> None:
    """What has the focus is seen, the first step leads past the head of the page, and Enter sends the form."""
    sign_in(page, "wang")
    page.goto(page.base + "/open/loss_report/report_formally")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.locator('[name="holder.number"]').focus()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    page.keyboard.type(NUMBER)
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()  # the function that is lost has not been chosen
    assert page.locator('[name="holder.number"]').input_value() == NUMBER


def test_the_other_language_is_a_click_away(page: Any) -> None:
    """The same page; and it stays so."""
    sign_in(page, "li")
    page.get_by_role("link", name={"zh": "English", "en": "中文"}[page.lang]).click()
    page.lang = {"zh": "en", "en": "zh"}[page.lang]
    check(page)
    page.goto(page.base + "/open/loss_report/report_formally")
    check(page)
