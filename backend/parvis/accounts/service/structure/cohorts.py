"""Cohorts: those of one programme who are due to graduate in one year."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Cohort, Programme
from parvis.accounts.queries import structure as queries
from parvis.accounts.schemas.structure import CohortChange, CohortDraft
from parvis.kernel.errors import invalid

from . import changing

Counted = tuple[Cohort, int | None, date | None, queries.Referring]


async def create(session: AsyncSession, actor: Actor, draft: CohortDraft) -> Counted:
    """Raises `Forbidden`, `Conflict` when the programme has it already, and `Invalid` for a programme that is not."""
    changing.require_managing(actor)
    if await changing.existing(session, Programme, draft.programme_id) is None:
        raise invalid("programme_id", "unknown", "Cette formation n’existe pas.", "There is no such programme.")
    cohort = Cohort(**draft.model_dump())
    await changing.flush(session, cohort)
    changing.tell(session, actor, "cohort", "created", cohort, [])
    return await counted(session, cohort.id)


async def change(
    session: AsyncSession, actor: Actor, cohort_id: UUID, draft: CohortChange, unchanged: Callable[[int], None]
) -> Counted:
    """Raises `Forbidden`, `NotFound`, `PreconditionFailed`, and `Conflict` when the programme has that year already."""
    changing.require_managing(actor)
    cohort = await changing.locked(session, Cohort, cohort_id)
    unchanged(cohort.version)
    if draft.year != cohort.year:
        cohort.year = draft.year
        cohort.version += 1
        await changing.flush(session, cohort)
        changing.tell(session, actor, "cohort", "changed", cohort, ["year"])
    return await counted(session, cohort_id)


async def delete(session: AsyncSession, actor: Actor, cohort_id: UUID, unchanged: Callable[[int], None]) -> None:
    """Raises `Forbidden`, `NotFound`, `PreconditionFailed`, and `ReferredTo` while anybody is or was in it."""
    changing.require_managing(actor)
    cohort = await changing.locked(session, Cohort, cohort_id)
    unchanged(cohort.version)
    changing.refuse_referred_to(await queries.referring_to_cohort(session, cohort_id))
    await session.delete(cohort)
    changing.tell(session, actor, "cohort", "deleted", cohort, [])


async def counted(session: AsyncSession, cohort_id: UUID) -> Counted:
    """Raises `NotFound`."""
    seen = await queries.cohort(session, cohort_id, counted=True)
    return *seen, await queries.referring_to_cohort(session, cohort_id)
