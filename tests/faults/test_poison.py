"""F16: a fact and a job that nobody can take in. They are set aside after five tries, and all the rest goes on."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, insert, select

from parvis.kernel import clock
from parvis.kernel.config import Settings
from parvis.kernel.events import LogEntry
from parvis.kernel.ids import new_id
from parvis.kernel.jobs import MAX_ATTEMPTS, Job
from parvis.kernel.listeners import ListenerState, QuarantinedEvent
from parvis.wiring import LISTENERS

from .clocks import clock_in
from .exchange import house
from .oracle import opened, verdict_on
from .servers import Server, until

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

POISON, JOB = "member.mentioned", "posts.unfurl"
STEP = timedelta(minutes=2)
"""Longer than anything waits before its next try."""


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_what_nobody_can_take_in_is_set_aside_and_the_rest_goes_on(settings: Settings, tmp_path: Path) -> None:
    there = clock_in(tmp_path)
    async with house(settings, tmp_path, senders=3, readers=3, clock=there) as (server, found):
        await found.send(3)
        poison(settings.database_url)
        for step in range(1, MAX_ATTEMPTS + 1):
            await until(lambda: tries(settings.database_url) == (step, step), f"try {step} of both")  # noqa: B023
            there.ahead(STEP * step)
            await found.send(1)
        await found.heard()
        await until(lambda: have_read_all(settings.database_url), "every listener has read all")
        aside = [await server.measured("parvis_events_quarantined_total"), await set_aside(server)]
        behind = await server.measured("parvis_log_lag_seconds")
    with opened(settings.database_url) as connection:
        (fact,) = connection.execute(select(QuarantinedEvent.type, QuarantinedEvent.listener)).all()
        job = connection.execute(select(Job.attempts, Job.error, Job.ended_at).where(Job.name == JOB)).one()
    verdict_on("F16 poison", settings.database_url, found, besides=f"{fact.listener} and {JOB}, 5 tries each")
    assert fact.type == POISON
    assert (job.attempts, job.ended_at is not None) == (MAX_ATTEMPTS, True)
    assert aside == [1, 1]
    assert behind == 0


def poison(database_url: str) -> None:
    """Puts both where the server will find them."""
    engine = create_engine(database_url)
    with engine.begin() as connection:
        fact = {"topic": f"member:{new_id()}", "type": POISON, "data": {"poison": True}, "at": clock.now()}
        connection.execute(insert(LogEntry).values(fact))
        job = {"name": JOB, "payload": {"poison": True}, "run_at": clock.now(), "attempts": 0, "id": new_id()}
        connection.execute(insert(Job).values(job))
    engine.dispose()


def tries(database_url: str) -> tuple[int, int]:
    """How often the fact and the job were tried; what was set aside had all."""
    with opened(database_url) as connection:
        aside = connection.execute(select(QuarantinedEvent.id)).first()
        attempts = connection.scalars(select(ListenerState.attempts).where(ListenerState.attempts > 0)).all()
        job = connection.execute(select(Job.attempts, Job.lease_until).where(Job.name == JOB)).one()
    return MAX_ATTEMPTS if aside else max(attempts, default=0), job.attempts if job.lease_until is None else 0


def have_read_all(database_url: str) -> bool:
    with opened(database_url) as connection:
        last = connection.scalar(select(LogEntry.id).order_by(LogEntry.id.desc()).limit(1))
        return _reached(connection) == [last] * len(LISTENERS)


def _reached(connection: Connection) -> list[int]:
    names = [listener.name for listener in LISTENERS]
    return list(connection.scalars(select(ListenerState.event_id).where(ListenerState.name.in_(names))))


async def set_aside(server: Server) -> float:
    return await server.measured("parvis_jobs_total", outcome="set_aside")
