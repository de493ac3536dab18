"""Mails about ties: for who wants them, and once a day for one asker."""

from datetime import timedelta

from parvis.kernel.clock import MovableClock
from parvis.kernel.runtime import Parvis
from tests.conftest import run_jobs
from tests.make.mailbox import Mailbox
from tests.make.notifications import choose

from .conftest import Someone
from .test_contacts import REQUESTS, ask, waiting
from .test_mentoring import MENTORSHIPS, offer
from .test_mentoring import ask as ask_mentoring

CLAIRE = "claire.vasseur@univ.example"


async def test_both_kinds_come_until_they_are_wanted_less_often(
    ines: Someone, claire: Someone, parvis: Parvis, mailbox: Mailbox
) -> None:
    await choose(claire.browser, contacts={"mail": "weekly"})
    await offer(claire)
    await ask(ines, claire)
    await ask_mentoring(ines, claire)
    await run_jobs(parvis)
    (mail,) = mailbox.messages_to(CLAIRE)
    assert mail["subject"] == "Inès Benali asks you for an exchange"
    assert len(await waiting(claire, "received")) == 1


async def test_who_pauses_gets_none_until_the_pause_is_over(
    ines: Someone, hugo: Someone, claire: Someone, parvis: Parvis, mailbox: Mailbox, moved_clock: MovableClock
) -> None:
    await choose(claire.browser, paused_until=moved_clock.instant + timedelta(days=2))
    await ask(ines, claire)
    await run_jobs(parvis)
    assert mailbox.messages_to(CLAIRE) == []
    moved_clock.advance(timedelta(days=3))
    await ask(hugo, claire)
    await run_jobs(parvis)
    assert len(mailbox.messages_to(CLAIRE)) == 1


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
