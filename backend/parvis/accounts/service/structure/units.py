"""Units: faculties, departments, laboratories, services and companies, in a tree."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Unit
from parvis.accounts.names import sort_name
from parvis.accounts.queries import structure as queries
from parvis.accounts.queries.structure import Placed
from parvis.accounts.schemas.structure import UnitChange, UnitDraft
from parvis.kernel.db import one_at_a_time
from parvis.kernel.errors import invalid

from . import changing

TREE = "units"


async def create(session: AsyncSession, actor: Actor, draft: UnitDraft) -> Placed:
    """Raises `Forbidden`, `Conflict` for a code that is taken, and `Invalid` for a parent that is not."""
    changing.require_managing(actor)
    unit = Unit(**draft.model_dump(), sort_name=sort_name(draft.name))
    await _refuse_unknown(session, unit.parent_id)
    await changing.flush(session, unit)
    changing.tell(session, actor, "unit", "created", unit, [])
    return await queries.unit(session, unit.id)


async def change(
    session: AsyncSession, actor: Actor, unit_id: UUID, draft: UnitChange, unchanged: Callable[[int], None]
) -> Placed:
    """Raises `Forbidden`, `NotFound`, `PreconditionFailed`, `Conflict` for a code that is taken, and `Invalid` for a
    parent that is not, or that is in this unit."""
    changing.require_managing(actor)
    if "parent_id" in draft.model_fields_set:  # Two moves, each right by itself, could make a ring.
        await one_at_a_time(session, TREE)
    unit = await changing.locked(session, Unit, unit_id)
    unchanged(unit.version)
    given = draft.model_dump(exclude_unset=True)
    fields = sorted(field for field, value in given.items() if getattr(unit, field) != value)
    if not fields:
        return await queries.unit(session, unit_id)
    if "parent_id" in fields:
        await _refuse_inside(session, unit_id, draft.parent_id)
    for field in fields:
        setattr(unit, field, given[field])
    unit.sort_name = sort_name(unit.name)
    unit.version += 1
    await changing.flush(session, unit)
    changing.tell(session, actor, "unit", "changed", unit, fields)
    return await queries.unit(session, unit_id)


async def delete(session: AsyncSession, actor: Actor, unit_id: UUID, unchanged: Callable[[int], None]) -> None:
    """Raises `Forbidden`, `NotFound`, `PreconditionFailed`, and `ReferredTo` while anything is in it."""
    changing.require_managing(actor)
    unit = await changing.locked(session, Unit, unit_id)
    unchanged(unit.version)
    changing.refuse_referred_to(await queries.referring_to_unit(session, unit_id))
    await session.delete(unit)
    changing.tell(session, actor, "unit", "deleted", unit, [])


async def _refuse_inside(session: AsyncSession, unit_id: UUID, parent_id: UUID | None) -> None:
    await _refuse_unknown(session, parent_id)
    inside = await session.scalars(queries.descendants(unit_id))
    if parent_id in set(inside):
        raise invalid(
            "parent_id",
            "inside_itself",
            "Une composante ne peut pas être dans elle-même.",
            "A unit cannot be in itself.",
        )


async def _refuse_unknown(session: AsyncSession, parent_id: UUID | None) -> None:
    if parent_id is not None and await changing.existing(session, Unit, parent_id) is None:
        raise invalid("parent_id", "unknown", "Cette composante n’existe pas.", "There is no such unit.")
