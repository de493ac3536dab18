"""Counting audiences among many people, as the form does each time it changes; beside the same SQL on the bare driver.

    make services; .venv/bin/python -m bench.audiences

`BENCH_PEOPLE` (100,000) are made first, which takes minutes, as those of `bench.directory`; `BENCH_KEPT` keeps them for
both. Everything runs on one core. The figures are those of `bench.directory`; the aim is 100 ms at p95.
"""

import asyncio
import os
import tempfile
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bench import directory
from bench.directory import HEADER, filled, sample, serving, with_postgresql
from parvis.accounts.actor import Actors
from parvis.accounts.auth import COOKIE
from parvis.accounts.models import Affiliation, Cohort, Member, MemberRole, Programme, Unit
from parvis.accounts.service.sessions import Device, open_session
from parvis.kernel.db import Database
from parvis.kernel.migrations import migrate

PREVIEW = "/api/v1/audiences/preview"
Rule = dict[str, Any]


async def main() -> None:
    os.sched_setaffinity(0, {0})
    print(HEADER)
    directory.measure = measure
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(os.environ.get("BENCH_KEPT", folder)) / "directory.db"
        await measure(f"sqlite:///{kept}")
        if "PARVIS_TEST_POSTGRES_URL" in os.environ:
            await with_postgresql(os.environ["PARVIS_TEST_POSTGRES_URL"])


async def measure(url: str) -> None:
    migrate(url)
    async with serving(url) as (parvis, client):
        await filled(parvis.database)
        announcer = await parvis.database.write(_announcer)
        _, cookie = await parvis.database.write(
            open_session, announcer, methods=["pwd"], device=Device("Bench/1.0", "203.0.113.7")
        )
        client.cookies.set(COOKIE, cookie)
        actor = await parvis.part(Actors).by_cookie(cookie)
        assert actor is not None
        client.headers["x-csrf-token"] = parvis.part(Actors).csrf_token(actor)
        for what, rule in (await rules(parvis.database)).items():
            await sample(parvis.database, what, lambda said=rule: client.post(PREVIEW, json=said))


async def rules(database: Database) -> dict[str, Rule]:
    """From the widest to the narrowest: units and programmes of many people, and of a few."""
    async with database.reading() as session:
        held = func.count(Affiliation.id).desc()
        units = await session.scalars(
            select(Unit.parent_id)
            .join(Affiliation, Affiliation.unit_id == Unit.id)
            .where(Unit.parent_id.is_not(None))
            .group_by(Unit.parent_id)
            .order_by(held)
        )
        faculties = [str(id_) for id_ in units]
        taught = await session.scalars(
            select(Programme.id)
            .join(Affiliation, Affiliation.programme_id == Programme.id)
            .group_by(Programme.id)
            .order_by(held)
        )
        programmes = [str(id_) for id_ in taught]
        years = list(await session.scalars(select(Cohort.year).distinct().order_by(Cohort.year)))
    students = {"kind": "public", "publics": ["student"]}
    two = {"kind": "unit", "ids": faculties[2:4], "public": "student"}
    largest = {"kind": "unit", "ids": faculties[:1]}
    lyon = {"kind": "city", "cities": ["Valorne"]}
    since = {"kind": "affiliation", "kinds": ["alum"], "started_from": "2015-01-01", "started_before": "2021-01-01"}
    return {
        "everybody": {},
        "students": {"all": [students]},
        "all but staff": {"none": [{"kind": "public", "publics": ["staff"]}]},
        "students of two faculties": {"all": [two]},
        "the same, but the largest city": {"all": [two], "none": [lyon]},
        "two programmes, as students": {"all": [{"kind": "programme", "ids": programmes[5:7], "public": "student"}]},
        "ten small programmes": {"all": [{"kind": "programme", "ids": programmes[100:110]}]},
        "alumni since 2015, in a city": {"all": [since, lyon]},
        "a year, of one faculty": {"all": [largest, {"kind": "year", "years": years[-3:]}]},
        "five criteria": {
            "all": [students, largest],
            "any": [{"kind": "programme", "ids": programmes[:3]}, lyon],
            "none": [{"kind": "year", "years": years[:2]}],
        },
    }


async def _announcer(session: Any) -> Member:
    member = (await session.scalars(select(Member).order_by(Member.id).limit(1))).one()
    if await session.get(MemberRole, (member.id, "communicator")) is None:
        session.add(MemberRole(member_id=member.id, role="communicator"))
    return member  # type: ignore[no-any-return]


if __name__ == "__main__":
    asyncio.run(main())
