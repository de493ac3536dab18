"""Reading a member's copies, and what is said before an erasure."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.queries.people import is_last_administrator
from parvis.files.models import File
from parvis.kernel.errors import NotFound
from parvis.kernel.personal_data import PersonalData

from .models import Export


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would become of an account: how many rows of each part, by its key, and whether it may go."""

    name: str
    counts: Mapping[str, int]
    is_last_administrator: bool


def exports_of(actor: Actor) -> Select[Export]:
    return select(Export).where(Export.member_id == actor.member_id)


async def own_export(session: AsyncSession, actor: Actor, export_id: UUID) -> Export:
    """Raises `NotFound`, whether there is none or it is somebody else's."""
    export = (await session.execute(exports_of(actor).where(Export.id == export_id))).scalar_one_or_none()
    if export is None:
        raise NotFound
    return export


async def export_file(session: AsyncSession, actor: Actor, export_id: UUID) -> File:
    """The file of an own copy. Raises `NotFound` while it is not ready, or when it is not the actor's."""
    file_of = select(File).join(Export, Export.file_id == File.id)
    mine = file_of.where(Export.id == export_id, Export.member_id == actor.member_id)
    file = (await session.execute(mine)).scalar_one_or_none()
    if file is None:
        raise NotFound
    return file


async def outlook(session: AsyncSession, data: PersonalData, actor: Actor) -> Outlook:
    counts = await data.counts(session, actor.member_id)
    return Outlook(actor.name, counts, await is_last_administrator(session, actor.member_id))
