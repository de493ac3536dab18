"""Asking somebody to accompany one, answering, and ending it."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Member
from parvis.kernel import clock
from parvis.kernel.errors import Conflict, NotFound, require
from parvis.kernel.events import record
from parvis.profiles.ties import policy
from parvis.profiles.ties.events import MentoringAnswered, MentoringAsked, MentorshipChanged
from parvis.profiles.ties.models import Mentorship, MentorshipState
from parvis.profiles.ties.queries import mentorship, offer_of, taken

from . import mails
from .pairs import held_pair, hold

PAGE = "/mentoring"
Unchanged = Callable[[int], None]


class NoPlaceLeft(Conflict):
    code = "no_place_left"
    title = {
        "fr": "Toutes les places de mentorat sont prises pour l’instant.",
        "en": "All mentoring places are taken for now.",
    }


class AlreadyAsked(Conflict):
    code = "already_asked"
    title = {
        "fr": "Un échange est déjà demandé ou en cours entre vous.",
        "en": "A mentoring exchange was already asked for, or is under way, between you.",
    }


class AlreadyAnswered(Conflict):
    code = "already_answered"
    title = {"fr": "Cette demande a déjà reçu une réponse.", "en": "This request was already answered."}


async def ask(session: AsyncSession, actor: Actor, mentor_id: UUID, message: str) -> Mentorship:
    """Raises `Oneself`, `NotFound` when the actor sees no such offer, `AlreadyAsked` and `NoPlaceLeft`."""
    mentor = await held_pair(session, actor, mentor_id)
    offer = await offer_of(session, actor, mentor_id)
    if offer is None:
        raise NotFound
    if await _open_between(session, actor.id, mentor_id):
        raise AlreadyAsked
    if await taken(session, mentor_id) >= offer["capacity"]:
        raise NoPlaceLeft
    asked = Mentorship(mentor_id=mentor_id, mentee_id=actor.id, message=message)
    session.add(asked)
    await session.flush()
    _tell_both(session, actor, asked)
    record(session, MentoringAsked(member_id=mentor_id), actor_id=actor.id)
    await mails.write_that_asked(session, actor, mentor, "mentoring", "mentorship_asked", PAGE)
    return asked


async def accept(
    session: AsyncSession, actor: Actor, mentorship_id: UUID, answer: str, unchanged: Unchanged
) -> Mentorship:
    """Raises `NotFound`, `Forbidden`, `PreconditionFailed`, `AlreadyAnswered` and `NoPlaceLeft`."""
    await hold(session, actor.id)  # Two places are not given where one is left.
    asked = await _to_answer(session, actor, mentorship_id, unchanged)
    offer = await offer_of(session, actor, actor.id)
    if offer is None or await taken(session, actor.id) >= offer["capacity"]:  # Who offers no more has no place.
        raise NoPlaceLeft
    return await _answered(session, actor, asked, "accepted", answer)


async def decline(
    session: AsyncSession, actor: Actor, mentorship_id: UUID, answer: str, unchanged: Unchanged
) -> Mentorship:
    """Raises `NotFound`, `Forbidden`, `PreconditionFailed` and `AlreadyAnswered`."""
    return await _answered(
        session, actor, await _to_answer(session, actor, mentorship_id, unchanged), "declined", answer
    )


async def leave(session: AsyncSession, actor: Actor, mentorship_id: UUID, unchanged: Unchanged) -> Mentorship:
    """Ends it: its mentee withdraws what was not answered; either of the two ends what goes on.

    Raises `NotFound`, `Forbidden`, `PreconditionFailed`, and `AlreadyAnswered` when it is over.
    """
    found = await mentorship(session, actor, mentorship_id, held=True)
    unchanged(found.version)
    if found.state not in {"asked", "accepted"}:
        raise AlreadyAnswered
    require(policy.may_leave(actor, found), policy.ANSWER_IT)
    _end(session, actor, found)
    await session.flush()
    return found


async def end_all_between(session: AsyncSession, actor: Actor, other_id: UUID) -> None:
    """Ends what is open between the two, both ways."""
    for found in await _open_between(session, actor.id, other_id, both_ways=True):
        _end(session, actor, found)


def _end(session: AsyncSession, actor: Actor, found: Mentorship) -> None:
    found.state = "withdrawn" if found.state == "asked" else "ended"
    found.ended_at = clock.now()
    found.version += 1
    _tell_both(session, actor, found)


async def _to_answer(session: AsyncSession, actor: Actor, mentorship_id: UUID, unchanged: Unchanged) -> Mentorship:
    found = await mentorship(session, actor, mentorship_id, held=True)
    require(policy.may_answer(actor, found), policy.MENTORS_ONLY)
    unchanged(found.version)
    if found.state != "asked":
        raise AlreadyAnswered
    return found


async def _answered(
    session: AsyncSession, actor: Actor, asked: Mentorship, state: MentorshipState, answer: str
) -> Mentorship:
    asked.state, asked.answer, asked.answered_at = state, answer, clock.now()
    asked.version += 1
    await session.flush()
    _tell_both(session, actor, asked)
    record(session, MentoringAnswered(member_id=asked.mentee_id, accepted=state == "accepted"), actor_id=actor.id)
    mentee = await session.get_one(Member, asked.mentee_id)
    await mails.write_to(session, actor, mentee, "mentoring", "mentorship_answered", PAGE)
    return asked


async def _open_between(
    session: AsyncSession, mentee_id: UUID, mentor_id: UUID, *, both_ways: bool = False
) -> list[Mentorship]:
    pair = and_(Mentorship.mentor_id == mentor_id, Mentorship.mentee_id == mentee_id)
    if both_ways:
        pair = or_(pair, and_(Mentorship.mentor_id == mentee_id, Mentorship.mentee_id == mentor_id))
    query = select(Mentorship).where(pair, Mentorship.state.in_(("asked", "accepted")))
    return list(await session.scalars(query))


def _tell_both(session: AsyncSession, actor: Actor, found: Mentorship) -> None:
    """Each on his own topic, and without saying to the other by whose act: it may be a block."""
    for member_id in (found.mentor_id, found.mentee_id):
        fact = MentorshipChanged(member_id=member_id, id=found.id, version=found.version)
        record(session, fact, actor_id=actor.id if member_id == actor.id else None)
