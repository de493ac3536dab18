"""Whoever may no longer see what he was told of is told of it no more: in lists, in counts, by its id."""

import pytest

from parvis.kernel.runtime import Parvis
from tests.make.communities import Place, Someone, make_closed
from tests.make.moderation import cases, decide, report, show_again
from tests.make.notifications import NOTIFICATIONS, lines, told, unread
from tests.make.posts import comment, say, url_of


@pytest.mark.parametrize("by_reader", [True, False])
async def test_what_one_may_see_no_longer_is_not_there(
    by_reader: bool, nadia: Someone, ines: Someone, claire: Someone, parvis: Parvis
) -> None:
    jury = await make_closed(nadia, ines, claire, name="Jury d’agrégation")
    call = f"@[Inès](person:{ines.id}), c’est à 10 h."
    deleted, taken_off, standing = [await say(claire, jury, f"{number} {call}") for number in range(3)]
    of_nadia = await say(nadia, jury, f"3 {call}")
    mine = await comment(ines, standing, "Entendu.")
    reply = await comment(claire, standing, "À 11 h, pardon.", parent_id=mine["id"])
    found = (await told(parvis, ines))["items"]
    by_post = {item["about_id"]: item for item in found}
    assert (len(found), by_post[standing["id"]]["unseen"]) == (4, 2)

    async def left() -> list[str]:
        """The subjects that are there for her, as every surface tells."""
        listed, new = [(await ines.browser.get(f"{NOTIFICATIONS}{query}")).json() for query in ("", "?unread=true")]
        assert new["items"] == listed["items"]
        assert await unread(parvis, ines) == len(listed["items"])
        return [item["subject"][0] for item in listed["items"]]

    assert await left() == ["2", "3", "1", "0"]
    assert (await claire.browser.delete(url_of(deleted))).status_code == 204
    assert (await nadia.browser.delete(url_of(taken_off, "places", jury.id))).status_code == 204
    assert await left() == ["2", "3"]
    assert (await claire.browser.delete(url_of(standing, "comments", reply["id"]))).status_code == 204
    assert await lines(parvis, ines, about_id=standing["id"]) == [[("mention", ["Claire Vasseur"], 1)]]
    one, other = (ines, claire) if by_reader else (claire, ines)
    assert (await one.browser.put(f"/api/v1/me/blocks/{other.id}")).status_code == 204
    assert await left() == ["3"]
    assert (await jury.leave(ines)).status_code == 204
    assert await left() == []
    assert (await ines.browser.get("/api/v1/sync")).json()["notifications"]["unread"] == 0
    url = f"{NOTIFICATIONS}/{by_post[of_nadia['id']]['id']}"
    replies = [await ines.browser.get(url), await ines.browser.put(f"{url}/read", json={"up_to": 9})]
    assert [(reply.status_code, "Jury" in reply.text) for reply in replies] == [(404, False)] * 2
    assert (await claire.browser.get(url_of(of_nadia))).status_code == 200


async def test_nobody_is_told_anything_by_whom_a_block_keeps_apart(
    place: Place, ines: Someone, claire: Someone, nadia: Someone, parvis: Parvis
) -> None:
    await claire.browser.put(f"/api/v1/me/blocks/{nadia.id}")
    said = await say(claire, place)  # Nadia, who runs the place, reads it all the same.
    await comment(nadia, said, f"Voyez @[C](person:{claire.id}).")
    await say(nadia, place, "@communauté, à demain.")
    assert (await told(parvis, claire))["items"] == []
    assert await lines(parvis, ines) == [[("call", ["Nadia Cherkaoui"], 1)]]


async def test_who_runs_a_community_no_longer_is_not_told_who_waits(
    nadia: Someone, claire: Someone, ines: Someone, omar: Someone, parvis: Parvis
) -> None:
    club = await make_closed(nadia, claire, access="on_request", name="Club")
    assert (await club.give_role(nadia, claire, "moderator")).status_code == 204
    for someone in (ines, omar):
        assert (await someone.browser.put(f"{club.url}/request", json={"message": ""})).is_success
    await claire.browser.put(f"/api/v1/me/blocks/{omar.id}")
    assert await lines(parvis, claire) == [[("request", ["Inès Benali"], 1)]]
    assert (await club.give_role(nadia, claire, "member")).status_code == 204
    assert (await told(parvis, claire))["items"] == []
    assert (await nadia.browser.delete(f"{club.url}/requests/{omar.id}")).status_code == 204
    assert await lines(parvis, nadia) == [[("request", ["Inès Benali"], 1)]]


async def test_what_moderators_hid_is_told_again_when_they_show_it(
    place: Place, ines: Someone, claire: Someone, nadia: Someone, parvis: Parvis
) -> None:
    said = await say(ines, place)
    below = await comment(claire, said, "Achetez !")
    whole = await say(claire, place, f"Achetez, @[Inès](person:{ines.id}) !")
    assert await unread(parvis, ines) == 2
    await report(ines, said, below)
    await report(ines, whole)
    for case in await cases(nadia, place):
        assert (await decide(nadia, case)).status_code == 200
    assert [item["kind"] for item in (await told(parvis, ines))["items"]] == ["decisions"], "on what she reported"
    assert await unread(parvis, ines) == 1
    for case in await cases(nadia, place, "decided"):
        assert (await show_again(nadia, case)).status_code == 200
    assert await unread(parvis, ines) == 3
