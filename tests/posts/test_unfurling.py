"""Cards of the pages that posts lead to: what they say, who sees them, and where nobody is sent."""

import gzip
import time
from collections.abc import AsyncIterator
from ipaddress import ip_network
from typing import Any

import pytest
from sqlalchemy import select

from parvis.files.models import File, LinkCard
from parvis.files.previews import Previewer, read_head
from parvis.kernel.config import Settings
from parvis.kernel.fetch import Fetcher
from parvis.kernel.runtime import Parvis
from parvis.posts.models import PostLink
from tests.make.addresses import HOSTS, LOCATIONS, URLS
from tests.make.communities import Place, Someone, make_closed
from tests.make.hostile_files import photo_with_place, png_claiming
from tests.make.posts import say, seen, told, url_of
from tests.make.web_server import Hit, WebServer, reply, web_server

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Autre</title>
<meta property="og:title" content="Crues de la Loire &amp; du Rhône">
<meta property="og:description" content="Trois cartes, et ce qu’elles disent.">
<meta property="og:site_name" content="Le géoportail"><meta property="og:image" content="/carte.jpg">
</head><body><title>Non</title></body></html>"""


def html(body: bytes, status: int = 200, **headers: str) -> bytes:
    return reply(body, status, content_type="text/html; charset=utf-8", **headers)


def answer(hit: Hit) -> bytes:
    """A site with a page and a picture."""
    if hit.path == "/carte.jpg":
        return reply(photo_with_place(), content_type="image/jpeg")
    return html(PAGE.encode())


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    """A site in the private network, which the administrator trusts."""
    async with web_server() as running:
        running.answer = answer
        yield running


@pytest.fixture
async def sentinel() -> AsyncIterator[WebServer]:
    """Where nobody may come."""
    async with web_server() as running:
        yield running


def at(server: WebServer, path: str = "/page") -> str:
    return f"http://127.0.0.1:{server.port}{path}"


@pytest.fixture
def settings(settings: Settings, server: WebServer) -> Settings:
    return settings.model_copy(update={"unfurl_trusted": [at(server, "")]})


@pytest.fixture
async def previewer(settings: Settings, server: WebServer, sentinel: WebServer) -> AsyncIterator[Previewer]:
    """Every name leads to this machine, and the sentinel's port is as good as 80."""

    async def resolver(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    fetcher = Fetcher(
        resolver=resolver,
        ports=frozenset({80, 443, sentinel.port}),
        trusted=[at(server, "")],
        seconds=2,
        max_bytes=2**16,
    )
    made = Previewer(settings, fetcher)
    yield made
    await made.close()


async def unfurl(parvis: Parvis) -> None:
    while await parvis.jobs.run_once():
        pass


async def test_a_hostile_address_is_never_knocked_at(previewer: Previewer, sentinel: WebServer) -> None:
    """SSRF: however the address of a private place is written, it gets no card and hears nothing."""
    written = [f"{scheme}://{host}:{sentinel.port}/" for scheme in ("http", "https") for host in HOSTS]
    written += [url.replace("{port}", str(sentinel.port)) for url in URLS]
    assert len(written) > 40
    for url in written:
        assert await previewer.preview(url) is None, url
    assert sentinel.connections == 0


async def test_a_trusted_page_sends_nobody_elsewhere(
    previewer: Previewer, server: WebServer, sentinel: WebServer
) -> None:
    """SSRF: by a redirect, of each kind, or by the picture that it names."""
    locations = [where.replace("{port}", str(sentinel.port)) for where in LOCATIONS]
    locations += [f"http://{host}:{sentinel.port}/" for host in HOSTS]
    for number, where in enumerate(locations):
        head = f"HTTP/1.1 {(301, 302, 303, 307, 308)[number % 5]} x\r\nlocation: {where}\r\ncontent-length: 0\r\n\r\n"
        server.answer = lambda hit, head=head: head.encode("utf-8")  # type: ignore[misc]
        assert await previewer.preview(at(server)) is None, where
        page = f'<title>x</title><meta property="og:image" content="{where}">'
        server.answer = lambda hit, page=page: html(page.encode())  # type: ignore[misc]
        shown = await previewer.preview(at(server))
        assert (shown and shown.title, shown and shown.photo) == ("x", None), where
    assert sentinel.connections == 0


async def test_a_name_that_changes_its_mind_is_asked_once(settings: Settings, sentinel: WebServer) -> None:
    asked: list[str] = []

    async def rebinding(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["93.184.215.14"] if len(asked) == 1 else ["127.0.0.1"]

    fetcher = Fetcher(resolver=rebinding, ports=frozenset({sentinel.port}), seconds=0.3)
    assert await Previewer(settings, fetcher).preview(f"http://exemple.fr:{sentinel.port}/") is None
    assert (asked, sentinel.connections) == (["exemple.fr"], 0)


async def test_a_page_that_is_none_gets_no_card_soon(previewer: Previewer, server: WebServer) -> None:
    endless = reply(status=302, location=at(server))
    answers = {
        "huge": html(b"<title>x</title>" + b"x" * 2**17),
        "bomb": html(gzip.compress(b"<title>x</title>" + b"\0" * 2**22), content_encoding="gzip"),
        "type": reply(b"<title>x</title>", content_type="application/pdf"),
        "untyped": reply(b"<title>x</title>"),
        "missing": html(b"<title>x</title>", 404),
        "failing": html(b"<title>x</title>", 500),
        "silent": html(b"<p>x"),
        "empty": html(b""),
        "cut": b"HTTP/1.1 200 x\r\ncontent-length: 900\r\n\r\n<title>x",
        "no http": b"\xff" * 500,
        "unpackable": html(b"<title>x</title>", content_encoding="gzip"),
        "endless": endless,
    }
    began = time.monotonic()
    for name, raw in answers.items():
        server.answer = lambda hit, raw=raw: raw  # type: ignore[misc]
        assert await previewer.preview(at(server)) is None, name
    assert time.monotonic() - began < 10


async def test_a_server_that_never_ends_is_left(settings: Settings) -> None:
    async with web_server() as slow:
        slow.answer = lambda hit: b"HTTP/1.1 200 x\r\ncontent-type: text/html\r\ncontent-length: 99\r\n\r\n"
        fetcher = Fetcher(ports=frozenset({slow.port}), exempt=[ip_network("127.0.0.0/8")], seconds=0.2)
        assert await Previewer(settings, fetcher).preview(at(slow)) is None


@pytest.mark.parametrize(
    "page, said",
    [
        ("<title> Une \n page </title>", {"title": "Une page"}),
        ("<title>a</title><title>b</title><meta name=description content=c>", {"title": "a", "description": "c"}),
        ("<meta name='twitter:title' content=t><meta property=og:title content=u>", {"title": "t"}),
        ("<head></head><body><meta property=og:title content=x>", {"title": ""}),
        ("<title>a\u202eb\u0000c\u2066</title>", {"title": "a b c"}),
        ("<title>" + "x" * 900 + "</title>", {"title": "x" * 200}),
        ("<title>&lt;script&gt;</title>", {"title": "<script>"}),
        ("<script>document.write('<title>x</title>')</script>", {"title": ""}),
    ],
)
def test_the_head_of_a_page_says_what_it_is(page: str, said: dict[str, str]) -> None:
    assert read_head(page) == said


def test_a_page_made_to_take_long_is_read_soon() -> None:
    began = time.process_time()
    for piece in ("<", "<!--", "<meta ", "<a b=", "</", "&#", "<![", "<title>", "<meta content='", "<?"):
        read_head(piece * (2**18 // len(piece)))
    assert time.process_time() - began < 8


async def test_a_link_gets_its_card_which_who_reads_the_post_sees(
    nadia: Someone, claire: Someone, omar: Someone, server: WebServer, parvis: Parvis
) -> None:
    place = await make_closed(nadia, claire)
    post = await say(nadia, place, f"Voyez {at(server)}. Et [là]({at(server)}).")
    assert post["links"] == []
    await unfurl(parvis)
    [link] = (await seen(claire, post))["links"]
    image = link.pop("image")
    assert link == {
        "url": at(server),
        "title": "Crues de la Loire & du Rhône",
        "description": "Trois cartes, et ce qu’elles disent.",
        "site": "Le géoportail",
    }
    got = await claire.browser.get(image["url"])
    assert (got.status_code, got.headers["content-type"]) == (200, "image/webp")
    assert (image["width"], image["height"], b"SECRET" in got.content) == (80, 40, False)
    assert (await omar.browser.get(image["url"])).status_code == 404
    assert [fact.data["id"] for fact in await told(parvis, "post.unfurled")] == [post["id"]]

    again = await say(claire, place, f"Encore : {at(server)}")
    await unfurl(parvis)
    assert len((await seen(nadia, again))["links"]) == 1
    assert [hit.path for hit in server.hits] == ["/page", "/carte.jpg"]  # It was not asked again.
    assert (await claire.browser.delete(url_of(again))).status_code == 204
    assert (await claire.browser.get(image["url"])).status_code == 200
    assert (await nadia.browser.patch(url_of(post), json={"body": "Rien."})).json()["links"] == []
    assert (await claire.browser.get(image["url"])).status_code == 404
    async with parvis.database.reading() as session:
        for table in (LinkCard, PostLink, File):
            assert list(await session.scalars(select(table))) == []


async def test_three_links_at_most_get_a_card_and_none_of_our_own(
    place: Place, ines: Someone, server: WebServer, settings: Settings, parvis: Parvis
) -> None:
    links = [at(server, f"/{number}") for number in range(5)]
    own = f"{settings.public_url}/communities/{place.id}"
    post = await say(ines, place, " ".join([own, settings.public_url, *links, "`http://127.0.0.1/code`"]))
    await unfurl(parvis)
    assert [link["url"] for link in (await seen(ines, post))["links"]] == links[:3]
    assert sorted({hit.path for hit in server.hits}) == ["/0", "/1", "/2", "/carte.jpg"]


async def test_what_changed_meanwhile_is_seen_to(
    place: Place, ines: Someone, server: WebServer, parvis: Parvis
) -> None:
    gone = await say(ines, place, at(server, "/gone"))
    edited = await say(ines, place, at(server, "/first"))
    assert (await ines.browser.delete(url_of(gone))).status_code == 204
    await ines.browser.patch(url_of(edited), json={"body": at(server, "/second")})
    server.answer = lambda hit: answer(hit) if hit.path == "/second" else reply(png_claiming(60_000, 60_000))
    await unfurl(parvis)
    [link] = (await seen(ines, edited))["links"]
    assert (link["url"], link["image"]) == (at(server, "/second"), None)
    assert {hit.path for hit in server.hits} == {"/second", "/carte.jpg"}


@pytest.mark.parametrize("update", [{"unfurl": False}, {"unfurl_trusted": []}], ids=["off", "untrusted"])
async def test_where_it_is_off_or_not_trusted_nobody_is_asked(
    update: dict[str, Any], server: WebServer, ines: Someone, place: Place, parvis: Parvis
) -> None:
    parvis.settings = parvis.settings.model_copy(update=update)
    post = await say(ines, place, at(server))
    await unfurl(parvis)
    assert ((await seen(ines, post))["links"], server.connections) == ([], 0)
