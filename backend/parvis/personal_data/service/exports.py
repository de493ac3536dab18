"""Copies of one's data: asking for one, making it, forgetting it."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Address, Member
from parvis.accounts.queries.identities import identifying
from parvis.accounts.service import notices
from parvis.accounts.service.members import locked_member
from parvis.files import service as files
from parvis.files import tidying
from parvis.files.service import Received
from parvis.kernel import clock
from parvis.kernel.audit import audit
from parvis.kernel.errors import Conflict
from parvis.kernel.events import record
from parvis.kernel.i18n import DEFAULT_LANGUAGE, is_language
from parvis.kernel.jobs import Handler, LeasedJob, enqueue
from parvis.kernel.personal_data import AT_ONCE, PersonalData
from parvis.kernel.runtime import Parvis
from parvis.personal_data.events import ExportAsked, ExportDeleted, ExportReady
from parvis.personal_data.models import Export
from parvis.personal_data.queries import exports_of, own_export

from .archive import archive

MAKE = "exports.make"
FORGET = "exports.forget"
KIND = "export"
"""What claims its file. Nobody reads files of this kind but by the copy's own address."""
KEPT = timedelta(days=7)
DATA_PAGE = "/settings/data"
FILE_NAMES = {"fr": "mes-donnees-parvis", "en": "my-parvis-data"}


class ExportInPreparation(Conflict):
    code = "export_in_preparation"
    title = {
        "fr": "Une copie de vos données est déjà en préparation.",
        "en": "A copy of your data is already being prepared.",
    }


async def ask(session: AsyncSession, actor: Actor) -> Export:
    """Leaves the job, and tells the member at every address. One at a time: raises `ExportInPreparation`."""
    member = await locked_member(session, actor.member_id)
    if any(export.state == "preparing" for export in await session.scalars(exports_of(actor))):
        raise ExportInPreparation
    export = Export(member_id=member.id, language=member.language)
    session.add(export)
    await session.flush()
    await enqueue(session, MAKE, {"export_id": str(export.id)})
    await tidying.schedule(session)  # A worker that dies half-way leaves a blob without file.
    record(session, ExportAsked(member_id=member.id, export_id=export.id), actor_id=actor.id)
    audit(session, actor.id, "export.asked", "member", member.id)
    await notices.tell(session, member.id, "data_exported")
    return export


async def delete_export(session: AsyncSession, actor: Actor, export_id: UUID) -> None:
    """Raises `NotFound`."""
    await _forget(session, await own_export(session, actor, export_id))


def make_exports(parvis: Parvis) -> Handler:
    """The handler of `exports.make`. Run twice, it makes the copy anew; the one that comes second is dropped."""

    async def make(job: LeasedJob) -> None:
        export_id = UUID(job.payload["export_id"])
        async with parvis.database.reading() as session:
            export = await session.get(Export, export_id)
        if export is None or export.file_id is not None:
            return
        language = export.language if is_language(export.language) else DEFAULT_LANGUAGE
        data = parvis.part(PersonalData)
        stored = await parvis.storage.put_stream(archive(parvis, data, export.member_id, language))
        name = f"{FILE_NAMES[language]}-{clock.now().date().isoformat()}.zip"
        received = Received(stored.sha256, stored.size, "application/zip", name)
        await parvis.database.write(_finish, export_id, received)

    return make


def forget_exports(parvis: Parvis) -> Handler:
    """The handler of `exports.forget`: deletes copies that were ready seven days ago."""

    async def forget(_job: LeasedJob) -> None:
        while await parvis.database.write(_forget_old) == AT_ONCE:
            pass

    return forget


async def remove_exports(session: AsyncSession, member_id: UUID) -> int:
    """Deletes at most 500 copies of a member who goes, with their files."""
    return await _forget_those(session, Export.member_id == member_id)


async def _finish(session: AsyncSession, export_id: UUID, received: Received) -> None:
    export = await session.get(Export, export_id, with_for_update=True, populate_existing=True)
    if export is None or export.file_id is not None:  # Deleted meanwhile, or another worker was faster.
        await tidying.doom(session, [received.sha256])
        return
    export.file_id = (await files.keep_claimed(session, received, KIND, export.id)).id
    export.size = received.size
    export.ready_at = clock.now()
    export.expires_at = export.ready_at + KEPT
    due = export.expires_at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    await enqueue(session, FORGET, {}, run_at=due, unique=due.isoformat())
    record(session, ExportReady(member_id=export.member_id, export_id=export.id))
    await _tell(session, export)
    await session.flush()


async def _tell(session: AsyncSession, export: Export) -> None:
    """To the main address alone: the others were told when it was asked for."""
    reached = select(Address.email).where(Address.member_id == export.member_id, identifying())
    email = await session.scalar(reached.order_by(Address.is_primary.desc(), Address.id).limit(1))
    if email is not None:
        member = await session.get_one(Member, export.member_id)
        await notices.send(session, member, "export_ready", email, {"link": DATA_PAGE, "days": KEPT.days})


async def _forget_old(session: AsyncSession) -> int:
    return await _forget_those(session, Export.expires_at <= clock.now())


async def _forget_those(session: AsyncSession, which: ColumnElement[bool]) -> int:
    found = (await session.scalars(select(Export).where(which).limit(AT_ONCE))).all()
    for export in found:
        await _forget(session, export)
    return len(found)


async def _forget(session: AsyncSession, export: Export) -> None:
    file_id = export.file_id
    record(session, ExportDeleted(member_id=export.member_id, export_id=export.id))
    await session.delete(export)
    await session.flush()
    if file_id is not None:
        await files.remove(session, file_id)
