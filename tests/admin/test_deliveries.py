"""A mail server that is away for days: mails are tried for three, then given up, and an administrator sees it."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.clock import MovableClock
from parvis.kernel.jobs import Job
from parvis.kernel.mail import MAIL_JOB, Mail, send_mail
from parvis.kernel.mail.smtp import SmtpServer
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.communities import arrive
from tests.make.people import make_organisation

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
DELIVERIES = "/api/v1/mail-deliveries"


async def test_a_mail_is_tried_for_three_days_and_giving_it_up_is_seen(
    parvis: Parvis, moved_clock: MovableClock, sign_in: SignIn
) -> None:
    await make_organisation(parvis)
    nadia = await arrive(parvis, sign_in, "Nadia Cherkaoui", "staff", roles=["administrator"])
    omar = await arrive(parvis, sign_in, "Omar Diallo", "student")
    parvis.mailer._smtp = SmtpServer("smtp://127.0.0.1:9")

    async def write(session: AsyncSession) -> None:
        send_mail(session, Mail("verify_address", "lea@example.org", "fr", {"link": "/door/verify#x"}))

    await parvis.database.write(write)
    begun = moved_clock.instant
    gaps = [(await next_try(parvis, moved_clock)) for _ in range(14)]
    assert timedelta(seconds=4) <= gaps[0] <= timedelta(seconds=5)
    assert len({*gaps[-4:]}) == 4, "what was put off together comes back apart"
    assert timedelta(minutes=45) <= max(gaps) <= timedelta(hours=1)
    found = (await nadia.browser.get(DELIVERIES)).json()
    assert (found["put_off"], found["given_up"], found["next_try_at"] is None) == (1, 0, False)
    while await next_try(parvis, moved_clock):
        pass
    assert timedelta(days=3) <= moved_clock.instant - begun <= timedelta(days=4)
    last = await nadia.browser.get(DELIVERIES)
    assert (last.json()["put_off"], last.json()["given_up"]) == (0, 1)
    assert "lea@example.org" not in last.text
    assert (await omar.browser.get(DELIVERIES)).status_code == 403


async def next_try(parvis: Parvis, clock: MovableClock) -> timedelta:
    """Has it tried when it is due, and says how long it waits after that; no time once it is given up."""
    await parvis.jobs.run_once(only=[MAIL_JOB])
    async with parvis.database.reading() as session:
        due = await session.scalar(select(Job.run_at).where(Job.name == MAIL_JOB, Job.ended_at.is_(None)))
    waits = due - clock.instant if due else timedelta(0)
    clock.advance(waits)
    return waits
