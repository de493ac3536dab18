"""Saying something and reading what was said: numbers without a gap, once however often it is sent."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from parvis.chat.schemas.messages import MessageOut, MessagesOut
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries
from tests.make.chat import CONVERSATIONS, MESSAGES, Room, answered, make_group, talk
from tests.make.communities import Someone


async def test_messages_are_numbered_and_read_in_stretches(ana: Someone, ben: Someone) -> None:
    room = await talk(ana, ben)
    for number in range(1, 8):
        said = await room.say(ana if number % 2 else ben, f"Message {number}")
        assert said["number"] == number
        assert said["author"]["name"] == (ana if number % 2 else ben).name
    assert await room.numbers(ben) == [1, 2, 3, 4, 5, 6, 7]
    page = await room.messages(ben, limit=3)
    assert [item["number"] for item in page["items"]] == [5, 6, 7]
    assert (page["first"], page["last"], page["has_before"], page["has_after"]) == (1, 7, True, False)
    assert await room.numbers(ben, before=5, limit=3) == [2, 3, 4]
    assert await room.numbers(ben, after=5, limit=3) == [6, 7]
    assert await room.numbers(ben, around=4, limit=3) == [3, 4, 5]
    assert await room.numbers(ben, around=7, limit=3) == [5, 6, 7]
    third = (await room.messages(ben, after=2, limit=1))["items"][0]
    assert await room.numbers(ben, at=third["created_at"], limit=1) == [3]
    assert await room.numbers(ben, before=1) == []
    beyond = await room.messages(ben, after=7)
    assert (beyond["items"], beyond["has_after"]) == ([], False)


async def test_what_is_sent_again_is_said_once(ana: Someone, ben: Someone) -> None:
    room = await talk(ana, ben)
    sent = {"client_id": str(uuid4()), "text": "Une fois."}
    replies = await asyncio.gather(
        *(ana.browser.post(f"{room.url}/messages", json=sent) for _ in range(20)),
    )
    assert sorted(reply.status_code for reply in replies) == [200] * 19 + [201]
    assert len({reply.text for reply in replies}) == 1
    assert await room.texts(ben) == ["Une fois."]
    other = await ana.browser.post(f"{room.url}/messages", json={**sent, "text": "Deux fois."})
    assert (other.status_code, other.json()["code"]) == (422, "client_id_reused")
    his_own = await ben.browser.post(f"{room.url}/messages", json=sent)
    assert his_own.status_code == 201, "an identifier is its sender's"


async def test_fifty_at_once_leave_no_gap(ana: Someone, ben: Someone, zoe: Someone) -> None:
    room = await make_group(ana, ben, zoe)
    people = [ana, ben, zoe]
    said = await asyncio.gather(*(room.say(people[turn % 3], f"Message {turn}") for turn in range(50)))
    assert sorted(message["number"] for message in said) == list(range(2, 52)), "after the line that begins it"
    assert await room.numbers(zoe, limit=100) == list(range(1, 52))


async def test_bytes_are_as_the_schema_says(ana: Someone, ben: Someone) -> None:
    room = await make_group(ana, ben)
    first = await room.say(ana, "Voir **ici** : https://univ.example et @[Ben](person:" + ben.id + ")")
    MessageOut.model_validate(first)
    assert ben.name in first["html"]
    assert ben.name in first["text"]
    [listed] = (await answered(ben.browser.get(CONVERSATIONS)))["items"]
    assert listed["last"]["text_start"].endswith(f"et @{ben.name}")
    await room.say(ben, "Oui.", quote_id=first["id"])
    await room.say(ben, "En dessous.", root_id=first["id"])
    await answered(ben.browser.put(f"{MESSAGES}/{first['id']}/reactions/thanks"))
    reply = await ben.browser.get(f"{room.url}/messages")
    page = MessagesOut.model_validate_json(reply.content)
    assert page.model_dump(mode="json") == reply.json()
    [line, seen, answer] = reply.json()["items"]
    assert (line["kind"], [one["name"] for one in line["about"]]) == ("created", [ben.name])
    assert seen["reactions"] == [{"kind": "thanks", "count": 1, "mine": True}]
    assert (seen["thread"]["replies"], [one["name"] for one in seen["thread"]["people"]]) == (1, [ben.name])
    assert answer["quote"]["text_start"] == listed["last"]["text_start"]


async def test_threads_have_numbers_of_their_own(ana: Someone, ben: Someone) -> None:
    room = await talk(ana, ben)
    root = await room.say(ana, "Qui vient ?")
    for number in (1, 2, 3):
        assert (await room.say(ben, f"Réponse {number}", root_id=root["id"]))["number"] == number
    await room.say(ana, "Suite.")
    assert await room.numbers(ben) == [1, 2], "replies stand in their thread"
    thread = await answered(ana.browser.get(f"{MESSAGES}/{root['id']}/replies", params={"limit": 2}))
    assert [item["number"] for item in thread["items"]] == [2, 3]
    assert (thread["first"], thread["last"], thread["has_before"]) == (1, 3, True)
    reply = thread["items"][0]
    assert (await room.saying(ana, "Non.", root_id=reply["id"])).status_code == 404, "a reply has no thread"


async def test_editing_keeps_what_was_said_and_deleting_leaves_a_place(ana: Someone, ben: Someone) -> None:
    room = await talk(ana, ben)
    said = await room.say(ana, "Avant.")
    url = f"{MESSAGES}/{said['id']}"
    assert (await ben.browser.patch(url, json={"text": "Autrement."})).status_code == 403
    stale = await ana.browser.patch(url, json={"text": "Après."}, headers={"if-match": '"9"'})
    assert stale.status_code == 412
    edited = await answered(ana.browser.patch(url, json={"text": "Après."}, headers={"if-match": '"1"'}))
    assert (edited["text"], edited["version"]) == ("Après.", 2)
    assert (await ben.browser.delete(url)).status_code == 403
    assert (await ana.browser.delete(url)).status_code == 204
    [place] = (await room.messages(ben))["items"]
    assert (place["gone"], place["text"], place["html"], place["author"]) == (True, "", "", None)
    assert (await room.say(ben, "Ensuite."))["number"] == 2
    for method, path in (("PATCH", ""), ("PUT", "/pin"), ("PUT", "/reactions/thanks"), ("PUT", "/bookmark")):
        body = {"text": "Encore."} if method == "PATCH" else None
        assert (await ana.browser.request(method, url + path, json=body)).status_code == 404, path


@pytest.mark.parametrize("limit", [50])
async def test_the_latest_take_two_queries(
    parvis: Parvis, ana: Someone, ben: Someone, counted_queries: CountedQueries, limit: int
) -> None:
    room = await talk(ana, ben)
    for turn in range(12):
        await room.say(ana if turn % 2 else ben, f"Message {turn}")
    await room.messages(ana)
    with counted_queries() as queries:
        await room.messages(ana, limit=limit)
    assert len(queries) == 2, queries
    sent: dict[str, Any] = {"client_id": str(uuid4()), "text": "Encore."}
    with counted_queries() as queries:
        assert (await ana.browser.post(f"{room.url}/messages", json=sent)).status_code == 201
    assert len(queries) <= 4, queries
    assert isinstance(room, Room)
