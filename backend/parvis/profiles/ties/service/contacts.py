"""Asking to be in contact, and answering."""

from uuid import UUID

from sqlalchemy import and_, delete, or_
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.kernel import clock
from parvis.kernel.errors import NotFound
from parvis.kernel.events import record
from parvis.profiles.models import Contact, ContactRequest
from parvis.profiles.ties.events import ContactAccepted, ContactAsked, ContactsChanged
from parvis.profiles.ties.queries import Ties, request_between, ties

from . import mails
from .pairs import held_pair, hold

PAGE = "/contacts"


async def ask(session: AsyncSession, actor: Actor, other_id: UUID, message: str) -> Ties:
    """Asks; who was asked by the other already is in contact at once. To ask again changes nothing.

    Raises `Oneself`, and `NotFound` for whom the actor may not find.
    """
    other = await held_pair(session, actor, other_id)
    waiting = await request_between(session, actor.id, other_id)
    if waiting is not None and waiting.to_id == actor.id:
        await _join(session, waiting)
    elif waiting is None and await session.get(Contact, (actor.id, other_id)) is None:
        session.add(ContactRequest(from_id=actor.id, to_id=other_id, message=message))
        tell_both(session, actor, other_id)
        record(session, ContactAsked(member_id=other_id), actor_id=actor.id)
        await mails.write_that_asked(session, actor, other, "contacts", "contact_request", PAGE)
    await session.flush()
    return await ties(session, actor, other_id)


async def accept(session: AsyncSession, actor: Actor, other_id: UUID) -> Ties:
    """Accepts what the other asked; again changes nothing. Raises `Oneself`, and `NotFound` when nothing was asked."""
    await held_pair(session, actor, other_id)
    waiting = await request_between(session, actor.id, other_id)
    if waiting is not None and waiting.to_id == actor.id:
        await _join(session, waiting)
    elif await session.get(Contact, (actor.id, other_id)) is None:
        raise NotFound
    return await ties(session, actor, other_id)


async def drop_request(session: AsyncSession, actor: Actor, other_id: UUID) -> None:
    """Takes back what the actor asked, or declines what the other did: to him it goes on waiting. Raises `NotFound`."""
    await hold(session, actor.id, other_id)
    waiting = await request_between(session, actor.id, other_id)
    is_sent = waiting is not None and waiting.from_id == actor.id
    if waiting is None or (waiting.declined_at is not None and not is_sent):
        raise NotFound
    record(session, ContactsChanged(member_id=actor.id), actor_id=actor.id)
    if not is_sent:
        waiting.declined_at = clock.now()
        return
    await session.delete(waiting)
    record(session, ContactsChanged(member_id=other_id))


async def remove(session: AsyncSession, actor: Actor, other_id: UUID) -> None:
    """The two are no longer in contact. Raises `NotFound` when they were not."""
    await hold(session, actor.id, other_id)
    if not await untie(session, actor.id, other_id):
        raise NotFound
    tell_both(session, actor, other_id)


async def untie(session: AsyncSession, one: UUID, other: UUID) -> bool:
    """Whether the two were in contact, which they no longer are."""
    both = or_(
        and_(Contact.member_id == one, Contact.other_id == other),
        and_(Contact.member_id == other, Contact.other_id == one),
    )
    gone = await session.scalars(delete(Contact).where(both).returning(Contact.member_id))
    return bool(gone.all())


def tell_both(session: AsyncSession, actor: Actor, other_id: UUID) -> None:
    """Each on his own topic, and without saying to the other by whose act: it may be a block."""
    record(session, ContactsChanged(member_id=actor.id), actor_id=actor.id)
    record(session, ContactsChanged(member_id=other_id))


async def _join(session: AsyncSession, request: ContactRequest) -> None:
    one, other = request.from_id, request.to_id
    await session.delete(request)
    session.add_all([Contact(member_id=one, other_id=other), Contact(member_id=other, other_id=one)])
    for member_id in (one, other):
        record(session, ContactsChanged(member_id=member_id))
    record(session, ContactAccepted(member_id=one), actor_id=other)
    await session.flush()
