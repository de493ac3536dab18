"""Graduations of cohorts over HTTP. They act on people, for whose administrators they are."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from parvis.accounts import policy
from parvis.accounts.auth import Proved, SignedIn
from parvis.accounts.queries import graduations as queries
from parvis.accounts.queries import structure
from parvis.accounts.queries.people import NOT_YOURS
from parvis.accounts.schemas.graduations import GraduationDraft, GraduationPreviewOut, LackingOut, RemindersOut
from parvis.accounts.service.graduation import operation, reminder
from parvis.accounts.service.graduation.operation import AlreadyGraduated, GraduationHeld
from parvis.kernel import clock
from parvis.kernel.errors import Forbidden, NotFound, ProofRequired, require
from parvis.kernel.idempotency import IdempotencyKeyReused, Once
from parvis.kernel.pagination import Page, PageQuery, paginate
from parvis.kernel.schemas import Day
from parvis.kernel.web import Reading, Writer, documented

router = APIRouter(prefix="/cohorts/{cohort_id:uuid}", tags=["people"])

On = Annotated[Day | None, Query(description="The first day as alumni; default: the day set, else today.")]


@router.get("/graduation", responses=documented([Forbidden, NotFound]))
async def preview_graduation(cohort_id: UUID, actor: SignedIn, session: Reading, on: On = None) -> GraduationPreviewOut:
    """How many would graduate on that day, and how many of them would have no way in. Changes nothing."""
    require(policy.may_manage_people(actor), NOT_YOURS)
    cohort, *_ = await structure.cohort(session, cohort_id)
    return GraduationPreviewOut.of(await queries.preview(session, cohort, on), actor)


@router.get("/graduation/lacking", responses=documented([Forbidden, NotFound]))
async def list_lacking(
    cohort_id: UUID, actor: SignedIn, session: Reading, page: PageQuery, on: On = None
) -> Page[LackingOut]:
    """Those who would have no way in, by name."""
    require(policy.may_manage_people(actor), NOT_YOURS)
    await structure.cohort(session, cohort_id)
    graduation = await queries.graduation_of(session, cohort_id)
    day = on or (graduation.held_on if graduation else clock.now().date())
    return await paginate(session, queries.lacking(cohort_id, day), queries.LACKING_ORDER, page, LackingOut.of)


@router.post(
    "/graduation/reminders", status_code=202, responses=documented([Forbidden, NotFound, IdempotencyKeyReused])
)
async def remind_lacking(cohort_id: UUID, draft: GraduationDraft, actor: SignedIn, once: Once) -> RemindersOut:
    """Write to those who would have no way in, each at most once in seven days."""
    return await once(lambda people: RemindersOut(people=people), reminder.remind, actor, cohort_id, draft.on)


@router.post(
    "/graduation",
    status_code=202,
    responses=documented([Forbidden, ProofRequired, NotFound, AlreadyGraduated, IdempotencyKeyReused]),
)
async def graduate_cohort(cohort_id: UUID, draft: GraduationDraft, actor: Proved, once: Once) -> GraduationPreviewOut:
    """Let a cohort graduate: studies end on that day, and its people are alumni from then on."""
    return await once(
        lambda preview: GraduationPreviewOut.of(preview, actor), operation.graduate, actor, cohort_id, draft.on
    )


@router.delete(
    "/graduation", status_code=204, responses=documented([Forbidden, ProofRequired, NotFound, GraduationHeld])
)
async def cancel_graduation(cohort_id: UUID, actor: Proved, write: Writer) -> None:
    """Undo it, while its day has not come: studies go on as they were."""
    await write(operation.cancel, actor, cohort_id)
