"""Hostile files in a real browser, on our own origin, loaded in every way that a page has: none of them runs.

The page that loads them has no policy to help. What is said of each file is tried in `tests/files/test_hostile.py`.
"""

from collections.abc import Iterator, Mapping

import httpx
import pytest
from playwright.sync_api import Browser, Error, Page, Route

from parvis.accounts.auth import DEV_COOKIE
from parvis.accounts.models import Member
from parvis.accounts.service.sessions import Device, open_session
from tests.make import hostile_files
from tests.make.house import House, house
from tests.make.real_files import SAMPLES

pytestmark = pytest.mark.browser

WORST = {
    "svgs": ("onload.svg", "script.svg", "foreign.svg"),
    "html": ("html-photo.png", "bare-readme.txt", "bom-cours.pdf", "image.jpg.html"),
    "xmls": ("xhtml.xml", "style.xml"),
    "polyglots": ("both.gif", "gifar.jar", "jpeg.js", "pdf.html"),
    "lies": ("film.mp4",),
}
WATCHED = """<!doctype html><meta charset="utf-8"><title>Watched</title><main id="main"></main>
<script>
  window.ran = []
  for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => ran.push(name)
</script>
"""
LOAD = """
async (url) => {
  const kinds = { img: 'src', iframe: 'src', embed: 'src', object: 'data', script: 'src', video: 'src', link: 'href' }
  const ended = Object.entries(kinds).map(([name, attribute]) => {
    const element = document.createElement(name)
    if (name === 'link') element.rel = 'stylesheet'
    const over = new Promise((resolve) => { element.onload = element.onerror = resolve; setTimeout(resolve, 300) })
    element.setAttribute(attribute, url)
    main.append(element)
    return over
  })
  await Promise.all(ended)
  main.replaceChildren()
  return ran.splice(0)
}
"""


PLAY = """
([kind, url]) => new Promise((resolve, reject) => {
  const player = document.createElement(kind)
  player.muted = true
  player.ontimeupdate = () => player.currentTime > 0.3 && resolve(player.duration)
  player.onerror = () => reject(new Error(player.error.message))
  player.src = url
  main.append(player)
  player.play()
})
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("house")) as at:
        yield at


class Watched:
    """A page of our origin without a policy, which says what ran and what was asked because of it."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page, self.address = page, f"{origin}/watched"
        self.asked: list[str] = []
        page.context.on("request", lambda request: self.asked.append(request.url))
        page.route(self.address, lambda route: route.fulfill(body=WATCHED, content_type="text/html"))
        page.route("**/ran", self._heard)
        page.on("dialog", lambda dialog: dialog.dismiss())
        page.goto(self.address)

    def ran(self, url: str) -> list[str]:
        """What runs when a page has it as a picture, a frame, a script; and when somebody goes there."""
        ran: list[str] = self.page.evaluate(LOAD, url)
        try:
            self.page.goto(url)
        except Error as error:
            if "Download" not in error.message and "ERR_ABORTED" not in error.message:
                raise
        self.page.goto(self.address)
        return [*ran, *(address for address in self.asked if address.endswith("/ran"))]

    def _heard(self, route: Route) -> None:
        route.abort()


def marked(content: bytes) -> bytes:
    """What would run says so to us."""
    return content.replace(b"/api/v1/session", b"/ran").replace(b"alert(1)", b"fetch('/ran')")


def test_no_file_runs_however_it_is_loaded(served: House, chromium: Browser) -> None:
    page = chromium.new_page()  # Which complains of nearly everything, rightly.
    urls = uploaded(served, served.member("Inès Benali"), page)
    watched = Watched(page, served.url)

    assert len(urls) >= 12
    for name, url in urls.items():
        assert watched.ran(url) == [], name
    asked = [address for address in watched.asked if "/api/v1/files/" in address]
    assert len(asked) >= 5 * len(urls)  # They were really loaded.

    page.route(
        "**/evil.html", lambda route: route.fulfill(body="<script>fetch('/ran')</script>", content_type="text/html")
    )
    assert watched.ran(f"{served.url}/evil.html"), "the bench notices what does run"
    page.context.close()


def test_films_and_sounds_play_from_where_they_are_downloaded(served: House, chromium: Browser) -> None:
    page = chromium.new_page()
    samples = {name: (SAMPLES / name).read_bytes() for name in ("film.mp4", "son.mp3")}
    urls = sent(served, served.member("Claire Vasseur"), page, samples)
    watched = Watched(page, served.url)

    seconds = [
        watched.page.evaluate(PLAY, [kind, url]) for kind, url in zip(("video", "audio"), urls.values(), strict=True)
    ]
    assert [round(one) for one in seconds] == [1, 1]
    page.context.close()


def uploaded(served: House, member: Member, page: Page) -> Mapping[str, str]:
    """The worst of each class, uploaded by a member whom this page's browser is; and the address of each."""
    files = {
        name: marked(content)
        for kind, names in WORST.items()
        for name, content in getattr(hostile_files, kind)()
        if name in names
    }
    return sent(served, member, page, files)


def sent(served: House, member: Member, page: Page, files: Mapping[str, bytes]) -> Mapping[str, str]:
    device = Device("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "203.0.113.7")
    _, cookie = served.run(served.parvis.database.write(open_session, member, methods=["pwd"], device=device))
    page.context.add_cookies([{"name": DEV_COOKIE, "value": cookie, "url": served.url}])
    with httpx.Client(base_url=f"{served.url}/api/v1", cookies={DEV_COOKIE: cookie}) as client:
        client.headers["x-csrf-token"] = client.get("/session").json()["csrf_token"]
        replies = {
            name: client.post(
                "/files", content=content, headers={"content-disposition": f'attachment; filename="{name}"'}
            )
            for name, content in files.items()
        }
    return {name: served.url + reply.raise_for_status().json()["url"] for name, reply in replies.items()}
