"""Who reads what: those in a conversation, from where they came in, until they are out."""

from typing import Any

import pytest

from parvis.kernel.events import Position
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn, until_readable
from tests.files.uploads import upload
from tests.make.chat import CONVERSATIONS, MESSAGES, Room, answered, make_channel, make_group, rooms_of, talk
from tests.make.communities import Someone, arrive, make_community

CANARY = "canari-des-salons"


async def seen_of(room: Room, someone: Someone, message: dict[str, Any]) -> list[str]:
    """What of a conversation and a message somebody is answered other than that it is not there."""
    url, own = room.url, f"{MESSAGES}/{message['id']}"
    asked = [
        ("GET", url, None),
        ("GET", f"{url}/messages", None),
        ("GET", f"{url}/members", None),
        ("GET", f"{url}/pins", None),
        ("GET", f"{url}/search?q={CANARY}", None),
        ("GET", f"{url}/readers?number=1", None),
        ("POST", f"{url}/messages", {"client_id": message["id"], "text": "Moi aussi."}),
        ("PUT", f"{url}/read", {"number": 1}),
        ("PUT", f"{url}/draft", {"text": "Moi"}),
        ("PUT", f"{url}/settings", {"level": "all"}),
        ("GET", own, None),
        ("GET", f"{own}/replies", None),
        ("GET", f"{own}/revisions", None),
        ("PATCH", own, {"text": "Autre."}),
        ("DELETE", own, None),
        ("PUT", f"{own}/reactions/thanks", None),
        ("PUT", f"{own}/pin", None),
        ("PUT", f"{own}/bookmark", None),
        ("PUT", f"{own}/replies/read", {"number": 0}),
        ("POST", f"{own}/forward", {"conversation_ids": [room.id], "client_ids": [message["id"]]}),
    ]
    found = []
    for method, path, body in asked:
        reply = await someone.browser.request(method, path, json=body)
        assert CANARY not in reply.text, path
        if reply.status_code != 404:
            found.append(f"{method} {path}: {reply.status_code}")
    assert room.id not in await rooms_of(someone)
    return found


async def test_who_is_not_in_it_or_was_taken_out_sees_nothing(
    parvis: Parvis, ana: Someone, ben: Someone, zoe: Someone
) -> None:
    room = await make_group(ana, ben)
    file = await upload(ana.browser, b"Bonjour.", f"{CANARY}.txt")
    said = await room.say(ana, f"Le {CANARY} chante.", files=[file["id"]])
    url = said["files"][0]["url"]
    assert (await ben.browser.get(url)).status_code == 200
    assert await seen_of(room, zoe, said) == []
    assert (await zoe.browser.get(url)).status_code == 404
    assert (await room.add(ben, zoe)).status_code == 200
    assert f"Le {CANARY} chante." in await room.texts(zoe)
    assert (await room.remove(ben, zoe)).status_code == 403, "who put somebody in does not run the group"
    assert (await room.remove(ana, zoe)).status_code == 204
    assert await seen_of(room, zoe, said) == []
    assert (await zoe.browser.get(url)).status_code == 404
    await until_readable(parvis)
    news = await answered(zoe.browser.get("/api/v1/events", params={"since": await _cursor(parvis)}))
    assert CANARY not in str(news), "nor of what was told while she was in"


async def _cursor(parvis: Parvis) -> str:
    async with parvis.database.reading() as session:
        extent = await parvis.stream.extent(session)
    return f"{extent.epoch}.{Position()}"


async def test_losing_the_community_ends_its_channels(ana: Someone, ben: Someone, zoe: Someone) -> None:
    place = await make_community(ana)
    for someone in (ben, zoe):
        await place.join(someone)
    open_one = await make_channel(ana, place)
    closed = await make_channel(ana, place, "Bureau", access="invited", member_ids=[ben.id])
    said = {room.id: await room.say(ben, f"Le {CANARY}.") for room in (open_one, closed)}
    assert await seen_of(closed, zoe, said[closed.id]) == []
    assert set(await rooms_of(ben)) == {open_one.id, closed.id}
    assert (await ben.browser.post(f"{place.url}/channels", json={"name": "Autre"})).status_code == 403
    await ana.browser.delete(f"{place.url}/members/{ben.id}")
    for room in (open_one, closed):
        assert await seen_of(room, ben, said[room.id]) == []
    assert (await ben.browser.get(f"{place.url}/channels")).status_code == 403
    assert (await zoe.browser.post(f"{open_one.url}/leave")).status_code == 204
    assert await rooms_of(zoe) == []
    listed = await answered(zoe.browser.get(f"{place.url}/channels"))
    assert [(one["name"], one["left"]) for one in listed["items"]] == [("Général", True)]
    assert (await open_one.saying(zoe)).status_code == 403
    await answered(zoe.browser.post(f"{open_one.url}/join"))
    assert await rooms_of(zoe) == [open_one.id]
    assert (await ana.browser.put(f"{place.url}/archiving")).status_code < 300
    assert (await open_one.saying(zoe)).status_code == 403
    assert f"Le {CANARY}." in await open_one.texts(zoe)


@pytest.mark.parametrize("history", ["all", "since_joined"])
async def test_newcomers_read_from_where_the_room_says(
    parvis: Parvis, ana: Someone, ben: Someone, zoe: Someone, history: str
) -> None:
    room = await make_group(ana, ben, history=history)
    root = await room.say(ana, f"Avant : {CANARY}")
    await room.say(ben, f"Réponse d’avant : {CANARY}", root_id=root["id"])
    await answered(ana.browser.put(f"{MESSAGES}/{root['id']}/pin"))
    cursor = await _cursor(parvis)
    await room.add(ana, zoe)
    answer = await room.say(ben, "Après.", quote_id=root["id"])
    await room.say(ben, "Réponse d’après.", root_id=root["id"])
    edited = await ana.browser.patch(f"{MESSAGES}/{root['id']}", json={"text": f"Corrigé : {CANARY}"})
    assert edited.status_code == 200
    await until_readable(parvis)
    channels = {
        "list": await room.messages(zoe, limit=200),
        "around": await room.messages(zoe, around=1),
        "quote": await answered(zoe.browser.get(f"{MESSAGES}/{answer['id']}")),
        "root": (await zoe.browser.get(f"{MESSAGES}/{root['id']}")).json(),
        "revisions": (await zoe.browser.get(f"{MESSAGES}/{root['id']}/revisions")).json(),
        "thread": (await zoe.browser.get(f"{MESSAGES}/{root['id']}/replies")).json(),
        "pins": await answered(zoe.browser.get(f"{room.url}/pins")),
        "replay": await answered(zoe.browser.get("/api/v1/events", params={"since": cursor, "limit": 200})),
        "room": await room.seen_by(zoe),
    }
    may = history == "all"
    seen = {name for name, found in channels.items() if CANARY in str(found)}
    everywhere = {"list", "around", "quote", "root", "revisions", "thread", "pins", "replay"}
    assert seen == (everywhere if may else set())
    assert "Réponse d’après." in str(channels["thread"])
    assert (await zoe.browser.get(f"{MESSAGES}/{root['id']}")).status_code == (200 if may else 404)
    assert (await room.saying(zoe, quote_id=root["id"])).status_code == (201 if may else 404)
    assert (await room.saying(zoe, root_id=root["id"])).status_code == (201 if may else 404)
    assert channels["room"]["from_number"] == (1 if may else 3)


async def test_a_block_ends_what_two_say_and_not_what_a_room_says(ana: Someone, ben: Someone, zoe: Someone) -> None:
    between, room = await talk(ana, ben), await make_group(ana, ben, zoe)
    await between.say(ben, "Bonjour.")
    assert (await ben.browser.put(f"/api/v1/me/blocks/{ana.id}")).status_code == 204
    for someone in (ana, ben):
        assert (await between.saying(someone)).status_code == 403
        assert "post" not in (await between.seen_by(someone))["abilities"]
    said = await room.say(ana, "À tous.")
    assert said["text"] in await room.texts(ben), "in a room all read all"
    again = await ana.browser.post(CONVERSATIONS, json={"kind": "direct", "member_id": zoe.id})
    assert again.status_code == 201
    refused = await ana.browser.post(CONVERSATIONS, json={"kind": "group", "member_ids": [ben.id, zoe.id]})
    assert refused.status_code == 404, "who is kept apart is not found"


async def test_a_guest_talks_to_those_of_his_circles_alone(parvis: Parvis, sign_in: SignIn, ana: Someone) -> None:
    guest = await arrive(parvis, sign_in, "Gil Guest", None)
    reply = await guest.browser.post(CONVERSATIONS, json={"kind": "direct", "member_id": ana.id})
    assert reply.status_code == 404
    assert (await ana.browser.post(CONVERSATIONS, json={"kind": "direct", "member_id": guest.id})).status_code == 404


async def test_deleting_leaves_no_word_in_the_log(parvis: Parvis, ana: Someone, ben: Someone) -> None:
    room = await talk(ana, ben)
    cursor = await _cursor(parvis)
    said = await room.say(ana, f"Oubliez : {CANARY}")
    await room.say(ben, "Pourquoi ?", quote_id=said["id"])
    await ana.browser.patch(f"{MESSAGES}/{said['id']}", json={"text": f"Oubliez tout : {CANARY}"})
    assert (await ana.browser.delete(f"{MESSAGES}/{said['id']}")).status_code == 204
    await until_readable(parvis)
    news = await answered(ben.browser.get("/api/v1/events", params={"since": cursor, "limit": 200}))
    assert CANARY not in str(news)
    assert [item["type"] for item in news["items"] if item["type"].startswith("message")][-1] == "message.deleted"
    assert CANARY not in str(await room.messages(ben))
