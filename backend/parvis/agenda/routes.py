"""The agenda over HTTP."""

from hashlib import sha256
from typing import Annotated, Any, cast
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import AfterValidator, AwareDatetime

from parvis.accounts.actor import acting_later
from parvis.accounts.auth import InBrowser, SignedIn
from parvis.accounts.models.people import Public
from parvis.kernel import clock
from parvis.kernel.errors import Forbidden, NotFound, PreconditionFailed
from parvis.kernel.etag import etag_of, not_modified
from parvis.kernel.i18n import DEFAULT_LANGUAGE, is_language
from parvis.kernel.idempotency import IdempotencyKeyReused, Once
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.runtime import Running
from parvis.kernel.web import API, IfMatch, Language, Reader, Reading, Writer, documented
from parvis.posts.schemas.gatherings import in_range

from . import queries, service
from .calendars import MEDIA_TYPE, written
from .models import CalendarFeed, Holds
from .queries import Wanted
from .schemas import AgendaItemOut, CalendarFeedDraft, CalendarFeedOut, NewCalendarFeedOut

router = APIRouter(tags=["agenda"])

CALENDAR: dict[int | str, dict[str, Any]] = {
    200: {"description": "A calendar (RFC 5545).", "content": {"text/calendar": {"schema": {"type": "string"}}}},
}
INERT = {"content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox"}
Secret = Annotated[str, Path(min_length=43, max_length=43, pattern=r"^[A-Za-z0-9_-]+$")]
Moment = Annotated[AwareDatetime, AfterValidator(in_range)]
From = Annotated[Moment | None, Query(alias="from", description="Those that are not over then; by default now.")]
To = Annotated[Moment | None, Query(description="Those that begin before.")]
Over = Annotated[bool | None, Query(description="Only those that are over now, the last first, or only the others.")]
Answered = Annotated[bool, Query(description="Only those that you said yes or maybe to.")]
Everywhere = Annotated[bool, Query(description="All that you may read, not those of your communities alone.")]
CommunityId = Annotated[UUID | None, Query(description="Only those of this community.")]
OfPublic = Annotated[Public | None, Query(description="Only those of somebody who is shown under this public.")]


async def whose(actor: InBrowser) -> str:
    """Whose requests are counted together."""
    return str(actor.id)


async def which(secret: Secret) -> str:
    """Which address they are counted for."""
    return sha256(secret.encode()).hexdigest()


@router.get("/agenda")
async def list_agenda(
    actor: SignedIn,
    read: Reader,
    page: PageQuery,
    since: From = None,
    to: To = None,
    over: Over = None,
    answered: Answered = False,
    everywhere: Everywhere = False,
    community_id: CommunityId = None,
    public: OfPublic = None,
) -> Page[AgendaItemOut]:
    """Events of your communities and of the square, and those that you answered, in the order of their beginnings."""
    earliest = clock.now() if since is None and over is None else since
    wanted = Wanted(earliest, to, over, answered, everywhere, community_id, public, last_first=over is True)
    found, following = await read(queries.page_of_events, actor, wanted, page)
    return Page[AgendaItemOut](items=[AgendaItemOut.of(one) for one in found], next=following)


@router.get(
    "/posts/{post_id:uuid}/event.ics", response_class=Response, responses={**CALENDAR, **documented([NotFound])}
)
async def download_event(
    post_id: UUID, actor: SignedIn, session: Reading, parvis: Running, language: Language
) -> Response:
    """Download an event, for a calendar. What changes later is not told to it."""
    found = await queries.event(session, actor, post_id)
    return _calendar(written([found], parvis.settings.public_url, language), f"{post_id}.ics")


@router.get("/me/calendar-feed", responses=documented([NotFound]))
async def get_calendar_feed(actor: SignedIn, session: Reading, response: Response) -> CalendarFeedOut:
    """What is known of the address by which your calendar follows your events, if there is one."""
    return _out(await queries.feed(session, actor), response)


@router.post(
    "/me/calendar-feed",
    status_code=201,
    responses=documented([Forbidden, IdempotencyKeyReused]),
    dependencies=[limited("renew_calendar_feed", "20/hour", network="400/hour", who=whose)],
)
async def renew_calendar_feed(
    draft: CalendarFeedDraft, actor: InBrowser, once: Once, parvis: Running
) -> NewCalendarFeedOut:
    """Make such an address, or another in its place, which leads nowhere then. It is told in this answer alone."""

    def shown(made: tuple[CalendarFeed, str]) -> NewCalendarFeedOut:
        feed, secret = made
        return NewCalendarFeedOut.of_new(feed, f"{parvis.settings.public_url}{API}/calendars/{secret}.ics")

    return await once(shown, service.renew, actor, draft.holds)


@router.patch("/me/calendar-feed", responses=documented([NotFound, Forbidden, PreconditionFailed]))
async def change_calendar_feed(
    draft: CalendarFeedDraft, actor: InBrowser, write: Writer, unchanged: IfMatch, response: Response
) -> CalendarFeedOut:
    """Have it hold other events, at the same address."""
    return _out(await write(service.change, actor, draft.holds, unchanged), response)


@router.delete("/me/calendar-feed", status_code=204, responses=documented([NotFound]))
async def revoke_calendar_feed(actor: SignedIn, write: Writer) -> None:
    """Have the address lead nowhere, at once."""
    await write(service.revoke, actor)


@router.get(
    "/calendars/{secret}.ics",
    response_class=Response,
    responses={**CALENDAR, **documented([NotFound])},
    dependencies=[limited("follow_calendar", "120/hour", network="6000/hour", who=which)],
)
async def follow_calendar(
    secret: Secret, request: Request, session: Reading, parvis: Running, write: Writer
) -> Response:
    """What the feed at this address holds, for whoever has the address. Rights are those of its member, now."""
    feed = await queries.feed_at(session, secret)
    member = await acting_later(session, feed.member_id)
    if member is None:
        raise NotFound
    language = member.language if is_language(member.language) else DEFAULT_LANGUAGE
    events = await queries.fed(session, member, cast(Holds, feed.holds))
    body = written(events, parvis.settings.public_url, language, followed=True)
    if feed.used_at is None or clock.now() - feed.used_at > service.USED_EVERY:
        await write(service.remember_use, feed.member_id)
    if not_modified(request, etag_of(body)):
        return Response(status_code=304, headers={"etag": etag_of(body), "cache-control": "private, no-cache"})
    return _calendar(body, "parvis.ics")


def _calendar(body: bytes, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"', "etag": etag_of(body)}
    return Response(body, media_type=MEDIA_TYPE, headers={**headers, **INERT, "cache-control": "private, no-cache"})


def _out(feed: CalendarFeed, response: Response) -> CalendarFeedOut:
    response.headers["etag"] = etag_of(feed.version)
    return CalendarFeedOut.of(feed)
