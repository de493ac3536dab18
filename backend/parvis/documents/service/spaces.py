"""Spaces, made when somebody first looks into them; and how full they are."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.communities import queries as communities
from parvis.communities.models import Community
from parvis.documents.models import WRITE, Folder, Grant, Guard
from parvis.documents.queries.spaces import FoundSpace, space_of
from parvis.kernel.db import one_at_a_time
from parvis.kernel.errors import NotFound
from parvis.kernel.ids import new_id

from .guarding import begin_space


async def community_space(session: AsyncSession, actor: Actor, community_id: UUID) -> FoundSpace:
    """Raises `NotFound`, and `Forbidden` for who knows of the community and may not read in it."""
    await communities.readable(session, actor, community_id)
    await make_for(session, actor, [community_id])
    found = await space_of(session, actor, community_id)
    if found is None:
        raise NotFound
    return found


async def own_space(session: AsyncSession, actor: Actor) -> FoundSpace:
    """The actor's."""
    await make_for(session, actor, [None])
    found = await space_of(session, actor, None)
    assert found is not None
    return found


async def make_for(session: AsyncSession, actor: Actor, community_ids: Sequence[UUID | None]) -> None:
    """Makes the spaces of these communities, and for None the actor's own; nothing where there is one."""
    for community_id in community_ids:
        if community_id is None:
            await _make(session, actor.id, None)
        else:
            await _make(session, None, await session.get_one(Community, community_id))


async def _make(session: AsyncSession, member_id: UUID | None, community: Community | None) -> None:
    """A community's people write in its space, until somebody who runs it says otherwise."""
    await one_at_a_time(session, f"space of {member_id or (community and community.id)}")
    community_id = community.id if community else None
    which = Folder.community_id == community_id if community else Folder.member_id == member_id
    if await session.scalar(select(Folder.id).where(which)) is not None:
        return
    id_, circle_id = new_id(), community.circle_id if community else None
    of_space = {"community_id": community_id, "member_id": member_id}
    guard = Guard(id=id_, space_id=id_, circle_id=circle_id, inherits=False, generation=1, version=1, **of_space)
    await begin_space(session, guard)
    if community is not None:
        session.add(Grant(guard_id=id_, level=WRITE, circle_id=circle_id, community_id=community_id))
    session.add(
        Folder(id=id_, space_id=id_, guard_id=id_, name="", sort_key="", depth=0, used=0, version=1, **of_space)
    )
    await session.flush()


async def take_room(session: AsyncSession, space: Folder, size: int) -> None:
    """Counts so many bytes more in a space, or fewer."""
    more = update(Folder).where(Folder.id == space.id).values(used=Folder.used + size)
    await session.execute(more.execution_options(synchronize_session=False))
    await session.refresh(space, ["used"])
