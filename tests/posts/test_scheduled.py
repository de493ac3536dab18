"""What is to be said later: seen by its author alone, said once, by who he is when its time comes."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from parvis.accounts.models import Member
from parvis.kernel import clock
from parvis.kernel.jobs import Job
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, run_jobs
from tests.make.communities import Place, Someone, make_closed, make_community
from tests.make.posts import say, seen, told, wall

SCHEDULED = "/api/v1/me/scheduled-posts"
HOUR = timedelta(hours=1)


def draft(*places: Place, after: timedelta = HOUR, **more: Any) -> dict[str, Any]:
    publish_at = (clock.now() + after).isoformat()
    return {"body": "À demain.", "places": [place.id for place in places], "publish_at": publish_at, **more}


async def schedule(author: Someone, *places: Place, **more: Any) -> dict[str, Any]:
    reply = await author.browser.post(SCHEDULED, json=draft(*places, **more))
    assert reply.status_code == 201, reply.text
    kept: dict[str, Any] = reply.json()
    return kept


async def waiting(author: Someone) -> list[dict[str, Any]]:
    reply = await author.browser.get(SCHEDULED)
    assert reply.status_code == 200, reply.text
    found: list[dict[str, Any]] = reply.json()["items"]
    return found


async def test_nobody_else_knows_of_it_until_it_is_said_once(
    place: Place, ines: Someone, claire: Someone, parvis: Parvis, moved_clock: clock.MovableClock
) -> None:
    body = f"À demain, @[Claire](person:{claire.id})."
    kept = await schedule(ines, place, body=body)
    assert [one["name"] for one in kept["places"]] == ["Géographie et aménagement"]
    assert kept["body"] == f"À demain, @[Claire Vasseur](person:{claire.id})."
    assert await wall(ines, place) == await wall(claire, place) == []
    assert await waiting(claire) == []
    assert (await claire.browser.get(f"{SCHEDULED}/{kept['id']}")).status_code == 404
    await run_jobs(parvis)
    assert await told(parvis, "post.published", "member.mentioned") == []
    changed = await told(parvis, "post.scheduled_changed")
    assert {fact.topic for fact in changed} == {f"member:{ines.id}"}

    jobs = select(Job).where(Job.name == "posts.publish_scheduled")
    async with parvis.database.reading() as session:
        (job,) = await session.scalars(jobs)
    assert job.payload == {"id": kept["id"]}
    moved_clock.advance(HOUR + timedelta(seconds=1))
    await run_jobs(parvis)
    # As after a worker that was killed before it said that it was done.
    undone = update(Job).where(Job.id == job.id).values(ended_at=None, payload=job.payload)
    await parvis.database.write(lambda session: session.execute(undone))
    await run_jobs(parvis)
    assert await wall(claire, place) == [body.replace("Claire", "Claire Vasseur")]
    assert await waiting(ines) == []
    (mention,) = await told(parvis, "member.mentioned")
    assert mention.topic == f"member:{claire.id}"
    (published,) = await told(parvis, "post.published")
    assert (await seen(claire, {"id": published.data["id"]}))["said_at"] > kept["publish_at"]


async def test_it_is_changed_said_now_and_cancelled(
    place: Place, ines: Someone, claire: Someone, parvis: Parvis, moved_clock: clock.MovableClock
) -> None:
    kept = await schedule(ines, place, kind="poll", poll={"options": ["Lundi", "Mardi"]})
    at = f"{SCHEDULED}/{kept['id']}"
    later = draft(place, after=3 * HOUR, body="Plus tard.")
    first = {"if-match": '"1"'}
    changed = await ines.browser.put(at, json=later, headers=first)
    assert (changed.status_code, changed.json()["poll"], changed.headers["etag"]) == (200, None, '"2"')
    assert (await ines.browser.put(at, json=later, headers=first)).status_code == 412
    assert (await claire.browser.put(at, json=later)).status_code == 404
    moved_clock.advance(2 * HOUR)
    await run_jobs(parvis)  # The time that was given first has come: nothing is said by it.
    assert await wall(ines, place) == []
    assert (await claire.browser.post(f"{at}/publication")).status_code == 404
    assert (await ines.browser.post(f"{at}/publication")).json()["body"] == "Plus tard."
    assert (await ines.browser.post(f"{at}/publication")).status_code == 404

    other = await schedule(ines, place)
    at = f"{SCHEDULED}/{other['id']}"
    assert (await claire.browser.delete(at)).status_code == 404
    assert (await ines.browser.delete(at)).status_code == 204
    moved_clock.advance(2 * HOUR)
    await run_jobs(parvis)
    assert await wall(claire, place) == ["Plus tard."]


@pytest.mark.parametrize("lost", ["place", "account"])
async def test_who_may_no_longer_post_says_nothing_and_is_told(
    lost: str, place: Place, ines: Someone, claire: Someone, parvis: Parvis, moved_clock: clock.MovableClock
) -> None:
    other = await make_community(claire, "Chœur universitaire")
    assert (await other.join(ines)).status_code == 200
    await schedule(ines, place, other)
    if lost == "place":
        assert (await ines.browser.delete(f"{other.url}/membership")).status_code == 204
    else:
        suspended = update(Member).where(Member.id == ines.member.id).values(suspended_at=clock.now())
        await parvis.database.write(lambda session: session.execute(suspended))
    moved_clock.advance(2 * HOUR)
    await run_jobs(parvis)
    assert await wall(claire, place) == await wall(claire, other) == []  # In all of them, or in none.
    if lost == "place":
        (kept,) = await waiting(ines)
        assert kept["refused"] is True
        again = draft(place)
        changed = await ines.browser.put(f"{SCHEDULED}/{kept['id']}", json=again)
        assert (changed.status_code, changed.json()["refused"]) == (200, False)
        moved_clock.advance(2 * HOUR)
        await run_jobs(parvis)
        assert await wall(claire, place) == ["À demain."]


async def test_what_cannot_be_said_later_is_refused(
    place: Place, nadia: Someone, ines: Someone, omar: Someone, counted_queries: CountedQueries
) -> None:
    jury = await make_closed(nadia, omar, name="Jury d’agrégation")
    refused = {
        422: [
            draft(place, after=-HOUR),
            draft(place, after=timedelta(days=400)),
            draft(place, kind="poll", poll={"options": ["1", "2"], "closes_at": clock.now().isoformat()}),
            draft(place, files=[place.id]),
            draft(place, kind="idea"),
        ],
        404: [draft(place, jury)],
    }
    for status, drafts in refused.items():
        for one in drafts:
            assert (await ines.browser.post(SCHEDULED, json=one)).status_code == status, one
    assert (await omar.browser.post(SCHEDULED, json=draft(place))).status_code == 403
    await schedule(ines, place)
    with counted_queries() as few:
        assert len(await waiting(ines)) == 1
    for number in range(49):
        await schedule(ines, place, after=HOUR * (50 - number))
    with counted_queries() as many:
        found = await waiting(ines)
    assert [one["publish_at"] for one in found] == sorted(one["publish_at"] for one in found)
    assert (len(found), len(few), len(many)) == (50, 5, 5)
    assert (await ines.browser.post(SCHEDULED, json=draft(place))).status_code == 409
    assert await wall(ines, place) == []
    await say(ines, place)
