"""What those do who are told announcements, over HTTP."""

from uuid import UUID

from fastapi import APIRouter

from parvis.accounts.auth import SignedIn
from parvis.announcements.schemas.sent import SeenDraft
from parvis.kernel.errors import NotFound
from parvis.kernel.limits import limited
from parvis.kernel.web import Writer, documented
from parvis.posts.schemas.posts import PostOut
from parvis.posts.service import recipients as service

from .sent import whose

router = APIRouter(prefix="/announcements", tags=["announcements"])


@router.put(
    "/seen", status_code=204, dependencies=[limited("see_announcement", "1200/hour", network="60000/hour", who=whose)]
)
async def see_announcements(draft: SeenDraft, actor: SignedIn, write: Writer) -> None:
    """Say which announcements you have before your eyes: they are counted, without your name."""
    await write(service.see, actor, draft.post_ids)


@router.put("/{post_id:uuid}/reading", responses=documented([NotFound]))
async def read_announcement(post_id: UUID, actor: SignedIn, write: Writer) -> PostOut:
    """Say that you have read an announcement: it is counted, without your name. Again changes nothing."""
    return PostOut.of(await write(service.read, actor, post_id), actor)


@router.put("/{post_id:uuid}/acknowledgement", responses=documented([NotFound]))
async def acknowledge_announcement(post_id: UUID, actor: SignedIn, write: Writer) -> PostOut:
    """Tell those who announced it that you have read it, where they ask: they see your name."""
    return PostOut.of(await write(service.read, actor, post_id, acknowledged=True), actor)
