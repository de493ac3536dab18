"""Announcements of a test, made through the front door, and told by the jobs."""

from typing import Any

import httpx
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Affiliation, Member
from parvis.kernel import clock
from parvis.kernel.ids import new_id
from parvis.kernel.runtime import Parvis
from parvis.posts.models import Recipient
from parvis.profiles.directory.index import reindex
from tests.make.communities import Someone

ANNOUNCEMENTS = "/api/v1/announcements"
DRAFTS = f"{ANNOUNCEMENTS}/drafts"
SAID = {"title": "Bibliothèque jusqu’à minuit", "body": "Du 7 au 19 décembre, avec votre **carte**."}
TO_STUDENTS = {"to": "audience", "rule": {"all": [{"kind": "public", "publics": ["student"]}]}}


async def ask_to_announce(author: Someone, **draft: Any) -> httpx.Response:
    return await author.browser.post(ANNOUNCEMENTS, json={**SAID, **draft})


async def announce(parvis: Parvis, author: Someone, **draft: Any) -> dict[str, Any]:
    """An announcement, all of whose recipients were told."""
    reply = await ask_to_announce(author, **draft)
    assert reply.status_code == 201, reply.text
    await work(parvis)
    said: dict[str, Any] = reply.json()
    return said


async def work(parvis: Parvis) -> None:
    """Runs what is due, and what comes of it."""
    while await parvis.jobs.run_once():
        pass


async def told(parvis: Parvis, said: dict[str, Any]) -> set[str]:
    """Ids of those who were told it."""
    async with parvis.database.reading() as session:
        rows = await session.scalars(select(Recipient).order_by(Recipient.member_id))
        return {str(row.member_id) for row in rows if str(row.post_id) == said["id"]}


async def preview(author: Someone, **draft: Any) -> dict[str, Any]:
    reply = await author.browser.post(f"{ANNOUNCEMENTS}/previews", json=draft)
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


async def report(author: Someone, said: dict[str, Any]) -> dict[str, Any]:
    reply = await author.browser.get(f"{ANNOUNCEMENTS}/{said['id']}/report")
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


async def crowd(parvis: Parvis, number: int, kind: str = "student", name: str = "Membre") -> list[Member]:
    """So many more of a public, with no address."""

    async def make(session: AsyncSession) -> list[Member]:
        now = clock.now()
        people = [
            Member(
                id=new_id(), name=f"{name} {one}", sort_name=f"{name} {one}".lower(), language="fr", activated_at=now
            )
            for one in range(number)
        ]
        session.add_all(people)
        await session.flush()
        held = {"kind": kind, "source": "institution", "starts_on": now.date()}
        await session.execute(insert(Affiliation), [{"member_id": one.id, **held} for one in people])
        await reindex(session, [one.id for one in people])
        return people

    return await parvis.database.write(make)
