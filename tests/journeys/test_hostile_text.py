"""Hostile texts in a real browser, with no content security policy to help: what our own rendering lets through runs.

The parser's view of the same texts is in `tests/kernel/test_text.py`.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from parvis.kernel.text import render_markdown
from tests.kernel.xss import PAYLOADS

pytestmark = pytest.mark.browser

AROUND = ("{}", "> {}", "- {}", "**a** {} *b*", "# {}")
TEXTS = [around.format(payload) for payload in PAYLOADS for around in AROUND]
WATCHED = """
<!doctype html><meta charset="utf-8"><title>Watched</title>
<script>
  window.ran = []
  for (const name of ['alert', 'confirm', 'prompt', 'msgbox', 'open', 'print']) window[name] = (said) => ran.push(name)
  addEventListener('securitypolicyviolation', () => ran.push('policy'))
</script>
<main id="main"></main>
"""
PROVOKE = """
html => {
  main.innerHTML = html
  for (const element of main.querySelectorAll('*')) {
    for (const name of ['mouseover', 'mouseenter', 'focus', 'click', 'toggle', 'load', 'error', 'animationstart']) {
      element.dispatchEvent(new Event(name, { bubbles: true, cancelable: true }))
    }
  }
}
"""


class Bench:
    """A page without a policy, which says what ran in it and what it asked for."""

    URL = "http://watched.example/"

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        page.route("**/*", self._answer)
        page.goto(self.URL)

    def ran(self, html: str) -> list[str]:
        """Shows this and provokes it; gives what ran, also what an image that fails to load runs a moment later."""
        self.page.evaluate(PROVOKE, html)
        self.page.wait_for_load_state("networkidle")
        ran: list[str] = self.page.evaluate("() => ran.splice(0)")
        return ran

    def _answer(self, route: Route) -> None:
        if route.request.url == self.URL:
            route.fulfill(body=WATCHED, content_type="text/html")
        else:
            self.asked.append(route.request.url)
            route.abort()


@pytest.fixture
def bench(chromium: Browser) -> Iterator[Bench]:
    context = chromium.new_context()
    yield Bench(context.new_page())
    context.close()


def test_nothing_that_people_write_runs_or_fetches(bench: Bench) -> None:
    assert len(TEXTS) >= 300
    for start in range(0, len(TEXTS), 30):
        some = TEXTS[start : start + 30]
        html = "\n".join(f"<article>{render_markdown(text)}</article>" for text in some)
        assert bench.ran(html) == [], some
        assert bench.page.url == Bench.URL
    assert bench.asked == [], "reading fetches nothing"


def test_links_that_stay_lead_only_to_the_web_to_mail_and_to_ourselves(bench: Bench) -> None:
    html = "\n".join(render_markdown(text) for text in TEXTS)
    bench.ran(html)
    schemes = bench.page.evaluate("() => [...new Set([...main.querySelectorAll('a[href]')].map((a) => a.protocol))]")
    assert set(schemes) <= {"http:", "https:", "mailto:"}
    assert "https:" in schemes


def test_the_same_bench_notices_what_does_run(bench: Bench) -> None:
    """Without our rendering, the texts do run and fetch: the bench is able to see it."""
    assert "alert" in bench.ran("<img src='https://evil.example/x' onerror='alert(1)'>")
    assert "https://evil.example/x" in bench.asked
