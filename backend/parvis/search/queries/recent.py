"""What a member looked for lately."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import String, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.chat.models import Conversation
from parvis.chat.policy import visible_to as visible_conversation
from parvis.communities.models import Community
from parvis.communities.policy import visible_to as visible_community
from parvis.search.models import RecentSearch

from .hits import Place

MOST_KEPT = 20


@dataclass(frozen=True, slots=True)
class Kept:
    """A search, and where it was made, as far as its owner may know of that now."""

    search: RecentSearch
    place: Place | None


async def recent(session: AsyncSession, actor: Actor) -> list[Kept]:
    """The actor's, the last first. Two queries."""
    mine = select(RecentSearch).where(RecentSearch.member_id == actor.id)
    latest = mine.order_by(RecentSearch.at.desc(), RecentSearch.id.desc()).limit(MOST_KEPT)
    return await kept(session, actor, list(await session.scalars(latest)))


async def kept(session: AsyncSession, actor: Actor, searches: Sequence[RecentSearch]) -> list[Kept]:
    """One query, where any was made in a place."""
    places = await _places(session, actor, [one.place_id for one in searches if one.place_id])
    return [Kept(one, places.get(one.place_id) if one.place_id else None) for one in searches]


async def _places(session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> dict[UUID, Place]:
    if not ids:
        return {}
    community: Literal["community"] = "community"
    conversation: Literal["conversation"] = "conversation"
    walls = select(Community.id, literal(community, String()), Community.name)
    talks = select(Conversation.id, literal(conversation, String()), Conversation.name)
    rows = await session.execute(
        union_all(
            walls.where(Community.id.in_(ids), visible_community(actor)),
            talks.where(Conversation.id.in_(ids), visible_conversation(actor)),
        )
    )
    return {id_: Place(community if kind == community else conversation, id_, name) for id_, kind, name in rows}
