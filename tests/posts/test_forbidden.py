"""Who may not read a post finds nothing; who may not act on it is told why."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.communities.models import CommunityBan
from parvis.kernel.runtime import Parvis
from tests.make.communities import Place, Someone, make_closed, make_community
from tests.make.posts import POSTS, ask, comment, say, url_of

READING = [("GET", ""), ("GET", "/versions"), ("GET", "/comments"), ("GET", "/comments/{comment}")]
TAKING_PART: list[tuple[str, str, Any]] = [
    ("POST", "/comments", {"body": "Moi aussi."}),
    ("PUT", "/reactions/thanks", None),
    ("PUT", "/comments/{comment}/reactions/thanks", None),
]
CHANGING: list[tuple[str, str, Any]] = [
    ("PATCH", "", {"body": "Autre chose."}),
    ("DELETE", "", None),
    ("DELETE", "/places/{place}", None),
    ("PUT", "/places/{place}/pin", None),
    ("DELETE", "/places/{place}/pin", None),
    ("PUT", "/accepted-answer", {"comment_id": "{comment}"}),
    ("DELETE", "/accepted-answer", None),
    ("PATCH", "/comments/{comment}", {"body": "Autre chose."}),
    ("DELETE", "/comments/{comment}", None),
]
PUTTING_ASIDE: list[tuple[str, str, Any]] = [("PUT", "/bookmark", None), ("DELETE", "/bookmark", None)]
ALL = [*[(method, path, None) for method, path in READING], *TAKING_PART, *CHANGING, *PUTTING_ASIDE]


async def status_of(
    someone: Someone, method: str, path: str, body: Any, post: dict[str, Any], said: dict[str, Any], place: Place
) -> tuple[int, dict[str, Any]]:
    where = {"comment": said["id"], "place": place.id}
    filled = {key: value.format(**where) for key, value in body.items()} if body else None
    reply = await someone.browser.request(method, url_of(post) + path.format(**where), json=filled)
    content = reply.json() if reply.content else {}
    return reply.status_code, content | {"request_id": "", "instance": ""}


async def ban(parvis: Parvis, place: Place, someone: Someone) -> None:
    async def keep_out(session: AsyncSession) -> None:
        session.add(CommunityBan(community_id=UUID(place.id), member_id=someone.member.id))

    await parvis.database.write(keep_out)


async def assert_not_there(someone: Someone, place: Place, post: dict[str, Any], said: dict[str, Any]) -> None:
    unknown = {"id": str(uuid4())}
    for method, path, body in ALL:
        expected = await status_of(someone, method, path, body, unknown, said, place)
        assert expected[0] == 404
        assert await status_of(someone, method, path, body, post, said, place) == expected, (method, path)


@pytest.mark.parametrize("access", ["secret", "on_request"])
async def test_an_outsider_finds_nothing(
    access: str, nadia: Someone, claire: Someone, ines: Someone, guest: Someone
) -> None:
    place = await make_closed(nadia, claire, access=access)
    post = await ask(nadia, place)
    said = await comment(claire, post)
    for someone in (ines, guest):
        await assert_not_there(someone, place, post, said)
    wall = await ines.browser.get(f"{place.url}/posts")
    assert wall.status_code == (404 if access == "secret" else 403)
    assert "Quelle carte" not in wall.text
    posted = await ines.browser.post(f"{place.url}/posts", json={"body": "Ouvrez !"})
    assert posted.status_code == (404 if access == "secret" else 403)
    assert (await ines.browser.post(POSTS, json={"body": "Ouvrez !", "places": [place.id]})).status_code == (
        404 if access == "secret" else 403
    )


async def test_a_guest_finds_nothing_of_an_open_community(place: Place, nadia: Someone, guest: Someone) -> None:
    post = await ask(nadia, place)
    said = await comment(nadia, post)
    await assert_not_there(guest, place, post, said)
    assert (await guest.browser.get(f"{place.url}/posts")).status_code == 404
    assert (await guest.browser.post(f"{place.url}/posts", json={"body": "x"})).status_code == 404


async def test_who_was_taken_out_finds_nothing_the_moment_after(nadia: Someone, claire: Someone, ines: Someone) -> None:
    place = await make_closed(nadia, claire, ines)
    post = await ask(ines, place)
    said = await comment(ines, post)
    assert (await ines.browser.get(url_of(post))).status_code == 200
    assert (await nadia.browser.delete(f"{place.url}/members/{ines.id}")).status_code == 204
    await assert_not_there(ines, place, post, said)


async def test_who_is_banned_finds_nothing_of_an_open_community(
    place: Place, nadia: Someone, ines: Someone, parvis: Parvis
) -> None:
    post = await ask(ines, place)
    said = await comment(ines, post)
    assert (await place.leave(ines)).status_code == 204
    await ban(parvis, place, ines)
    await assert_not_there(ines, place, post, said)


async def test_who_is_not_in_an_open_community_reads_and_takes_no_part(
    place: Place, nadia: Someone, omar: Someone
) -> None:
    post = await ask(nadia, place)
    said = await comment(nadia, post)
    for method, path in READING:
        assert (await status_of(omar, method, path, None, post, said, place))[0] == 200
    for method, path, body in (*TAKING_PART, *CHANGING):
        assert (await status_of(omar, method, path, body, post, said, place))[0] == 403, (method, path)
    for method, path, body in PUTTING_ASIDE:
        assert (await status_of(omar, method, path, body, post, said, place))[0] == 204
    assert (await omar.browser.post(f"{place.url}/posts", json={"body": "x"})).status_code == 403


async def test_in_an_archived_community_nothing_more_is_said(place: Place, nadia: Someone, ines: Someone) -> None:
    post = await ask(ines, place)
    said = await comment(ines, post)
    assert (await nadia.browser.put(f"{place.url}/archiving")).status_code == 200
    kept = ({"DELETE"}, {"", "/places/{place}", "/comments/{comment}"})  # What is one's own is taken back in any case.
    for someone in (nadia, ines):
        for method, path, body in (*TAKING_PART, *CHANGING):
            if method in kept[0] and path in kept[1]:
                continue
            assert (await status_of(someone, method, path, body, post, said, place))[0] == 403, (method, path)
        assert (await someone.browser.post(f"{place.url}/posts", json={"body": "x"})).status_code == 403
        assert (await someone.browser.get(f"{place.url}/posts")).json()["items"][0]["abilities"] == (
            ["bookmark", "delete"] if someone is ines else ["bookmark", "report"]
        )
    assert (await ines.browser.delete(url_of(post))).status_code == 204


async def test_who_has_not_accepted_the_charter_takes_no_part(nadia: Someone, ines: Someone) -> None:
    place = await make_community(nadia, charter="Soyons courtois.")
    assert (await place.join(ines, 1)).status_code == 200
    post = await ask(ines, place)
    said = await comment(ines, post)
    assert (await nadia.browser.patch(place.url, json={"charter": "Soyons courtois, et brefs."})).status_code == 200
    for method, path, body in (*TAKING_PART, CHANGING[0], CHANGING[7]):
        assert (await status_of(ines, method, path, body, post, said, place))[0] == 403, (method, path)
    assert (await ines.browser.post(f"{place.url}/posts", json={"body": "x"})).status_code == 403
    accepted = await ines.browser.put(f"{place.url}/charter-acceptance", json={"charter_version": 2})
    assert accepted.status_code == 200
    assert (await comment(ines, post))["body"] == "Merci !"


async def test_where_moderators_alone_speak_members_do_not(nadia: Someone, ines: Someone) -> None:
    place = await make_community(nadia, posting="moderators", commenting="moderators")
    assert (await place.join(ines)).status_code == 200
    assert (await ines.browser.post(f"{place.url}/posts", json={"body": "x"})).status_code == 403
    post = await say(nadia, place)
    assert (await ines.browser.post(url_of(post, "comments"), json={"body": "x"})).status_code == 403
    assert (await ines.browser.put(url_of(post, "reactions", "thanks"))).status_code == 200
