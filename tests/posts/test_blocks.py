"""Two members of whom one has blocked the other are not there for each other; who moderates sees all."""

import pytest

from tests.make.communities import Place, Someone
from tests.make.posts import comment, discussed, say, seen, url_of, wall


async def block(one: Someone, other: Someone) -> None:
    assert (await one.browser.put(f"/api/v1/me/blocks/{other.id}")).status_code == 204


@pytest.mark.parametrize("by_author", [True, False])
async def test_neither_sees_what_the_other_says(
    by_author: bool, place: Place, ines: Someone, claire: Someone, nadia: Someone
) -> None:
    said = await say(claire, place, "De Claire.")
    beside = await say(nadia, place, "De Nadia.")
    for post in (said, beside):
        assert (await ines.browser.put(url_of(post, "bookmark"))).status_code == 204
    await block(*((claire, ines) if by_author else (ines, claire)))
    assert (await ines.browser.get(url_of(said))).status_code == 404
    assert await wall(ines, place) == ["De Nadia."]
    assert await wall(nadia, place) == ["De Nadia.", "De Claire."]
    kept = (await ines.browser.get("/api/v1/me/bookmarks")).json()["items"]
    assert [post["body"] for post in kept] == ["De Nadia."]


async def test_comments_and_counts_are_without_the_other(
    place: Place, ines: Someone, claire: Someone, nadia: Someone, omar: Someone
) -> None:
    assert (await place.join(omar)).status_code == 200
    said = await say(nadia, place)
    alone = await comment(claire, said, "De Claire, seule.")
    answered = await comment(claire, said, "De Claire, à qui on répond.")
    await comment(omar, said, "D’Omar.", parent_id=answered["id"])
    await comment(claire, said, "De Claire encore.", parent_id=answered["id"])
    await claire.browser.put(url_of(said, "reactions", "thanks"))
    await omar.browser.put(url_of(said, "reactions", "thanks"))
    await block(claire, ines)

    (left,) = await discussed(ines, said)
    assert (left["gone"], left["author"], left["body"], left["html"]) == (True, None, "", "")
    assert ([one["body"] for one in left["replies"]], left["reply_count"]) == (["D’Omar."], 1)
    read = await seen(ines, said)
    assert (read["comments"], read["reactions"]) == (1, [{"kind": "thanks", "count": 1, "mine": False}])
    assert read["threads"][0]["mix"] == {"student": 1, "alum": 0, "staff": 1, "partner": 0}
    assert (await ines.browser.get(url_of(said, "comments", alone["id"]))).status_code == 404
    for hidden in (alone, answered):
        replied = await ines.browser.post(url_of(said, "comments"), json={"body": "?", "parent_id": hidden["id"]})
        assert replied.status_code == 404
    assert (await seen(omar, said))["comments"] == 4


async def test_who_runs_the_community_sees_who_blocked_him(place: Place, ines: Someone, nadia: Someone) -> None:
    said = await say(ines, place, "D’Inès.")
    theirs = await comment(ines, said, "D’Inès encore.")
    await block(ines, nadia)
    assert await wall(nadia, place) == ["D’Inès."]
    assert [one["body"] for one in await discussed(nadia, said)] == ["D’Inès encore."]
    assert (await seen(nadia, said))["author"] is None  # Whom he may not find he is not shown.
    assert (await nadia.browser.delete(url_of(said, "comments", theirs["id"]))).status_code == 204
    assert (await nadia.browser.delete(url_of(said, "places", place.id))).status_code == 204
