"""Counting and saving audiences over HTTP, for those who announce."""

from uuid import UUID

from fastapi import APIRouter, Response

from parvis.accounts.actor import Actor
from parvis.accounts.auth import SignedIn
from parvis.audiences import queries
from parvis.audiences.queries import SavedAudience
from parvis.audiences.schemas import AudienceCountOut, AudienceDraft, AudienceOut, RuleIn
from parvis.audiences.service import saving as service
from parvis.audiences.service.saving import TooManyAudiences
from parvis.kernel.errors import Forbidden, NotFound, PreconditionFailed, PreconditionRequired
from parvis.kernel.etag import etag_of
from parvis.kernel.idempotency import IdempotencyKeyReused, Once
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.web import IfMatchNeeded, Reading, Writer, documented

router = APIRouter(prefix="/audiences", tags=["audiences"])

CHANGING = documented([NotFound, Forbidden, PreconditionFailed, PreconditionRequired])


async def whose(actor: SignedIn) -> str:
    """Whose requests are counted together."""
    return str(actor.id)


COUNTING = limited("count_audience", "1200/hour", network="12000/hour", who=whose)


@router.post("/preview", responses=documented([Forbidden]), dependencies=[COUNTING])
async def preview_audience(rule: RuleIn, actor: SignedIn, session: Reading) -> AudienceCountOut:
    """Count the people of an audience, and keep nothing. Few are not told, nor what would tell them by subtraction."""
    return AudienceCountOut.of(await queries.count(session, actor, rule))


@router.get("", responses=documented([Forbidden]))
async def list_audiences(actor: SignedIn, session: Reading, page: PageQuery) -> Page[AudienceOut]:
    """The audiences that you saved, and those that others share, the last first."""
    found, following = await queries.page_of_audiences(session, actor, page)
    return Page[AudienceOut](items=[AudienceOut.of(one, actor) for one in found], next=following)


@router.post(
    "",
    status_code=201,
    responses=documented([Forbidden, TooManyAudiences, IdempotencyKeyReused]),
    dependencies=[limited("save_audience", "240/hour", network="2400/hour", who=whose)],
)
async def save_audience(draft: AudienceDraft, actor: SignedIn, once: Once) -> AudienceOut:
    """Save an audience: two hundred at most. It changes with its people, or is frozen as it is now."""
    return await once(lambda saved: AudienceOut.of(saved, actor), service.save, actor, draft)


@router.get("/{audience_id:uuid}", responses=documented([NotFound]))
async def get_audience(audience_id: UUID, actor: SignedIn, session: Reading, response: Response) -> AudienceOut:
    """An audience that was saved."""
    return _out(await queries.audience(session, actor, audience_id), actor, response)


@router.get("/{audience_id:uuid}/count", responses=documented([NotFound]), dependencies=[COUNTING])
async def count_audience(audience_id: UUID, actor: SignedIn, session: Reading) -> AudienceCountOut:
    """How many people it has now; a frozen one, when it was frozen."""
    return AudienceCountOut.of(await queries.count_of_saved(session, actor, audience_id))


@router.put("/{audience_id:uuid}", responses=CHANGING)
async def change_audience(
    audience_id: UUID,
    draft: AudienceDraft,
    actor: SignedIn,
    write: Writer,
    unchanged: IfMatchNeeded,
    response: Response,
) -> AudienceOut:
    """Put another name or rule in its place. A frozen one is frozen anew, with whom the rule takes in now."""
    return _out(await write(service.change, actor, audience_id, draft, unchanged), actor, response)


@router.delete("/{audience_id:uuid}", status_code=204, responses=CHANGING)
async def delete_audience(audience_id: UUID, actor: SignedIn, write: Writer, unchanged: IfMatchNeeded) -> None:
    """Delete an audience. What was sent to it stays sent."""
    await write(service.forget, actor, audience_id, unchanged)


def _out(saved: SavedAudience, actor: Actor, response: Response) -> AudienceOut:
    response.headers["etag"] = etag_of(saved.audience.version)
    return AudienceOut.of(saved, actor)
