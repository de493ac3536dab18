"""One post, said in several communities: each reader sees it once, and only the places that he may see."""

import pytest

from parvis.kernel.runtime import Parvis
from tests.make.communities import Place, Someone, make_closed, make_community
from tests.make.posts import comment, discussed, say_in, seen, told, url_of, wall


@pytest.fixture
async def jury(nadia: Someone, claire: Someone) -> Place:
    """A secret community of Nadia's, with Claire in it."""
    return await make_closed(nadia, claire, name="Jury d’agrégation")


def names_of(post: dict[str, object]) -> list[str]:
    places: list[dict[str, dict[str, str]]] = post["places"]  # type: ignore[assignment]
    return sorted(place["community"]["name"] for place in places)


async def test_each_reader_sees_it_once_with_the_places_he_may_see(
    place: Place, jury: Place, nadia: Someone, ines: Someone, claire: Someone, parvis: Parvis
) -> None:
    reply = await say_in(nadia, place, jury)
    assert reply.status_code == 201, reply.text
    said = reply.json()
    assert names_of(said) == ["Géographie et aménagement", "Jury d’agrégation"]
    assert names_of(await seen(claire, said)) == ["Géographie et aménagement", "Jury d’agrégation"]
    read = await ines.browser.get(url_of(said))
    assert names_of(read.json()) == ["Géographie et aménagement"]
    assert jury.id not in read.text
    assert await wall(ines, place) == ["Une fois pour toutes."]
    assert await wall(claire, jury) == ["Une fois pour toutes."]
    topics = {fact.topic: str(fact.data) for fact in await told(parvis, "post.published")}
    assert set(topics) == {f"community:{place.id}", f"community:{jury.id}"}
    assert jury.id not in topics[f"community:{place.id}"]


async def test_a_shared_discussion_is_one(place: Place, jury: Place, nadia: Someone, ines: Someone) -> None:
    said = (await say_in(nadia, place, jury, discussion="shared")).json()
    await comment(ines, said, "Bien reçu.")
    read = await seen(nadia, said)
    assert (len(read["threads"]), read["comments"]) == (1, 1)


async def test_each_place_may_have_its_own_discussion(
    place: Place, jury: Place, nadia: Someone, ines: Someone, claire: Someone, parvis: Parvis
) -> None:
    said = (await say_in(nadia, place, jury, discussion="each")).json()
    threads = {one["community"]["id"]: one["thread_id"] for one in said["places"]}
    await comment(claire, said, "Entre nous.", thread_id=threads[jury.id])
    await comment(ines, said, "Bien reçu.")
    await claire.browser.put(url_of(said, "reactions", "thanks"))

    read = await seen(ines, said)
    assert ([thread["id"] for thread in read["threads"]], read["comments"]) == ([threads[place.id]], 1)
    assert [one["body"] for one in await discussed(ines, said)] == ["Bien reçu."]
    elsewhere = await ines.browser.get(url_of(said, "comments"), params={"thread_id": threads[jury.id]})
    assert elsewhere.status_code == 404
    refused = await ines.browser.post(url_of(said, "comments"), json={"body": "?", "thread_id": threads[jury.id]})
    assert refused.status_code == 404
    assert [one["body"] for one in await discussed(claire, said, thread_id=threads[jury.id])] == ["Entre nous."]
    assert (await seen(claire, said))["comments"] == 2
    assert {fact.topic for fact in await told(parvis, "comment.added")} == {
        f"community:{place.id}",
        f"community:{jury.id}",
    }


async def test_it_is_said_everywhere_or_nowhere(place: Place, jury: Place, nadia: Someone, ines: Someone) -> None:
    closed = await make_community(nadia, "Annonces", posting="moderators")
    assert (await closed.join(ines)).status_code == 200
    assert (await say_in(ines, place, jury)).status_code == 404
    assert (await say_in(ines, place, closed)).status_code == 403
    assert (await say_in(ines)).status_code == 422
    assert await wall(ines, place) == []


async def test_taken_off_one_wall_it_stays_on_the_others(
    place: Place, jury: Place, nadia: Someone, ines: Someone, claire: Someone
) -> None:
    said = (await say_in(claire, place, jury)).json()
    assert (await ines.browser.delete(url_of(said, "places", jury.id))).status_code == 404
    assert (await nadia.browser.delete(url_of(said, "places", place.id))).status_code == 204
    assert (await ines.browser.get(url_of(said))).status_code == 404
    assert names_of(await seen(claire, said)) == ["Jury d’agrégation"]
    assert (await nadia.browser.delete(url_of(said, "places", place.id))).status_code == 404
    assert (await nadia.browser.delete(url_of(said, "places", jury.id))).status_code == 204
    assert (await seen(claire, said))["gone"] is True


async def test_who_leaves_the_last_place_reads_it_no_more(
    place: Place, jury: Place, nadia: Someone, claire: Someone
) -> None:
    said = (await say_in(nadia, jury)).json()
    await claire.browser.put(url_of(said, "bookmark"))
    assert (await jury.leave(claire)).status_code == 204
    assert (await claire.browser.get(url_of(said))).status_code == 404
    assert (await claire.browser.get("/api/v1/me/bookmarks")).json()["items"] == []
