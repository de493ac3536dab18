"""Fifty thousand are told an announcement while members post: how long posting takes, beside how long it takes else.

    make services; .venv/bin/python -m bench.announcements

`BENCH_PEOPLE` (50,000) are told it by the job, in the same process as the server, as in the embedded shape. Members
take turns in posting in one community, one after the other, before and while the job runs. Aim: p95 while it runs ≤ 1.5
times p95 when nothing does. Everything runs on one core.
"""

import asyncio
import os
import tempfile
from itertools import cycle
from pathlib import Path
from time import perf_counter

import httpx
from sqlalchemy import create_engine, func, make_url, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from bench.directory import serving
from bench.directory_people import fill
from bench.limits import never_refuse
from parvis.accounts.actor import Actors
from parvis.accounts.auth import COOKIE
from parvis.accounts.models import Member, MemberRole
from parvis.accounts.service.sessions import Device, open_session
from parvis.announcements.service.writing import WRITE
from parvis.kernel.ids import new_id
from parvis.kernel.jobs import Job
from parvis.kernel.migrations import migrate
from parvis.kernel.runtime import Parvis
from parvis.posts.models import Recipient

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "50000"))
POSTERS = 200
"""Together they post without a break; nobody is told that he posts too often."""
IDLE = 300
COLUMNS = ("idle p50", "idle p95", "busy p50", "busy p95")
HEADER = f"{'store':<12}{'told':>8}{'seconds':>9}" + "".join(f"{column:>10}" for column in COLUMNS) + f"{'ratio':>8}"
Poster = dict[str, str]
"""The headers by which a member is known."""


async def main() -> None:
    os.sched_setaffinity(0, {0})
    print(HEADER)
    with tempfile.TemporaryDirectory() as folder:
        await measure("sqlite", f"sqlite:///{Path(folder) / 'announcements.db'}")
    if "PARVIS_TEST_POSTGRES_URL" in os.environ:
        await with_postgresql(os.environ["PARVIS_TEST_POSTGRES_URL"])


async def with_postgresql(server: str) -> None:
    name = f"bench_{new_id().hex[-12:]}"
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        try:
            await measure("postgresql", make_url(server).set(database=name).render_as_string(hide_password=False))
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


async def measure(store: str, url: str) -> None:
    migrate(url)
    async with serving(url) as (parvis, client):
        never_refuse(parvis.limiter)
        await fill(parvis.database.write, PEOPLE)
        async with parvis.database.reading() as session:
            members = list(await session.scalars(select(Member).order_by(Member.id).limit(POSTERS)))
        await parvis.database.write(_appoint, members[0])
        posters = [await signed_in(parvis, member) for member in members]
        wall = await begin(client, posters)
        turns = cycle(posters)
        idle = [await post(client, next(turns), wall) for _ in range(IDLE)]
        said = {"title": "À tous", "body": "Bonjour."}
        sent = await client.post("/api/v1/announcements", json=said, headers=posters[0])
        assert sent.status_code == 201, sent.text
        began = perf_counter()
        telling = asyncio.create_task(until_told(parvis))
        busy = []
        while not telling.done():
            busy.append(await post(client, next(turns), wall))
        told, seconds = await telling, perf_counter() - began
        numbers = (at(idle, 0.5), at(idle, 0.95), at(busy, 0.5), at(busy, 0.95))
        written = "".join(f"{number:>10.1f}" for number in numbers)
        print(f"{store:<12}{told:>8}{seconds:>9.1f}{written}{numbers[3] / numbers[1]:>8.2f}")


async def signed_in(parvis: Parvis, member: Member) -> Poster:
    device, actors = Device("Bench/1.0", "203.0.113.7"), parvis.part(Actors)
    _, cookie = await parvis.database.write(open_session, member, methods=["pwd"], device=device)
    return {"cookie": f"{COOKIE}={cookie}", "x-csrf-token": actors.csrf_token(await actors.by_cookie(cookie))}


async def _appoint(session: AsyncSession, member: Member) -> None:
    session.add(MemberRole(member_id=member.id, role="communicator"))


async def begin(client: httpx.AsyncClient, posters: list[Poster]) -> str:
    """A community that they all are in; where one posts."""
    made = await client.post("/api/v1/communities", json={"name": "Banc", "access": "open"}, headers=posters[0])
    assert made.status_code == 201, made.text
    place = f"/api/v1/communities/{made.json()['id']}"
    for poster in posters[1:]:
        assert (await client.put(f"{place}/membership", json={}, headers=poster)).is_success
    return f"{place}/posts"


async def until_told(parvis: Parvis) -> int:
    """Runs what is due until the job has told everybody. Returns how many were."""
    while True:
        await parvis.jobs.run_once()
        async with parvis.database.reading() as session:
            waits = select(func.count()).where(Job.name == WRITE, Job.ended_at.is_(None))
            if not await session.scalar(waits):
                return await session.scalar(select(func.count()).select_from(Recipient)) or 0


async def post(client: httpx.AsyncClient, poster: Poster, wall: str) -> float:
    """How long it takes, in milliseconds."""
    began = perf_counter()
    reply = await client.post(wall, json={"body": "Bonjour à tous."}, headers=poster)
    assert reply.status_code == 201, reply.text
    return (perf_counter() - began) * 1000


def at(found: list[float], share: float) -> float:
    return sorted(found)[int(len(found) * share)]


if __name__ == "__main__":
    asyncio.run(main())
