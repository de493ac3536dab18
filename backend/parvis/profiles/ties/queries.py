"""Reading ties: one's own alone, and with whom the reader may find."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast
from uuid import UUID

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Member
from parvis.accounts.names import sort_name
from parvis.kernel.errors import NotFound
from parvis.profiles.models import Block, Contact, ContactRequest, ProfileField
from parvis.profiles.policy import visible_field, visible_member

from .models import Mentorship

Side = Literal["mentor", "mentee"]
Direction = Literal["received", "sent"]
ContactState = Literal["none", "sent", "received", "contact", "oneself"]

CONTACTS_ORDER = (Member.sort_name, Member.id)
REQUESTS_ORDER = (ContactRequest.created_at.desc(), Member.id.desc())
BLOCKS_ORDER = (Member.sort_name, Member.id)
MENTORSHIPS_ORDER = (Mentorship.id.desc(),)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a mentor offers, as the reader sees it, and how many places are free."""

    value: dict[str, Any]
    free_places: int


@dataclass(frozen=True, slots=True)
class Ties:
    """What ties the reader to somebody."""

    member_id: UUID
    contact: ContactState
    message: str | None
    """Of the request that waits, either way."""
    offer: Offer | None
    mentorship: Mentorship | None
    """The one that is open between the two, whoever asked."""


async def ties(session: AsyncSession, actor: Actor, member_id: UUID) -> Ties:
    """Raises `NotFound` for whom the actor may not find. Four queries at most."""
    known = exists().where(Contact.member_id == actor.id, Contact.other_id == member_id)
    found = (
        await session.execute(
            select(ProfileField.value, known.label("is_contact"))
            .select_from(Member)
            .outerjoin(ProfileField, _offered_by(actor))
            .where(Member.id == member_id, visible_member(actor))
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    request = None if member_id == actor.id else await request_between(session, actor.id, member_id)
    offer = Offer(found.value, found.value["capacity"] - await taken(session, member_id)) if found.value else None
    mentorship = await _open_between(session, actor.id, member_id)
    if member_id == actor.id:
        return Ties(member_id, "oneself", None, offer, None)
    contact: ContactState = "contact" if found.is_contact else _direction(request, actor)
    message = request.message if request and contact != "none" else None
    return Ties(member_id, contact, message, offer, mentorship)


def contacts(actor: Actor, words: str = "") -> Select[*tuple[Any, ...]]:
    """Ids and since when, of contacts whom the actor may find, by name."""
    query = select(Member.id, Contact.since).join(Contact, Contact.other_id == Member.id)
    query = query.where(Contact.member_id == actor.id, visible_member(actor))
    return query.where(*[Member.sort_name.contains(word, autoescape=True) for word in sort_name(words).split()])


def requests(actor: Actor, direction: Direction) -> Select[*tuple[Any, ...]]:
    """Ids of the others, the message and when, of requests that wait."""
    mine, theirs = ContactRequest.to_id, ContactRequest.from_id
    if direction == "sent":
        mine, theirs = theirs, mine
    query = select(Member.id, ContactRequest.message, ContactRequest.created_at).join(
        ContactRequest, theirs == Member.id
    )
    query = query.where(mine == actor.id, visible_member(actor))
    return query if direction == "sent" else query.where(ContactRequest.declined_at.is_(None))


async def requests_received(session: AsyncSession, actor: Actor) -> int:
    """How many wait for the actor's answer."""
    counted = select(func.count()).select_from(requests(actor, "received").subquery())
    return cast(int, await session.scalar(counted))


def blocks(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Ids, names and since when, of those whom the actor blocks. He knew their names."""
    query = select(Member.id, Member.name, Block.since).join(Block, Block.blocked_id == Member.id)
    return query.where(Block.blocker_id == actor.id, Member.deleted_at.is_(None))


def mentorships(actor: Actor, side: Side, states: tuple[str, ...] = ()) -> Select[UUID]:
    """Ids of the actor's own as mentor or as mentee, with whom he may still find."""
    mine, theirs = Mentorship.mentor_id, Mentorship.mentee_id
    if side == "mentee":
        mine, theirs = theirs, mine
    query = select(Mentorship.id).join(Member, Member.id == theirs).where(mine == actor.id, visible_member(actor))
    return query.where(Mentorship.state.in_(states)) if states else query


async def mentorships_asked(session: AsyncSession, actor: Actor) -> int:
    """How many wait for the actor's answer."""
    counted = select(func.count()).select_from(mentorships(actor, "mentor", ("asked",)).subquery())
    return cast(int, await session.scalar(counted))


async def mentorships_by(session: AsyncSession, ids: Sequence[UUID]) -> list[Mentorship]:
    """Those, in that order."""
    found = {row.id: row for row in await session.scalars(select(Mentorship).where(Mentorship.id.in_(ids)))}
    return [found[id_] for id_ in ids if id_ in found]


async def mentorship(session: AsyncSession, actor: Actor, mentorship_id: UUID, *, held: bool = False) -> Mentorship:
    """One of the actor's own. `held`: until the commit. Raises `NotFound`."""
    is_mine = or_(Mentorship.mentor_id == actor.id, Mentorship.mentee_id == actor.id)
    query = select(Mentorship).where(Mentorship.id == mentorship_id, is_mine)
    if held:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = (await session.execute(query)).scalar_one_or_none()
    if found is None:
        raise NotFound
    return found


async def offer_of(session: AsyncSession, actor: Actor, mentor_id: UUID) -> dict[str, Any] | None:
    """What a mentor offers, if the actor sees it."""
    query = select(ProfileField.value).join(Member, Member.id == ProfileField.member_id)
    query = query.where(Member.id == mentor_id, visible_member(actor), _offered_by(actor))
    return cast("dict[str, Any] | None", await session.scalar(query))


async def taken(session: AsyncSession, mentor_id: UUID) -> int:
    """How many a mentor accompanies now."""
    query = select(func.count()).where(Mentorship.mentor_id == mentor_id, Mentorship.state == "accepted")
    return cast(int, await session.scalar(query))


async def request_between(session: AsyncSession, one: UUID, other: UUID) -> ContactRequest | None:
    """The request that waits between two, whoever asked."""
    ways = or_(
        and_(ContactRequest.from_id == one, ContactRequest.to_id == other),
        and_(ContactRequest.from_id == other, ContactRequest.to_id == one),
    )
    return (await session.execute(select(ContactRequest).where(ways))).scalar_one_or_none()


def _offered_by(actor: Actor) -> Any:
    return and_(ProfileField.member_id == Member.id, ProfileField.field == "mentoring", visible_field(actor))


def _direction(request: ContactRequest | None, actor: Actor) -> ContactState:
    if request is not None and request.from_id == actor.id:
        return "sent"
    return "none" if request is None or request.declined_at is not None else "received"


async def _open_between(session: AsyncSession, one: UUID, other: UUID) -> Mentorship | None:
    """As mentee first: that is what one looks at a mentor's page for."""
    ways = or_(
        and_(Mentorship.mentee_id == one, Mentorship.mentor_id == other),
        and_(Mentorship.mentee_id == other, Mentorship.mentor_id == one),
    )
    query = select(Mentorship).where(ways, Mentorship.state.in_(("asked", "accepted")))
    found = (await session.scalars(query)).all()
    return next((item for item in found if item.mentee_id == one), found[0] if found else None)
