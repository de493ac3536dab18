"""Whom a message names and who takes part in a thread is told, as he wishes, while he may read it."""

from parvis.kernel.events import Position
from parvis.kernel.runtime import Parvis
from parvis.notifications.events import NotificationsChanged
from tests.conftest import listen
from tests.make.chat import answered, make_channel, make_group, talk
from tests.make.communities import Place, Someone
from tests.make.notifications import lines, told, unread

MESSAGES = "/api/v1/messages"


def name(someone: Someone) -> str:
    return f"@[Qui](person:{someone.id})"


async def test_who_is_named_or_answered_is_told_where(
    place: Place, nadia: Someone, ines: Someone, claire: Someone, omar: Someone, parvis: Parvis
) -> None:
    room = await make_channel(nadia, place, "Mémoires")
    root = await room.say(ines, "Qui a la cote de 1998 ?")
    await room.say(claire, f"{name(nadia)} {name(claire)} {name(omar)} le sait.")
    await room.say(claire, "183,90 m.", root_id=root["id"])
    await room.say(nadia, f"Bravo {name(claire)}.", root_id=root["id"])
    await room.say(ines, "Merci !", root_id=root["id"])
    (item,) = (await told(parvis, nadia))["items"]
    assert (item["kind"], item["about_id"], item["subject"]) == ("conversation", room.id, "Mémoires")
    assert (item["community"]["id"], item["own"], item["unseen"]) == (place.id, False, 2)
    spots = [(one["reason"], one["message_number"], one["reply_number"], one["comment_id"]) for one in item["lines"]]
    assert spots == [("mention", 3, None, None), ("answered", root["number"], 3, None)]
    assert await lines(parvis, claire) == [
        [("mention", ["Nadia Cherkaoui"], 1), ("answered", ["Inès Benali"], 1)],
    ], "once of each message, and by nobody of himself"
    assert await lines(parvis, ines) == [[("answered", ["Nadia Cherkaoui", "Claire Vasseur"], 2)]]
    assert await lines(parvis, omar) == [], "who is not there is not told"
    direct = await talk(ines, claire)
    await direct.say(ines, "Rien de plus.")
    await direct.say(ines, f"Et {name(claire)} ?")
    (item, _) = (await told(parvis, claire))["items"]
    assert (item["about_id"], item["subject"], item["community"], item["unseen"]) == (direct.id, "", None, 1)


async def test_each_is_told_as_he_wishes(
    nadia: Someone, ines: Someone, claire: Someone, omar: Someone, parvis: Parvis
) -> None:
    room = await make_group(nadia, ines, claire, omar)
    for someone, wish in (
        (ines, {"level": "nothing"}),
        (claire, {"level": "mentions"}),
        (omar, {"muted_until": "2099-01-01T00:00:00Z"}),
    ):
        root = await room.say(someone, "Une question.")
        await answered(someone.browser.put(f"{room.url}/settings", json=wish))
        await room.say(nadia, "Une réponse.", root_id=root["id"])
        await room.say(nadia, f"{name(someone)}, voyez.")
    assert [await lines(parvis, someone) for someone in (ines, omar)] == [[], []]
    assert await lines(parvis, claire) == [[("mention", ["Nadia Cherkaoui"], 1)]]

    quiet = {"quiet_from": 0, "quiet_until": 1439, "time_zone": "UTC"}
    await answered(claire.browser.put("/api/v1/me/chat-preferences", json=quiet))
    before = await _facts(parvis, claire)
    await room.say(nadia, f"{name(claire)}, encore.")
    assert (await told(parvis, claire))["items"][0]["unseen"] == 2
    assert await _facts(parvis, claire) == before, "it is there, and nothing says so"


async def test_what_one_may_read_no_longer_is_not_told(
    place: Place, nadia: Someone, ines: Someone, claire: Someone, parvis: Parvis
) -> None:
    room = await make_group(nadia, ines, claire)
    deleted, changed, _ = [await room.say(claire, f"{number} {name(ines)}") for number in range(3)]
    await room.say(nadia, f"Bonjour {name(ines)}")
    assert (await told(parvis, ines))["items"][0]["unseen"] == 4
    assert (await claire.browser.delete(f"{MESSAGES}/{deleted['id']}")).status_code == 204
    assert (await claire.browser.patch(f"{MESSAGES}/{changed['id']}", json={"text": name(nadia)})).is_success
    assert await lines(parvis, ines) == [[("mention", ["Nadia Cherkaoui", "Claire Vasseur"], 2)]]
    assert await lines(parvis, nadia) == [[("mention", ["Claire Vasseur"], 1)]], "who is named later is told then"
    assert (await ines.browser.put(f"/api/v1/me/blocks/{claire.id}")).status_code == 204
    assert await lines(parvis, ines) == [[("mention", ["Nadia Cherkaoui"], 1)]]
    assert await unread(parvis, ines) == 1
    assert (await room.remove(nadia, ines)).status_code == 204
    assert (await lines(parvis, ines), await unread(parvis, ines)) == ([], 0)

    channel = await make_channel(nadia, place)
    assert (await claire.browser.post(f"{channel.url}/leave")).status_code == 204
    await channel.say(nadia, f"{name(claire)} ?")
    assert await lines(parvis, claire) == [], "who left is not named"


async def _facts(parvis: Parvis, someone: Someone) -> int:
    """How often it was said that what he is told changed."""
    await listen(parvis)
    facts = [fact for fact in await parvis.log.after(Position()) if fact.type == NotificationsChanged.type]
    return sum(fact.data["member_id"] == someone.id for fact in facts)
