"""F13: the mail server away for an hour, then putting everybody off; two workers. Each mail goes once."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.clock import MovableClock
from parvis.kernel.jobs import Job, Jobs
from parvis.kernel.mail import MAIL_JOB, Mail, send_mail
from parvis.kernel.mail.smtp import SmtpServer
from parvis.kernel.runtime import Parvis
from tests.make.mailbox import Mailbox

from .conftest import Effort
from .oracle import Row, say

pytestmark = pytest.mark.faults

NOBODY_LISTENS = "smtp://127.0.0.1:9"
STEP = timedelta(minutes=5)


async def test_each_mail_goes_once_whatever_its_server_does(
    parvis: Parvis, moved_clock: MovableClock, mailbox: Mailbox, effort: Effort
) -> None:
    number = effort(12, 200)
    to = [f"reader-{one}@example.org" for one in range(number)]

    async def write(session: AsyncSession) -> None:
        for address in to:
            send_mail(session, Mail("verify_address", address, "fr", {"link": "/door/verify#x"}))

    await parvis.database.write(write)
    workers = [parvis.jobs, Jobs(parvis.database, {MAIL_JOB: parvis.mailer.deliver})]
    begun = moved_clock.instant
    parvis.mailer._smtp = SmtpServer(NOBODY_LISTENS)
    tries = 0
    while moved_clock.instant - begun < timedelta(hours=1):
        tries += await both(workers)
        moved_clock.advance(STEP)
    assert tries >= 3 * number  # It was away, and they tried.
    assert mailbox.envelopes == []

    parvis.mailer._smtp = SmtpServer(mailbox.url)
    mailbox.answers = ["451 4.7.1 Greylisted, come back later"] * number
    back = moved_clock.instant
    while await waiting(parvis) and moved_clock.instant - back < timedelta(hours=3):
        await both(workers)
        moved_clock.advance(STEP)

    got = Counter(address for envelope in mailbox.envelopes for address in envelope.rcpt_tos)
    assert got == Counter(to)
    assert len({mail["Message-ID"] for address in to for mail in mailbox.messages_to(address)}) == number
    assert mailbox.answers == []  # Each was put off once.
    took = moved_clock.instant - back
    doubled = sum(got.values()) - len(got)
    say(Row("F13 mail", number, number, 0, doubled, 0, f"{took}", f"{tries} tries in vain, then each put off once"))


async def both(workers: list[Jobs]) -> int:
    """The two at once, until neither finds anything due. How many were tried."""
    tried = 0
    while some := sum(await asyncio.gather(*(worker.run_once() for worker in workers))):
        tried += some
    return tried


async def waiting(parvis: Parvis) -> int:
    async with parvis.database.reading() as session:
        query = select(func.count()).select_from(Job).where(Job.name == MAIL_JOB, Job.ended_at.is_(None))
        return await session.scalar(query) or 0
