"""Who is in a conversation: put in, taken out, leaving and coming back."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.chat.events import conversation_topic
from parvis.chat.models import Conversation, ConversationPlace
from parvis.circles.events import AccessGained, AccessLost
from parvis.circles.models import Membership
from parvis.kernel import clock
from parvis.kernel.events import Position, position_in, record

ACCESS = {"gained": AccessGained, "lost": AccessLost}
MOST_TOLD = 500
"""Who in larger channels is not told one by one that there is a new one finds it in his list."""


async def put_in(session: AsyncSession, made: Conversation, ids: Sequence[UUID], *, runs: bool = False) -> list[UUID]:
    """Puts these in a conversation that is held, and tells them. Returns those who were not in."""
    known = {place.member_id: place for place in await _places(session, made.id, ids)}
    new = [id_ for id_ in ids if id_ not in known or known[id_].since is None]
    if not new:
        return []
    since_now = made.history == "since_joined"
    position = await position_in(session) if since_now else Position()
    for id_ in new:
        place = known.get(id_) or ConversationPlace(conversation_id=made.id, member_id=id_, draft="")
        place.since, place.left_at, place.hidden_number, place.runs = clock.now(), None, None, runs
        place.from_number = made.last_number + 1 if since_now else 1
        place.from_sequence = made.last_sequence + 1 if since_now else 1
        place.from_xid, place.from_id = position.xid, position.id
        place.read_number = place.read_at_number = made.last_number
        session.add(place)
        record(session, AccessGained(member_id=id_, about=conversation_topic(made.id)))
    made.has_newcomers = made.has_newcomers or (since_now and made.last_sequence > 0)
    made.people += len(new)
    await session.flush()
    return new


async def take_out(session: AsyncSession, held: Conversation, member_id: UUID) -> bool:
    """Takes somebody out of a conversation that is held, and tells him. Whether he was in."""
    place = next(iter(await _places(session, held.id, [member_id])), None)
    if place is None or place.since is None:
        return False
    place.since, place.runs, place.draft, place.draft_root_id = None, False, "", None
    held.people = max(held.people - 1, 0)
    record(session, AccessLost(member_id=member_id, about=conversation_topic(held.id)))
    await session.flush()
    await _hand_over(session, held)
    return True


async def _hand_over(session: AsyncSession, held: Conversation) -> None:
    """A group is run by somebody as long as anybody is in it: else by who has been there longest."""
    mine = ConversationPlace.conversation_id == held.id, ConversationPlace.since.is_not(None)
    query = select(ConversationPlace).where(*mine)
    query = query.order_by(ConversationPlace.runs.desc(), ConversationPlace.since, ConversationPlace.member_id).limit(1)
    first = (await session.scalars(query)).first()
    if first is not None and not first.runs and held.kind == "group":
        first.runs = True
        await session.flush()


async def tell_access_to_all(
    session: AsyncSession, held: Conversation, access: Literal["gained", "lost"] = "gained"
) -> None:
    """To those who are in it, that they may follow it now, or no more; to as many as can be told at once."""
    query = select(ConversationPlace.member_id).where(
        ConversationPlace.conversation_id == held.id, ConversationPlace.since.is_not(None)
    )
    if held.circle_id is not None and held.access == "community":
        query = select(Membership.member_id).where(Membership.circle_id == held.circle_id)
    for member_id in await session.scalars(query.limit(MOST_TOLD)):
        record(session, ACCESS[access](member_id=member_id, about=conversation_topic(held.id)))


async def _places(session: AsyncSession, conversation_id: UUID, ids: Sequence[UUID]) -> list[ConversationPlace]:
    place = ConversationPlace
    query = select(place).where(place.conversation_id == conversation_id, place.member_id.in_(ids))
    return list(await session.scalars(query.execution_options(populate_existing=True)))


async def erase(session: AsyncSession, place: ConversationPlace) -> None:
    """Takes somebody whose account is erased out of a conversation."""
    query = select(Conversation).where(Conversation.id == place.conversation_id).with_for_update()
    held = (await session.execute(query.execution_options(populate_existing=True))).scalar_one()
    was_in = place.since is not None
    await session.delete(place)
    held.direct_key = None
    if was_in:
        held.people = max(held.people - 1, 0)
    await session.flush()
    await _hand_over(session, held)
