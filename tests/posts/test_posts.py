"""Saying something on a wall, editing it, taking it back."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from parvis.kernel import clock
from parvis.kernel.entries import Entry
from parvis.kernel.events import LogEntry
from parvis.kernel.runtime import Parvis
from parvis.posts.models import Post, PostVersion
from tests.conftest import CountedQueries
from tests.make.communities import COMMUNITIES, Place, Someone
from tests.make.posts import ask, comment, discussed, say, seen, told, url_of, wall


async def test_what_a_member_says_is_read_by_the_others(
    place: Place, ines: Someone, omar: Someone, parvis: Parvis
) -> None:
    said = await say(ines, place, "Qui a la **carte** ?", title="Sortie", language="fr")
    assert said["html"] == "<p>Qui a la <strong>carte</strong> ?</p>\n"
    assert (said["author"]["name"], said["kind"], said["version"]) == ("Inès Benali", "message", 1)
    assert {"comment", "react", "bookmark", "edit", "attach", "delete"} == set(said["abilities"])
    assert said["threads"][0]["mix"] == {"student": 1, "alum": 0, "staff": 0, "partner": 0}

    read = await seen(omar, said)  # The community is open: who is not in it reads, and takes no part.
    assert (read["body"], read["abilities"]) == ("Qui a la **carte** ?", ["bookmark", "report"])
    assert await wall(omar, place) == ["Sortie"]
    facts = await told(parvis, "post.published")
    assert [(fact.topic, fact.data["id"]) for fact in facts] == [(f"community:{place.id}", said["id"])]
    assert "carte" not in str(facts[0].data)


async def test_a_question_has_a_title(place: Place, ines: Someone) -> None:
    refused = await ines.browser.post(f"{place.url}/posts", json={"kind": "question", "body": "Laquelle ?"})
    assert refused.status_code == 422
    asked = await ask(ines, place)
    emptied = await ines.browser.patch(url_of(asked), json={"title": ""})
    assert (emptied.status_code, emptied.json()["fields"][0]["path"]) == (422, "title")


@pytest.mark.parametrize(
    "draft",
    [{}, {"body": ""}, {"body": "x" * 20_001}, {"body": "x", "kind": "rumour"}, {"body": "x", "pinned": True}],
)
async def test_a_draft_that_cannot_be_is_refused(draft: dict[str, Any], place: Place, ines: Someone) -> None:
    assert (await ines.browser.post(f"{place.url}/posts", json=draft)).status_code == 422


async def test_the_same_key_says_it_once(place: Place, ines: Someone) -> None:
    for _ in range(2):
        sent = await ines.browser.post(
            f"{place.url}/posts", json={"body": "Une fois."}, headers={"idempotency-key": "k1"}
        )
        assert sent.status_code == 201
    assert await wall(ines, place) == ["Une fois."]


async def test_an_edit_keeps_what_was_said_and_refuses_a_stale_one(
    place: Place, ines: Someone, claire: Someone, parvis: Parvis
) -> None:
    said = await say(ines, place, "Rendez-vous à 8 h.")
    edited = await ines.browser.patch(url_of(said), json={"body": "Rendez-vous à 9 h."}, headers={"if-match": '"1"'})
    assert (edited.status_code, edited.headers["etag"], edited.json()["version"]) == (200, '"2"', 2)
    assert edited.json()["edited_at"] is not None
    stale = await ines.browser.patch(url_of(said), json={"body": "Autre."}, headers={"if-match": '"1"'})
    assert stale.status_code == 412
    same = await ines.browser.patch(url_of(said), json={"body": "Rendez-vous à 9 h."})
    assert same.json()["version"] == 2
    versions = (await claire.browser.get(url_of(said, "versions"))).json()["items"]
    assert [(version["version"], version["body"]) for version in versions] == [(1, "Rendez-vous à 8 h.")]
    assert [fact.data["version"] for fact in await told(parvis, "post.changed")] == [2]


async def test_only_the_author_edits_and_deletes(place: Place, nadia: Someone, ines: Someone, claire: Someone) -> None:
    said = await say(ines, place)
    for other in (nadia, claire):
        assert (await other.browser.patch(url_of(said), json={"body": "Autre."})).status_code == 403
        assert (await other.browser.delete(url_of(said))).status_code == 403
    assert (await claire.browser.delete(url_of(said, "places", place.id))).status_code == 403
    assert (await seen(claire, said))["body"] == "Bonjour à **tous**."


async def test_a_deleted_post_leaves_its_place_and_its_words_are_nowhere(
    place: Place, ines: Someone, claire: Someone, parvis: Parvis
) -> None:
    said = await say(ines, place, "canari un", title="canari deux")
    await ines.browser.patch(url_of(said), json={"body": "canari trois"})
    await comment(claire, said, "Je réponds.")
    assert (await ines.browser.delete(url_of(said))).status_code == 204
    assert (await ines.browser.delete(url_of(said))).status_code == 204

    left = await seen(claire, said)
    assert (left["gone"], left["author"], left["title"], left["body"], left["html"]) == (True, None, "", "", "")
    assert (left["abilities"], left["places"][0]["abilities"], left["comments"]) == ([], [], 1)
    assert [said["body"] for said in await discussed(claire, said)] == ["Je réponds."]
    assert (await claire.browser.post(url_of(said, "comments"), json={"body": "Encore"})).status_code == 404
    assert await wall(claire, place) == [""]
    async with parvis.database.reading() as session:
        for table in (Post, PostVersion, Entry, LogEntry):
            rows = await session.execute(select(table.__table__))
            assert "canari" not in str([tuple(row) for row in rows]), table.__name__


async def test_a_deleted_post_without_comments_leaves_the_wall(place: Place, ines: Someone) -> None:
    said = await say(ines, place)
    await ines.browser.delete(url_of(said))
    assert await wall(ines, place) == []
    assert (await seen(ines, said))["gone"] is True


async def test_those_who_run_the_community_take_a_post_off_its_wall(
    place: Place, nadia: Someone, ines: Someone, parvis: Parvis
) -> None:
    said = await say(ines, place)
    assert "remove" in (await seen(nadia, said))["places"][0]["abilities"]
    assert (await nadia.browser.delete(url_of(said, "places", place.id))).status_code == 204
    assert (await seen(ines, said))["gone"] is True
    assert len(await told(parvis, "post.deleted")) == 1


async def test_posts_are_pinned_by_those_who_run_it_five_at_most(place: Place, nadia: Someone, ines: Someone) -> None:
    said = [await say(ines, place, f"Numéro {number}") for number in range(6)]
    refused = await ines.browser.put(url_of(said[0], "places", place.id, "pin"))
    assert refused.status_code == 403
    for post in said[:5]:
        pinned = await nadia.browser.put(url_of(post, "places", place.id, "pin"))
        assert pinned.json()["places"][0]["pinned"] is True
    full = await nadia.browser.put(url_of(said[5], "places", place.id, "pin"))
    assert (full.status_code, full.json()["code"]) == (409, "too_many_pinned")
    assert await wall(ines, place, pinned="false") == ["Numéro 5"]
    assert (await nadia.browser.delete(url_of(said[0], "places", place.id, "pin"))).status_code == 200
    assert await wall(ines, place, pinned="true") == ["Numéro 4", "Numéro 3", "Numéro 2", "Numéro 1"]


async def test_what_is_said_moves_the_community_up(
    place: Place, ines: Someone, moved_clock: clock.MovableClock
) -> None:
    before = (await place.seen_by(ines))["active_at"]
    moved_clock.advance(timedelta(minutes=2))
    said = await say(ines, place)
    after = (await place.seen_by(ines))["active_at"]
    assert after > before
    moved_clock.advance(timedelta(minutes=2))
    await comment(ines, said)
    assert (await place.seen_by(ines))["active_at"] > after


async def test_pages_of_a_wall_follow_each_other(place: Place, ines: Someone) -> None:
    said = [(await say(ines, place, f"Numéro {number}"))["body"] for number in range(5)]
    found: list[str] = []
    cursor = None
    for _ in range(3):
        query = {"limit": "2"} | ({"cursor": cursor} if cursor else {})
        page = (await ines.browser.get(f"{place.url}/posts", params=query)).json()
        found += [item["body"] for item in page["items"]]
        cursor = page["next"]
    assert (found, cursor) == (said[::-1], None)


async def test_a_wall_asks_as_much_of_the_database_whatever_it_holds(
    place: Place, nadia: Someone, ines: Someone, claire: Someone, counted_queries: CountedQueries
) -> None:
    post = await say(ines, place)
    with counted_queries() as few:
        await wall(ines, place)
    for number in range(12):
        post = await say([nadia, ines, claire][number % 3], place, f"@[Inès](person:{ines.id}) {number}")
        await comment(claire, post)
    with counted_queries() as many:
        assert len(await wall(ines, place)) == 13
    assert (len(few), len(many)) == (5, 5)
    with counted_queries() as one:
        await seen(ines, post)
    assert len(one) == 3


async def test_an_unknown_post_and_community_are_not_there(place: Place, ines: Someone) -> None:
    assert (await ines.browser.get(url_of({"id": str(uuid4())}))).status_code == 404
    assert (await ines.browser.get(f"{COMMUNITIES}/{uuid4()}/posts")).status_code == 404
