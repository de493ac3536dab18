"""Links that share: who makes them, what whoever holds one sees, and when they stop to work."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select

from parvis.documents.sharing.models import ShareLink
from parvis.documents.sharing.tickets import Tickets
from parvis.kernel import clock
from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries
from tests.make.audit import audited_during
from tests.make.communities import Place, Someone
from tests.make.pages import block, listing, paragraph, text, write_nodes
from tests.make.people import make_organisation
from tests.make.spaces import (
    answered,
    changed,
    document_url,
    folder_url,
    make_folder,
    make_page,
    own_space,
    put_document,
    seen,
    space_of,
)

SHARED = "/api/v1/shared"
PASSWORD = "lampe-cerise-moulin-orage"


@pytest.fixture(autouse=True)
async def organisation(parvis: Parvis) -> None:
    await make_organisation(parvis, share_links=True)


def in_days(number: float) -> str:
    return (clock.now() + timedelta(days=number)).isoformat()


async def share(someone: Someone, url: str, **said: Any) -> str:
    """Where what is shared is found, by its link."""
    made = await answered(someone.browser.post(f"{url}/links", json={"expires_at": in_days(7), **said}))
    page, _, token = made["link"].partition("#")
    assert page == "/shared"
    return f"{SHARED}/{token}"


async def opened(stranger: httpx.AsyncClient, link: str, password: str | None = None) -> dict[str, str]:
    """What is asked with from then on."""
    reply = await stranger.post(f"{link}/unlock", json={} if password is None else {"password": password})
    assert reply.status_code == 200, reply.text
    return {"ticket": reply.json()["ticket"]}


async def test_whoever_holds_a_link_sees_the_document_and_downloads_it_where_he_may(
    ana: Someone, ben: Someone, place: Place, client: httpx.AsyncClient, parvis: Parvis
) -> None:
    space = await space_of(ana, place)
    document = await put_document(ben, space, "Plan.txt", b"Au nord.")
    url = document_url(document)
    assert (await ben.browser.post(f"{url}/links", json={"expires_at": in_days(7)})).status_code == 403
    assert (await ben.browser.get(f"{url}/links")).status_code == 403
    async with audited_during(parvis) as entries:
        looked, taken = await share(ana, url), await share(ana, url, allows_download=True)
    assert [entry.action for entry in entries] == ["document.shared"] * 2
    found = await client.get(looked)
    told = found.json()
    assert (told["kind"], told["name"], told["opened"], told["document"]["size"]) == ("document", "Plan.txt", False, 8)
    for name, value in {
        "referrer-policy": "no-referrer",
        "x-robots-tag": "noindex",
        "cache-control": "private, no-store",
    }.items():
        assert found.headers[name] == value
    assert (await client.get(f"{taken}/content")).json()["code"] == "not_opened"
    ticket = await opened(client, taken, "")
    content = await client.get(f"{taken}/content", params=ticket)
    assert (content.content, content.headers["cache-control"]) == (b"Au nord.", "private, no-store")
    part = await client.get(f"{taken}/content", params=ticket, headers={"range": "bytes=3-6"})
    assert (part.status_code, part.content) == (206, b"nord")
    assert (await client.get(f"{looked}/content", params=ticket)).json()["code"] == "not_opened", "of another link"
    only_looked = await client.get(f"{looked}/content", params=await opened(client, looked))
    assert (only_looked.status_code, only_looked.json()["code"]) == (403, "no_download")
    assert (
        await client.get(f"{taken}/content", params=ticket | {"document": document["folder"]["id"]})
    ).status_code == 404
    links = (await seen(ana, f"{url}/links"))["items"]
    assert [(one["uses"], one["allows_download"], one["created_by"]["name"]) for one in links] == [
        (1, True, "Ana Arnaud"),
        (1, False, "Ana Arnaud"),
    ]
    assert "link" not in links[0]
    assert (await ana.browser.delete(f"{url}/links/{links[0]['id']}")).status_code == 204
    assert (await ana.browser.delete(f"{url}/links/{links[0]['id']}")).status_code == 404
    assert (await client.get(f"{taken}/content", params=ticket)).status_code == 404
    assert (await client.get(looked)).status_code == 200
    refused = [await ana.browser.post(f"{url}/links", json={"expires_at": in_days(days)}) for days in (-1, 400)]
    assert [reply.status_code for reply in refused] == [422, 422]
    # The secrets are kept nowhere.
    async with parvis.database.reading() as session:
        [kept] = (await session.scalars(select(ShareLink))).all()
    assert looked.rpartition("/")[2].encode() not in kept.token_hash


async def test_a_link_to_a_folder_shows_what_is_in_it_and_nothing_else(
    ana: Someone, ben: Someone, place: Place, client: httpx.AsyncClient, counted_queries: CountedQueries
) -> None:
    space = await space_of(ana, place)
    course = await make_folder(ben, space, "Cours")
    inner = await make_folder(ben, course, "Annexes")
    for name in ("B.txt", "A.txt"):
        await put_document(ben, course, name, name.encode())
    deep, outside = (
        await put_document(ben, inner, "Carte.txt", b"Carte"),
        await put_document(ben, space, "Ailleurs.txt"),
    )
    link = await share(ana, folder_url(course), allows_download=True)
    ticket = await opened(client, link)
    assert ((await client.get(link, params=ticket)).json()["name"]) == "Cours"
    assert [one["name"] for one in (await client.get(f"{link}/folders", params=ticket)).json()["items"]] == ["Annexes"]
    with counted_queries() as few:
        listed = (await client.get(f"{link}/documents", params=ticket)).json()["items"]
    assert [one["name"] for one in listed] == ["A.txt", "B.txt"]
    for number in range(5):
        await put_document(ben, course, f"C{number}.txt")
    with counted_queries() as many:
        assert len((await client.get(f"{link}/documents", params=ticket)).json()["items"]) == 7
    assert len(many) == len(few)
    inside = (await client.get(f"{link}/documents", params=ticket | {"folder": inner["id"]})).json()["items"]
    assert [one["id"] for one in inside] == [deep["id"]]
    got = await client.get(f"{link}/content", params=ticket | {"document": deep["id"]})
    assert got.content == b"Carte"
    for path, more in (
        ("content", {"document": outside["id"]}),
        ("content", {}),
        ("pages/1", {"document": deep["id"]}),
        ("documents", {"folder": space["folder_id"]}),
        ("folders", {"folder": space["folder_id"]}),
    ):
        assert (await client.get(f"{link}/{path}", params=ticket | more)).status_code == 404, path
    # What goes elsewhere is not shared any more.
    await changed(ana, document_url(deep), {"folder_id": space["folder_id"]})
    assert (await client.get(f"{link}/content", params=ticket | {"document": deep["id"]})).status_code == 404


async def test_a_password_is_asked_before_anything_is_told(
    ana: Someone, place: Place, client: httpx.AsyncClient
) -> None:
    space = await space_of(ana, place)
    url = document_url(await put_document(ana, space))
    weak = await ana.browser.post(f"{url}/links", json={"expires_at": in_days(1), "password": "secret"})
    assert weak.status_code == 422
    link = await share(ana, url, password=PASSWORD, allows_download=True)
    told = (await client.get(link)).json()
    assert (told["asks_password"], told["name"], told["document"], told["folder_id"]) == (True, None, None, None)
    for given in ({}, {"password": ""}, {"password": "autre chose"}):
        wrong = await client.post(f"{link}/unlock", json=given)
        assert (wrong.status_code, wrong.json()["code"]) == (403, "wrong_password")
    ticket = await opened(client, link, PASSWORD)
    assert (await client.get(link, params=ticket)).json()["name"] == "Plan.txt"
    assert (await client.get(f"{link}/content", params=ticket)).status_code == 200
    tries = {403: 0, 429: 0}
    while not tries[429] and tries[403] < 40:
        tries[(await client.post(f"{link}/unlock", json={"password": "x"})).status_code] += 1
    assert (tries[403] > 0, tries[429]) == (True, 1), "Thirty a minute, and a little more where a minute turns."
    links = (await seen(ana, f"{url}/links"))["items"]
    assert (links[0]["uses"], links[0]["asks_password"]) == (1, True)


async def test_uses_are_counted_once_each_however_many_come_together(
    ana: Someone, place: Place, client: httpx.AsyncClient
) -> None:
    document = await put_document(ana, await space_of(ana, place))
    link = await share(ana, document_url(document), max_uses=3, allows_download=True)
    came = await asyncio.gather(*[client.post(f"{link}/unlock", json={}) for _ in range(8)])
    assert sorted(reply.status_code for reply in came) == [200] * 3 + [404] * 5
    assert (await client.get(link)).status_code == 404
    ticket = {"ticket": next(reply.json()["ticket"] for reply in came if reply.status_code == 200)}
    assert (await client.get(f"{link}/content", params=ticket)).status_code == 200, "who opened it in time stays"
    assert (await client.get(f"{link}/content")).status_code == 404


async def test_a_link_works_as_long_as_its_maker_could_do_without_it(
    ana: Someone, ben: Someone, place: Place, client: httpx.AsyncClient, parvis: Parvis, moved_clock: MovableClock
) -> None:
    space = await space_of(ana, place)
    assert (await ana.browser.put(f"{place.url}/members/{ben.id}/role", json={"role": "moderator"})).status_code == 204
    folder = await make_folder(ana, space, "Cours")
    document = await put_document(ana, folder)
    theirs = [await share(ben, folder_url(folder)), await share(ben, document_url(document))]
    mine = await share(ana, document_url(await put_document(ana, await own_space(ana))), allows_download=True)
    ticket = await opened(client, mine)

    async def status(*links: str) -> set[int]:
        return {(await client.get(link)).status_code for link in links}

    unknown = await client.get(f"{SHARED}/{'0' * 43}")
    assert await status(*theirs, mine) == {200}
    # The setting: for a time no link works, and none is made.
    await make_organisation(parvis, share_links=False)
    off = await ana.browser.post(f"{folder_url(folder)}/links", json={"expires_at": in_days(1)})
    assert (off.status_code, off.json()["code"]) == (403, "share_links_off")
    assert await status(*theirs, mine) == {404}
    await make_organisation(parvis, share_links=True)
    # Who does not run the community any more, or is not in it.
    assert (await ana.browser.put(f"{place.url}/members/{ben.id}/role", json={"role": "member"})).status_code == 204
    assert await status(*theirs) == {404}
    assert (await ana.browser.put(f"{place.url}/members/{ben.id}/role", json={"role": "moderator"})).status_code == 204
    assert await status(*theirs) == {200}
    assert (await ana.browser.delete(f"{place.url}/members/{ben.id}")).status_code == 204
    gone = await client.get(theirs[0])
    assert (gone.status_code, await status(*theirs)) == (404, {404})
    assert {**gone.json(), "request_id": ""} == {**unknown.json(), "request_id": ""}
    # Time: the ticket first, then the link.
    moved_clock.advance(timedelta(hours=2))
    assert (await client.get(f"{mine}/content", params=ticket)).json()["code"] == "not_opened"
    moved_clock.advance(timedelta(days=7))
    assert await status(mine) == {404}
    assert (await client.post(f"{mine}/unlock", json={})).status_code == 404


def test_a_ticket_is_good_for_its_link_alone() -> None:
    tickets, one, other = Tickets(b"s" * 32), UUID(int=1), UUID(int=2)
    ticket = tickets.write(one, clock.now() + timedelta(minutes=1))
    seconds, _, signature = ticket.partition(".")
    assert tickets.is_good(ticket, one)
    forged = [ticket + "A", f"{int(seconds) + 1}.{signature}", f"{seconds}.", signature, "", "é.é", f"-1.{signature}"]
    assert not any(tickets.is_good(each, one) for each in forged)
    assert not tickets.is_good(ticket, other)
    assert not Tickets(b"t" * 32).is_good(ticket, one)


async def test_a_page_is_read_by_a_link_as_it_is_now_and_downloaded_where_that_is_allowed(
    parvis: Parvis, ana: Someone, place: Place, client: httpx.AsyncClient
) -> None:
    space = await space_of(ana, place)
    page = await make_page(ana, space, name="Protocole")
    given = block("taskItem", paragraph("GPS"), assignee=ana.id)
    hostile = paragraph(text("<script>alert(1)</script>", href="javascript:alert(1)"))
    await write_nodes(parvis, ana, page, hostile, listing("taskList", given))
    looked = await share(ana, document_url(page))
    taken = await share(ana, document_url(page), allows_download=True)
    asked = await opened(client, looked)
    shown = (await client.get(f"{looked}/page", params=asked)).json()["html"]
    assert "&lt;script&gt;" in shown
    assert not any(said in shown for said in ("<script", "javascript:", "Ana Arnaud"))
    assert (await client.get(looked, params=asked)).json()["document"]["kind"] == "page"
    assert (await client.get(f"{looked}/content", params=asked)).json()["code"] == "no_download"
    assert (await client.get(f"{looked}/page")).json()["code"] == "not_opened"
    may = await opened(client, taken)
    for format_, beginning in (("html", b"<!doctype html>"), ("md", b"# Protocole"), ("docx", b"PK")):
        file = await client.get(f"{taken}/content", params={**may, "format": format_})
        assert file.content.startswith(beginning)
        assert file.headers["content-disposition"].startswith("attachment")
        assert b"Ana Arnaud" not in file.content
    await write_nodes(parvis, ana, page, paragraph("Ajouté depuis."))
    assert "Ajouté depuis." in (await client.get(f"{looked}/page", params=asked)).json()["html"]
    plain = await put_document(ana, space, "Plan.txt", b"Au nord.")
    other = await share(ana, document_url(plain))
    assert (await client.get(f"{other}/page", params=await opened(client, other))).status_code == 404
    await changed(ana, document_url(page), None, "DELETE")
    assert (await client.get(f"{looked}/page", params=asked)).status_code == 404
