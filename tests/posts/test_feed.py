"""The home feed: what is in it, in which order and why, for whom, and what it costs."""

from collections.abc import Sequence
from random import Random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.engagement.models import Thread
from parvis.kernel import clock
from parvis.kernel.ids import new_id
from parvis.kernel.pagination import Page
from parvis.kernel.runtime import Parvis
from parvis.posts.models import Post, PostReach, Recipient
from parvis.posts.schemas.feed import FeedOut
from parvis.posts.schemas.posts import PostOut
from tests.conftest import SignIn
from tests.make.communities import Place, Someone, arrive, make_closed, make_community
from tests.make.directory import befriend, block
from tests.make.directory import say as say_of_oneself
from tests.make.feeds import FEED, drawn, plant
from tests.make.posts import comment, say, say_in, seen, url_of

PAGE = 7
SQUARE = "/api/v1/square/posts"


async def page_of(reader: Someone, **query: Any) -> dict[str, Any]:
    reply = await reader.browser.get(FEED, params=query)
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


async def told(reader: Someone, **query: Any) -> list[dict[str, Any]]:
    """The whole feed, page by page."""
    page = await page_of(reader, **query)
    items: list[dict[str, Any]] = page["items"]
    while page["next"]:
        page = await page_of(reader, **query, cursor=page["next"])
        assert page["items"], "an empty page stands before nothing"
        items += page["items"]
    return items


async def words(reader: Someone, **query: Any) -> list[str]:
    return [item["post"]["body"] for item in await told(reader, **query)]


async def new_since(reader: Someone, as_of: str, **query: Any) -> int:
    reply = await reader.browser.get(f"{FEED}/new", params={"since": as_of, **query})
    assert reply.status_code == 200, reply.text
    count: int = reply.json()["count"]
    return count


async def tell(session: AsyncSession, author: Someone, body: str, readers: Sequence[Someone]) -> UUID:
    """Something that these alone are told."""
    post_id, thread_id, now = new_id(), new_id(), clock.now()
    session.add(Post(id=post_id, author_id=author.member.id, kind="message", body=body, said_at=now))
    await session.flush()
    session.add(Thread(id=thread_id, subject_kind="post", subject_id=post_id, people=1))
    await session.flush()
    session.add(PostReach(post_id=post_id, scope="recipients", thread_id=thread_id, said_at=now))
    session.add_all([Recipient(post_id=post_id, member_id=reader.member.id, at=now) for reader in readers])
    await session.flush()
    return post_id


async def read(session: AsyncSession, post_id: UUID, reader: Someone) -> None:
    (await session.get_one(Recipient, (post_id, reader.member.id))).read_at = clock.now()


async def hide(session: AsyncSession, post_id: UUID) -> None:
    (await session.get_one(PostReach, post_id)).hidden_at = clock.now()


@pytest.mark.parametrize("seed", range(2))
async def test_it_is_what_one_would_tell_by_hand(parvis: Parvis, sign_in: SignIn, seed: int) -> None:
    """Against the same rules without SQL, in a world drawn by chance."""
    reader = await arrive(parvis, sign_in, "Inès Benali")
    world = drawn(Random(seed), reader.member.id)
    await parvis.database.write(plant, world)
    for tab in ("for_you", "ideas"):
        for order, limit in (("recent", 45), ("relevant", PAGE), ("relevant", 45)):
            as_of = clock.now()
            stretch = limit * 3 if limit == PAGE else limit
            expected = world.feed(order, as_of, ideas=tab == "ideas", stretch=stretch)
            items = await told(reader, tab=tab, order=order, limit=limit)
            found = [(UUID(item["post"]["id"]), item["reason"]["type"]) for item in items]
            assert found == expected, (tab, order, limit)
            assert len(found) > PAGE
            for item in items:
                assert item["reason"]["community"] in [place["community"] for place in item["post"]["places"]]
                assert (item["reason"]["subject"] == "Cartes") == (item["reason"]["type"] == "interest")


async def test_each_post_is_told_once_whatever_happens_meanwhile(
    parvis: Parvis, nadia: Someone, ines: Someone, claire: Someone, place: Place
) -> None:
    first = [await say(nadia, place, f"Mot {number}") for number in range(8)]
    gone = await say(nadia, place, "Retiré")
    for order in ("relevant", "recent"):
        page = await page_of(ines, order=order, limit=3)
        as_of, items = page["as_of"], page["items"]
        before = len(await words(ines))
        last = {post["id"] for post in first} - {item["post"]["id"] for item in items}
        for post in [post for post in first if post["id"] in last][:2]:
            await comment(claire, post, "Je suis d’accord.")
            await comment(ines, post, "Moi aussi.")
            assert (await nadia.browser.put(url_of(post, "places", place.id, "pin"))).status_code in {200, 409}
        for number in range(2):
            await say(claire, place, f"Nouveau {order} {number}")
        if order == "recent":
            assert (await nadia.browser.delete(url_of(gone))).status_code == 204
        while page["next"]:
            page = await page_of(ines, order=order, limit=3, cursor=page["next"])
            items += page["items"]
        ids = [item["post"]["id"] for item in items]
        assert len(ids) == len(set(ids))
        assert {post["id"] for post in first} <= set(ids)
        assert not [item for item in items if item["post"]["body"].startswith(f"Nouveau {order}")]
        assert await new_since(ines, as_of) == 2
        assert await new_since(claire, as_of) == 0, "one's own are not new"
        assert await new_since(ines, as_of, tab="ideas") == 0
        assert len(await words(ines)) == before + 2 - (order == "recent")


async def test_it_shows_what_is_visible_now(
    parvis: Parvis, nadia: Someone, ines: Someone, claire: Someone, omar: Someone, guest: Someone, place: Place
) -> None:
    secret = await make_closed(nadia, ines, claire, name="Jury")
    assert (await say_in(claire, place, secret, body="Des deux côtés")).status_code == 201
    taken_off = await say(claire, secret, "Mis au jury")
    deleted = await say(claire, place, "Supprimé")
    await comment(nadia, deleted, "Dommage.")
    await say(nadia, place, "De Nadia")
    await say(omar, await make_community(omar, "Ailleurs"), "Où Inès n’est pas")
    assert (await claire.browser.delete(url_of(deleted))).status_code == 204
    everything = ["De Nadia", "Mis au jury", "Des deux côtés"]
    assert await words(ines, order="recent") == everything
    assert sorted(await words(ines)) == sorted(everything)
    both = (await told(ines, order="recent"))[-1]["post"]
    assert {one["community"]["name"] for one in both["places"]} == {"Géographie et aménagement", "Jury"}
    assert await words(omar) == ["Où Inès n’est pas"]
    assert await words(guest) == []
    await block(parvis, ines.member, nadia.member)
    assert await words(ines, order="recent") == everything[1:]
    await block(parvis, claire.member, nadia.member)
    assert await words(nadia, order="recent") == everything, "who moderates reads whom he is kept apart from"
    assert (await nadia.browser.delete(url_of(taken_off, "places", secret.id))).status_code == 204
    assert (await secret.leave(ines)).status_code == 204
    assert await words(ines, order="recent") == ["Des deux côtés"]
    assert (await place.leave(ines)).status_code == 204
    assert await words(ines) == []
    assert await words(ines, tab="ideas") == []


async def test_what_one_is_told_comes_first_until_it_is_read(
    parvis: Parvis, sign_in: SignIn, nadia: Someone, ines: Someone, claire: Someone, guest: Someone, place: Place
) -> None:
    sophie = await arrive(parvis, sign_in, "Sophie Marchetti", "staff", roles=("communicator",))
    before = (await page_of(ines))["as_of"]
    for_ines = await parvis.database.write(tell, sophie, "Pour Inès", [ines])
    await parvis.database.write(tell, sophie, "Pour Claire", [claire])
    reply = await sophie.browser.post(SQUARE, json={"body": "Bienvenue à tous."})
    assert reply.status_code == 201, reply.text
    await say(nadia, place, "Bonjour à tous.")
    expected = [("Pour Inès", "announcement"), ("Bienvenue à tous.", "square"), ("Bonjour à tous.", "community")]
    for limit in (1, 20):
        items = await told(ines, limit=limit)
        found = [(item["post"]["body"], item["reason"]["type"]) for item in items]
        assert found == expected if limit == 20 else sorted(found) == sorted(expected)
    assert await words(ines, order="recent", limit=1) == ["Bonjour à tous.", "Bienvenue à tous.", "Pour Inès"]
    assert await words(ines, tab="announcements") == ["Pour Inès", "Bienvenue à tous."]
    assert await words(ines, tab="communities") == ["Bonjour à tous."]
    counted = [await new_since(ines, before, tab=tab) for tab in ("for_you", "announcements", "communities")]
    assert counted == [3, 2, 1]
    assert await new_since(sophie, before) == 0
    assert await words(guest) == await words(guest, tab="announcements") == []
    await parvis.database.write(read, for_ines, ines)
    assert await words(ines) == ["Bienvenue à tous.", "Pour Inès", "Bonjour à tous."]
    await parvis.database.write(hide, for_ines)
    assert await words(ines, tab="announcements") == ["Bienvenue à tous."]


async def test_a_quiet_place_is_not_drowned(
    parvis: Parvis, nadia: Someone, ines: Someone, claire: Someone, place: Place
) -> None:
    """What is said where little is said stays beside many posts of a lively place, and each has its reason."""
    await befriend(parvis, ines.member, claire.member)
    await say_of_oneself(parvis, ines.member, "skills", ["Hydrologie"])
    quiet = await make_community(nadia, "Rivières", tags=["hydrologie"])
    assert (await quiet.join(ines)).status_code == 200
    await say(nadia, quiet, "Une crue est annoncée.")
    for number in range(12):
        await say(nadia, place, f"Mot {number}")
    await say(claire, place, "Bonjour de Montréal.")
    page = await page_of(ines, limit=5)
    assert [item["post"]["body"] for item in page["items"]][:2] == ["Bonjour de Montréal.", "Une crue est annoncée."]
    assert [item["reason"]["type"] for item in page["items"]][:3] == ["contact", "interest", "community"]
    assert page["items"][1]["reason"]["subject"] == "hydrologie"
    assert "Une crue est annoncée." not in [
        item["post"]["body"] for item in (await page_of(ines, limit=5, order="recent"))["items"]
    ]


async def test_its_bytes_and_those_of_walls_are_what_is_declared(
    parvis: Parvis, nadia: Someone, ines: Someone, place: Place
) -> None:
    """They are sent as they were prepared: each post in them is the one that its own route gives."""
    idea = await say(nadia, place, "Une **échelle** de crue.", kind="idea", title="Au pont")
    await say(nadia, place, kind="poll", poll={"options": ["Lundi", "Mardi"], "results": "always"})
    await comment(ines, idea, f"Oui, @[Nadia](person:{nadia.id}).")
    reply = await ines.browser.get(FEED)
    assert reply.headers["content-type"] == "application/json"
    page = FeedOut.model_validate_json(reply.content)
    assert reply.json() == page.model_dump(mode="json")
    alone = [await seen(ines, item["post"]) for item in reply.json()["items"]]
    assert [item["post"] for item in reply.json()["items"]] == alone
    assert len(page.items) == 2
    reply = await ines.browser.get(f"{place.url}/posts")
    assert reply.headers["content-type"] == "application/json"
    wall = Page[PostOut].model_validate_json(reply.content)
    assert reply.json() == wall.model_dump(mode="json")
    assert reply.json()["items"] == sorted(alone, key=lambda post: post["id"], reverse=True)


async def test_a_foreign_cursor_is_refused(ines: Someone) -> None:
    for cursor in ("nonsense", "WyIxIl0", "WyIxIiwiYSJd"):
        for order in ("relevant", "recent"):
            reply = await ines.browser.get(FEED, params={"cursor": cursor, "order": order})
            assert reply.status_code == 422, reply.text
    assert (await ines.browser.get(f"{FEED}/new", params={"since": "yesterday"})).status_code == 422
