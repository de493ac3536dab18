"""Units, programmes and cohorts, changed over HTTP by people administrators."""

from uuid import UUID

from fastapi import APIRouter, Response

from parvis.accounts.auth import SignedIn
from parvis.accounts.schemas.structure import (
    CohortChange,
    CohortDraft,
    CohortPlaceOut,
    ProgrammeChange,
    ProgrammeDraft,
    ProgrammePlaceOut,
    UnitChange,
    UnitDraft,
    UnitPlaceOut,
)
from parvis.accounts.service.structure import cohorts, programmes, units
from parvis.accounts.service.structure.changing import ReferredTo
from parvis.kernel.errors import Conflict, Forbidden, NotFound, PreconditionFailed
from parvis.kernel.etag import etag_of
from parvis.kernel.idempotency import IdempotencyKeyReused, Once
from parvis.kernel.web import IfMatch, Writer, documented

router = APIRouter(tags=["structure"])

CREATING = documented([Forbidden, Conflict, IdempotencyKeyReused])
CHANGING = documented([Forbidden, NotFound, Conflict, PreconditionFailed])
DELETING = documented([Forbidden, NotFound, ReferredTo, PreconditionFailed])


@router.post("/units", status_code=201, responses=CREATING)
async def create_unit(draft: UnitDraft, actor: SignedIn, once: Once) -> UnitPlaceOut:
    """Add a unit. For people administrators."""
    return await once(lambda placed: UnitPlaceOut.placed(placed, actor), units.create, actor, draft)


@router.patch("/units/{unit_id:uuid}", responses=CHANGING)
async def change_unit(
    unit_id: UUID, draft: UnitChange, actor: SignedIn, write: Writer, unchanged: IfMatch, response: Response
) -> UnitPlaceOut:
    """Change a unit, or move it to another, with all that is in it."""
    placed = await write(units.change, actor, unit_id, draft, unchanged)
    response.headers["etag"] = etag_of(placed.unit.version)
    return UnitPlaceOut.placed(placed, actor)


@router.delete("/units/{unit_id:uuid}", status_code=204, responses=DELETING)
async def delete_unit(unit_id: UUID, actor: SignedIn, write: Writer, unchanged: IfMatch) -> None:
    """Delete a unit that nobody and nothing refers to."""
    await write(units.delete, actor, unit_id, unchanged)


@router.post("/programmes", status_code=201, responses=CREATING)
async def create_programme(draft: ProgrammeDraft, actor: SignedIn, once: Once) -> ProgrammePlaceOut:
    """Add a programme. For people administrators."""
    return await once(lambda placed: ProgrammePlaceOut.placed(*placed, actor), programmes.create, actor, draft)


@router.patch("/programmes/{programme_id:uuid}", responses=CHANGING)
async def change_programme(
    programme_id: UUID,
    draft: ProgrammeChange,
    actor: SignedIn,
    write: Writer,
    unchanged: IfMatch,
    response: Response,
) -> ProgrammePlaceOut:
    """Change a programme. Affiliations keep the unit that they were given with."""
    placed = await write(programmes.change, actor, programme_id, draft, unchanged)
    response.headers["etag"] = etag_of(placed[0].version)
    return ProgrammePlaceOut.placed(*placed, actor)


@router.delete("/programmes/{programme_id:uuid}", status_code=204, responses=DELETING)
async def delete_programme(programme_id: UUID, actor: SignedIn, write: Writer, unchanged: IfMatch) -> None:
    """Delete a programme that has neither cohorts nor people."""
    await write(programmes.delete, actor, programme_id, unchanged)


@router.post("/cohorts", status_code=201, responses=CREATING)
async def create_cohort(draft: CohortDraft, actor: SignedIn, once: Once) -> CohortPlaceOut:
    """Add a cohort to a programme. For people administrators."""
    return await once(lambda placed: CohortPlaceOut.placed(*placed, actor), cohorts.create, actor, draft)


@router.patch("/cohorts/{cohort_id:uuid}", responses=CHANGING)
async def change_cohort(
    cohort_id: UUID, draft: CohortChange, actor: SignedIn, write: Writer, unchanged: IfMatch, response: Response
) -> CohortPlaceOut:
    """Change the year of a cohort."""
    placed = await write(cohorts.change, actor, cohort_id, draft, unchanged)
    response.headers["etag"] = etag_of(placed[0].version)
    return CohortPlaceOut.placed(*placed, actor)


@router.delete("/cohorts/{cohort_id:uuid}", status_code=204, responses=DELETING)
async def delete_cohort(cohort_id: UUID, actor: SignedIn, write: Writer, unchanged: IfMatch) -> None:
    """Delete a cohort that nobody is or was in."""
    await write(cohorts.delete, actor, cohort_id, unchanged)
