"""A folder as a zip: what its reader may read, as long as he may."""

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from functools import partial
from time import monotonic
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import httpx
import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.documents import archive
from parvis.files.models import File
from parvis.kernel.config import Settings
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries
from tests.faults.servers import allowed
from tests.make.communities import Place, Someone, make_closed
from tests.make.pages import block, listing, paragraph, write_nodes
from tests.make.people import make_organisation
from tests.make.served import served
from tests.make.spaces import (
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
from tests.realtime.wire import Caller, arriving

from .test_sharing import opened, share

LARGE = b"\x00" * (24 * 2**20)
"""More than stands between a server and a client that does not read."""


async def zipped(browser: httpx.AsyncClient, url: str, **query: Any) -> dict[str, bytes]:
    """What is in the zip, by path."""
    reply = await browser.get(f"{url}/archive", params=query)
    assert (reply.status_code, reply.headers["content-type"]) == (200, "application/zip"), reply.text
    assert reply.headers["content-disposition"].startswith("attachment")
    with ZipFile(io.BytesIO(reply.content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


async def test_a_folder_is_fetched_as_a_zip_of_what_one_reads_now(
    ana: Someone,
    ben: Someone,
    zoe: Someone,
    place: Place,
    parvis: Parvis,
    counted_queries: CountedQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    space = await space_of(ana, place)
    course = await make_folder(ben, space, "Cours d’été")
    inner = await make_folder(ben, course, "Annexes")
    hidden = await make_folder(ana, course, "Notes")
    await make_folder(ben, inner, "Vide")
    plan = await put_document(ben, course, "Plan.txt", b"Au nord.")
    await put_document(ben, inner, "Carte.txt", b"Carte")
    secret = await put_document(ana, inner, "Sujet.txt", b"Sujet")
    await put_document(ana, hidden, "12.txt", b"12")
    for url in (f"{folder_url(hidden)}/rights", f"{document_url(secret)}/rights"):
        await changed(ana, url, {"inherits": False, "grants": []}, "PUT")
    url = folder_url(course)
    theirs = await zipped(ben.browser, url)
    assert theirs == {
        "Cours d’été/": b"",
        "Cours d’été/Plan.txt": b"Au nord.",
        "Cours d’été/Annexes/": b"",
        "Cours d’été/Annexes/Carte.txt": b"Carte",
        "Cours d’été/Annexes/Vide/": b"",
    }
    hers = await zipped(ana.browser, url)
    assert set(hers) - set(theirs) == {
        "Cours d’été/Annexes/Sujet.txt",
        "Cours d’été/Notes/",
        "Cours d’été/Notes/12.txt",
    }
    whole = await zipped(ben.browser, folder_url(space))
    assert "Géographie et aménagement/Cours d’été/Plan.txt" in whole
    # What is chosen, of what stands right in it.
    chosen = await zipped(ben.browser, url, folder=[inner["id"], hidden["id"]], document=secret["id"])
    assert set(chosen) == {name for name in theirs if name != "Cours d’été/Plan.txt"}
    assert set(await zipped(ben.browser, url, document=plan["id"])) == {"Cours d’été/", "Cours d’été/Plan.txt"}
    assert (await zoe.browser.get(f"{url}/archive")).status_code == 404
    assert (await ben.browser.get(f"{folder_url(hidden)}/archive")).status_code == 404
    # One statement for a hundred documents, not for each; and rights once more for what takes long, which these do not.
    monkeypatch.setattr(archive, "EVERY", 60)
    with counted_queries() as few:
        await zipped(ben.browser, folder_url(inner))
    for number in range(6):
        await put_document(ben, inner, f"{number}.txt", b"x")
    with counted_queries() as many:
        assert len(await zipped(ben.browser, folder_url(inner))) == 9
    assert len(many) == len(few) <= 14
    # Others do not get what harms, nor does who has it in a place.
    await parvis.database.write(_infect, UUID(plan["file_id"]))
    assert set(await zipped(ana.browser, url, document=plan["id"])) == {"Cours d’été/"}
    await changed(ana, f"{url}", None, "DELETE")
    assert (await ben.browser.get(f"{url}/archive")).status_code == 404


async def _infect(session: AsyncSession, file_id: UUID) -> None:
    await session.execute(update(File).where(File.id == file_id).values(scan="infected"))


async def test_a_link_that_allows_downloads_gives_the_folder_as_a_zip(
    ana: Someone, ben: Someone, place: Place, client: httpx.AsyncClient, parvis: Parvis
) -> None:
    await make_organisation(parvis, share_links=True)
    space = await space_of(ana, place)
    course = await make_folder(ben, space, "Cours")
    inner = await make_folder(ben, course, "Annexes")
    document = await put_document(ben, inner, "Carte.txt", b"Carte")
    looked, taken = [await share(ana, folder_url(course), allows_download=allows) for allows in (False, True)]
    of_document = await share(ana, document_url(document), allows_download=True)
    assert (await client.get(f"{taken}/archive")).json()["code"] == "not_opened"
    ticket = await opened(client, taken)
    assert await zipped(client, taken, **ticket) == {
        "Cours/": b"",
        "Cours/Annexes/": b"",
        "Cours/Annexes/Carte.txt": b"Carte",
    }
    assert set(await zipped(client, taken, **ticket, folder=inner["id"])) == {"Annexes/", "Annexes/Carte.txt"}
    outside = await client.get(f"{taken}/archive", params=ticket | {"folder": space["folder_id"]})
    refused = await client.get(f"{looked}/archive", params=await opened(client, looked))
    alone = await client.get(f"{of_document}/archive", params=await opened(client, of_document))
    assert (outside.status_code, alone.status_code) == (404, 404)
    assert (refused.status_code, refused.json()["code"]) == (403, "no_download")
    # What its maker only reads is not his to share.
    apart = await make_folder(ben, course, "À Ben")
    await changed(ana, f"{folder_url(apart)}/rights", {"inherits": False, "grants": []}, "PUT")
    assert "Cours/À Ben/" in await zipped(client, taken, **ticket), "who runs the community manages all of it"


async def test_who_is_taken_out_loses_addresses_running_zips_and_the_links_he_made_within_a_second(
    settings: Settings,
) -> None:
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(served(settings))
        await make_organisation(server.parvis, share_links=True)
        nadia = _of(await stack.enter_async_context(arriving(server, "Nadia Cherkaoui", "staff")))
        caller = await stack.enter_async_context(arriving(server, "Ben Barre"))
        ben = _of(caller)
        stranger = await stack.enter_async_context(httpx.AsyncClient(base_url=server.url, timeout=20))
        place = await make_closed(nadia, ben, access="on_request")
        assert (await nadia.browser.put(f"{place.url}/members/{ben.id}/role", json={"role": "moderator"})).is_success
        space = await space_of(nadia, place)
        folder = await make_folder(nadia, space, "Films")
        film = await put_document(nadia, folder, "Film.bin", LARGE)
        link = await share(ben, folder_url(folder), allows_download=True)
        ticket = await opened(stranger, link)
        mine = await put_document(ben, await own_space(ben), "À moi.txt")
        asked = [film["url"], f"{document_url(film)}/content", folder_url(folder), document_url(film)]
        assert {(await ben.browser.head(url)).status_code for url in asked[:1]} == {200}
        ear = await stack.enter_async_context(caller.listening())
        running = [
            await stack.enter_async_context(browser.stream("GET", url, params=query))
            for browser, url, query in (
                (ben.browser, f"{folder_url(folder)}/archive", {}),
                (stranger, f"{link}/archive", ticket),
            )
        ]
        bodies = [reply.aiter_raw() for reply in running]
        assert [len(await anext(body)) > 0 for body in bodies] == [True, True]
        await asyncio.sleep(0.5)  # Both wait for who does not read.
        got: list[int] = []

        async def cut(body: AsyncIterator[bytes]) -> None:
            got.append(await _until_cut(body))

        async def refused(browser: httpx.AsyncClient, url: str, query: dict[str, str]) -> None:
            assert (await browser.get(url, params=query)).status_code == 404

        async def told() -> None:
            while not any(event["type"] == "access.lost" for event in ear.events):
                await ear.hear()

        ends: list[Callable[[], Awaitable[None]]] = [partial(cut, body) for body in bodies]
        ends += [partial(refused, ben.browser, url, {}) for url in asked]
        ends += [partial(refused, stranger, f"{link}{part}", ticket) for part in ("", "/archive", "/documents")]
        assert (await nadia.browser.delete(f"{place.url}/members/{ben.id}")).status_code == 204
        acknowledged = monotonic()
        took = await asyncio.gather(*(_until(end, acknowledged) for end in [*ends, told]))
        assert max(took) < allowed(PROMISED), took
        assert max(got) < len(LARGE)
        assert (await ben.browser.get(f"{document_url(mine)}/content")).status_code == 200
        assert (await seen(nadia, f"{folder_url(folder)}/documents"))["items"][0]["id"] == film["id"]


PROMISED = 1.0
"""Seconds from the answer that somebody is out to each refusal, all asked for at once, and none of them twice."""


async def _until(end: Callable[[], Awaitable[None]], began: float) -> float:
    await end()
    return monotonic() - began


async def _until_cut(body: AsyncIterator[bytes]) -> int:
    """How much came before the connection was closed in the middle."""
    pieces: list[int] = []

    async def fetch() -> None:
        async for piece in body:
            pieces.append(len(piece))  # noqa: PERF401 — those before it breaks off count

    with pytest.raises(httpx.RemoteProtocolError):
        await fetch()
    return sum(pieces)


def _of(caller: Caller) -> Someone:
    return Someone(caller.member, caller.browser)


async def test_pages_are_in_a_zip_as_files_that_any_browser_opens(
    parvis: Parvis, ana: Someone, ben: Someone, place: Place, client: httpx.AsyncClient
) -> None:
    await make_organisation(parvis, share_links=True)
    space = await space_of(ana, place)
    course = await make_folder(ana, space, "Cours")
    page, hidden = await make_page(ana, course, name="Protocole"), await make_page(ana, course, name="Notes")
    given = block("taskItem", paragraph("GPS"), assignee=ana.id)
    await write_nodes(parvis, ana, page, paragraph("Trois points."), listing("taskList", given))
    await changed(ana, f"{document_url(hidden)}/rights", {"inherits": False, "grants": []}, "PUT")
    found = await zipped(ben.browser, folder_url(course))
    assert set(found) == {"Cours/", "Cours/Protocole.html"}
    said = found["Cours/Protocole.html"].decode()
    assert said.startswith("<!doctype html>")
    assert "Trois points." in said
    assert "Ana Arnaud" in said
    link = await share(ana, folder_url(course), allows_download=True)
    by_link = await zipped(client, link, **await opened(client, link))
    assert set(by_link) == {"Cours/", "Cours/Protocole.html", "Cours/Notes.html"}
    assert "Ana Arnaud" not in by_link["Cours/Protocole.html"].decode()
