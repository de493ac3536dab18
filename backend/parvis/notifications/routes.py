"""What one is told, over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from parvis.accounts.actor import Actor
from parvis.accounts.auth import SignedIn
from parvis.communities import queries as communities
from parvis.kernel.errors import NotFound, PreconditionFailed
from parvis.kernel.etag import check_if_match
from parvis.kernel.limits import limited
from parvis.kernel.pagination import PageQuery
from parvis.kernel.web import Reader, Reading, Writer, documented

from . import queries, reach
from .models import Level
from .queries import Seen
from .schemas import (
    CalledOut,
    CommunityLevelDraft,
    CommunityLevelOut,
    NotificationOut,
    NotificationsCountOut,
    NotificationsOut,
    ReadDraft,
    etag_of_notification,
)
from .service import choosing, reading

router = APIRouter(prefix="/notifications", tags=["notifications"])
levels = APIRouter(prefix="/communities", tags=["notifications"])
routers = (router, levels)

Unread = Annotated[bool, Query(description="Only those with something that you have not read.")]
AboutId = Annotated[UUID | None, Query(description="Only those about this post or community.")]


async def whose(actor: SignedIn) -> str:
    """Whose requests are counted together."""
    return str(actor.id)


LIMIT = limited("read-notifications", "1200/hour", network="24000/hour", who=whose)


@router.get("")
async def list_notifications(
    actor: SignedIn, read: Reader, page: PageQuery, unread: Unread = False, about_id: AboutId = None
) -> NotificationsOut:
    """What you are told, one item for each post or community, the last first, without what you may see no longer."""
    found, following, position = await read(
        queries.page_of_notifications, actor, page, unread=unread, about_id=about_id
    )
    return NotificationsOut(items=[NotificationOut.of(one, actor) for one in found], next=following, position=position)


@router.get("/count")
async def count_notifications(actor: SignedIn, read: Reader) -> NotificationsCountOut:
    """How many of your notifications are unread."""
    return NotificationsCountOut.of(await read(queries.waiting, actor))


@router.put("/read", dependencies=[LIMIT])
async def read_all_notifications(draft: ReadDraft, actor: SignedIn, write: Writer) -> NotificationsCountOut:
    """Say that you have read all of them, up to a position. What came after it stays unread."""
    return NotificationsCountOut.of(await write(reading.read_all, actor, draft.up_to))


@router.get("/{notification_id:uuid}", responses=documented([NotFound]))
async def get_notification(notification_id: UUID, actor: SignedIn, read: Reader, response: Response) -> NotificationOut:
    """One of your notifications."""
    return _out(await read(queries.notification, actor, notification_id), actor, response)


@router.put("/{notification_id:uuid}/read", responses=documented([NotFound, PreconditionFailed]), dependencies=[LIMIT])
async def read_notification(
    notification_id: UUID, draft: ReadDraft, actor: SignedIn, write: Writer, request: Request, response: Response
) -> NotificationOut:
    """Say that you have read one, up to a position. What came after it stays unread."""

    def unchanged(before: Seen) -> None:
        check_if_match(request, etag_of_notification(before))

    return _out(await write(reading.read, actor, notification_id, draft.up_to, unchanged), actor, response)


@levels.get("/{community_id:uuid}/notification-level", responses=documented([NotFound]))
async def get_community_level(community_id: UUID, actor: SignedIn, session: Reading) -> CommunityLevelOut:
    """Of what you are told in a community."""
    await communities.community(session, actor, community_id)
    return _level(await queries.level_in(session, actor, community_id), actor)


@levels.put("/{community_id:uuid}/notification-level", responses=documented([NotFound]), dependencies=[LIMIT])
async def choose_community_level(
    community_id: UUID, draft: CommunityLevelDraft, actor: SignedIn, write: Writer
) -> CommunityLevelOut:
    """Choose of what you are told in a community."""
    return _level(await write(choosing.choose_level, actor, community_id, draft.level), actor)


@levels.get("/{community_id:uuid}/called/count", responses=documented([NotFound]))
async def count_called(community_id: UUID, actor: SignedIn, session: Reading) -> CalledOut:
    """How many people a post that calls everybody there would notify, before it is said."""
    found = await communities.community(session, actor, community_id)
    return CalledOut.of(await reach.called_by(session, actor, found))


def _level(level: Level, actor: Actor) -> CommunityLevelOut:
    return CommunityLevelOut(level=level, abilities=["change"] if actor.may_use("notifications:write") else [])


def _out(seen: Seen, actor: Actor, response: Response) -> NotificationOut:
    response.headers["etag"] = etag_of_notification(seen)
    return NotificationOut.of(seen, actor)
