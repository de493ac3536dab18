"""Reading conversations as their list shows them."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from parvis.accounts.actor import KINDS_OF_READERS, READER, Actor
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
from parvis.kernel.db import Id, among
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
    told = {"reader": actor.id, "community": wanted.community_id}
    which = replace(wanted, community_id=None)
    statement = _wanted(actor.stand_in(), which, in_one=wanted.community_id is not None)
    found: Page[UUID] = await paginate(session, statement, ORDER, page, lambda id_: id_, told)
    return await conversations(session, actor, kept, found.items), found.next


@lru_cache(maxsize=4 * KINDS_OF_READERS)
def _wanted(actor: Actor, wanted: WantedConversations, *, in_one: bool) -> Select[UUID]:
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
    if in_one:
        statement = statement.where(Conversation.community_id == bindparam("community", type_=Id))
    return statement


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
    asked = {"reader": actor.id, "ids": list(there)}
    rows = {row.Conversation.id: row for row in await session.execute(ROWS, asked)}
    said = {message.conversation_id: message for message in await session.scalars(LAST, asked)}
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


def _rows() -> Select[*tuple[Any, ...]]:
    mine = and_(ConversationPlace.conversation_id == Conversation.id, ConversationPlace.member_id == READER)
    is_open = and_(Circle.id == Conversation.circle_id, Conversation.access == "community")
    return (
        select(Conversation, ConversationPlace, Community, Circle)
        .outerjoin(ConversationPlace, mine)
        .outerjoin(Community, Community.id == Conversation.community_id)
        .outerjoin(Circle, is_open)
        .where(among(Conversation.id, "ids"))
        .execution_options(populate_existing=True)
    )


def _last() -> Select[Message]:
    """What was last said in each."""
    is_last = and_(Message.conversation_id == Conversation.id, Message.number == Conversation.last_number)
    return (
        select(Message)
        .join(Conversation, is_last)
        .where(among(Conversation.id, "ids"), Message.root_id.is_(None))
        .execution_options(populate_existing=True)
    )


ROWS, LAST = _rows(), _last()


async def read_numbers(
    session: AsyncSession, actor: Actor, places: Mapping[UUID, ConversationPlace | None]
) -> dict[UUID, int]:
    """Up to which number the actor has read each: as far as he said, or to what he said himself since. Who never looked
    into a channel begins when he came. One query."""
    found: dict[UUID, int] = {}
    for id_, own_last, came_at in await session.execute(READ_UP_TO, {"reader": actor.id, "ids": list(places)}):
        place = places[id_]
        said, said_at = (place.read_number, place.read_at_number) if place else (came_at or 0, 0)
        found[id_] = max(said, own_last) if (own_last or 0) > said_at else said
    return found


def _read_up_to() -> Select[*tuple[Any, ...]]:
    mine, since = aliased(Message), aliased(Message)
    own = select(func.max(mine.number)).where(
        mine.author_id == READER, mine.conversation_id == Conversation.id, mine.root_id.is_(None)
    )
    before = select(since.number).where(
        since.conversation_id == Conversation.id, since.root_id.is_(None), since.created_at <= Membership.since
    )
    before = before.order_by(since.created_at.desc(), since.number.desc()).limit(1)
    is_in = and_(Membership.circle_id == Conversation.circle_id, Membership.member_id == READER)
    query = select(Conversation.id, own.scalar_subquery(), before.scalar_subquery()).outerjoin(Membership, is_in)
    return query.where(among(Conversation.id, "ids"))


READ_UP_TO = _read_up_to()


async def mentions_in(session: AsyncSession, actor: Actor, read: Mapping[UUID, int]) -> dict[UUID, int]:
    """How many unread messages name the actor. One query."""
    found: Counter[UUID] = Counter()
    asked = {"reader": actor.id, "ids": list(read)}
    for conversation_id, root_id, number in await session.execute(MENTIONS, asked):
        found[conversation_id] += root_id is not None or number > read[conversation_id]
    return found


def _mentions() -> Select[*tuple[Any, ...]]:
    thread = and_(MessageThreadPlace.root_id == MessageMention.root_id, MessageThreadPlace.member_id == READER)
    return (
        select(MessageMention.conversation_id, MessageMention.root_id, MessageMention.number)
        .outerjoin(MessageThreadPlace, thread)
        .where(
            MessageMention.member_id == READER,
            among(MessageMention.conversation_id, "ids"),
            MessageMention.number > func.coalesce(MessageThreadPlace.read_number, 0),
        )
        .order_by(MessageMention.message_id.desc())
        .limit(MOST_MENTIONS)
    )


MENTIONS = _mentions()


async def _others(session: AsyncSession, actor: Actor, found: Sequence[Conversation]) -> dict[UUID, list[UUID]]:
    """Who else is in what has no name, the first to come first. One query, none where all have one."""
    unnamed = [one.id for one in found if one.kind != "channel" and not one.name]
    others: dict[UUID, list[UUID]] = defaultdict(list)
    if unnamed:
        for conversation_id, member_id, _ in await session.execute(OTHERS, {"reader": actor.id, "ids": unnamed}):
            others[conversation_id].append(member_id)
    return dict(others)


def _first_others() -> Select[*tuple[Any, ...]]:
    place = ConversationPlace
    numbered = (
        select(
            *(place.conversation_id, place.member_id),
            func.row_number()
            .over(partition_by=place.conversation_id, order_by=(place.since, place.member_id))
            .label("number"),
        )
        .where(among(place.conversation_id, "ids"), place.member_id != READER, place.since.is_not(None))
        .subquery()
    )
    return select(numbered).where(numbered.c.number <= FIRST_OTHERS).order_by(numbered.c.number)


OTHERS = _first_others()


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
