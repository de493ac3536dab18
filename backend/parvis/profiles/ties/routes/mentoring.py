"""Mentoring over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from parvis.accounts.actor import Actor
from parvis.accounts.auth import SignedIn
from parvis.kernel.errors import Forbidden, NotFound, PreconditionFailed
from parvis.kernel.etag import etag_of
from parvis.kernel.idempotency import IdempotencyKeyReused, Once
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery, paginate
from parvis.kernel.web import IfMatch, Reading, Writer, documented
from parvis.profiles.queries.people import Named, named
from parvis.profiles.schemas.people import PersonRef
from parvis.profiles.ties import queries
from parvis.profiles.ties.models import Mentorship, MentorshipState
from parvis.profiles.ties.queries import Side
from parvis.profiles.ties.schemas.mentoring import (
    MentorshipAnswer,
    MentorshipDraft,
    MentorshipOut,
    MentorshipRef,
    MentorshipsCountOut,
)
from parvis.profiles.ties.service import mentoring as service
from parvis.profiles.ties.service.mentoring import AlreadyAnswered, AlreadyAsked, NoPlaceLeft
from parvis.profiles.ties.service.pairs import Oneself

from .contacts import whose

router = APIRouter(tags=["mentoring"])

ANSWERING = documented([NotFound, Forbidden, PreconditionFailed, AlreadyAnswered])


@router.post(
    "/profiles/{member_id:uuid}/mentorships",
    status_code=201,
    responses=documented([NotFound, Oneself, AlreadyAsked, NoPlaceLeft, IdempotencyKeyReused]),
    dependencies=[limited("ask_mentoring", "10/hour", network="1200/hour", who=whose)],
)
async def ask_mentoring(member_id: UUID, draft: MentorshipDraft, actor: SignedIn, once: Once) -> MentorshipRef:
    """Ask somebody who offers mentoring."""
    return await once(lambda asked: MentorshipRef.of(asked, actor), service.ask, actor, member_id, draft.message)


@router.get("/mentorships")
async def list_my_mentorships(
    actor: SignedIn,
    session: Reading,
    page: PageQuery,
    side: Side,
    state: Annotated[list[MentorshipState] | None, Query(max_length=5)] = None,
) -> Page[MentorshipOut]:
    """Your mentorships as mentor or as mentee, the latest first."""
    wanted = queries.mentorships(actor, side, tuple(state or ()))
    ids = await paginate(session, wanted, queries.MENTORSHIPS_ORDER, page, lambda id_: id_)
    found = await queries.mentorships_by(session, ids.items)
    people = await named(session, actor, [_other(one, actor) for one in found])
    return Page[MentorshipOut](items=[_out(one, actor, people) for one in found], next=ids.next)


@router.get("/mentorships/count")
async def count_my_mentorships(actor: SignedIn, session: Reading) -> MentorshipsCountOut:
    """How many people wait for your answer as mentor."""
    return MentorshipsCountOut(asked=await queries.mentorships_asked(session, actor))


@router.get("/mentorships/{mentorship_id:uuid}", responses=documented([NotFound]))
async def get_mentorship(mentorship_id: UUID, actor: SignedIn, session: Reading, response: Response) -> MentorshipOut:
    """One of your mentorships."""
    found = await queries.mentorship(session, actor, mentorship_id)
    response.headers["etag"] = etag_of(found.version)
    return _out(found, actor, await named(session, actor, [_other(found, actor)]))


@router.put("/mentorships/{mentorship_id:uuid}/acceptance", responses=ANSWERING | documented([NoPlaceLeft]))
async def accept_mentorship(
    mentorship_id: UUID,
    draft: MentorshipAnswer,
    actor: SignedIn,
    write: Writer,
    unchanged: IfMatch,
    response: Response,
) -> MentorshipRef:
    """Accept to accompany who asked you."""
    return _ref(await write(service.accept, actor, mentorship_id, draft.answer, unchanged), actor, response)


@router.put("/mentorships/{mentorship_id:uuid}/refusal", responses=ANSWERING)
async def decline_mentorship(
    mentorship_id: UUID,
    draft: MentorshipAnswer,
    actor: SignedIn,
    write: Writer,
    unchanged: IfMatch,
    response: Response,
) -> MentorshipRef:
    """Decline, with a few words if you like."""
    return _ref(await write(service.decline, actor, mentorship_id, draft.answer, unchanged), actor, response)


@router.put("/mentorships/{mentorship_id:uuid}/end", responses=ANSWERING)
async def end_mentorship(
    mentorship_id: UUID, actor: SignedIn, write: Writer, unchanged: IfMatch, response: Response
) -> MentorshipRef:
    """End what goes on, or withdraw what you asked for."""
    return _ref(await write(service.leave, actor, mentorship_id, unchanged), actor, response)


def _ref(found: Mentorship, actor: Actor, response: Response) -> MentorshipRef:
    response.headers["etag"] = etag_of(found.version)
    return MentorshipRef.of(found, actor)


def _other(found: Mentorship, actor: Actor) -> UUID:
    return found.mentee_id if found.mentor_id == actor.id else found.mentor_id


def _out(found: Mentorship, actor: Actor, people: dict[UUID, Named]) -> MentorshipOut:
    other = people.get(_other(found, actor))
    return MentorshipOut.shown(found, actor, PersonRef.of(other) if other else None)
