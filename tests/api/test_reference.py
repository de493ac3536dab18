"""The reference page: all of the API on one page, with nothing from elsewhere."""

import re
from html.parser import HTMLParser

import httpx

from tests.api.test_description import OPERATIONS


class Reader(HTMLParser):
    """What a page holds: its elements, identifiers, links and text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "action"}]

    def handle_data(self, data: str) -> None:
        self.text += data


async def test_the_page_tells_of_every_operation(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/reference")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    page = Reader(answer.text)
    for name, operation in OPERATIONS.items():
        assert operation["operationId"] in page.ids, name
        assert operation["summary"] in page.text
    assert len(page.ids) == len(set(page.ids))


async def test_the_page_needs_neither_script_nor_another_site(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/reference")
    page = Reader(answer.text)
    assert not {"script", "img", "iframe", "link", "form", "object"} & set(page.elements)
    assert not any(name.startswith("on") or name == "style" for name in page.attributes)
    policy = answer.headers["content-security-policy"]
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri 'none'; "
        r"form-action 'none'; frame-ancestors 'none'",
        policy,
    )


async def test_every_link_leads_somewhere(client: httpx.AsyncClient) -> None:
    page = Reader((await client.get("/api/v1/reference")).text)
    inside = {link.removeprefix("#") for link in page.links if link.startswith("#")}
    assert inside <= set(page.ids)
    outside = {link for link in page.links if not link.startswith("#")}
    assert outside == {"/api/v1/openapi.json"}
    assert (await client.get("/api/v1/openapi.json")).status_code == 200
