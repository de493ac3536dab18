"""Reading imports and their reports."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts import policy
from parvis.accounts.actor import Actor
from parvis.accounts.queries.people import NOT_YOURS
from parvis.imports.models import FindingKind, Import, ImportFinding
from parvis.kernel.errors import NotFound, require

IMPORTS_ORDER = (Import.created_at.desc(), Import.id.desc())
FINDINGS_ORDER = (ImportFinding.line, ImportFinding.id)


def imports(actor: Actor) -> Select[Import]:
    """All of them. Raises `Forbidden`."""
    require(policy.may_manage_people(actor), NOT_YOURS)
    return select(Import)


async def one(session: AsyncSession, actor: Actor, import_id: UUID) -> Import:
    """Raises `Forbidden` and `NotFound`."""
    require(policy.may_manage_people(actor), NOT_YOURS)
    return await import_of(session, import_id)


async def import_of(session: AsyncSession, import_id: UUID, *, held: bool = False) -> Import:
    """The import; `held` until the commit, so that its state stays what it is. Raises `NotFound`."""
    found = await session.get(Import, import_id, with_for_update=held, populate_existing=True)
    if found is None:
        raise NotFound
    return found


def findings(import_id: UUID, kind: FindingKind | None = None) -> Select[ImportFinding]:
    """What the report tells, or what it tells of one kind."""
    query = select(ImportFinding).where(ImportFinding.import_id == import_id)
    return query if kind is None else query.where(ImportFinding.kind == kind)
