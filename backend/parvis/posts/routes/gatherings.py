"""Events over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from parvis.accounts.auth import SignedIn
from parvis.kernel.errors import Forbidden, NotFound, PreconditionFailed
from parvis.kernel.etag import etag_of
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.web import IfMatch, Reading, Writer, documented
from parvis.posts import partakers
from parvis.posts.schemas.gatherings import AttendanceDraft, ReminderDraft, Shown
from parvis.posts.schemas.posts import PostOut
from parvis.posts.service import attending as service
from parvis.posts.service.attending import NotComing
from parvis.posts.service.gathering import EventCancelled, EventOver
from parvis.profiles.schemas.people import PersonRef

from .wall import whose

router = APIRouter(prefix="/posts/{post_id:uuid}", tags=["posts"])

ANSWERING = limited("attend", "600/hour", network="12000/hour", who=whose)
Who = Annotated[Shown, Query(description="`yes`: who has a seat; `waiting`: who waits for one.")]


@router.put(
    "/attendance",
    responses=documented([NotFound, Forbidden, EventCancelled, EventOver]),
    dependencies=[ANSWERING],
)
async def attend(post_id: UUID, draft: AttendanceDraft, actor: SignedIn, write: Writer) -> PostOut:
    """Say whether you come. Who says yes once all seats are taken waits for one, and is told when it is free."""
    return PostOut.of(await write(service.answer, actor, post_id, draft.answer), actor)


@router.delete("/attendance", responses=documented([NotFound, Forbidden, EventCancelled, EventOver]))
async def take_back_attendance(post_id: UUID, actor: SignedIn, write: Writer) -> PostOut:
    """Take your answer back: your seat goes to who waits."""
    return PostOut.of(await write(service.take_back_answer, actor, post_id), actor)


@router.put(
    "/reminder",
    responses=documented([NotFound, Forbidden, EventCancelled, EventOver, NotComing]),
    dependencies=[ANSWERING],
)
async def choose_reminder(post_id: UUID, draft: ReminderDraft, actor: SignedIn, write: Writer) -> PostOut:
    """Be reminded so long before. Who says yes is reminded a day before, unless he chooses otherwise."""
    reminded = await write(service.remind, actor, post_id, draft.minutes_before, by_mail=draft.by_mail)
    return PostOut.of(reminded, actor)


@router.delete("/reminder", responses=documented([NotFound, Forbidden, EventCancelled, EventOver, NotComing]))
async def do_without_reminder(post_id: UUID, actor: SignedIn, write: Writer) -> PostOut:
    """Be reminded no more."""
    return PostOut.of(await write(service.remind, actor, post_id, None), actor)


@router.put("/cancellation", responses=documented([NotFound, Forbidden, PreconditionFailed, EventOver]))
async def cancel_event(
    post_id: UUID, actor: SignedIn, write: Writer, unchanged: IfMatch, response: Response
) -> PostOut:
    """Call your event off. It stays to be read; those who come are told."""
    seen = await write(service.cancel, actor, post_id, unchanged)
    response.headers["etag"] = etag_of(seen.post.version)
    return PostOut.of(seen, actor)


@router.get("/attendees", responses=documented([NotFound]))
async def list_attendees(
    post_id: UUID, actor: SignedIn, session: Reading, page: PageQuery, answer: Who = "yes"
) -> Page[PersonRef]:
    """Who comes, may come, waits for a seat or does not come, of those whom you may find; in the order of answers."""
    found, following = await partakers.attendees(session, actor, post_id, answer, page)
    return Page[PersonRef](items=[PersonRef.of(one) for one in found], next=following)
