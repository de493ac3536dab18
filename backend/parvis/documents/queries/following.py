"""Who follows folders, and who of them may read what was done in one."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from parvis.accounts.actor import Actor
from parvis.documents.models import Document, Folder, FolderAct, FollowedFolder

from .folders import ancestors
from .rights import readers_of

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Follower:
    """A member, and the folder by which he follows."""

    member_id: UUID
    folder_id: UUID


async def is_followed_by_others(session: AsyncSession, actor: Actor, folder_id: UUID) -> bool:
    """Whether somebody else follows a folder, or one above it. One query."""
    above = ancestors(folder_id)
    theirs = exists().where(FollowedFolder.folder_id == above.c.id, FollowedFolder.member_id != actor.id)
    return (await session.scalar(select(above.c.id).where(theirs).limit(1))) is not None


async def followers(session: AsyncSession, act: FolderAct, after: UUID | None) -> list[Follower]:
    """Who follows the folder in which something was put, or one above it (the nearest), and may read it now: at most
    500, of those who come after this one. Four queries at most; nobody for what is there no more."""
    stands = select(Document.guard_id, Folder.guard_id).join(Folder, Folder.id == Document.folder_id)
    stands = stands.where(Document.id == act.document_id, Document.trashed_at.is_(None), Folder.gone_id.is_(None))
    guards = (await session.execute(stands)).one_or_none()
    if guards is None:
        return []
    above, followed = ancestors(act.folder_id), aliased(FollowedFolder)
    nearest = select(followed.member_id, func.min(above.c.steps)).join(above, above.c.id == followed.folder_id)
    nearest = nearest.where(followed.member_id.in_(await readers_of(session, guards[0] or guards[1])))
    if after is not None:
        nearest = nearest.where(followed.member_id > after)
    found = (
        await session.execute(nearest.group_by(followed.member_id).order_by(followed.member_id).limit(AT_ONCE))
    ).all()
    at = {steps: id_ for id_, steps in await session.execute(select(above.c.id, above.c.steps))}
    return [Follower(member_id, at[steps]) for member_id, steps in found]
