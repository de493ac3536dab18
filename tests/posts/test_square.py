"""The square: what the organisation says to all of it, and to chosen recipients."""

from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import acting_later
from parvis.kernel.runtime import Parvis
from parvis.posts.models import Recipient
from parvis.posts.schemas.posts import PostDraft
from parvis.posts.service.posts import add_reaching
from tests.conftest import CountedQueries, SignIn
from tests.make.communities import Place, Someone, arrive
from tests.make.posts import comment, discussed, seen, told, url_of
from tests.posts.test_forbidden import ALL, status_of

SQUARE = "/api/v1/square/posts"
NOWHERE = Place("00000000-0000-7000-8000-000000000000")


@pytest.fixture
async def sophie(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Sophie Marchetti", "staff", roles=["communicator"])


async def proclaim(
    author: Someone, body: str = "La bibliothèque ouvre jusqu’à minuit.", **draft: Any
) -> dict[str, Any]:
    reply = await author.browser.post(SQUARE, json={"body": body, **draft})
    assert reply.status_code == 201, reply.text
    said: dict[str, Any] = reply.json()
    return said


async def on_square(reader: Someone) -> list[str]:
    reply = await reader.browser.get(SQUARE)
    assert reply.status_code == 200, reply.text
    return [item["body"] for item in reply.json()["items"]]


async def send_to(parvis: Parvis, author: Someone, *recipients: Someone) -> dict[str, Any]:
    """A post for these alone."""

    async def say(session: AsyncSession) -> str:
        actor = await acting_later(session, author.member.id)
        assert actor is not None
        post = await add_reaching(session, actor, PostDraft(body="Pour vous seuls."), "recipients")
        session.add_all([Recipient(post_id=post.id, member_id=one.member.id) for one in recipients])
        return str(post.id)

    return {"id": await parvis.database.write(say)}


async def test_who_announces_speaks_to_everybody_but_guests(
    parvis: Parvis, sophie: Someone, ines: Someone, nadia: Someone, guest: Someone
) -> None:
    said = await proclaim(sophie, title="Horaires", images=[], files=[])

    assert (said["reach"], said["places"]) == ("square", [])
    assert {"edit", "attach", "comment", "react"} <= set(said["abilities"])
    assert await on_square(ines) == ["La bibliothèque ouvre jusqu’à minuit."]
    assert set((await seen(nadia, said))["abilities"]) == {"comment", "react", "bookmark", "report"}
    for reader in (ines, nadia):
        refused = await reader.browser.post(SQUARE, json={"body": "Moi aussi !"})
        assert refused.status_code == 403, "only those in charge of communication speak there"
    assert (await guest.browser.get(SQUARE)).status_code == 403
    for method, path, body in ALL:
        unknown = await status_of(guest, method, path, body, {"id": NOWHERE.id}, {"id": NOWHERE.id}, NOWHERE)
        assert await status_of(guest, method, path, body, said, {"id": NOWHERE.id}, NOWHERE) == unknown
    published = (await told(parvis, "post.published"))[0]
    assert (published.topic, published.data["community_id"]) == ("square", None)


async def test_what_is_said_on_the_square_is_discussed_by_all(
    parvis: Parvis, sophie: Someone, ines: Someone, claire: Someone
) -> None:
    said = await proclaim(sophie)
    asked = await comment(ines, said, "Le dimanche aussi ?")
    assert asked["abilities"] == ["reply", "react", "edit", "delete"]
    assert (await claire.browser.put(url_of(said, "reactions", "thanks"))).status_code == 200
    assert (await claire.browser.put(url_of(said, "bookmark"))).status_code == 204

    assert [one["body"] for one in await discussed(claire, said)] == ["Le dimanche aussi ?"]
    reactors = await claire.browser.get(url_of(said, "reactions", "thanks"))
    assert [one["name"] for one in reactors.json()["items"]] == ["Claire Vasseur"]
    marked = await claire.browser.get("/api/v1/me/bookmarks")
    assert [one["id"] for one in marked.json()["items"]] == [said["id"]]
    facts = await told(parvis, "comment.added", "post.reactions_changed")
    assert {fact.topic for fact in facts} == {"square"}
    answered = (await told(parvis, "member.answered"))[0]
    assert answered.data["member_id"] == sophie.id


async def test_moderators_of_the_organisation_moderate_the_square_and_a_block_hides_nothing_of_it(
    parvis: Parvis, sign_in: SignIn, sophie: Someone, ines: Someone, claire: Someone
) -> None:
    moderator = await arrive(parvis, sign_in, "Malo Le Goff", "staff", roles=["moderator"])
    said = await proclaim(sophie)
    asked = await comment(ines, said, "Des bêtises.")
    assert (await ines.browser.put(f"/api/v1/me/blocks/{sophie.id}")).status_code == 204
    assert (await seen(ines, said))["body"] == said["body"], "what the organisation says is kept from nobody"

    assert (await claire.browser.delete(url_of(said, "comments", asked["id"]))).status_code == 403
    assert (await claire.browser.delete(url_of(said))).status_code == 403
    assert (await claire.browser.patch(url_of(said), json={"body": "Non."})).status_code == 403
    assert (await claire.browser.put(url_of(said, "report"), json={"reason": "spam"})).status_code == 200
    assert (await moderator.browser.delete(url_of(said, "comments", asked["id"]))).status_code == 204
    assert (await moderator.browser.delete(url_of(said))).status_code == 204
    assert await on_square(claire) == []


async def test_a_post_for_recipients_is_theirs_alone(
    parvis: Parvis, sophie: Someone, ines: Someone, claire: Someone, guest: Someone
) -> None:
    said = await send_to(parvis, sophie, ines, guest)

    read = await seen(ines, said)
    assert (read["reach"], read["abilities"], read["threads"][0]["comments"]) == ("recipients", ["bookmark"], 0)
    assert (await seen(sophie, said))["body"] == "Pour vous seuls."
    assert (await ines.browser.post(url_of(said, "comments"), json={"body": "Et moi ?"})).status_code == 403
    assert (await ines.browser.put(url_of(said, "reactions", "thanks"))).status_code == 403
    for outsider in (claire, guest):
        for method, path, body in ALL:
            unknown = await status_of(outsider, method, path, body, {"id": NOWHERE.id}, {"id": NOWHERE.id}, NOWHERE)
            assert await status_of(outsider, method, path, body, said, {"id": NOWHERE.id}, NOWHERE) == unknown
    assert await on_square(ines) == []
    edited = await sophie.browser.patch(url_of(said), json={"body": "Pour vous toujours."})
    assert edited.status_code == 200, edited.text
    assert not [fact for fact in await told(parvis, "post.changed") if fact.topic == "square"]


async def test_the_square_asks_as_often_for_many(
    parvis: Parvis, sophie: Someone, ines: Someone, counted_queries: CountedQueries
) -> None:
    await proclaim(sophie)
    with counted_queries() as few:
        assert len(await on_square(ines)) == 1
    for number in range(5):
        await proclaim(sophie, f"Numéro {number}.")
    with counted_queries() as many:
        assert len(await on_square(ines)) == 6
    assert len(few) == len(many)
