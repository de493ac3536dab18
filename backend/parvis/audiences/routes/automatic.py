"""Who is put in a community by a rule, over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Response

from parvis.accounts.auth import SignedIn
from parvis.audiences import queries
from parvis.audiences.queries import Automatic
from parvis.audiences.schemas import AutomaticDraft, AutomaticMembershipOut
from parvis.audiences.service import automatic as service
from parvis.kernel.errors import Forbidden, NotFound, PreconditionFailed, PreconditionRequired
from parvis.kernel.etag import etag_of
from parvis.kernel.limits import limited
from parvis.kernel.web import IfMatchNeeded, Reading, Writer, documented

from .audiences import whose

router = APIRouter(prefix="/communities/{community_id:uuid}/automatic-membership", tags=["communities"])

CHANGING = documented([NotFound, Forbidden, PreconditionFailed, PreconditionRequired])


@router.get("", responses=documented([NotFound]))
async def get_automatic_membership(
    community_id: UUID, actor: SignedIn, session: Reading, response: Response
) -> AutomaticMembershipOut:
    """Who is put in a community, and whether you are there by that."""
    return _out(await queries.automatic(session, actor, community_id), response)


@router.put(
    "",
    responses=CHANGING,
    dependencies=[limited("set_automatic", "60/hour", network="1200/hour", who=whose)],
)
async def set_automatic_membership(
    community_id: UUID,
    draft: AutomaticDraft,
    actor: SignedIn,
    write: Writer,
    unchanged: IfMatchNeeded,
    response: Response,
) -> AutomaticMembershipOut:
    """Say who is put in a community. Whoever it no longer holds of is taken out; who came by himself stays, who left is
    not put in again, nor is who does not show everybody what he is to the institution."""
    return _out(await write(service.set_rule, actor, community_id, draft.rule, unchanged), response)


@router.delete("", status_code=204, responses=CHANGING)
async def end_automatic_membership(
    community_id: UUID, actor: SignedIn, write: Writer, unchanged: IfMatchNeeded
) -> None:
    """Put nobody in any more. Who is there stays."""
    await write(service.end, actor, community_id, unchanged)


def _out(found: Automatic, response: Response) -> AutomaticMembershipOut:
    response.headers["etag"] = etag_of(found.version)
    return AutomaticMembershipOut.of(found)
