"""Reading conversations as their list shows them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from parvis.accounts.actor import Actor
from parvis.chat.models import (
    Conversation,
    ConversationKind,
    ConversationPlace,
    Message,
    MessageMention,
    MessageThreadPlace,
)
from parvis.chat.policy import visible_to
from parvis.circles.models import Circle, Membership
from parvis.circles.policy import holds
from parvis.communities import queries as communities
from parvis.communities.models import Community
from parvis.engagement.mentions import named_in
from parvis.kernel.errors import NotFound, require
from parvis.kernel.pagination import Ordered, Page, PageRequest, paginate

from .people import Face, Faces, faces
from .standing import There, standing, standings

ORDER = (Conversation.last_at.desc(), Conversation.id.desc())
FIRST_OTHERS = 4
"""How many are named of a group that has no name."""
MOST_MENTIONS = 1_000
"""Looked at when those unread are counted."""


@dataclass(frozen=True, slots=True)
class SeenConversation:
    """A conversation as somebody who is in it sees it. `last`: what was last said; `others`: the first who are
    in it."""

    conversation: Conversation
    there: There
    place: ConversationPlace | None
    community: Community | None
    people_count: int
    mix: Mapping[str, int]
    last: Message | None
    others: Sequence[UUID]
    read_number: int
    unread: int
    mentions: int
    people: Mapping[UUID, Face]


@dataclass(frozen=True, slots=True)
class WantedConversations:
    """Which are asked for."""

    kind: ConversationKind | None = None
    community_id: UUID | None = None
    archived: bool = False
    put_away: bool = False


async def page_of_conversations(
    session: AsyncSession, actor: Actor, kept: Faces, wanted: WantedConversations, page: PageRequest
) -> tuple[list[SeenConversation], str | None]:
    """The actor's, without those he put away or left or these alone; the last active first. As many queries for all."""
    mine = aliased(ConversationPlace)
    statement = select(Conversation.id).outerjoin(
        mine, and_(mine.conversation_id == Conversation.id, mine.member_id == actor.id)
    )
    is_put_away = and_(mine.hidden_number.is_not(None), mine.hidden_number >= Conversation.last_number)
    statement = statement.where(
        visible_to(actor),
        or_(mine.left_at.is_not(None), is_put_away)
        if wanted.put_away
        else and_(mine.left_at.is_(None), or_(mine.hidden_number.is_(None), ~is_put_away)),
    )
    if not wanted.put_away:
        is_archived = Conversation.archived_at.is_not(None)
        statement = statement.where(is_archived if wanted.archived else ~is_archived)
    if wanted.kind is not None:
        statement = statement.where(Conversation.kind == wanted.kind)
    if wanted.community_id is not None:
        statement = statement.where(Conversation.community_id == wanted.community_id)
    found: Page[UUID] = await paginate(session, statement, ORDER, page, lambda id_: id_)
    return await conversations(session, actor, kept, found.items), found.next


async def channels(
    session: AsyncSession, actor: Actor, kept: Faces, community_id: UUID, page: PageRequest
) -> tuple[list[SeenConversation], str | None]:
    """The channels of a community that the actor is in, also those he left, by name. Raises `NotFound`, and `Forbidden`
    for who is not in the community."""
    seen = await communities.community(session, actor, community_id)
    require(seen.standing.is_member, communities.FOR_MEMBERS)
    statement = select(Conversation.id).where(
        Conversation.community_id == community_id, Conversation.archived_at.is_(None), visible_to(actor)
    )
    found: Page[UUID] = await paginate(session, statement, (Conversation.name, Conversation.id), page, lambda id_: id_)
    return await conversations(session, actor, kept, found.items), found.next


async def conversation(session: AsyncSession, actor: Actor, kept: Faces, conversation_id: UUID) -> SeenConversation:
    """Raises `NotFound` for one that the actor may not read."""
    found = await conversations(session, actor, kept, [conversation_id])
    if not found:
        raise NotFound
    return found[0]


async def conversations(
    session: AsyncSession, actor: Actor, kept: Faces, ids: Sequence[UUID]
) -> list[SeenConversation]:
    """Those of these that the actor may read, in that order. Seven queries, and those of people not seen lately."""
    there = await standings(session, actor, ids)
    rows = {row.Conversation.id: row for row in await session.execute(_rows(actor, list(there)))}
    said = await _last(session, [row.Conversation for row in rows.values()])
    read = await read_numbers(session, actor, {id_: row.ConversationPlace for id_, row in rows.items()})
    named = await mentions_in(session, actor, read)
    others = await _others(session, actor, [row.Conversation for row in rows.values()])
    concerned = {id_ for some in others.values() for id_ in some}
    concerned |= {message.author_id for message in said.values() if message.author_id}
    concerned |= {id_ for message in said.values() for id_ in named_in(message.text)}
    people = await faces(session, actor, kept, concerned)
    return [
        _seen(rows[id_], there[id_], said.get(id_), read[id_], named.get(id_, 0), others.get(id_, ()), people)
        for id_ in ids
        if id_ in rows
    ]


def _seen(
    row: Row[Any],
    there: There,
    last: Message | None,
    read: int,
    mentions: int,
    others: Sequence[UUID],
    people: Mapping[UUID, Face],
) -> SeenConversation:
    conversation, circle = row.Conversation, row.Circle
    is_shown = last is not None and last.sequence >= there.first_sequence
    return SeenConversation(
        conversation=conversation,
        there=there,
        place=row.ConversationPlace,
        community=row.Community,
        people_count=circle.people if circle else conversation.people,
        mix=circle.mix if circle else {},
        last=last if is_shown else None,
        others=others,
        read_number=read,
        unread=max(0, conversation.last_number - max(read, there.first - 1)),
        mentions=mentions,
        people=people,
    )


def _rows(actor: Actor, ids: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    mine = and_(ConversationPlace.conversation_id == Conversation.id, ConversationPlace.member_id == actor.id)
    is_open = and_(Circle.id == Conversation.circle_id, Conversation.access == "community")
    return (
        select(Conversation, ConversationPlace, Community, Circle)
        .outerjoin(ConversationPlace, mine)
        .outerjoin(Community, Community.id == Conversation.community_id)
        .outerjoin(Circle, is_open)
        .where(Conversation.id.in_(ids))
        .execution_options(populate_existing=True)
    )


async def _last(session: AsyncSession, found: Sequence[Conversation]) -> dict[UUID, Message]:
    """What was last said in each. One query."""
    places = [(one.id, one.last_number) for one in found if one.last_number]
    is_last = tuple_(Message.conversation_id, Message.number).in_(places)
    messages = await session.scalars(select(Message).where(is_last, Message.root_id.is_(None)))
    return {message.conversation_id: message for message in messages}


async def read_numbers(
    session: AsyncSession, actor: Actor, places: Mapping[UUID, ConversationPlace | None]
) -> dict[UUID, int]:
    """Up to which number the actor has read each: as far as he said, or to what he said himself since. Who never looked
    into a channel begins when he came. One query."""
    mine, since = aliased(Message), aliased(Message)
    own = select(func.max(mine.number)).where(
        mine.author_id == actor.id, mine.conversation_id == Conversation.id, mine.root_id.is_(None)
    )
    before = select(since.number).where(
        since.conversation_id == Conversation.id, since.root_id.is_(None), since.created_at <= Membership.since
    )
    before = before.order_by(since.created_at.desc(), since.number.desc()).limit(1)
    is_in = and_(Membership.circle_id == Conversation.circle_id, Membership.member_id == actor.id)
    query = select(Conversation.id, own.scalar_subquery(), before.scalar_subquery()).outerjoin(Membership, is_in)
    found: dict[UUID, int] = {}
    for id_, own_last, came_at in await session.execute(query.where(Conversation.id.in_(list(places)))):
        place = places[id_]
        said, said_at = (place.read_number, place.read_at_number) if place else (came_at or 0, 0)
        found[id_] = max(said, own_last) if (own_last or 0) > said_at else said
    return found


async def mentions_in(session: AsyncSession, actor: Actor, read: Mapping[UUID, int]) -> dict[UUID, int]:
    """How many unread messages name the actor. One query."""
    thread = and_(MessageThreadPlace.root_id == MessageMention.root_id, MessageThreadPlace.member_id == actor.id)
    query = (
        select(MessageMention.conversation_id, MessageMention.root_id, MessageMention.number)
        .outerjoin(MessageThreadPlace, thread)
        .where(
            MessageMention.member_id == actor.id,
            MessageMention.conversation_id.in_(list(read)),
            MessageMention.number > func.coalesce(MessageThreadPlace.read_number, 0),
        )
        .order_by(MessageMention.message_id.desc())
        .limit(MOST_MENTIONS)
    )
    found: Counter[UUID] = Counter()
    for conversation_id, root_id, number in await session.execute(query):
        found[conversation_id] += root_id is not None or number > read[conversation_id]
    return found


async def _others(session: AsyncSession, actor: Actor, found: Sequence[Conversation]) -> dict[UUID, list[UUID]]:
    """Who else is in what has no name, the first to come first. One query."""
    unnamed = [one.id for one in found if one.kind != "channel" and not one.name]
    place = ConversationPlace
    numbered = (
        select(
            *(place.conversation_id, place.member_id),
            func.row_number()
            .over(partition_by=place.conversation_id, order_by=(place.since, place.member_id))
            .label("number"),
        )
        .where(place.conversation_id.in_(unnamed), place.member_id != actor.id, place.since.is_not(None))
        .subquery()
    )
    others: dict[UUID, list[UUID]] = defaultdict(list)
    rows = select(numbered).where(numbered.c.number <= FIRST_OTHERS).order_by(numbered.c.number)
    for conversation_id, member_id, _ in await session.execute(rows):
        others[conversation_id].append(member_id)
    return dict(others)


async def page_of_people(
    session: AsyncSession, actor: Actor, kept: Faces, conversation_id: UUID, page: PageRequest
) -> tuple[list[tuple[Face, bool]], str | None]:
    """Who is in a conversation, and whether he runs it, the first to come first. Raises `NotFound`."""
    await standing(session, actor, conversation_id)
    row = (await session.execute(select(Conversation).where(Conversation.id == conversation_id))).scalar_one()
    statement, order = _people_of(row)
    found = await paginate(session, statement, order, page, lambda member_id, runs: (member_id, bool(runs)))
    people = await faces(session, actor, kept, [member_id for member_id, _ in found.items])
    return [(people[id_], runs) for id_, runs in found.items if id_ in people], found.next


def _people_of(conversation: Conversation) -> Ordered:
    place = ConversationPlace
    if conversation.circle_id is None:
        statement = select(place.member_id, place.runs).where(
            place.conversation_id == conversation.id, place.since.is_not(None)
        )
        return statement, (place.member_id,)
    runs = Membership.role.in_(("owner", "moderator"))
    statement = select(Membership.member_id, runs).where(Membership.circle_id == conversation.circle_id, holds())
    if conversation.access == "invited":
        mine = and_(place.conversation_id == conversation.id, place.member_id == Membership.member_id)
        statement = statement.join(place, mine).where(place.since.is_not(None))
    return statement, (Membership.since, Membership.member_id)
