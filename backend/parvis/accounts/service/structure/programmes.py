"""Programmes: what units teach."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Programme, Unit
from parvis.accounts.names import sort_name
from parvis.accounts.queries import structure as queries
from parvis.accounts.schemas.structure import ProgrammeChange, ProgrammeDraft
from parvis.kernel.errors import invalid

from . import changing

Placed = tuple[Programme, Unit | None, queries.Referring]


async def create(session: AsyncSession, actor: Actor, draft: ProgrammeDraft) -> Placed:
    """Raises `Forbidden`, `Conflict` for a code that is taken, and `Invalid` for a unit that is not."""
    changing.require_managing(actor)
    programme = Programme(**draft.model_dump(), sort_name=sort_name(draft.name))
    await _refuse_unknown(session, programme.unit_id)
    await changing.flush(session, programme)
    changing.tell(session, actor, "programme", "created", programme, [])
    return await queries.programme(session, programme.id)


async def change(
    session: AsyncSession, actor: Actor, programme_id: UUID, draft: ProgrammeChange, unchanged: Callable[[int], None]
) -> Placed:
    """Raises `Forbidden`, `NotFound`, `PreconditionFailed`, `Conflict` for a code that is taken, and `Invalid` for a
    unit that is not."""
    changing.require_managing(actor)
    programme = await changing.locked(session, Programme, programme_id)
    unchanged(programme.version)
    given = draft.model_dump(exclude_unset=True)
    fields = sorted(field for field, value in given.items() if getattr(programme, field) != value)
    if not fields:
        return await queries.programme(session, programme_id)
    await _refuse_unknown(session, given.get("unit_id"))
    for field in fields:
        setattr(programme, field, given[field])
    programme.sort_name = sort_name(programme.name)
    programme.version += 1
    await changing.flush(session, programme)
    changing.tell(session, actor, "programme", "changed", programme, fields)
    return await queries.programme(session, programme_id)


async def delete(session: AsyncSession, actor: Actor, programme_id: UUID, unchanged: Callable[[int], None]) -> None:
    """Raises `Forbidden`, `NotFound`, `PreconditionFailed`, and `ReferredTo` while it has cohorts or people."""
    changing.require_managing(actor)
    programme = await changing.locked(session, Programme, programme_id)
    unchanged(programme.version)
    changing.refuse_referred_to(await queries.referring_to_programme(session, programme_id))
    await session.delete(programme)
    changing.tell(session, actor, "programme", "deleted", programme, [])


async def _refuse_unknown(session: AsyncSession, unit_id: UUID | None) -> None:
    if unit_id is not None and await changing.existing(session, Unit, unit_id) is None:
        raise invalid("unit_id", "unknown", "Cette composante n’existe pas.", "There is no such unit.")
