"""What is to be announced, over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Response

from parvis.accounts.auth import SignedIn
from parvis.announcements import queries
from parvis.announcements.kept import KeptDraft
from parvis.announcements.queries import Written
from parvis.announcements.schemas.drafts import AnnouncementDraftOut
from parvis.announcements.service import drafting as service
from parvis.announcements.service.drafting import TooManyDrafts
from parvis.kernel.errors import Forbidden, NotFound, PreconditionFailed
from parvis.kernel.etag import etag_of
from parvis.kernel.idempotency import IdempotencyKeyReused, Once
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.web import IfMatch, Reading, Writer, documented
from parvis.posts.schemas.posts import PostOut

from .sent import SENDING

router = APIRouter(prefix="/announcements/drafts", tags=["announcements"])


@router.get("")
async def list_announcement_drafts(actor: SignedIn, session: Reading, page: PageQuery) -> Page[AnnouncementDraftOut]:
    """Announcements that you are writing, or that wait for their time. Nobody else sees them."""
    found, following = await queries.page_of_drafts(session, actor, page)
    return Page[AnnouncementDraftOut](items=[AnnouncementDraftOut.of(one) for one in found], next=following)


@router.post(
    "",
    status_code=201,
    responses=documented([NotFound, Forbidden, TooManyDrafts, IdempotencyKeyReused]),
)
async def keep_announcement_draft(draft: KeptDraft, actor: SignedIn, once: Once) -> AnnouncementDraftOut:
    """Keep an announcement to go on writing it, or to have it sent later: fifty at most."""
    return await once(AnnouncementDraftOut.of, service.keep, actor, draft)


@router.get("/{draft_id:uuid}", responses=documented([NotFound]))
async def get_announcement_draft(
    draft_id: UUID, actor: SignedIn, session: Reading, response: Response
) -> AnnouncementDraftOut:
    """An announcement that you are writing."""
    return _out(await queries.draft(session, actor, draft_id), response)


@router.put("/{draft_id:uuid}", responses=documented([NotFound, Forbidden, PreconditionFailed]))
async def change_announcement_draft(
    draft_id: UUID,
    draft: KeptDraft,
    actor: SignedIn,
    write: Writer,
    unchanged: IfMatch,
    response: Response,
) -> AnnouncementDraftOut:
    """Put this in its place."""
    return _out(await write(service.change, actor, draft_id, draft, unchanged), response)


@router.delete("/{draft_id:uuid}", status_code=204, responses=documented([NotFound]))
async def throw_announcement_draft_away(draft_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Announce it never."""
    await write(service.throw_away, actor, draft_id)


@router.post(
    "/{draft_id:uuid}/sending",
    status_code=201,
    responses=documented([NotFound, Forbidden, IdempotencyKeyReused]),
    dependencies=[SENDING],
)
async def send_announcement_draft(draft_id: UUID, actor: SignedIn, once: Once) -> PostOut:
    """Announce it now."""
    return await once(lambda seen: PostOut.of(seen, actor), service.send_now, actor, draft_id)


def _out(written: Written, response: Response) -> AnnouncementDraftOut:
    response.headers["etag"] = etag_of(written.kept.version)
    return AnnouncementDraftOut.of(written)
