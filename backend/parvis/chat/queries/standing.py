"""How somebody stands to a conversation: one statement on tables, built once, for what is asked most."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, Table, and_, bindparam, case, exists, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import READER, Actor
from parvis.accounts.models import Member
from parvis.chat.models import Conversation, ConversationPlace, Message
from parvis.chat.policy import Standing
from parvis.circles.models import Membership
from parvis.circles.policy import NOW, is_in
from parvis.communities.models import CharterAcceptance, Community
from parvis.kernel.db import Id
from parvis.kernel.errors import NotFound
from parvis.profiles.models import Block

CONVERSATIONS, PLACES, MESSAGES = (cast(Table, table.__table__) for table in (Conversation, ConversationPlace, Message))
_c, _p, _m = CONVERSATIONS.c, PLACES.c, MESSAGES.c
_members, _memberships, _communities, _charters, _blocks = (
    cast(Table, table.__table__) for table in (Member, Membership, Community, CharterAcceptance, Block)
)


@dataclass(frozen=True, slots=True)
class There:
    """A conversation that an actor may read, as far as what is asked most needs it. `first`, `first_sequence`: what he
    may read from; `known`: his message that came before with the same `client_id`."""

    id: UUID
    standing: Standing
    circle_id: UUID | None
    community_id: UUID | None
    last: int
    last_sequence: int
    first: int
    first_sequence: int
    has_newcomers: bool
    has_place: bool
    version: int
    known: UUID | None


def _reachable() -> Any:
    """Whether who is talked with directly can sign in, and no block stands between the two."""
    other = PLACES.alias("other")
    by_reader = and_(_blocks.c.blocker_id == READER, _blocks.c.blocked_id == other.c.member_id)
    by_other = and_(_blocks.c.blocker_id == other.c.member_id, _blocks.c.blocked_id == READER)
    is_active = and_(
        _members.c.activated_at.is_not(None),
        _members.c.suspended_at.is_(None),
        _members.c.leaves_at.is_(None),
        _members.c.deleted_at.is_(None),
    )
    return exists(
        select(1)
        .select_from(other.join(_members, _members.c.id == other.c.member_id))
        .where(other.c.conversation_id == _c.id, other.c.member_id != READER, is_active)
        .where(~exists(select(1).select_from(_blocks).where(or_(by_reader, by_other))))
    ).correlate(CONVERSATIONS)


def _standing(which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    is_his = and_(_p.conversation_id == _c.id, _p.member_id == READER)
    is_in = and_(
        _memberships.c.circle_id == _c.circle_id,
        _memberships.c.member_id == READER,
        or_(_memberships.c.until.is_(None), _memberships.c.until > NOW),
    )
    accepted = and_(_charters.c.community_id == _c.community_id, _charters.c.member_id == READER)
    sent_before = select(_m.id).where(_m.author_id == READER, _m.client_id == bindparam("client_id", type_=Id))
    put_in = _p.since.is_not(None)
    return (
        select(
            *(_c.id, _c.kind, _c.access, _c.history, _c.circle_id, _c.community_id, _c.archived_at),
            *(_c.has_newcomers, _c.last_number, _c.last_sequence, _c.version),
            *(_p.since, _p.runs, _p.left_at, _p.from_number, _p.from_sequence),
            _memberships.c.role,
            _communities.c.archived_at.label("community_archived_at"),
            (_communities.c.charter_version > 0).label("has_charter"),
            (_charters.c.version >= _communities.c.charter_version).label("accepts"),
            case((_c.kind == "direct", _reachable()), else_=true()).label("reaches"),
            sent_before.scalar_subquery().label("known"),
        )
        .select_from(
            CONVERSATIONS.outerjoin(PLACES, is_his)
            .outerjoin(_memberships, is_in)
            .outerjoin(_communities, _communities.c.id == _c.community_id)
            .outerjoin(_charters, accepted)
        )
        .where(
            which,
            _c.deleted_at.is_(None),
            or_(
                and_(_c.circle_id.is_(None), put_in),
                and_(_memberships.c.member_id.is_not(None), or_(_c.access == "community", put_in)),
            ),
        )
    )


_STANDING = _standing(_c.id == bindparam("conversation", type_=Id))
_STANDINGS = _standing(_c.id.in_(bindparam("conversations", type_=Id, expanding=True)))
NEVER_SENT = UUID(int=0)


async def standing(session: AsyncSession, actor: Actor, conversation_id: UUID, client_id: UUID = NEVER_SENT) -> There:
    """One query. Raises `NotFound` for a conversation that the actor may not read."""
    asked = {"reader": actor.id, "conversation": conversation_id, "client_id": client_id}
    row = (await session.execute(_STANDING, asked)).one_or_none()
    if row is None:
        raise NotFound
    return _there(row)


async def standings(session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> dict[UUID, There]:
    """The same of those of these that the actor may read. One query."""
    asked = {"reader": actor.id, "conversations": ids, "client_id": NEVER_SENT}
    return {row.id: _there(row) for row in await session.execute(_STANDINGS, asked)}


def _there(row: Row[Any]) -> There:
    has_place = row.runs is not None
    archived: datetime | None = row.archived_at
    return There(
        row.id,
        Standing(
            kind=row.kind,
            access=row.access,
            history=row.history,
            role=row.role,
            is_put_in=row.since is not None,
            runs=bool(row.runs),
            has_left=row.left_at is not None,
            is_live=archived is None and row.community_archived_at is None,
            accepts=not row.has_charter or bool(row.accepts),
            reaches=bool(row.reaches),
            archived_at=archived,
        ),
        row.circle_id,
        row.community_id,
        row.last_number,
        row.last_sequence,
        row.from_number if has_place else 1,
        row.from_sequence if has_place else 1,
        row.has_newcomers,
        has_place,
        row.version,
        row.known,
    )


async def among(session: AsyncSession, there: There, ids: Collection[UUID]) -> list[UUID]:
    """Which of these are in a conversation now, and did not leave it. One query."""
    place = and_(ConversationPlace.conversation_id == there.id, ConversationPlace.member_id == Member.id)
    query = select(Member.id).outerjoin(ConversationPlace, place).where(Member.id.in_(ids))
    query = query.where(ConversationPlace.left_at.is_(None))
    if there.circle_id is not None:
        query = query.where(is_in(Member.id, there.circle_id))
    if there.standing.access == "invited":
        query = query.where(ConversationPlace.since.is_not(None))
    return list(await session.scalars(query))
