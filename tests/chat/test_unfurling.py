"""Cards of the pages that messages lead to: who sees them, what is told of them, and when they go."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import select

from parvis.chat.models import MessageLink
from parvis.files.models import File, LinkCard
from parvis.kernel.config import Settings
from parvis.kernel.events import Position
from parvis.kernel.runtime import Parvis
from tests.conftest import run_jobs, until_readable
from tests.make.chat import MESSAGES, answered, make_group, talk
from tests.make.communities import Someone, make_community
from tests.make.hostile_files import photo_with_place
from tests.make.posts import say, seen
from tests.make.web_server import Hit, WebServer, reply, web_server

PAGE = b"""<title>Crues de la Loire</title><meta property="og:description" content="Trois cartes.">
<meta property="og:site_name" content="Le portail"><meta property="og:image" content="/carte.jpg">"""


def answer(hit: Hit) -> bytes:
    if hit.path == "/carte.jpg":
        return reply(photo_with_place(), content_type="image/jpeg")
    return reply(PAGE, content_type="text/html; charset=utf-8")


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    """A site in the private network, which the administrator trusts."""
    async with web_server() as running:
        running.answer = answer
        yield running


@pytest.fixture
def settings(settings: Settings, server: WebServer) -> Settings:
    return settings.model_copy(update={"unfurl_trusted": [at(server, "")]})


def at(server: WebServer, path: str = "/page") -> str:
    return f"http://127.0.0.1:{server.port}{path}"


async def links_of(someone: Someone, message: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await answered(someone.browser.get(f"{MESSAGES}/{message['id']}")))["links"]
    return found


async def told_of_links(parvis: Parvis, someone: Someone) -> list[Any]:
    """What is told of cards, first to last: their titles, or None where they are not in the fact."""
    await until_readable(parvis)
    async with parvis.database.reading() as session:
        extent = await parvis.stream.extent(session)
    query: dict[str, str | int] = {"since": f"{extent.epoch}.{Position()}", "limit": 200}
    news = await answered(someone.browser.get("/api/v1/events", params=query))
    facts = [one["data"]["links"] for one in news["items"] if one["type"] == "message.unfurled"]
    return [links and [link["title"] for link in links] for links in facts]


async def test_a_link_gets_its_card_which_who_reads_the_message_sees(
    parvis: Parvis, server: WebServer, ana: Someone, ben: Someone, zoe: Someone
) -> None:
    room = await make_group(ana, ben)
    said = await room.say(ana, f"Voyez {at(server)}, et [là]({at(server)}).")
    assert said["links"] == []
    await run_jobs(parvis)
    [link] = await links_of(ben, said)
    image = link.pop("image")
    assert link == {
        "url": at(server),
        "title": "Crues de la Loire",
        "description": "Trois cartes.",
        "site": "Le portail",
    }
    assert (await room.messages(ben))["items"][-1]["links"][0]["image"] == image
    got = await ben.browser.get(image["url"])
    assert (got.status_code, got.headers["content-type"]) == (200, "image/webp")
    assert (await zoe.browser.get(image["url"])).status_code == 404
    assert await told_of_links(parvis, ben) == [["Crues de la Loire"]]
    assert (await answered(ana.browser.get(f"{MESSAGES}/{said['id']}")))["version"] == 2

    passed = await talk(ben, zoe)
    draft = {"conversation_ids": [passed.id], "client_ids": [said["id"]]}
    await answered(ben.browser.post(f"{MESSAGES}/{said['id']}/forward", json=draft))
    await run_jobs(parvis)
    assert (await zoe.browser.get(image["url"])).status_code == 200, "what is passed on shows it too"
    place = await make_community(ana)
    post = await say(ana, place, f"Ici aussi : {at(server)}")
    await run_jobs(parvis)
    assert len((await seen(ana, post))["links"]) == 1
    assert [hit.path for hit in server.hits] == ["/page", "/carte.jpg"], "it was asked once for all"
    await ana.browser.delete(f"{MESSAGES}/{said['id']}")
    assert (await ana.browser.delete(f"/api/v1/posts/{post['id']}")).status_code == 204
    assert (await zoe.browser.get(image["url"])).status_code == 200
    assert (await ana.browser.get(image["url"])).status_code == 404, "she reads nothing any more that shows it"
    assert (await ben.browser.delete(f"{passed.url}")).status_code == 403
    [last] = (await passed.messages(zoe))["items"]
    assert (await ben.browser.delete(f"{MESSAGES}/{last['id']}")).status_code == 204
    async with parvis.database.reading() as session:
        for table in (LinkCard, MessageLink, File):
            assert list(await session.scalars(select(table))) == []


async def test_an_edit_and_its_author_take_cards_off(
    parvis: Parvis, server: WebServer, ana: Someone, ben: Someone
) -> None:
    room = await talk(ana, ben)
    said = await room.say(ana, f"{at(server, '/un')} et {at(server, '/deux')}")
    url = f"{MESSAGES}/{said['id']}"
    await run_jobs(parvis)
    assert [link["url"] for link in await links_of(ben, said)] == [at(server, "/un"), at(server, "/deux")]
    edited = await answered(ana.browser.patch(url, json={"text": f"{at(server, '/deux')} et {at(server, '/trois')}"}))
    assert [link["url"] for link in edited["links"]] == [at(server, "/deux")], (
        "at once without what it leads to no more"
    )
    assert "take_off_links" in edited["abilities"]
    await run_jobs(parvis)
    assert [link["url"] for link in await links_of(ben, said)] == [at(server, "/deux"), at(server, "/trois")]
    assert (await ben.browser.delete(f"{url}/links")).status_code == 403
    for _ in range(2):
        assert (await answered(ana.browser.delete(f"{url}/links")))["links"] == []
    assert await links_of(ben, said) == []
    assert [len(titles) for titles in await told_of_links(parvis, ben)] == [2, 0]
    await answered(ana.browser.patch(url, json={"text": f"Encore {at(server, '/un')}"}))
    await run_jobs(parvis)
    assert await links_of(ben, said) == [], "not again once it is edited"
    assert {hit.path for hit in server.hits} == {"/un", "/deux", "/trois", "/carte.jpg"}


async def test_where_some_came_later_cards_are_not_in_the_fact(
    parvis: Parvis, server: WebServer, ana: Someone, ben: Someone, zoe: Someone
) -> None:
    room = await make_group(ana, ben, history="since_joined")
    said = await room.say(ana, at(server))
    await room.add(ana, zoe)
    await run_jobs(parvis)
    [link] = await links_of(ben, said)
    assert await told_of_links(parvis, ben) == [None]
    assert (await zoe.browser.get(link["image"]["url"])).status_code == 404
    assert (await ana.browser.delete(room.url)).status_code == 204
    await run_jobs(parvis)
    async with parvis.database.reading() as session:
        assert list(await session.scalars(select(LinkCard))) == [], "nor once its conversation is deleted"
