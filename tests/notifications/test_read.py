"""What was read stays so exactly as far as it was shown; what comes meanwhile is unread."""

import asyncio
from datetime import timedelta

from parvis.kernel.clock import MovableClock
from parvis.kernel.ids import new_id
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn, listen, run_jobs
from tests.make.communities import Place, Someone
from tests.make.notifications import NOTIFICATIONS, lines, read, told, unread
from tests.make.posts import comment, say
from tests.make.posts import told as facts


async def test_one_is_read_up_to_what_was_shown_and_is_unread_again_by_what_comes(
    place: Place, ines: Someone, claire: Someone, nadia: Someone, parvis: Parvis
) -> None:
    said, other = await say(ines, place, "Un."), await say(ines, place, "Deux.")
    for post in (said, other):
        await comment(claire, post)
    listed = await told(parvis, ines)
    first, second = listed["items"]
    assert (first["about_id"], listed["position"], await unread(parvis, ines)) == (other["id"], first["position"], 2)
    await comment(nadia, said)
    await listen(parvis)

    reply = await read(ines, second)
    assert (reply.json()["unseen"], reply.json()["abilities"]) == (1, ["read"])
    assert await lines(parvis, ines, unread=True) == [
        [("comment", ["Nadia Cherkaoui"], 1)],
        [("comment", ["Claire Vasseur"], 1)],
    ]
    now = (await told(parvis, ines, about_id=said["id"]))["items"][0]
    assert (await read(ines, now)).json()["unseen"] == 0
    assert await lines(parvis, ines, about_id=said["id"]) == [[("comment", ["Nadia Cherkaoui", "Claire Vasseur"], 2)]]
    assert (await read(ines, now, up_to=1)).json()["unseen"] == 0  # Less far: nothing is unread by it.
    assert await lines(parvis, ines, unread=True) == [[("comment", ["Claire Vasseur"], 1)]]
    told_her = [fact for fact in await facts(parvis, "notifications.changed") if fact.topic == f"member:{ines.id}"]
    assert [fact.data for fact in told_her] == [{"member_id": ines.id}] * 5  # Three comments, two readings.


async def test_all_are_read_up_to_a_position_and_what_comes_after_it_is_not(
    place: Place, ines: Someone, claire: Someone, parvis: Parvis
) -> None:
    posts = [await say(ines, place, f"Message {number}") for number in range(3)]
    for post in posts:
        await comment(claire, post)
    shown = await told(parvis, ines)
    await comment(claire, posts[0])
    await listen(parvis)
    reply = await ines.browser.put(f"{NOTIFICATIONS}/read", json={"up_to": shown["position"]})
    assert reply.json() == {"unread": 1, "position": 4, "is_pushed": False}
    (left,) = (await told(parvis, ines, unread=True))["items"]
    assert (left["about_id"], left["unseen"]) == (posts[0]["id"], 1)
    everything = await ines.browser.put(f"{NOTIFICATIONS}/read", json={"up_to": 2**31 - 1})
    assert everything.json() == {"unread": 0, "position": 4, "is_pushed": False}
    await comment(claire, posts[1])  # A position is not read before it exists.
    assert await unread(parvis, ines) == 1
    assert (await claire.browser.put(f"{NOTIFICATIONS}/read", json={"up_to": 5})).json() == {
        "unread": 0,
        "position": 0,
        "is_pushed": False,
    }


async def test_what_arrives_while_one_reads_is_unread(
    place: Place, ines: Someone, claire: Someone, nadia: Someone, parvis: Parvis
) -> None:
    said = await say(ines, place)
    await comment(claire, said)
    (item,) = (await told(parvis, ines))["items"]
    await comment(nadia, said)
    telling = asyncio.create_task(listen(parvis))
    replies = await asyncio.gather(
        *(read(ines, item) for _ in range(5)),
        *(ines.browser.put(f"{NOTIFICATIONS}/read", json={"up_to": item["position"]}) for _ in range(5)),
    )
    assert await telling
    assert {reply.status_code for reply in replies} == {200}
    assert await lines(parvis, ines, unread=True) == [[("comment", ["Nadia Cherkaoui"], 1)]]


async def test_a_reading_can_be_of_the_version_that_was_shown(
    place: Place, ines: Someone, claire: Someone, nadia: Someone, parvis: Parvis
) -> None:
    said = await say(ines, place)
    await comment(claire, said)
    (item,) = (await told(parvis, ines))["items"]
    url = f"{NOTIFICATIONS}/{item['id']}"
    etag = (await ines.browser.get(url)).headers["etag"]
    await comment(nadia, said)
    await listen(parvis)
    body = {"up_to": item["position"]}
    assert (await ines.browser.put(f"{url}/read", json=body, headers={"if-match": etag})).status_code == 412
    fresh = (await ines.browser.get(url)).headers["etag"]
    done = await ines.browser.put(f"{url}/read", json=body, headers={"if-match": fresh})
    assert (done.status_code, done.headers["etag"] == fresh) == (200, False)


async def test_nobody_reads_those_of_others(
    place: Place, ines: Someone, claire: Someone, omar: Someone, parvis: Parvis
) -> None:
    await comment(claire, await say(ines, place))
    (item,) = (await told(parvis, ines))["items"]
    for someone in (claire, omar):
        for id_ in (item["id"], new_id()):
            url = f"{NOTIFICATIONS}/{id_}"
            assert (await someone.browser.get(url)).status_code == 404
            assert (await someone.browser.put(f"{url}/read", json={"up_to": 9})).status_code == 404
    assert await unread(parvis, ines) == 1


async def test_after_ninety_days_it_is_told_no_more(
    place: Place, ines: Someone, claire: Someone, parvis: Parvis, moved_clock: MovableClock, sign_in: SignIn
) -> None:
    old, lively = await say(ines, place, "Vieux."), await say(ines, place, "Vif.")
    for post in (old, lively):
        await comment(claire, post, "Au début.")
    assert await unread(parvis, ines) == 2
    moved_clock.advance(timedelta(days=60))
    await comment(Someone(claire.member, await sign_in(claire.member)), lively, "Plus tard.")
    await listen(parvis)
    moved_clock.advance(timedelta(days=32))
    await run_jobs(parvis)
    later = Someone(ines.member, await sign_in(ines.member))
    assert [item["unseen"] for item in (await told(parvis, later))["items"]] == [1]
