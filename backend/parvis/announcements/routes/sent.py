"""Sending announcements, and following them, over HTTP."""

from uuid import UUID

from fastapi import APIRouter

from parvis.accounts.auth import SignedIn
from parvis.announcements import queries
from parvis.announcements.grouping import FEW
from parvis.announcements.schemas.drafts import AimDraft, AnnouncementIn, ReachedOut
from parvis.announcements.schemas.sent import AcknowledgedOut, ReportOut, SentOut
from parvis.announcements.service import reminding, sending
from parvis.announcements.service.reminding import RemindedLately
from parvis.kernel.errors import Forbidden, NotFound
from parvis.kernel.idempotency import IdempotencyKeyReused, Once
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.web import Reading, Writer, documented
from parvis.posts.schemas.posts import PostOut

router = APIRouter(prefix="/announcements", tags=["announcements"])


async def whose(actor: SignedIn) -> str:
    """Whose requests are counted together."""
    return str(actor.id)


SENDING = limited("announce", "30/hour", network="300/hour", who=whose)


@router.get("", responses=documented([Forbidden]))
async def list_announcements(actor: SignedIn, session: Reading, page: PageQuery) -> Page[SentOut]:
    """What was announced, the last first. For those in charge of communication."""
    found, following = await queries.page_of_sent(session, actor, page)
    return Page[SentOut](items=[SentOut.of(one) for one in found], next=following)


@router.post(
    "",
    status_code=201,
    responses=documented([NotFound, Forbidden, IdempotencyKeyReused]),
    dependencies=[SENDING],
)
async def send_announcement(draft: AnnouncementIn, actor: SignedIn, once: Once) -> PostOut:
    """Announce something now. Those whom it is for are told within minutes, but for those who were told much."""
    return await once(lambda seen: PostOut.of(seen, actor), sending.send, actor, draft)


@router.post(
    "/previews",
    responses=documented([NotFound, Forbidden]),
    dependencies=[limited("preview_announcement", "600/hour", network="6000/hour", who=whose)],
)
async def preview_announcement(draft: AimDraft, actor: SignedIn, session: Reading) -> ReachedOut:
    """Say whom an announcement would reach, and keep nothing."""
    return ReachedOut.of(await sending.reached(session, actor, draft), FEW)


@router.get("/{post_id:uuid}/report", responses=documented([NotFound, Forbidden]))
async def report_on_announcement(post_id: UUID, actor: SignedIn, session: Reading) -> ReportOut:
    """How far an announcement was read, by public and over time. For those in charge of communication."""
    return ReportOut.of(await queries.report(session, actor, post_id))


@router.get("/{post_id:uuid}/acknowledgements", responses=documented([NotFound, Forbidden]))
async def list_acknowledgements(
    post_id: UUID, actor: SignedIn, session: Reading, page: PageQuery
) -> Page[AcknowledgedOut]:
    """Who said that he has read an announcement that asked for it, of those whom you may find, by name."""
    found, following = await queries.acknowledged(session, actor, post_id, page)
    return Page[AcknowledgedOut](items=[AcknowledgedOut.of(*one) for one in found], next=following)


@router.post(
    "/{post_id:uuid}/reminders",
    status_code=202,
    responses=documented([NotFound, Forbidden, RemindedLately]),
)
async def remind_of_announcement(post_id: UUID, actor: SignedIn, write: Writer) -> SentOut:
    """Tell it again to those who have not read it, but for those who were told much: once in seven days."""
    return SentOut.of(await write(reminding.remind, actor, post_id))
