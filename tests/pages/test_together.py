"""Pages written together through a real server: what is kept, who hears it, and what is never heard."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest
from pycrdt import Doc
from sqlalchemy import func, select
from websockets.exceptions import InvalidStatus

from parvis.documents.queries.spaces import Quotas
from parvis.kernel.config import Settings
from parvis.kernel.ids import new_id
from parvis.kernel.jobs import LeasedJob
from parvis.pages import tree
from parvis.pages.models import PageUpdate
from parvis.pages.service.settling import settle_pages
from parvis.pages.together.metrics import PAGE_DROPPED
from parvis.pages.together.rooms import Rooms
from tests.conftest import run_jobs
from tests.make.communities import Place, Someone, make_closed
from tests.make.hands import Hand, in_page, knocking
from tests.make.people import make_organisation
from tests.make.served import Served, served
from tests.make.spaces import answered, changed, document_url, folder_url, make_page, space_of
from tests.realtime.wire import API, Caller, arriving, signed_in

CARET = {"anchor": {"type": {"client": 1, "clock": 2}, "assoc": 0}, "head": {"tname": "page", "assoc": -1}}


@pytest.fixture
async def server(settings: Settings) -> AsyncIterator[Served]:
    async with served(settings) as running:
        await make_organisation(running.parvis)
        yield running


@pytest.fixture
async def ana(server: Served) -> AsyncIterator[Caller]:
    async with arriving(server, "Ana Arnaud", "staff") as caller:
        yield caller


@pytest.fixture
async def ben(server: Served) -> AsyncIterator[Caller]:
    async with arriving(server, "Ben Barre") as caller:
        yield caller


def known(caller: Caller) -> Someone:
    return Someone(caller.member, caller.browser)


@pytest.fixture
async def place(ana: Caller, ben: Caller) -> Place:
    return await make_closed(known(ana), known(ben), access="on_request")


@pytest.fixture
async def page(ana: Caller, place: Place) -> dict[str, Any]:
    return await make_page(ana, await space_of(known(ana), place))


async def grant(ana: Caller, page: dict[str, Any], **levels: Caller | str) -> None:
    """These rights, and no others, on the page."""
    grants = [{"member_id": one.id, "level": level} for level, one in levels.items() if isinstance(one, Caller)]
    await changed(known(ana), f"{document_url(page)}/rights", {"inherits": False, "grants": grants}, "PUT")


def dropped(reason: str) -> float:
    return float(PAGE_DROPPED.labels(reason)._value.get())


async def test_two_write_at_once_and_one_was_away(
    server: Served, ana: Caller, ben: Caller, page: dict[str, Any]
) -> None:
    async with in_page(ana, page) as one, in_page(ben, page) as other:
        await one.kept(await one.write("Départ à huit heures."))
        await other.write("Apporter des bottes.")
        await other.reads("Départ à huit heures.", "Apporter des bottes.")
        await one.reads("Apporter des bottes.")
        while {"Ana Arnaud", "Ben Barre"} not in [
            {person["name"] for person in said.get("items", ())} for said in one.texts
        ]:
            await one.until("people")
        await one.point(1, CARET, name="Ben Barre", member_id=ben.id)
        while one.doc.client_id not in other.carets:
            await other.hear()
        shown = other.carets[one.doc.client_id]
        assert shown == {"member_id": ana.id, "cursor": CARET, "color": ana.member.id.int % 8}
    away: Doc[Any] = one.doc
    hand = Hand(one.socket, away)
    hand.send = _nowhere  # type: ignore[method-assign]
    await hand.write("Écrit dans le train.")
    async with in_page(ben, page) as other:
        await other.kept(await other.write("Écrit au bureau."))
    async with in_page(ana, page, away) as back, in_page(ben, page) as other:
        await back.reads("Écrit au bureau.")
        await other.reads("Écrit dans le train.")
        assert back.words == other.words
        words = back.words
    seen = await answered(ana.browser.get(f"{API}/pages/{page['id']}"))
    assert tree.text_of(seen["content"]) == words
    assert [person["name"] for person in seen["contributors"]] == ["Ana Arnaud", "Ben Barre"]
    assert seen["abilities"] == ["read", "comment", "write"]
    state = await ben.browser.get(seen["state_url"])
    assert tree.text_of(tree.of([state.content])) == words
    assert state.headers["x-page-seq"] == str(seen["seq"])
    again = await ben.browser.get(seen["state_url"], headers={"if-none-match": state.headers["etag"]})
    assert again.status_code == 304
    await nobody_is_in(server)


async def nobody_is_in(server: Served) -> None:
    async with asyncio.timeout(5):
        while server.parvis.part(Rooms)._rooms:  # noqa: ASYNC110 — that one is released is told to nobody
            await asyncio.sleep(0.02)


async def _nowhere(update: bytes) -> int:
    return 0


async def test_in_a_full_space_what_is_written_is_refused_and_said(
    server: Served, ana: Caller, ben: Caller, page: dict[str, Any]
) -> None:
    server.parvis.add_part(Quotas(member=2**30, community=0))
    async with in_page(ana, page) as writer:
        n = await writer.write("De trop.")
        assert await writer.until("refused") == {"type": "refused", "n": n, "code": "space_full"}
    await nobody_is_in(server)
    server.parvis.add_part(Quotas(member=2**30, community=2**30))
    async with in_page(ben, page) as writer:
        await writer.kept(await writer.write("Il y a de la place."))
        assert "De trop." not in writer.words
    state = await ben.browser.get(f"{API}/pages/{page['id']}/state")
    assert tree.text_of(tree.of([state.content])).split("\n")[-1] == "Il y a de la place."


async def test_what_may_not_be_written_is_dropped_and_counted(ana: Caller, ben: Caller, page: dict[str, Any]) -> None:
    await grant(ana, page, comment=ben)
    async with in_page(ana, page) as writer, in_page(ben, page) as reader:
        assert reader.texts[0]["level"] == "comment"
        await writer.kept(await writer.write("Seule ici."))
        await reader.reads("Seule ici.")
        before = dropped("read_only")
        n = await reader.write("Intrus.")
        assert await reader.until("refused") == {"type": "refused", "n": n, "code": "read_only"}
        assert dropped("read_only") == before + 1
        await grant(ana, page, write=ben)
        assert (await reader.until("level"))["level"] == "write"
        forged = tree.update_of([{"type": "paragraph", "content": [{"type": "text", "text": "Faux."}]}], 99)[0]
        await writer.kept(await writer.send(forged))
        for update, code in (
            (tree.update_of([{"type": "paragraph"}] * 30, writer.doc.client_id)[0], "not_yours"),
            (tree.update_of([{"type": "paragraph"}] * 30, 99)[0], "not_yours"),
            (b"\x01\x01", "bad_update"),
            (b"\x00" * (2**20 + 1), "too_large"),
        ):
            await reader.send(update)
            assert (await reader.until("refused"))["code"] == code
        await reader.point(1, CARET, client_id=writer.doc.client_id)
        await reader.point(1, CARET)
        while reader.doc.client_id not in writer.carets:
            await writer.hear()
        assert writer.doc.client_id not in writer.carets
        fresh = Doc[Any]()
        async with in_page(ana, page, fresh) as third:
            await third.reads("Seule ici.", "Faux.")
            assert "Intrus." not in third.words
        await reader.say(b"\x0a\x80")
        assert await reader.closed() == 4002


async def test_it_ends_for_who_may_no_longer_and_begins_for_nobody_else(
    server: Served, ana: Caller, ben: Caller, place: Place, page: dict[str, Any]
) -> None:
    async with arriving(server, "Zoé Zola", "alum") as zoe, knocking(zoe, page) as outside:
        assert await outside.closed() == 4003
    with pytest.raises(InvalidStatus):
        async with knocking(ben, page, origin="https://ailleurs.example"):
            pass
    for said, code in (('{"type":"hello","ticket":"faux","client_id":1}', 4001), (b"\x00\x00\x00", 4001)):
        async with knocking(ben, page, hello=said) as hand:
            assert await hand.closed() == code
    for said in ('{"type":"hello","ticket":"faux","client_id":1}', "[]", b"\x00"):
        async with in_page(ana, page) as hand:
            await hand.say(said)
            assert await hand.closed() == 4002
    async with in_page(ana, page) as writer, in_page(ben, page) as leaver, signed_in(server, ben.member) as again:
        async with in_page(again, page) as session:
            sessions = (await answered(ben.browser.get(f"{API}/me/sessions")))["items"]
            other = next(one["id"] for one in sessions if not one["is_current"])
            assert (await ben.browser.delete(f"{API}/me/sessions/{other}")).is_success
            async with asyncio.timeout(2):
                assert await session.closed() == 4003
        await leaver.kept(await leaver.write("Avant."))
        typing = asyncio.create_task(_type_on(leaver))
        gone = await ana.browser.delete(f"{place.url}/members/{ben.id}")
        assert gone.is_success, gone.text
        async with asyncio.timeout(2):
            assert await leaver.closed() == 4003
        typing.cancel()
        await asyncio.gather(typing, return_exceptions=True)
        await writer.kept(await writer.write("Après."))
        assert "Avant." in writer.words
        assert leaver.acked >= 1
    assert (await ben.browser.get(f"{API}/pages/{page['id']}")).status_code == 404
    assert (await ben.browser.get(f"{API}/pages/{page['id']}/state")).status_code == 404


async def _type_on(hand: Hand) -> None:
    while True:
        await hand.write("Encore. ")
        await asyncio.sleep(0.005)


async def test_what_was_written_is_brought_together_and_found(
    server: Served, ana: Caller, ben: Caller, place: Place, page: dict[str, Any]
) -> None:
    parvis = server.parvis
    async with in_page(ana, page) as one:
        for at in range(6):
            await one.kept(await one.write(f"Zostère {at}. "))
        async with in_page(ben, page) as other:
            await other.reads("Zostère 5.")
            await settle_now(server, page)
            assert await rows(server, page) == 0
            await one.kept(await one.write("Plus tard."))
            await other.reads("Plus tard.")
    await settle_now(server, page)
    state = await ben.browser.get(f"{API}/pages/{page['id']}/state")
    assert tree.text_of(tree.of([state.content])) == one.words
    await run_jobs(parvis)
    while await parvis.listeners.run_once():
        pass
    space = await space_of(known(ben), place)
    found = await answered(ben.browser.get(f"{folder_url(space)}/documents", params={"q": "zostère"}))
    assert [item["id"] for item in found["items"]] == [page["id"]]
    assert found["items"][0]["changed_by"]["name"] == "Ana Arnaud"
    copy = await answered(ben.browser.post(f"{document_url(page)}/copies", json={"folder_id": space["folder_id"]}))
    same = await answered(ben.browser.get(f"{API}/pages/{copy['id']}"))
    assert tree.text_of(same["content"]) == one.words
    assert "add_version" not in copy["abilities"]


async def settle_now(server: Served, page: dict[str, Any]) -> None:
    job = LeasedJob(new_id(), "pages.settle", {"document_id": page["id"]}, 1)
    await settle_pages(server.parvis.database)(job)


async def rows(server: Served, page: dict[str, Any]) -> int:
    async with server.parvis.database.reading() as session:
        query = select(func.count()).select_from(PageUpdate).where(PageUpdate.document_id == UUID(page["id"]))
        return await session.scalar(query) or 0


async def test_two_processes_hear_of_each_other(
    settings: Settings, server: Served, ana: Caller, ben: Caller, page: Any
) -> None:
    """Without anything that carries wake-ups between them: within a second or two."""
    async with served(settings.model_copy(update={"public_url": server.url})) as second:
        far = Caller(second, ben.member, ben.browser)
        async with in_page(ana, page) as one, in_page(far, page, at=second, origin=second.url) as other:
            await one.kept(await one.write("D’ici."))
            await other.reads("D’ici.")
            await other.kept(await other.write("De là."))
            await one.reads("De là.")
            assert one.words == other.words


async def test_templates_are_in_the_language_of_who_begins(ana: Caller, place: Place) -> None:
    listed = await answered(ana.browser.get(f"{API}/page-templates"))
    assert listed["items"][1]["name"] == "Minutes"
    assert [one["key"] for one in listed["items"]] == ["empty", "minutes", "protocol", "ideas", "agenda", "project"]
    space = await space_of(known(ana), place)
    made = await make_page(ana, space, template="minutes")
    assert (made["kind"], made["group"], made["name"]) == ("page", "document", "Sortie de terrain")
    assert (await make_page(ana, space))["name"] == "Sortie de terrain (2)"
    seen = await answered(ana.browser.get(f"{API}/pages/{made['id']}"))
    assert "Decisions" in tree.text_of(seen["content"])
    file = await ana.browser.put(f"{document_url(made)}/lock", json={"minutes": 5})
    assert (file.status_code, file.json()["code"]) == (409, "is_page")
