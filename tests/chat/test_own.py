"""What a conversation is to each: unread, what he is told, drafts, readers, and what he passes on."""

from uuid import uuid4

from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, listen, run_jobs
from tests.files.uploads import upload
from tests.make.chat import CONVERSATIONS, MESSAGES, Room, answered, make_channel, make_group, rooms_of, talk
from tests.make.communities import Someone, make_community

UNREAD = f"{CONVERSATIONS}/unread"


async def unread_of(room: Room, someone: Someone) -> tuple[int, int]:
    seen = await room.seen_by(someone)
    return seen["unread"], seen["mentions"]


async def test_unread_is_counted_from_numbers(ana: Someone, ben: Someone, zoe: Someone) -> None:
    room = await make_group(ana, ben, zoe)
    for number in range(5):
        await room.say(ana, f"Message {number}")
    await room.say(ana, f"@[Ben](person:{ben.id}) ?")
    assert await unread_of(room, ben) == (7, 1)
    assert await unread_of(room, ana) == (0, 0), "who speaks has read"
    assert await answered(ben.browser.get(UNREAD)) == {"messages": 7, "mentions": 1, "quiet_until": None}
    assert (await room.read(ben, 5))["unread"] == 2
    assert (await room.read(ben, 99))["unread"] == 0
    assert (await room.read(ben, 3))["unread"] == 4, "marked as unread again"
    await room.say(ben, "Me voici.")
    assert await unread_of(room, ben) == (0, 0)
    assert await unread_of(room, zoe) == (8, 0)
    place = await make_community(ana)
    channel = await make_channel(ana, place)
    await channel.say(ana, "Avant vous.")
    await place.join(zoe)
    assert await unread_of(channel, zoe) == (0, 0), "counted from when one came"
    await channel.say(ana, "Bienvenue.")
    await channel.say(ana, f"@[Zoé](person:{zoe.id}) aussi")
    assert await unread_of(channel, zoe) == (2, 1)
    found = await answered(zoe.browser.get(UNREAD))
    assert (found["messages"], found["mentions"]) == (8, 1), "of channels mentions alone, unless one asks for all"


async def test_one_is_told_as_one_wishes(ana: Someone, ben: Someone) -> None:
    room = await talk(ana, ben)
    await room.say(ana)
    settings = f"{room.url}/settings"
    await answered(ben.browser.put(settings, json={"muted_until": "2099-01-01T00:00:00Z"}))
    assert (await answered(ben.browser.get(UNREAD)))["messages"] == 0
    await answered(ben.browser.put(settings, json={"level": "nothing"}))
    assert (await answered(ben.browser.get(UNREAD)))["messages"] == 0
    seen = await answered(ben.browser.put(settings, json={"hidden": True}))
    assert (seen["hidden"], seen["level"], seen["muted_until"]) == (True, None, None)
    assert await rooms_of(ben) == []
    await room.say(ana, "Du nouveau.")
    assert await rooms_of(ben) == [room.id], "until something new is said"
    assert (await answered(ben.browser.get(UNREAD)))["messages"] == 2
    assert (await ben.browser.put(f"{room.url}/draft", json={"text": "Peut-être"})).status_code == 204
    assert (await room.seen_by(ben))["draft"] == "Peut-être"
    assert (await room.seen_by(ana))["draft"] is None
    chosen = {"quiet_from": 0, "quiet_until": 1439, "time_zone": "UTC"}
    await answered(ben.browser.put("/api/v1/me/chat-preferences", json=chosen))
    assert (await answered(ben.browser.get("/api/v1/me/chat-preferences")))["quiet_until"] == 1439
    wrong = await ben.browser.put("/api/v1/me/chat-preferences", json={"quiet_from": 3})
    assert wrong.status_code == 422
    snapshot = await answered(ben.browser.get("/api/v1/sync"))
    assert snapshot["chat"]["messages"] == 2


async def test_readers_are_shown_to_who_shows_it(ana: Someone, ben: Someone, zoe: Someone) -> None:
    room = await make_group(ana, ben, zoe)
    said = await room.say(ana, "Lu ?")
    readers = f"{room.url}/readers?number={said['number']}"
    await room.read(ben, said["number"])
    found = await answered(ana.browser.get(readers))
    assert (found["shown"], [one["name"] for one in found["people"]]) == (True, [ben.name])
    await room.say(zoe, "Oui.")
    assert len((await answered(ana.browser.get(readers)))["people"]) == 2, "who answers has read"
    await answered(ben.browser.put("/api/v1/me/chat-preferences", json={"shows_reading": False}))
    assert [one["name"] for one in (await answered(ana.browser.get(readers)))["people"]] == [zoe.name]
    assert await answered(ben.browser.get(readers)) == {"shown": False, "people": []}
    assert (await ana.browser.get(f"{room.url}/readers?number=99")).status_code == 404


async def test_passing_on_tells_no_more_than_one_may_know(ana: Someone, ben: Someone, zoe: Someone) -> None:
    secret = await make_group(ana, ben, name="Le secret")
    file = await upload(ana.browser, b"Bonjour.", "plan.txt")
    said = await secret.say(ana, "À passer.", files=[file["id"]])
    to = await talk(ben, zoe)
    draft = {"conversation_ids": [to.id], "client_ids": [str(uuid4())]}
    url = f"{MESSAGES}/{said['id']}/forward"
    assert (await zoe.browser.post(url, json=draft)).status_code == 404
    not_his = {"conversation_ids": [(await talk(ana, zoe)).id], "client_ids": [str(uuid4())]}
    assert (await ben.browser.post(url, json=not_his)).status_code == 404
    [passed] = (await answered(ben.browser.post(url, json=draft)))["items"]
    again = await answered(ben.browser.post(url, json=draft))
    assert [one["id"] for one in again["items"]] == [passed["id"]], "once"
    assert passed["forwarded"]["conversation_name"] == "Le secret"
    [seen] = (await to.messages(zoe))["items"]
    assert seen["forwarded"] == {"author": passed["forwarded"]["author"], "conversation_name": None}
    assert (seen["text"], seen["author"]["name"], seen["files"][0]["name"]) == ("À passer.", ben.name, "plan.txt")
    assert (await zoe.browser.get(seen["files"][0]["url"])).content == b"Bonjour."
    await ana.browser.delete(f"{MESSAGES}/{said['id']}")
    assert (await zoe.browser.get(seen["files"][0]["url"])).content == b"Bonjour.", "it is a copy"


async def test_words_find_messages_and_pins_stay(parvis: Parvis, ana: Someone, ben: Someone) -> None:
    room, other = await talk(ana, ben), await make_group(ana, ben)
    said = await room.say(ana, "La réunion des conseils aura lieu mardi.")
    await other.say(ana, "Une autre réunion.")
    await listen(parvis)

    async def search(words: str) -> list[str]:
        found = await answered(ben.browser.get(f"{room.url}/search", params={"q": words}))
        return [item["id"] for item in found["items"]]

    assert await search("reunions") == [said["id"]]
    await answered(ana.browser.patch(f"{MESSAGES}/{said['id']}", json={"text": "Annulée."}))
    await listen(parvis)
    assert (await search("reunion"), await search("annulee")) == ([], [said["id"]])
    await answered(ben.browser.put(f"{MESSAGES}/{said['id']}/pin"))
    assert [item["id"] for item in (await answered(ana.browser.get(f"{room.url}/pins")))["items"]] == [said["id"]]
    [old] = (await answered(ben.browser.get(f"{MESSAGES}/{said['id']}/revisions")))["items"]
    assert old["text"].startswith("La réunion")
    await ana.browser.delete(f"{MESSAGES}/{said['id']}")
    assert await search("annulee") == []
    assert (await answered(ana.browser.get(f"{room.url}/pins")))["items"] == []


async def test_a_search_asks_as_often_for_forty_messages_as_for_two(
    parvis: Parvis, ana: Someone, ben: Someone, counted_queries: CountedQueries
) -> None:
    room, counts = await talk(ana, ben), []
    for how_many in (2, 38):
        for number in range(how_many):
            await room.say((ana, ben)[number % 2], f"Un repère, le {number}e.")
        await listen(parvis)
        await answered(ana.browser.get(f"{room.url}/search", params={"q": "repère"}))
        with counted_queries() as queries:
            found = await answered(ana.browser.get(f"{room.url}/search", params={"q": "repère", "limit": 100}))
        counts.append((len(found["items"]), len(queries)))
    (few, once), (many, again) = counts
    assert (few, many) == (2, 40)
    assert once == again <= 8


async def test_a_group_has_a_name_a_picture_and_an_end(parvis: Parvis, ana: Someone, ben: Someone) -> None:
    room = await make_group(ana, ben)
    seen = await answered(ben.browser.patch(room.url, json={"name": "Projet"}, headers={"if-match": '"1"'}))
    assert (seen["name"], seen["last"]["kind"]) == ("Projet", "named")
    stale = await ben.browser.patch(room.url, json={"name": "Autre"}, headers={"if-match": '"1"'})
    assert stale.status_code == 412
    assert (await ben.browser.patch(room.url, json={"archived": True})).status_code == 403
    closed = await answered(ana.browser.patch(room.url, json={"archived": True}))
    assert closed["archived_at"]
    assert (await room.saying(ben)).status_code == 403
    assert (await rooms_of(ben), await rooms_of(ben, archived=True)) == ([], [room.id])
    await answered(ana.browser.patch(room.url, json={"archived": False}))
    root = await room.say(ben, "Avant la fin.")
    await room.say(ana, "Réponse.", root_id=root["id"])
    assert (await ben.browser.put(f"{MESSAGES}/{root['id']}/replies/read", json={"number": 1})).status_code == 204
    assert (await answered(ben.browser.get(f"{MESSAGES}/{root['id']}")))["thread"]["read_number"] == 1
    assert (await ana.browser.post(f"{room.url}/leave")).status_code == 204
    [member] = (await answered(ben.browser.get(f"{room.url}/members")))["items"]
    assert (member["person"]["name"], member["runs"]) == (ben.name, True), "who is left decides"
    assert (await ben.browser.delete(room.url)).status_code == 204
    assert (await ben.browser.get(room.url)).status_code == 404
    await run_jobs(parvis)
    assert (await ben.browser.get(f"{MESSAGES}/{root['id']}")).status_code == 404


async def test_what_was_put_away_or_left_is_found_to_come_back_to(ana: Someone, ben: Someone, zoe: Someone) -> None:
    place = await make_community(ana)
    await place.join(ben)
    between, group, channel = await talk(ana, ben), await make_group(ana, ben), await make_channel(ana, place)
    for room in (between, group):
        await answered(ben.browser.put(f"{room.url}/settings", json={"hidden": True}))
    assert (await ben.browser.post(f"{channel.url}/leave")).status_code == 204
    assert (await rooms_of(ben), await rooms_of(ben, archived=True)) == ([], [])
    assert set(await rooms_of(ben, put_away=True)) == {between.id, group.id, channel.id}
    assert await rooms_of(ana, put_away=True) == await rooms_of(zoe, put_away=True) == []
    await answered(ana.browser.patch(group.url, json={"archived": True}))
    assert group.id in await rooms_of(ben, archived=True), "what was said since brings it back"
    await answered(ben.browser.put(f"{group.url}/settings", json={"hidden": True}))
    assert group.id in await rooms_of(ben, put_away=True)
    await answered(ben.browser.put(f"{between.url}/settings", json={"hidden": False}))
    await answered(ben.browser.post(f"{channel.url}/join"))
    assert set(await rooms_of(ben)) == {between.id, channel.id}
    assert (await group.remove(ana, ben)).status_code == 204
    assert await rooms_of(ben, put_away=True) == [], "out of it, there is no way back"


async def test_who_takes_part_in_a_thread_follows_it_until_he_says_otherwise(
    parvis: Parvis, ana: Someone, ben: Someone, zoe: Someone
) -> None:
    room = await make_group(ana, ben, zoe)
    root = await room.say(ana, "Qui vient ?")
    url = f"{MESSAGES}/{root['id']}"

    async def told(someone: Someone) -> int:
        await listen(parvis)
        found = await answered(someone.browser.get("/api/v1/notifications"))
        return sum(line["count"] for item in found["items"] for line in item["lines"] if line["reason"] == "answered")

    async def follows(someone: Someone) -> bool:
        return bool((await answered(someone.browser.get(url)))["thread"]["follows"])

    await room.say(ben, "Moi.", root_id=root["id"])
    assert [await follows(someone) for someone in (ana, ben, zoe)] == [True, True, False]
    assert (await told(ana), await told(zoe)) == (1, 0)
    for _ in range(2):
        assert (await zoe.browser.put(f"{url}/replies/following")).status_code == 204
        assert (await ana.browser.delete(f"{url}/replies/following")).status_code == 204
    assert [await follows(someone) for someone in (ana, ben, zoe)] == [False, True, True]
    assert (await zoe.browser.put(f"{url}/replies/read", json={"number": 1})).status_code == 204
    assert await follows(zoe), "reading changes nothing of it"
    await room.say(ben, "Encore moi.", root_id=root["id"])
    assert (await told(ana), await told(zoe), await told(ben)) == (1, 1, 0)
    reply = (await answered(ben.browser.get(f"{url}/replies")))["items"][0]
    assert (await ben.browser.put(f"{MESSAGES}/{reply['id']}/replies/following")).status_code == 404


async def test_who_is_named_elsewhere_is_named_by_his_name(ana: Someone, ben: Someone, zoe: Someone) -> None:
    room = await talk(ana, ben)
    said = await room.say(ana, f"Demande à @[](person:{zoe.id}).")
    assert zoe.name in said["html"]
    [seen] = (await room.messages(ben))["items"]
    assert zoe.name in seen["html"]
    assert zoe.name in seen["text"]
    assert zoe.name in (await room.seen_by(ben))["last"]["text_start"]
