"""What the institution is made of, over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from parvis.accounts import policy
from parvis.accounts.auth import SignedIn
from parvis.accounts.queries import structure as queries
from parvis.accounts.schemas.structure import CohortOut, ProgrammeOut, UnitOut
from parvis.kernel.errors import Forbidden, require
from parvis.kernel.pagination import Page, PageQuery, paginate
from parvis.kernel.schemas import Line
from parvis.kernel.web import Reading, documented

router = APIRouter(tags=["structure"])

Words = Annotated[Line, Query(max_length=100, description="Words of the name.")]


@router.get("/units", responses=documented([Forbidden]))
async def list_units(
    actor: SignedIn, session: Reading, page: PageQuery, q: Words = "", parent_id: UUID | None = None
) -> Page[UnitOut]:
    """Faculties, departments, laboratories, services and companies, by name."""
    require(policy.is_inside(actor), policy.MEMBERS_ONLY)
    return await paginate(session, queries.units(q, parent_id), queries.UNITS_ORDER, page, UnitOut.model_validate)


@router.get("/programmes", responses=documented([Forbidden]))
async def list_programmes(
    actor: SignedIn, session: Reading, page: PageQuery, q: Words = "", unit_id: UUID | None = None
) -> Page[ProgrammeOut]:
    """What is studied, by name."""
    require(policy.is_inside(actor), policy.MEMBERS_ONLY)
    found = queries.programmes(q, unit_id)
    return await paginate(session, found, queries.PROGRAMMES_ORDER, page, ProgrammeOut.model_validate)


@router.get("/cohorts", responses=documented([Forbidden]))
async def list_cohorts(
    actor: SignedIn, session: Reading, page: PageQuery, programme_id: UUID | None = None
) -> Page[CohortOut]:
    """Cohorts of programmes, the latest first."""
    require(policy.is_inside(actor), policy.MEMBERS_ONLY)
    return await paginate(session, queries.cohorts(programme_id), queries.COHORTS_ORDER, page, CohortOut.model_validate)
