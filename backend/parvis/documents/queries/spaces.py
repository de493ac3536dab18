"""Reading spaces: one's own, and those of the communities that one is in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Member
from parvis.circles.policy import circles_of
from parvis.communities.models import Community
from parvis.documents.models import Folder
from parvis.documents.policy import visible_folder
from parvis.kernel.errors import NotFound
from parvis.kernel.pagination import Page, PageRequest, paginate_in_turn

from .standing import behind

MOST_MADE = 200
"""Spaces made at once, of communities that nobody looked into before."""


@dataclass(frozen=True, slots=True)
class Quotas:
    """How many bytes the files of each member may have together, and those of each community."""

    member: int
    community: int


@dataclass(frozen=True, slots=True)
class FoundSpace:
    """A space that the actor may read. `community`: when it is one's; else it is the actor's own."""

    folder: Folder
    community: Community | None
    name: str
    level: int


def filled(account_id: ColumnElement[UUID]) -> ColumnElement[int]:
    """How many bytes are in the space of a member, or of a community."""
    whose = or_(Folder.community_id == account_id, Folder.member_id == account_id)
    query = select(func.coalesce(func.sum(Folder.used), 0)).where(Folder.parent_id.is_(None), whose)
    return query.scalar_subquery()


async def lacking(session: AsyncSession, actor: Actor) -> Sequence[UUID | None]:
    """Ids of the actor's communities that have no space yet; None for his own. Two queries."""
    is_made = await session.scalar(select(Folder.id).where(Folder.member_id == actor.id))
    own: list[UUID | None] = [] if is_made else [None]
    query = select(Community.id).outerjoin(Folder, Folder.community_id == Community.id)
    mine = query.where(Community.circle_id.in_(circles_of(actor.id)), Folder.id.is_(None))
    return [*own, *(await session.scalars(mine.order_by(Community.id).limit(MOST_MADE)))]


async def page_of_spaces(session: AsyncSession, actor: Actor, page: PageRequest) -> tuple[list[FoundSpace], str | None]:
    """The actor's own, then those of his communities by name. Three queries."""
    own = select(Folder.id).join(Member, Member.id == Folder.member_id).where(Folder.member_id == actor.id)
    theirs = select(Folder.id).join(Community, Community.id == Folder.community_id)
    theirs = theirs.where(Community.circle_id.in_(circles_of(actor.id)), visible_folder(actor))
    lists = [(own, (Member.sort_name, Member.id)), (theirs, (Community.sort_name, Community.id))]
    found: Page[UUID] = await paginate_in_turn(session, lists, page, lambda id_: id_)
    return await spaces(session, actor, found.items), found.next


async def space_of(session: AsyncSession, actor: Actor, community_id: UUID | None) -> FoundSpace | None:
    """Of a community, or the actor's own; None when there is none yet. Raises `NotFound` for one that he may not
    read."""
    which = Folder.member_id == actor.id if community_id is None else Folder.community_id == community_id
    id_ = await session.scalar(select(Folder.id).where(which))
    if id_ is None:
        return None
    found = await spaces(session, actor, [id_])
    if not found:
        raise NotFound
    return found[0]


async def spaces(session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> list[FoundSpace]:
    """Those of these that the actor may read, in that order. Two queries."""
    query = select(Folder, Community, Member.name).outerjoin(Community, Community.id == Folder.community_id)
    query = query.outerjoin(Member, Member.id == Folder.member_id).where(Folder.id.in_(ids), visible_folder(actor))
    rows: Sequence[Any] = (await session.execute(query.execution_options(populate_existing=True))).all()
    guards = await behind(session, actor, [row[0].guard_id for row in rows])
    by_id = {
        folder.id: FoundSpace(
            folder, community, name if community is None else community.name, guards[folder.guard_id].level
        )
        for folder, community, name in rows
    }
    return [by_id[id_] for id_ in ids if id_ in by_id]
