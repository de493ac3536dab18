"""One thing that was found, with what is beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import KINDS_OF_READERS, Actor
from parvis.documents.models import Document, Folder
from parvis.documents.policy import visible_one_by_one
from parvis.kernel.db import Id
from parvis.kernel.entries import Entry
from parvis.kernel.errors import NotFound
from parvis.posts.models import Post, PostPlace
from parvis.posts.policy import visible_in
from parvis.profiles.directory.filters import FEW_MET, told_of
from parvis.search.models import Kind
from parvis.search.policy import visible_among
from parvis.search.words import Asked, understood

from .candidates import Candidate, who_reads
from .hits import Hit, hits
from .statement import ALL, KEPT_AS

MOST_NEARBY = 3


@dataclass(frozen=True, slots=True)
class Nearby:
    kind: Kind
    id: UUID
    title: str


@dataclass(frozen=True, slots=True)
class Previewed:
    hit: Hit
    nearby: Sequence[Nearby]
    asked: Asked


async def preview(session: AsyncSession, actor: Actor, kind: Kind, subject_id: UUID, typed: str) -> Previewed:
    """At most seven queries. Raises `NotFound` for what the actor may not read."""
    reader = await who_reads(session, actor)
    statement = _statement(actor.stand_in(), kind, reader.met > FEW_MET)
    rows = (await session.execute(statement, told_of(reader) | {"subject": subject_id})).all()
    found = sorted((Candidate(*row) for row in rows), key=lambda one: one.id, reverse=True)
    shown = await hits(session, actor, [(found[0], 0.0)]) if found else []
    if not shown:
        raise NotFound
    return Previewed(shown[0], await _nearby(session, actor, shown[0]), understood(typed))


@lru_cache(maxsize=KINDS_OF_READERS * len(ALL))
def _statement(actor: Actor, kind: Kind, many_met: bool) -> Select[*tuple[Any, ...]]:
    kept_kind, part = KEPT_AS.get(kind, (kind, None))
    narrow = select(
        *(Entry.id, Entry.kind, Entry.subject_id, Entry.part, Entry.place_id, Entry.at),
        literal(1).label("in_title"),
    ).where(Entry.kind == kept_kind, Entry.subject_id == bindparam("subject", type_=Id))
    if part is not None:
        narrow = narrow.where(Entry.part == part)
    return visible_among(narrow.cte("found"), actor, many_met=many_met, only=kept_kind)


async def _nearby(session: AsyncSession, actor: Actor, hit: Hit) -> list[Nearby]:
    """One query, or none."""
    target = hit.shown.target
    told: dict[str, Any] = {"reader": actor.id, "subject": hit.candidate.subject_id}
    if hit.candidate.kind == "document" and target.folder_id is not None:
        statement = _beside_document(actor.stand_in())
        rows = (await session.execute(statement, told | {"folder": target.folder_id})).all()
        return [Nearby("page" if made == "page" else "document", id_, name) for id_, made, name in rows]
    if hit.candidate.kind in ("post", "community") and target.community_id is not None:
        statement = _beside_post(actor.stand_in())
        rows = (await session.execute(statement, told | {"community": target.community_id})).all()
        return [Nearby("event" if made == "event" else "post", id_, title) for id_, made, title in rows]
    return []


@lru_cache(maxsize=KINDS_OF_READERS)
def _beside_document(actor: Actor) -> Select[*tuple[Any, ...]]:
    """In the same folder, what changed last."""
    return (
        select(Document.id, Document.kind, Document.name)
        .join(Folder, Folder.id == Document.folder_id)
        .where(
            Folder.id == bindparam("folder", type_=Id),
            Document.id != bindparam("subject", type_=Id),
            visible_one_by_one(actor),
        )
        .order_by(Document.changed_at.desc(), Document.id.desc())
        .limit(MOST_NEARBY)
    )


@lru_cache(maxsize=KINDS_OF_READERS)
def _beside_post(actor: Actor) -> Select[*tuple[Any, ...]]:
    """In the same community, what was said last under a title."""
    return (
        select(Post.id, Post.kind, Post.title)
        .join(PostPlace, PostPlace.post_id == Post.id)
        .where(
            PostPlace.community_id == bindparam("community", type_=Id),
            Post.id != bindparam("subject", type_=Id),
            Post.title != "",
            Post.deleted_at.is_(None),
            visible_in(actor),
        )
        .order_by(PostPlace.said_at.desc(), PostPlace.post_id.desc())
        .limit(MOST_NEARBY)
    )
