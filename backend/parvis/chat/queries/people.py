"""Who takes part in conversations, as he is named to those who are in them.

In a conversation all are named to each other, whatever else they show: what a reader may not find of somebody (his
picture, what he does) is left out. So is it in the facts that all who follow it are told.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Member
from parvis.accounts.queries.publics import shown_today
from parvis.kernel import clock
from parvis.kernel.events import Fact
from parvis.profiles.queries.people import Named, named
from parvis.profiles.schemas.people import PersonRef

KEPT = timedelta(seconds=60)
MOST_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Face:
    """Somebody as a reader sees him, and the same as JSON. `is_found`: by himself, wherever he is."""

    named: Named
    json: Mapping[str, Any]
    is_found: bool = True


class Faces:
    """People as readers saw them not a minute ago; forgotten when a fact about either says so. One per process."""

    def __init__(self) -> None:
        self._kept: dict[tuple[UUID, UUID], tuple[Face, datetime, int]] = {}
        self._changed: dict[UUID, int] = {}
        self._count = 0

    def of(self, reader: UUID, ids: Iterable[UUID]) -> dict[UUID, Face]:
        now = clock.now()
        since = self._changed.get(reader, 0)
        found: dict[UUID, Face] = {}
        for id_ in ids:
            kept = self._kept.get((reader, id_))
            if kept and kept[1] > now and kept[2] >= since and kept[2] >= self._changed.get(id_, 0):
                found[id_] = kept[0]
        return found

    def keep(self, reader: UUID, faces: Iterable[Face], count: int) -> None:
        """`count`: how many facts were told before they were read."""
        if len(self._kept) > MOST_KEPT:
            self._kept.clear()
            self._changed.clear()
            count = self._count
        until = clock.now() + KEPT
        for face in faces:
            self._kept[reader, face.named.id] = (face, until, count)

    @property
    def count(self) -> int:
        return self._count

    def committed(self, facts: Sequence[Mapping[str, Any]]) -> None:
        """Told of each commit of this process."""
        self._forget(fact["data"] for fact in facts)

    async def told(self, facts: Sequence[Fact]) -> None:
        """Follows the log, for what other processes committed."""
        self._forget(fact.data for fact in facts)

    def _forget(self, data: Iterable[Mapping[str, Any]]) -> None:
        for item in data:
            member_id = item.get("member_id")
            if member_id is not None:
                self._count += 1
                self._changed[UUID(str(member_id))] = self._count


async def faces(session: AsyncSession, actor: Actor, kept: Faces, ids: Collection[UUID]) -> dict[UUID, Face]:
    """Those of these members who still have an account. No query for those who were seen a minute ago, else four."""
    found = kept.of(actor.id, ids)
    missing = [id_ for id_ in ids if id_ not in found]
    if missing:
        count = kept.count
        read = await _read(session, actor, missing)
        kept.keep(actor.id, read, count)
        found |= {face.named.id: face for face in read}
    return found


async def _read(session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> list[Face]:
    findable = await named(session, actor, ids)
    others = await bare(session, [id_ for id_ in ids if id_ not in findable])
    return [
        Face(one, PersonRef.of(one).model_dump(mode="json"), is_found)
        for people, is_found in ((findable, True), (others, False))
        for one in people.values()
    ]


async def bare(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Named]:
    """What all who are in a conversation with somebody know of him. Two queries."""
    if not ids:
        return {}
    query = select(Member.id, Member.name).where(Member.id.in_(ids), Member.deleted_at.is_(None))
    names = {row.id: row.name for row in await session.execute(query)}
    publics = await shown_today(session, list(names))
    return {
        id_: Named(id=id_, name=name, public=publics.get(id_), affiliation=None, avatar=None)
        for id_, name in names.items()
    }
