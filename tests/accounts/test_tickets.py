"""What is kept of single-use secrets, and for how long."""

from datetime import timedelta

import httpx
from sqlalchemy import func, select

from parvis.accounts.models import Ticket
from parvis.accounts.service import tickets
from parvis.kernel import clock
from parvis.kernel.jobs import Job
from parvis.kernel.runtime import Parvis
from tests.conftest import run_jobs
from tests.make.doors import Doors
from tests.make.people import make_member

EMAIL = "benoit.martin@univ.example"


async def kept(parvis: Parvis) -> int:
    async with parvis.database.reading() as session:
        return await session.scalar(select(func.count()).select_from(Ticket)) or 0


async def test_the_secret_is_kept_nowhere(parvis: Parvis, client: httpx.AsyncClient, doors: Doors) -> None:
    await make_member(parvis)
    token = await doors.link_for(client, EMAIL)
    async with parvis.database.reading() as session:
        ticket = (await session.scalars(select(Ticket))).one()
        jobs = (await session.scalars(select(Job).where(Job.ended_at.is_not(None)))).all()
    assert token not in repr(vars(ticket))
    assert ticket.token_hash != token.encode()
    assert {job.name for job in jobs} >= {"door.knock", "mail.send"}
    assert all(job.payload == {} for job in jobs), "what was asked is forgotten once it is answered"


async def test_expired_tickets_are_forgotten_a_day_later(parvis: Parvis, moved_clock: clock.MovableClock) -> None:
    member = await make_member(parvis)
    for _ in range(3):
        await parvis.database.write(tickets.issue, "sign_in", member_id=member.id)
    await parvis.database.write(tickets.issue, "sign_in", member_id=member.id, lifetime=timedelta(days=7))
    assert await kept(parvis) == 4
    moved_clock.advance(timedelta(days=1))
    await run_jobs(parvis)
    assert await kept(parvis) == 4
    moved_clock.advance(timedelta(hours=2))
    await run_jobs(parvis)
    assert await kept(parvis) == 1


async def test_a_mail_speaks_its_reader_s_language(parvis: Parvis, client: httpx.AsyncClient, doors: Doors) -> None:
    await make_member(parvis, language="fr")
    await doors.link_for(client, EMAIL)
    assert doors.mails_to(EMAIL)[-1]["subject"] == "Votre lien de connexion"
