"""What those who decide may read besides the case."""

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.files.models import File

from .models import Case
from .policy import visible_to


async def may_read_reported(session: AsyncSession, actor: Actor | None, file: File) -> bool:
    """Who may decide on a message reads what it shows, until it is decided."""
    if actor is None or not actor.may_use("moderation:read"):
        return False
    reported = Case.subject_kind == "message", Case.subject_id == file.claimed_id, Case.decided_at.is_(None)
    return bool(await session.scalar(select(exists().where(*reported, visible_to(actor)))))
