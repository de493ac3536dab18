"""Messages that are reported: to whom, what who decides may read, and what becomes of them."""

from typing import Any

import pytest

from parvis.kernel.events import Position
from parvis.kernel.runtime import Parvis
from tests.conftest import until_readable
from tests.files.uploads import upload
from tests.make.audit import audited_during
from tests.make.chat import MESSAGES, Room, answered, make_channel, make_group, talk
from tests.make.communities import Place, Someone
from tests.make.moderation import (
    CASES,
    MY_DECISIONS,
    MY_REPORTS,
    cases,
    decide,
    listed,
    report_message,
    show_again,
    waiting,
)

SLUR = "injure-entre-nous"


async def around(moderator: Someone, case: dict[str, Any]) -> list[dict[str, Any]]:
    found = await answered(moderator.browser.post(f"{CASES}/{case['id']}/surroundings"))
    items: list[dict[str, Any]] = found["items"]
    return items


async def test_between_two_the_organisation_decides_and_reads_no_more_than_a_little(
    parvis: Parvis, ines: Someone, claire: Someone, omar: Someone, mehdi: Someone
) -> None:
    room = await talk(ines, claire)
    for number in range(1, 6):
        await room.say(claire, f"Avant {number}")
    file = await upload(ines.browser, b"Preuve.", "preuve.txt")
    said = await room.say(ines, f"Une {SLUR} à @[](person:{claire.id}).", files=[file["id"]])
    for number in range(1, 6):
        await room.say(claire, f"Après {number}")
    assert "report" in (await room.messages(claire))["items"][5]["abilities"]
    for reporter, status in ((ines, 403), (omar, 404), (mehdi, 404), (claire, 200)):
        assert (await report_message(reporter, said, words="Depuis lundi.")).status_code == status
    assert (await waiting(mehdi), await listed(ines, MY_DECISIONS)) == (1, [])
    [case] = await cases(mehdi)
    assert (case["kind"], case["community"], case["post_id"], case["state"]) == ("message", None, None, "standing")
    assert SLUR in case["snapshots"][0]["html"]
    where = case["conversation"]
    assert (where["kind"], where["name"], where["open"], where["number"]) == ("direct", None, False, said["number"])
    assert (await mehdi.browser.get(where["files"][0]["url"])).content == b"Preuve."
    assert [item["private"] for item in await listed(claire, MY_REPORTS)] == [True]
    for path in (room.url, f"{room.url}/messages", f"{MESSAGES}/{said['id']}", f"{MESSAGES}/{said['id']}/replies"):
        assert (await mehdi.browser.get(path)).status_code == 404, "he reads nothing else of it"

    async with audited_during(parvis) as read:
        near = await around(mehdi, case)
    assert [item["number"] for item in near] == list(range(3, 10)), "three before, and three after"
    assert [item["number"] for item in near if item["reported"]] == [said["number"]]
    for someone in (claire, ines, omar):
        assert (await someone.browser.post(f"{CASES}/{case['id']}/surroundings")).status_code == 404
    assert [(one.action, one.actor_id, one.detail["messages"]) for one in read] == [
        ("case.read_around", mehdi.member.id, 7)
    ]
    assert "Avant" not in str([one.detail for one in read])

    refused = await decide(mehdi, case, "hide", "exclude")
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing_to_exclude_from")
    decided = (await decide(mehdi, case, "remove", "warn")).json()
    assert decided["state"] == "gone"
    assert (await mehdi.browser.post(f"{CASES}/{case['id']}/surroundings")).status_code == 409, "nor once it is decided"
    assert (await mehdi.browser.get(where["files"][0]["url"])).status_code == 404
    place = (await room.messages(claire))["items"][5]
    assert (place["gone"], place["text"], place["files"]) == (True, "", [])
    assert [item["on_content"] for item in await listed(ines, MY_DECISIONS)] == ["remove"]
    assert [item["outcome"] for item in await listed(claire, MY_REPORTS)] == ["removed"]


async def seen_by(someone: Someone, room: Room, said: dict[str, Any], parvis: Parvis) -> set[str]:
    """Where somebody reads the word."""
    url = f"{MESSAGES}/{said['id']}"
    async with parvis.database.reading() as session:
        extent = await parvis.stream.extent(session)
    paths = {
        "log": f"{room.url}/messages",
        "one": url,
        "revisions": f"{url}/revisions",
        "pins": f"{room.url}/pins",
        "search": f"{room.url}/search?q={SLUR}",
        "list": "/api/v1/conversations",
        "replay": f"/api/v1/events?since={extent.epoch}.{Position()}&limit=200",
        "bookmarks": "/api/v1/me/bookmarks",
    }
    found = {name: await someone.browser.get(path) for name, path in paths.items()}
    return {name for name, reply in found.items() if SLUR in reply.text}


@pytest.mark.parametrize("is_channel", [True, False], ids=["channel", "group"])
async def test_what_is_hidden_is_its_author_s_alone_until_it_is_shown_again(
    parvis: Parvis,
    place: Place,
    nadia: Someone,
    ines: Someone,
    claire: Someone,
    mehdi: Someone,
    is_channel: bool,
) -> None:
    room = await make_channel(nadia, place) if is_channel else await make_group(ines, claire)
    moderator, where = (nadia, place) if is_channel else (mehdi, None)
    said = await room.say(ines, "Avant.")
    file = await upload(ines.browser, b"Non.", f"{SLUR}.txt")
    url = f"{MESSAGES}/{said['id']}"
    await answered(ines.browser.patch(url, json={"text": f"Une {SLUR}."}))
    shown = await room.say(ines, f"Encore une {SLUR}.", files=[file["id"]])
    quote = await room.say(claire, "Pourquoi ?", quote_id=shown["id"])
    url = f"{MESSAGES}/{shown['id']}"
    assert (await ines.browser.delete(f"{MESSAGES}/{said['id']}")).status_code == 204
    assert (await report_message(claire, shown)).status_code == 200
    assert (await report_message(claire, shown)).status_code == 200, "again changes nothing"
    [case] = await cases(moderator, where)
    assert (case["reports"], case["conversation"]["open"]) == (1, is_channel)
    assert (await decide(moderator, case, "hide")).json()["state"] == "hidden"
    await until_readable(parvis)
    assert await seen_by(claire, room, shown, parvis) == set()
    assert await seen_by(ines, room, shown, parvis) == {"log", "one"}
    gone = await answered(claire.browser.get(url))
    assert (gone["gone"], gone["hidden"], gone["author"], gone["abilities"]) == (True, True, None, [])
    assert (await answered(claire.browser.get(f"{MESSAGES}/{quote['id']}")))["quote"]["gone"] is True
    own = await answered(ines.browser.get(url))
    assert (own["gone"], own["hidden"], own["abilities"]) == (False, True, ["delete"])
    link = shown["files"][0]["url"]
    assert [(await someone.browser.get(link)).status_code for someone in (ines, claire)] == [200, 404]
    for method, path, body in (
        ("PATCH", "", {"text": "Autre."}),
        ("PUT", "/pin", None),
        ("PUT", "/reactions/thanks", None),
        ("PUT", "/bookmark", None),
        ("PUT", "/report", {"reason": "spam"}),
        ("POST", "/forward", {"conversation_ids": [room.id], "client_ids": [room.id]}),
    ):
        reply = await claire.browser.request(method, url + path, json=body)
        assert reply.status_code == 404, path
    assert (await room.saying(claire, quote_id=shown["id"])).status_code == 404
    assert (await room.saying(claire, root_id=shown["id"])).status_code == 404

    [case] = await cases(moderator, where, "decided")
    assert (await show_again(moderator, case)).status_code == 200
    assert (await answered(claire.browser.get(url)))["text"] == f"Encore une {SLUR}."
    assert (await claire.browser.get(link)).status_code == 200


async def test_of_a_channel_by_invitation_who_runs_the_community_reads_a_little_too(
    parvis: Parvis, place: Place, nadia: Someone, ines: Someone, claire: Someone, mehdi: Someone
) -> None:
    room = await make_channel(nadia, place, "Bureau", access="invited", member_ids=[ines.id, claire.id])
    assert (await nadia.browser.post(f"{room.url}/leave")).status_code == 204
    root = await room.say(claire, "Le fil.")
    reply = await room.say(ines, f"Une {SLUR}.", root_id=root["id"])
    await room.say(claire, "Non.", root_id=root["id"])
    await answered(ines.browser.patch(f"{MESSAGES}/{reply['id']}", json={"text": "Pardon."}))
    assert (await report_message(claire, reply)).status_code == 200
    [case] = await cases(nadia, place)
    where = case["conversation"]
    assert (where["name"], where["open"], where["number"]) == ("Bureau", False, root["number"])
    assert (await nadia.browser.get(f"{MESSAGES}/{reply['id']}")).status_code == 404
    assert [item["html"].strip() for item in await around(nadia, case)] == ["<p>Pardon.</p>", "<p>Non.</p>"]
    assert await cases(mehdi) == []
    assert (await decide(nadia, case, "keep", "exclude")).status_code == 200
    assert (await ines.browser.get(room.url)).status_code == 404, "out of the community, and of its channels"
