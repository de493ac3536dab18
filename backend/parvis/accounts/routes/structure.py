"""Units, programmes and cohorts, read over HTTP by whoever is inside."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from parvis.accounts import policy
from parvis.accounts.auth import SignedIn
from parvis.accounts.queries import structure as queries
from parvis.accounts.schemas.structure import (
    CohortOut,
    CohortPlaceOut,
    ProgrammeOut,
    ProgrammePlaceOut,
    UnitOut,
    UnitPlaceOut,
)
from parvis.kernel.errors import Forbidden, NotFound, require
from parvis.kernel.etag import etag_of
from parvis.kernel.pagination import Page, PageQuery, paginate
from parvis.kernel.schemas import Line
from parvis.kernel.web import Reading, documented

router = APIRouter(tags=["structure"])

Words = Annotated[Line, Query(max_length=100, description="Words of the name.")]
Outermost = Annotated[bool, Query(description="Only those that are in no other.")]


@router.get("/units", responses=documented([Forbidden]))
async def list_units(
    actor: SignedIn,
    session: Reading,
    page: PageQuery,
    q: Words = "",
    parent_id: UUID | None = None,
    outermost: Outermost = False,
) -> Page[UnitOut]:
    """Faculties, departments, laboratories, services and companies, by name."""
    require(policy.is_inside(actor), policy.MEMBERS_ONLY)
    found = queries.units(q, parent_id, outermost=outermost)
    return await paginate(session, found, queries.UNITS_ORDER, page, UnitOut.of)


@router.get("/units/{unit_id:uuid}", responses=documented([Forbidden, NotFound]))
async def get_unit(unit_id: UUID, actor: SignedIn, session: Reading, response: Response) -> UnitPlaceOut:
    """A unit, and those that it is in."""
    require(policy.is_inside(actor), policy.MEMBERS_ONLY)
    placed = await queries.unit(session, unit_id)
    response.headers["etag"] = etag_of(placed.unit.version)
    return UnitPlaceOut.placed(placed, actor)


@router.get("/programmes", responses=documented([Forbidden]))
async def list_programmes(
    actor: SignedIn, session: Reading, page: PageQuery, q: Words = "", unit_id: UUID | None = None
) -> Page[ProgrammeOut]:
    """What is studied, by name."""
    require(policy.is_inside(actor), policy.MEMBERS_ONLY)
    found = queries.programmes(q, unit_id)
    return await paginate(session, found, queries.PROGRAMMES_ORDER, page, ProgrammeOut.model_validate)


@router.get("/programmes/{programme_id:uuid}", responses=documented([Forbidden, NotFound]))
async def get_programme(programme_id: UUID, actor: SignedIn, session: Reading, response: Response) -> ProgrammePlaceOut:
    """A programme, and the unit that teaches it."""
    require(policy.is_inside(actor), policy.MEMBERS_ONLY)
    programme, unit, referring = await queries.programme(session, programme_id)
    response.headers["etag"] = etag_of(programme.version)
    return ProgrammePlaceOut.placed(programme, unit, referring, actor)


@router.get("/cohorts", responses=documented([Forbidden]))
async def list_cohorts(
    actor: SignedIn, session: Reading, page: PageQuery, programme_id: UUID | None = None
) -> Page[CohortOut]:
    """Cohorts of programmes, the latest first."""
    require(policy.is_inside(actor), policy.MEMBERS_ONLY)
    found = queries.cohorts(programme_id, counted=policy.may_manage_people(actor))
    return await paginate(session, found, queries.COHORTS_ORDER, page, CohortOut.of)


@router.get("/cohorts/{cohort_id:uuid}", responses=documented([Forbidden, NotFound]))
async def get_cohort(cohort_id: UUID, actor: SignedIn, session: Reading, response: Response) -> CohortPlaceOut:
    """A cohort, and its programme."""
    require(policy.is_inside(actor), policy.MEMBERS_ONLY)
    seen = await queries.cohort(session, cohort_id, counted=policy.may_manage_people(actor))
    referring = await queries.referring_to_cohort(session, cohort_id)
    response.headers["etag"] = etag_of(seen[0].version)
    return CohortPlaceOut.placed(*seen, referring, actor)
