"""Who is told what becomes of an event: that it moved or was cancelled, that a seat is his, that it is near."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from parvis.kernel import clock
from parvis.kernel.jobs import Job
from parvis.kernel.runtime import Parvis
from tests.conftest import run_jobs
from tests.make.communities import Place, Someone, make_community
from tests.make.gatherings import attend, change_event, gather, takes_place
from tests.make.mailbox import Mailbox
from tests.make.notifications import lines, told
from tests.make.posts import say_in, url_of

DAY = timedelta(days=1)


async def remind(someone: Someone, post: dict[str, Any], minutes: int, *, by_mail: bool = False) -> int:
    draft = {"minutes_before": minutes, "by_mail": by_mail}
    reply = await someone.browser.put(url_of(post, "reminder"), json=draft)
    return reply.status_code


async def test_those_who_come_are_told_that_it_moved_and_that_it_is_cancelled(
    place: Place, ines: Someone, claire: Someone, nadia: Someone, omar: Someone, parvis: Parvis
) -> None:
    assert (await place.join(omar)).status_code == 200
    said = await gather(nadia, place)
    for someone, answer in ((claire, "yes"), (ines, "maybe"), (omar, "no"), (nadia, "yes")):
        await attend(someone, said, answer)
    assert (await change_event(nadia, said, after=9 * DAY)).status_code == 200
    for someone in (claire, ines):
        assert await lines(parvis, someone) == [[("moved", ["Nadia Cherkaoui"], 1)]]
    assert await lines(parvis, omar) == await lines(parvis, nadia) == []
    (item,) = (await told(parvis, claire))["items"]
    assert (item["post_kind"], item["subject"], item["lines"][0]["comment_id"]) == ("event", "Sortie de terrain", None)
    assert (await nadia.browser.patch(url_of(said), json={"body": "Prenez de l’eau."})).status_code == 200
    assert ((await told(parvis, claire))["items"][0]["unseen"]) == 1
    assert (await nadia.browser.put(url_of(said, "cancellation"))).status_code == 200
    both = [("cancelled", ["Nadia Cherkaoui"], 1), ("moved", ["Nadia Cherkaoui"], 1)]
    assert await lines(parvis, claire) == [both]
    await place.leave(claire)
    assert (await nadia.browser.patch(place.url, json={"access": "secret"})).status_code == 200
    assert await lines(parvis, claire) == []


async def test_what_stands_in_two_places_is_told_once(
    place: Place, ines: Someone, nadia: Someone, parvis: Parvis
) -> None:
    other = await make_community(nadia, "Chœur")
    said = (await say_in(nadia, place, other, kind="event", title="Concert", event=takes_place())).json()
    await attend(ines, said)
    assert (await nadia.browser.put(url_of(said, "cancellation"))).status_code == 200
    assert await lines(parvis, ines) == [[("cancelled", ["Nadia Cherkaoui"], 1)]]
    (item,) = (await told(parvis, ines))["items"]
    assert item["unseen"] == 1


async def test_who_waited_is_told_of_his_seat(
    place: Place, ines: Someone, claire: Someone, nadia: Someone, parvis: Parvis
) -> None:
    said = await gather(nadia, place, seats=1)
    for someone in (claire, ines):
        await attend(someone, said)
    assert await lines(parvis, ines) == []
    await attend(claire, said, "no")
    assert await lines(parvis, ines) == [[("seat", [], 1)]]
    assert await lines(parvis, claire) == []


async def test_who_comes_is_reminded_when_he_chose_and_by_mail_if_he_likes(
    place: Place,
    ines: Someone,
    claire: Someone,
    nadia: Someone,
    omar: Someone,
    parvis: Parvis,
    mailbox: Mailbox,
    moved_clock: clock.MovableClock,
) -> None:
    assert (await place.join(omar)).status_code == 200
    said = await gather(nadia, place)
    assert await remind(claire, said, 60) == 409
    for someone, answer in ((claire, "yes"), (ines, "maybe"), (omar, "yes"), (nadia, "yes")):
        await attend(someone, said, answer)
    assert await remind(ines, said, 60, by_mail=True) == 200
    assert (await omar.browser.delete(url_of(said, "reminder"))).json()["event"]["mine"]["minutes_before"] is None
    assert await remind(nadia, said, 5) == 422
    moved_clock.advance(6 * DAY + timedelta(minutes=1))
    assert await lines(parvis, claire) == await lines(parvis, nadia) == [[("reminder", [], 1)]]
    assert await lines(parvis, ines) == await lines(parvis, omar) == []
    moved_clock.advance(timedelta(hours=23))
    assert await lines(parvis, ines) == [[("reminder", [], 1)]]
    assert len(mailbox.envelopes) == 1
    (address,) = mailbox.envelopes[0].rcpt_tos
    assert [mail["subject"] for mail in mailbox.messages_to(address)] == ["Reminder: Sortie de terrain"]
    await run_jobs(parvis)
    assert (await told(parvis, claire))["items"][0]["unseen"] == 1


async def test_an_event_that_moved_is_reminded_of_at_its_new_time_and_a_cancelled_one_never(
    place: Place, ines: Someone, nadia: Someone, parvis: Parvis, moved_clock: clock.MovableClock
) -> None:
    moved, cancelled = await gather(nadia, place, "Fête"), await gather(nadia, place, "Bal")
    for said in (moved, cancelled):
        await attend(ines, said)
    await change_event(nadia, moved, after=9 * DAY)
    await nadia.browser.put(url_of(cancelled, "cancellation"))
    moved_clock.advance(6 * DAY + timedelta(minutes=1))
    found = await told(parvis, ines)
    assert {line["reason"] for item in found["items"] for line in item["lines"]} == {"moved", "cancelled"}
    moved_clock.advance(2 * DAY)
    found = await told(parvis, ines)
    assert found["items"][0]["lines"][-1]["reason"] == "reminder"
    async with parvis.database.reading() as session:
        left = await session.scalars(select(Job).where(Job.name == "posts.remind", Job.ended_at.is_(None)))
        assert left.all() == []
