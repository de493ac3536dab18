"""Mails about ties: for who wants them, and once a day for one asker."""

from datetime import timedelta

import httpx

from parvis.kernel.clock import MovableClock
from parvis.kernel.events import Position
from parvis.kernel.runtime import Parvis
from tests.conftest import CountedQueries, run_jobs
from tests.make.mailbox import Mailbox

from .conftest import Someone
from .test_contacts import REQUESTS, ask, waiting
from .test_mentoring import MENTORSHIPS, offer
from .test_mentoring import ask as ask_mentoring

MAILS = "/api/v1/me/mails"
CLAIRE = "claire.vasseur@univ.example"


async def test_both_kinds_come_until_they_are_done_without(
    ines: Someone, claire: Someone, parvis: Parvis, mailbox: Mailbox
) -> None:
    before = await claire.browser.get(MAILS)
    assert before.json() == {
        "contact_requests": True,
        "mentoring": True,
        "community_invitations": True,
        "announcements": True,
        "abilities": ["change"],
    }
    changed = await claire.browser.patch(MAILS, json={"contact_requests": False})
    assert changed.json() == {**before.json(), "contact_requests": False}
    assert changed.headers["etag"] != before.headers["etag"]

    await offer(claire)
    await ask(ines, claire)
    await ask_mentoring(ines, claire)
    await run_jobs(parvis)
    assert len(mailbox.messages_to(CLAIRE)) == 1
    assert len(await waiting(claire, "received")) == 1

    facts = [fact for fact in await parvis.log.after(Position()) if fact.type == "mails.chosen"]
    assert [fact.topic for fact in facts] == [f"member:{claire.id}"]


async def test_mentors_may_do_without_mails_too(
    ines: Someone, claire: Someone, parvis: Parvis, mailbox: Mailbox
) -> None:
    await claire.browser.patch(MAILS, json={"mentoring": False})
    await offer(claire)
    await ask_mentoring(ines, claire)
    await run_jobs(parvis)
    assert mailbox.messages_to(CLAIRE) == []
    await claire.browser.patch(MAILS, json={"mentoring": True})
    assert (await claire.browser.get(MAILS)).json()["mentoring"] is True


async def test_a_choice_of_another_version_changes_nothing(claire: Someone, counted_queries: CountedQueries) -> None:
    with counted_queries() as queries:
        seen = (await claire.browser.get(MAILS)).headers["etag"]
    assert len(queries) == 1
    await claire.browser.patch(MAILS, json={"mentoring": False})
    stale = await claire.browser.patch(MAILS, json={"contact_requests": False}, headers={"if-match": seen})
    assert stale.status_code == 412
    assert (await claire.browser.get(MAILS)).json()["contact_requests"] is True


async def test_nothing_is_chosen_for_nobody(client: httpx.AsyncClient, claire: Someone) -> None:
    assert (await client.get(MAILS)).status_code == 401
    assert (await client.patch(MAILS, json={"mentoring": False})).status_code == 401
    assert (await claire.browser.patch(MAILS, json={"mentoring": None})).status_code == 422


async def test_withdrawing_and_asking_again_is_no_second_mail_within_a_day(
    ines: Someone, hugo: Someone, claire: Someone, parvis: Parvis, mailbox: Mailbox, moved_clock: MovableClock
) -> None:
    for _ in range(3):
        await ask(ines, claire)
        assert (await ines.browser.delete(f"{REQUESTS}/{claire.id}")).status_code == 204
    await run_jobs(parvis)
    assert len(mailbox.messages_to(CLAIRE)) == 1
    await ask(hugo, claire)
    await run_jobs(parvis)
    assert len(mailbox.messages_to(CLAIRE)) == 2
    moved_clock.advance(timedelta(days=1, minutes=1))
    await ask(ines, claire)
    await run_jobs(parvis)
    assert len(mailbox.messages_to(CLAIRE)) == 3


async def test_so_it_is_with_mentoring(ines: Someone, claire: Someone, parvis: Parvis, mailbox: Mailbox) -> None:
    await offer(claire)
    for _ in range(2):
        asked = (await ask_mentoring(ines, claire)).json()
        assert (await ines.browser.put(f"{MENTORSHIPS}/{asked['id']}/end")).status_code == 200
    await run_jobs(parvis)
    assert len(mailbox.messages_to(CLAIRE)) == 1
