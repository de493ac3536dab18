"""Folders that a member follows, to be told of what is added in them."""

from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.documents.events import FolderFollowed
from parvis.documents.models import FollowedFolder
from parvis.documents.queries.folders import refuse_hidden
from parvis.kernel.db.base import one_at_a_time
from parvis.kernel.events import record

from .problems import TooMany

MOST = 500
"""By one member."""


async def follow(session: AsyncSession, actor: Actor, folder_id: UUID) -> None:
    """Again changes nothing. Raises `NotFound` and `TooMany`."""
    await refuse_hidden(session, actor, folder_id)
    await one_at_a_time(session, f"folders of {actor.id}")
    if await session.get(FollowedFolder, (actor.id, folder_id)) is not None:
        return
    mine = select(func.count()).select_from(FollowedFolder).where(FollowedFolder.member_id == actor.id)
    if (await session.scalar(mine) or 0) >= MOST:
        raise TooMany
    session.add(FollowedFolder(member_id=actor.id, folder_id=folder_id))
    await session.flush()
    record(session, FolderFollowed(member_id=actor.id, folder_id=folder_id, is_followed=True), actor_id=actor.id)


async def unfollow(session: AsyncSession, actor: Actor, folder_id: UUID) -> None:
    """Again changes nothing. Raises `NotFound`."""
    await refuse_hidden(session, actor, folder_id)
    mine = (FollowedFolder.member_id == actor.id, FollowedFolder.folder_id == folder_id)
    gone = delete(FollowedFolder).where(*mine).returning(FollowedFolder.folder_id)
    if (await session.execute(gone)).one_or_none() is not None:
        record(session, FolderFollowed(member_id=actor.id, folder_id=folder_id, is_followed=False), actor_id=actor.id)
