"""Digests on every clock, once, without what was read by whatever way; and what is mailed at once."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from parvis.kernel.clock import MovableClock, clock_set_to
from parvis.kernel.runtime import Parvis
from parvis.notifications.service.digests import _gathered, _send, send_digest
from parvis.notifications.service.mailing import addressee_of
from tests.conftest import listen, run_jobs
from tests.make.chat import talk
from tests.make.communities import Place, Someone
from tests.make.gatherings import gather
from tests.make.mailbox import Mailbox, text_of
from tests.make.notifications import NOTIFICATIONS, choose
from tests.make.posts import comment, say, url_of

from .test_mails import to_claire

MONDAY = datetime(2026, 11, 30, 0, 50, tzinfo=UTC)
CLOCKS = {"America/New_York": 12, "Asia/Kolkata": 2, "Europe/Paris": 6}
"""At which hour of UTC it is seven, or the first full hour at which it is past seven."""


async def later(parvis: Parvis, clock: MovableClock, by: timedelta) -> None:
    await listen(parvis)
    await run_jobs(parvis)
    clock.advance(by)
    await run_jobs(parvis)


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_it_is_seven_in_the_morning_where_each_reads(
    parvis: Parvis,
    mailbox: Mailbox,
    place: Place,
    ines: Someone,
    claire: Someone,
    nadia: Someone,
    omar: Someone,
) -> None:
    assert (await place.join(omar)).status_code == 200
    readers = dict(zip(CLOCKS, (claire, nadia, ines), strict=True))
    clock = MovableClock(MONDAY)
    for zone, someone in readers.items():
        assert (await someone.browser.put("/api/v1/me/chat-preferences", json={"time_zone": zone})).is_success
    with clock_set_to(clock):
        await say(omar, place, "La crue de mai.")
        hours: dict[str, int] = {}
        for _ in range(14):
            await later(parvis, clock, timedelta(hours=1))
            for zone, someone in readers.items():
                address = f"{someone.name.lower().replace(' ', '.').replace('è', 'e')}@univ.example"
                if mailbox.messages_to(address) and zone not in hours:
                    hours[zone] = clock.instant.hour
    assert hours == CLOCKS


async def test_two_workers_at_once_send_one(
    parvis: Parvis, mailbox: Mailbox, place: Place, ines: Someone, claire: Someone
) -> None:
    clock = MovableClock(MONDAY)
    with clock_set_to(clock):
        await say(ines, place, "La crue de mai.")
        clock.advance(timedelta(hours=6))
        async with parvis.database.reading() as session:
            addressee = await addressee_of(session, claire.member.id)
            assert addressee is not None
            found = await _gathered(session, addressee, "weekly", clock.instant)
        sent = await asyncio.gather(
            *(parvis.database.write(_send, addressee, "weekly", found, clock.instant) for _ in range(2)),
        )
        assert sorted(sent) == [False, True]
        assert not await send_digest(parvis.database, claire.member.id, "weekly")
        await run_jobs(parvis)
    assert len(to_claire(mailbox)) == 1


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_what_was_read_in_its_thread_is_in_no_digest_whatever_is_listed(
    parvis: Parvis, mailbox: Mailbox, place: Place, ines: Someone, claire: Someone
) -> None:
    await choose(claire.browser, answered={"here": False, "mail": "daily"})
    clock = MovableClock(MONDAY)
    with clock_set_to(clock):
        asked = await say(claire, place, "Qui vient ?")
        await comment(ines, asked, "Moi.")
        await listen(parvis)
        assert (await claire.browser.get(NOTIFICATIONS, params={"unread": True})).json()["items"] == []
        query = {"about_id": asked["id"], "unread": True}  # As the page of the thread asks.
        (one,) = (await claire.browser.get(NOTIFICATIONS, params=query)).json()["items"]
        read = await claire.browser.put(f"{NOTIFICATIONS}/{one['id']}/read", json={"up_to": one["position"]})
        assert read.status_code == 200
        clock.advance(timedelta(hours=6))
        assert not await send_digest(parvis.database, claire.member.id, "daily")


async def test_what_one_has_answered_is_in_no_digest_though_one_was_here_before_it_was_said(
    parvis: Parvis, mailbox: Mailbox, place: Place, ines: Someone, claire: Someone
) -> None:
    clock = MovableClock(MONDAY)
    with clock_set_to(clock):
        await claire.browser.get("/api/v1/session")
        clock.advance(timedelta(minutes=2))  # Her visit goes on, and is noted to five minutes.
        commented, voted, attended = [
            await say(ines, place, "Qui vient ?"),
            await say(ines, place, kind="poll", poll={"options": ["Oui", "Non"]}),
            await gather(ines, place, "Sortie"),
        ]
        await say(ines, place, "La crue de mai.")
        await comment(claire, commented, "Moi.")
        option = voted["poll"]["options"][0]["id"]
        assert (await claire.browser.put(url_of(voted, "vote"), json={"option_ids": [option]})).is_success
        assert (await claire.browser.put(url_of(attended, "attendance"), json={"answer": "yes"})).is_success
        clock.advance(timedelta(hours=6))
        assert await send_digest(parvis.database, claire.member.id, "weekly")
        await run_jobs(parvis)
    (digest,) = to_claire(mailbox)
    assert "La crue de mai." in text_of(digest)
    assert "Qui vient" not in text_of(digest)
    assert "Sortie" not in text_of(digest)


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_who_wants_it_is_mailed_messages_and_posts_at_once_and_once(
    parvis: Parvis, mailbox: Mailbox, moved_clock: MovableClock, place: Place, ines: Someone, claire: Someone
) -> None:
    await choose(claire.browser, messages={"mail": "at_once"}, followed={"mail": "at_once"})
    room = await talk(ines, claire)
    moved_clock.advance(timedelta(minutes=1))
    for words in ("Bonjour", "Tu viens ?"):
        await room.say(ines, words)
    await say(ines, place, "La **crue** de mai.")
    for _ in range(3):
        await later(parvis, moved_clock, timedelta(minutes=4))
    written = sorted(to_claire(mailbox), key=lambda mail: mail["list-id"])
    assert [mail["list-id"] for mail in written] == ["<followed.localhost>", "<messages.localhost>"]
    assert "La crue de mai." in text_of(written[0])
    assert "Tu viens ?" in text_of(written[1])
