"""The audit log, for administrators."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from parvis.accounts.auth import SignedIn
from parvis.admin.queries import audit as queries
from parvis.admin.queries.audit import AuditSearch
from parvis.admin.schemas.audit import AuditEntryOut, VerificationOut
from parvis.kernel.errors import Forbidden, TooManyRequests
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.runtime import Running
from parvis.kernel.schemas import Line
from parvis.kernel.web import Reading, documented

router = APIRouter(prefix="/audit-entries", tags=["audit"])


@router.get("", responses=documented([Forbidden]))
async def list_audit_entries(
    actor: SignedIn,
    session: Reading,
    page: PageQuery,
    actor_id: UUID | None = None,
    subject_id: UUID | None = None,
    action: Annotated[Line | None, Query(max_length=100)] = None,
) -> Page[AuditEntryOut]:
    """Who did what to whom, the latest first."""
    found, following = await queries.entries(session, actor, AuditSearch(actor_id, subject_id, action), page)
    return Page[AuditEntryOut](items=[AuditEntryOut.of(entry) for entry in found], next=following)


@router.get(
    "/verification",
    responses=documented([Forbidden, TooManyRequests]),
    dependencies=[limited("audit_verification", "10/minute")],
)
async def verify_audit_log(actor: SignedIn, session: Reading, parvis: Running) -> VerificationOut:
    """Read the whole log, and say whether anything in it was changed, removed or swapped."""
    return VerificationOut.of(await queries.verdict(session, actor, parvis.auditor))
