"""Reading what is known of files."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.kernel import clock
from parvis.kernel.db import Id, UtcDateTime
from parvis.kernel.errors import NotFound

from .models import File
from .places import PLACES
from .readers import Readers
from .uploads.models import Upload


async def readable_file(session: AsyncSession, readers: Readers, actor: Actor | None, file_id: UUID) -> File:
    """Raises `NotFound`, whether it does not exist or may not be read."""
    file = await session.get(File, file_id)
    if file is None or not await readers.may_read(session, actor, file):
        raise NotFound
    return file


async def own_file(session: AsyncSession, actor: Actor, file_id: UUID) -> File:
    """One that this actor uploaded. Raises `NotFound`."""
    file = await session.get(File, file_id)
    if file is None or file.owner_id != actor.id:
        raise NotFound
    return file


async def bytes_of(session: AsyncSession, account_id: UUID) -> int:
    """How much of its quota an account uses: each file counts in full, so that nobody learns who else has the same, and
    so does each upload under way; and whatever is in the places that it has."""
    asked = {"account": account_id, "now": clock.now()}
    found: Sequence[int] = (await session.execute(_bytes(), asked)).one()
    return sum(found)


@cache
def _bytes() -> Select[Any]:
    """Built once: it is asked twice for each file that comes."""
    account, now = bindparam("account", type_=Id), bindparam("now", type_=UtcDateTime)
    kept = select(func.coalesce(func.sum(File.size), 0)).where(File.account_id == account)
    under_way = (Upload.account_id == account, Upload.finished_at.is_(None), Upload.expires_at > now)
    coming = select(func.coalesce(func.sum(Upload.size), 0)).where(*under_way)
    return select(kept.scalar_subquery(), coming.scalar_subquery(), *PLACES.of(account))
