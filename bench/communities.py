"""Twelve thousand communities: a page of them, those that one is in, words, tags and counts; beside the same SQL bare.

    .venv/bin/python -m bench.communities

`BENCH_COMMUNITIES` (12,000) are made first, among `BENCH_MEMBERS` (2,000), twenty in each. What the columns say is in
`bench.directory`; a ratio near one would be a server that does nothing but its statements.
"""

import asyncio
import os
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bench.directory import HEADER, sample, serving
from bench.directory_people import AT_ONCE, fill
from parvis.accounts.auth import COOKIE
from parvis.accounts.models import Member
from parvis.accounts.names import sort_name
from parvis.accounts.service.sessions import Device, open_session
from parvis.circles.models import Circle, Membership
from parvis.communities.models import Community, CommunityTag
from parvis.communities.service.communities import index
from parvis.kernel import clock
from parvis.kernel.db import Database
from parvis.kernel.ids import new_id
from parvis.kernel.migrations import migrate

COMMUNITIES = int(os.environ.get("BENCH_COMMUNITIES", "12000"))
MEMBERS = int(os.environ.get("BENCH_MEMBERS", "2000"))
TOGETHER = 20
TAGS = tuple(f"Thème {number}" for number in range(80))
ACCESSES = ("open",) * 6 + ("on_request",) * 3 + ("secret",)
LIST, COUNTS = "/api/v1/communities", "/api/v1/communities/tags"
ASKED = {
    "page 1, active": (LIST, {}),
    "page 1, by people": (LIST, {"sort": "people"}),
    "page 1, by name": (LIST, {"sort": "name"}),
    "mine": (LIST, {"mine": "true"}),
    "a tag": (LIST, {"tag": "Thème 1"}),
    "on request": (LIST, {"access": "on_request"}),
    "a word": (LIST, {"q": "aviron"}),
    "counts of all": (COUNTS, {}),
    "counts of mine": (COUNTS, {"mine": "true"}),
    "counts of a word": (COUNTS, {"q": "aviron"}),
}


async def main() -> None:
    os.sched_setaffinity(0, {0})
    print(HEADER)
    with tempfile.TemporaryDirectory() as folder:
        await measure(f"sqlite:///{Path(folder) / 'communities.db'}")


async def measure(url: str) -> None:
    migrate(url)
    async with serving(url) as (parvis, client):
        reader = await filled(parvis.database)
        _, cookie = await parvis.database.write(
            open_session, reader, methods=["pwd"], device=Device("Bench/1.0", "203.0.113.7")
        )
        client.cookies.set(COOKIE, cookie)
        for what, (path, query) in ASKED.items():
            params = {**query, "limit": "24"} if path == LIST else query
            await sample(parvis.database, what, lambda p=path, q=params: client.get(p, params=q))


async def filled(database: Database) -> Member:
    """Makes people and communities; one of the people."""
    await fill(database.write, MEMBERS)
    async with database.reading() as session:
        members = list(await session.scalars(select(Member)))
    draw = Random(1284)
    at_once = AT_ONCE // TOGETHER
    for start in range(0, COMMUNITIES, at_once):
        numbers = range(start, min(start + at_once, COMMUNITIES))
        await database.write(gather, draw, numbers, [member.id for member in members])
    return members[0]


async def gather(session: AsyncSession, draw: Random, numbers: Sequence[int], members: Sequence[UUID]) -> None:
    """Makes communities of these numbers, each of people drawn, the first of whom owns it."""
    made = [(number, new_id(), new_id()) for number in numbers]
    now = clock.now()
    circles, communities, tags, places = [], [], [], []
    for number, circle_id, community_id in made:
        mix = Counter(draw.choices(("student", "alum", "staff"), (6, 3, 1), k=TOGETHER))
        circles.append({"id": circle_id, "people": draw.randint(1, 400), "mix": dict(mix)})
        name = f"{draw.choice(('Aviron', 'Promo', 'Club', 'Chœur', 'Atelier'))} {number}"
        said = {"name": name, "sort_name": sort_name(name), "summary": "Ce que l’on y fait, en une phrase."}
        when = {"created_at": now, "active_at": now - timedelta(minutes=draw.randint(1, 500_000))}
        access = {"access": draw.choice(ACCESSES), "pictures": {}}
        communities.append({"id": community_id, "circle_id": circle_id, **said, **access, **when})
        subjects = draw.sample(TAGS, 3)
        tags += [{"community_id": community_id, "tag": sort_name(tag), "label": tag} for tag in subjects]
        for rank, member_id in enumerate(draw.sample(members, TOGETHER)):
            role = "owner" if rank == 0 else "member"
            places.append({"circle_id": circle_id, "member_id": member_id, "role": role, "since": now})
    for table, rows in ((Circle, circles), (Community, communities), (CommunityTag, tags), (Membership, places)):
        await session.execute(insert(table), rows)
    await index(session, [community_id for _, _, community_id in made])


if __name__ == "__main__":
    asyncio.run(main())
