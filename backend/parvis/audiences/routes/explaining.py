"""Why somebody is in an audience, over HTTP, for who manages people."""

from uuid import UUID

from fastapi import APIRouter

from parvis.accounts.auth import SignedIn
from parvis.audiences.schemas import ExplanationDraft, ExplanationOut
from parvis.audiences.service import explaining as service
from parvis.kernel.errors import Forbidden, NotFound
from parvis.kernel.limits import limited
from parvis.kernel.web import Writer, documented

from .audiences import whose

router = APIRouter(prefix="/people", tags=["people"])


@router.post(
    "/{member_id:uuid}/audience-explanations",
    responses=documented([Forbidden, NotFound]),
    dependencies=[limited("explain_audience", "240/hour", network="2400/hour", who=whose)],
)
async def explain_audience(member_id: UUID, draft: ExplanationDraft, actor: SignedIn, write: Writer) -> ExplanationOut:
    """Explain why somebody is in an audience, or is not: each criterion with whether it holds. Entered in the audit
    log."""
    return ExplanationOut.of(await write(service.explain, actor, member_id, draft))
