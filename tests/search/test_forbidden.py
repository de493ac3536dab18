"""What somebody may not read is not found, counted, suggested, corrected to or previewed."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import func, select

from parvis.documents.service.forgetting import forget_documents
from parvis.kernel import clock
from parvis.kernel.entries import Entry
from parvis.kernel.runtime import Parvis
from tests.make.chat import make_channel, make_group, talk
from tests.make.communities import Place, Someone, make_closed, make_community
from tests.make.directory import block, bring_together, list_everybody
from tests.make.directory import say as show
from tests.make.moderation import cases, decide
from tests.make.posts import comment, say, url_of
from tests.make.search import SEARCH, finds_nothing, found, search, settle, suggested
from tests.make.spaces import (
    answered,
    changed,
    document_url,
    folder_url,
    make_folder,
    make_page,
    own_space,
    put_document,
    space_of,
)
from tests.make.threads import begin, comment_url

CANARY = "zibeline"


async def previews(someone: Someone, kind: str, id_: str) -> httpx.Response:
    return await someone.browser.get(f"{SEARCH}/preview/{kind}/{id_}", params={"q": CANARY})


async def narrow(someone: Someone, url: str) -> None:
    """To who runs the place, and nobody else."""
    tag = (await someone.browser.get(f"{url}/rights")).headers["etag"]
    rights = {"inherits": False, "grants": []}
    reply = await someone.browser.put(f"{url}/rights", json=rights, headers={"if-match": tag})
    assert reply.is_success, reply.text


async def plant(parvis: Parvis, ana: Someone, place: Place) -> dict[str, Any]:
    """A canary on every surface of a community; by kind."""
    post = await say(ana, place, f"La {CANARY} est passée.", kind="question", title=f"Une {CANARY} ?")
    said = await comment(ana, post, f"Oui, la {CANARY}.")
    room = await make_channel(ana, place, f"Salon {CANARY}")
    message = await room.say(ana, f"Chut, la {CANARY}.")
    root = await space_of(ana, place)
    document = await put_document(ana, root, f"{CANARY}.txt", f"Ici la {CANARY}.".encode())
    page = await make_page(ana, root, name=f"Carnet de la {CANARY}")
    await settle(parvis)
    return {"post": post, "comment": said, "message": message, "document": document, "page": page}


async def remark(parvis: Parvis, someone: Someone, page: dict[str, Any]) -> dict[str, Any]:
    """A canary in what is said of a page."""
    thread = await begin(someone, page, f"Et la {CANARY} ?")
    await settle(parvis)
    opening: dict[str, Any] = thread["opening"]
    return opening


async def test_a_secret_community_tells_nothing_outside(
    parvis: Parvis, ana: Someone, ben: Someone, zoe: Someone, guest: Someone, place: Place
) -> None:
    planted = await plant(parvis, ana, place)
    assert {kind for kind, _ in await found(ben, CANARY)} == set(planted)
    for stranger in (zoe, guest):
        await finds_nothing(stranger, CANARY, CANARY[:4], f'"la {CANARY}"', "zibelline", "atelier", "ateleir")
        for kind, one in planted.items():
            assert (await previews(stranger, kind, one["id"])).status_code == 404
            assert (await previews(ben, kind, one["id"])).status_code == 200
        narrowed = await stranger.browser.get(SEARCH, params={"q": CANARY, "place_id": place.id})
        assert narrowed.status_code == 404


async def test_who_left_or_was_taken_out_finds_nothing_any_more(
    parvis: Parvis, ana: Someone, ben: Someone, place: Place
) -> None:
    await plant(parvis, ana, place)
    assert len(await found(ben, CANARY)) == 5
    assert (await ana.browser.delete(f"{place.url}/members/{ben.id}")).is_success
    await finds_nothing(ben, CANARY, CANARY[:4], "atelier")


async def test_who_is_banned_finds_nothing_of_an_open_community(
    parvis: Parvis, ana: Someone, ben: Someone, zoe: Someone
) -> None:
    place = await make_community(ana, "Randonnée")
    assert (await place.join(ben)).is_success
    await plant(parvis, ana, place)
    assert {kind for kind, _ in await found(zoe, CANARY)} == {"post", "comment", "document", "page"}
    assert (await ana.browser.put(f"{place.url}/bans/{ben.id}", json={})).is_success
    await finds_nothing(ben, CANARY, "randonnée")


async def test_what_is_hidden_deleted_or_narrowed_is_gone_at_once(
    parvis: Parvis, ana: Someone, ben: Someone, place: Place
) -> None:
    planted = await plant(parvis, ana, place)
    assert (await ana.browser.delete(url_of(planted["post"], "comments", planted["comment"]["id"]))).is_success
    assert (await ana.browser.delete(url_of(planted["post"]))).is_success
    assert (await ana.browser.delete(f"/api/v1/messages/{planted['message']['id']}")).is_success
    await changed(ana, document_url(planted["document"]), method="DELETE")
    await narrow(ana, document_url(planted["page"]))
    await finds_nothing(ben, CANARY)
    assert await found(ana, CANARY) == [("page", planted["page"]["id"])]


async def test_what_is_said_of_a_page_is_found_by_who_reads_it_and_stands(
    parvis: Parvis, ana: Someone, ben: Someone, zoe: Someone, guest: Someone, place: Place
) -> None:
    root = await space_of(ana, place)
    first, second, third = [await make_page(ana, root, name=f"Carnet {number}") for number in range(3)]
    narrowed, deleted, _ = [await remark(parvis, ana, page) for page in (first, second, third)]
    mine = await remark(parvis, ben, second)
    assert len(await found(ben, CANARY)) == 4
    for stranger in (zoe, guest):
        await finds_nothing(stranger, CANARY, CANARY[:4], f'"la {CANARY}"')
        assert (await previews(stranger, "comment", narrowed["id"])).status_code == 404
    assert (await previews(ben, "comment", narrowed["id"])).status_code == 200
    await narrow(ana, document_url(first))
    await answered(ana.browser.delete(comment_url(second, deleted)))
    await changed(ana, document_url(third), method="DELETE")
    assert await found(ben, CANARY) == [("comment", mine["id"])]
    assert set(await found(ana, CANARY)) == {("comment", narrowed["id"]), ("comment", mine["id"])}
    await block(parvis, ana.member, ben.member)
    assert await found(ana, CANARY) == [("comment", narrowed["id"])]
    assert (await ana.browser.delete(f"{place.url}/members/{ben.id}")).is_success
    await finds_nothing(ben, CANARY)
    assert (await previews(ben, "comment", mine["id"])).status_code == 404
    await parvis.database.write(forget_documents, [UUID(page["id"]) for page in (first, second, third)])
    async with parvis.database.reading() as session:
        assert await session.scalar(select(func.count()).where(Entry.kind == "comment")) == 0


async def test_what_is_hidden_is_found_by_its_author_and_by_who_moderates_it(
    parvis: Parvis, ana: Someone, ben: Someone, zoe: Someone
) -> None:
    place = await make_community(ana, "Randonnée")
    assert (await place.join(ben)).is_success
    post = await say(ben, place, f"La {CANARY} est passée.")
    said = await comment(ben, post, f"Oui, la {CANARY}.")
    page = await make_page(ana, await space_of(ana, place))
    of_page = await remark(parvis, ben, page)
    assert len(await found(zoe, CANARY)) == 3
    for subject in (url_of(post), url_of(post, "comments", said["id"]), comment_url(page, of_page)):
        await answered(zoe.browser.put(f"{subject}/report", json={"reason": "harassment"}))
    for case in await cases(ana, place):
        await answered(decide(ana, case))
    await settle(parvis)
    await finds_nothing(zoe, CANARY, f'"la {CANARY}"')
    assert (await previews(zoe, "comment", said["id"])).status_code == 404
    every = {("post", post["id"]), ("comment", said["id"])}
    assert set(await found(ben, CANARY)) == every | {("comment", of_page["id"])}
    assert set(await found(ana, CANARY)) == every
    await block(parvis, ana.member, ben.member)
    assert set(await found(ana, CANARY)) == every
    assert (await previews(ana, "comment", said["id"])).status_code == 200


async def test_a_folder_that_is_narrowed_or_thrown_away_takes_all_in_it(
    parvis: Parvis, ana: Someone, ben: Someone, place: Place
) -> None:
    root = await space_of(ana, place)
    narrowed, thrown = await make_folder(ana, root, "Jury"), await make_folder(ana, root, "Vieux")
    for folder in (narrowed, thrown):
        await put_document(ana, folder, f"{CANARY}.txt", f"Ici la {CANARY}.".encode())
    await settle(parvis)
    assert len(await found(ben, CANARY)) == 2
    await narrow(ana, folder_url(narrowed))
    await changed(ana, folder_url(thrown), method="DELETE")
    await finds_nothing(ben, CANARY)


async def test_a_block_keeps_people_and_what_they_say_apart(
    parvis: Parvis, ana: Someone, ben: Someone, zoe: Someone
) -> None:
    place = await make_community(ana, "Randonnée")
    for someone in (ben, zoe):
        assert (await place.join(someone)).is_success
    post = await say(ben, place, f"La {CANARY} est passée.")
    await comment(ben, post, f"Encore la {CANARY}.")
    await settle(parvis)
    await list_everybody(parvis)
    assert len(await found(zoe, CANARY)) == 2
    assert await found(zoe, "barre") == [("person", ben.id)]
    await block(parvis, ben.member, zoe.member)
    await finds_nothing(zoe, CANARY, "barre", "bare")


async def test_conversations_of_others_and_what_was_said_before_are_not_found(
    parvis: Parvis, ana: Someone, ben: Someone, zoe: Someone
) -> None:
    room = await talk(ana, ben)
    await room.say(ana, f"Entre nous, la {CANARY}.")
    group = await make_group(ana, ben, history="since_joined")
    await group.say(ana, f"Avant toi, la {CANARY}.")
    assert (await group.add(ana, zoe)).is_success
    after = await group.say(ana, "La zibeline, encore.")
    await settle(parvis)
    assert await found(zoe, CANARY) == [("message", after["id"])]
    assert len(await found(ben, CANARY)) == 3
    page = await search(zoe, CANARY)
    assert page["counts"] == [{"kind": "message", "count": 1, "is_limited": False}]


async def test_fields_find_their_owner_for_those_alone_who_see_them(
    parvis: Parvis, ana: Someone, ben: Someone, zoe: Someone, guest: Someone
) -> None:
    await show(parvis, ana.member, "headline", f"Élève des {CANARY}s", level="contacts")
    await list_everybody(parvis)
    assert await found(ana, CANARY) == [("person", ana.id)]
    for stranger in (ben, zoe, guest):
        await finds_nothing(stranger, CANARY)


async def test_a_guest_finds_people_of_his_circles_by_name_alone(
    parvis: Parvis, ana: Someone, ben: Someone, guest: Someone
) -> None:
    await make_closed(ana, access="secret", name="Atelier")
    await show(parvis, ana.member, "headline", "Cartographe", level="organisation")
    await list_everybody(parvis)
    await finds_nothing(guest, "arnaud", "barre", "atelier", "cartographe")
    await bring_together(parvis, guest.member, ana.member)
    assert await found(guest, "arnaud") == [("person", ana.id)]
    assert await suggested(guest, "arn") == [("person", ana.id)]
    await finds_nothing(guest, "barre", "cartographe")


async def test_what_is_scheduled_or_thrown_away_is_not_found(
    parvis: Parvis, ana: Someone, ben: Someone, place: Place
) -> None:
    later = {
        "body": f"La {CANARY} viendra.",
        "places": [place.id],
        "publish_at": (clock.now() + timedelta(days=2)).isoformat(),
    }
    scheduled = await ana.browser.post("/api/v1/me/scheduled-posts", json=later)
    assert scheduled.status_code == 201, scheduled.text
    mine = await put_document(ana, await own_space(ana), f"{CANARY}.txt", b"Bonjour.")
    await settle(parvis)
    await finds_nothing(ben, CANARY)
    assert await found(ana, CANARY) == [("document", mine["id"])]
    await changed(ana, document_url(mine), method="DELETE")
    await finds_nothing(ana, CANARY)


async def test_a_token_finds_what_it_may_read_otherwise(
    parvis: Parvis, client: httpx.AsyncClient, ana: Someone, ben: Someone, place: Place
) -> None:
    planted = await plant(parvis, ana, place)
    draft = {"name": "Robot", "scopes": ["search:read", "chat:read"], "days": 1}
    made = await ben.browser.post("/api/v1/me/tokens", json=draft)
    assert made.status_code == 201, made.text
    headers = {"authorization": f"Bearer {made.json()['token']}"}
    page = (await client.get(SEARCH, params={"q": CANARY}, headers=headers)).json()
    assert [(item["kind"], item["id"]) for item in page["items"]] == [("message", planted["message"]["id"])]
    assert [count["kind"] for count in page["counts"]] == ["message"]
    preview = await client.get(f"{SEARCH}/preview/post/{planted['post']['id']}", headers=headers)
    assert preview.status_code == 404


async def test_recent_searches_are_their_owner_s(ana: Someone, ben: Someone) -> None:
    mine = "/api/v1/me/searches"
    for q in ("rivière", "Carte", "RIVIÈRE"):
        assert (await ana.browser.post(mine, json={"q": q, "kinds": ["post"]})).status_code == 201
    kept = (await ana.browser.get(mine)).json()["items"]
    assert [one["q"] for one in kept] == ["RIVIÈRE", "Carte"]
    assert (await ben.browser.get(mine)).json()["items"] == []
    assert (await ben.browser.delete(f"{mine}/{kept[0]['id']}")).status_code == 404
    assert (await ana.browser.delete(f"{mine}/{kept[0]['id']}")).status_code == 204
    assert [one["q"] for one in (await ana.browser.get(mine)).json()["items"]] == ["Carte"]
    assert (await ana.browser.delete(mine)).status_code == 204
    assert (await ana.browser.get(mine)).json()["items"] == []


async def test_twenty_searches_are_kept(ana: Someone) -> None:
    for number in range(23):
        await ana.browser.post("/api/v1/me/searches", json={"q": f"recherche {number}"})
    kept = (await ana.browser.get("/api/v1/me/searches")).json()["items"]
    assert [one["q"] for one in kept] == [f"recherche {number}" for number in range(22, 2, -1)]


async def test_suggestions_hold_to_the_same(parvis: Parvis, ana: Someone, ben: Someone, zoe: Someone) -> None:
    place = await make_closed(ana, ben, access="secret", name=f"Club {CANARY}")
    assert await suggested(ben, "zibe") == [("community", place.id)]
    assert await suggested(zoe, "zibe") == []
    assert await suggested(zoe, "zibbeline") == []
