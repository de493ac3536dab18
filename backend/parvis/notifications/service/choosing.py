"""Who wants to be told of what, by which way, now."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, cast, get_args
from uuid import UUID

from sqlalchemy import Select, and_, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from parvis.accounts.actor import Actor
from parvis.accounts.models import Member
from parvis.accounts.service.members import locked_member
from parvis.chat.models import ChatPreferences
from parvis.chat.queries.unread import quiet_end
from parvis.choices.events import ChoicesChanged
from parvis.choices.models import DEFAULTS, Channel, Choice, Kind, Pause, Rhythm
from parvis.circles.policy import is_in
from parvis.communities import queries as communities
from parvis.communities.models import Community
from parvis.kernel import clock
from parvis.kernel.events import record
from parvis.notifications import queries
from parvis.notifications.models import CommunityLevel, Level, Reason
from parvis.posts.models import PostPlace

OF_REASONS: Mapping[Kind, Collection[Reason]] = {
    "named": ("mention", "call", "page_named"),
    "answered": ("accepted", "reply", "comment", "answered"),
    "communities": ("request", "invitation", "let_in"),
    "events": ("cancelled", "moved", "seat", "reminder"),
    "announcements": ("announcement", "not_read"),
    "documents": ("document_added", "version_added", "task_given", "task_due"),
    "contacts": ("contact_asked", "contact_accepted"),
    "mentoring": ("mentoring_asked", "mentoring_accepted", "mentoring_declined"),
    "moderation": ("reported", "decided", "examined"),
}
_KINDS: Mapping[Reason, Kind] = {reason: kind for kind, reasons in OF_REASONS.items() for reason in reasons}


@dataclass(frozen=True, slots=True)
class Ways:
    """By which ways some members are told of a kind: among their notifications, by mail so often."""

    here: frozenset[UUID]
    mail: Mapping[UUID, Rhythm]
    any: frozenset[UUID]


def kind_of(reason: Reason) -> Kind:
    """Under what its reader chooses whether to be told of it."""
    return _KINDS[reason]


async def wants(
    session: AsyncSession, member_ids: Collection[UUID], kind: Kind, channel: Channel, rhythm: Rhythm = "at_once"
) -> set[UUID]:
    """Those of these members who want to be told of this kind by this way, so often, now: a pause holds back mails and
    push notifications, quiet hours what would come at once. One query. It judges no rights."""
    query: Select[*tuple[Any, ...]] = (
        select(Member.id, Choice.rhythm, Pause.until, ChatPreferences)
        .outerjoin(Choice, and_(Choice.member_id == Member.id, Choice.kind == kind, Choice.channel == channel))
        .outerjoin(Pause, and_(Pause.member_id == Member.id, Pause.until > clock.now()))
        .outerjoin(ChatPreferences, ChatPreferences.member_id == Member.id)
        .where(Member.id.in_(member_ids))
    )
    default = DEFAULTS[kind].get(channel, "never")
    return {
        id_
        for id_, chosen, paused, hours in await session.execute(query)
        if (chosen or default) == rhythm and (channel == "here" or not (paused is not None or _is_quiet(hours, rhythm)))
    }


def _is_quiet(hours: ChatPreferences | None, rhythm: Rhythm) -> bool:
    return rhythm == "at_once" and hours is not None and quiet_end(hours) is not None


async def ways(session: AsyncSession, member_ids: Collection[UUID], kind: Kind) -> Ways:
    """How these members are told of a kind, whatever the hour. One query."""
    query = select(Choice.member_id, Choice.channel, Choice.rhythm)
    rows = await session.execute(query.where(Choice.member_id.in_(member_ids), Choice.kind == kind))
    chosen = {(id_, channel): cast("Rhythm", rhythm) for id_, channel, rhythm in rows}
    by: dict[UUID, dict[Channel, Rhythm]] = {
        id_: {channel: chosen.get((id_, channel), default) for channel, default in DEFAULTS[kind].items()}
        for id_ in member_ids
    }
    return Ways(
        here=frozenset(id_ for id_, one in by.items() if one.get("here") == "at_once"),
        mail={id_: one["mail"] for id_, one in by.items()},
        any=frozenset(id_ for id_, one in by.items() if set(one.values()) != {"never"}),
    )


async def deaf_to(session: AsyncSession, member_ids: Collection[UUID], post_id: UUID) -> set[UUID]:
    """Those of these members who want to hear nothing of where a post stands: of each of its communities that they are
    in. One query."""
    level = CommunityLevel
    silenced = select(level.member_id).join(PostPlace, PostPlace.community_id == level.community_id)
    silenced = silenced.where(PostPlace.post_id == post_id, level.member_id.in_(member_ids), level.level == "nothing")
    other, stands = aliased(CommunityLevel), aliased(PostPlace)
    too = select(other.community_id).where(other.member_id == level.member_id, other.level == "nothing")
    heard = exists().where(
        stands.post_id == post_id,
        Community.id == stands.community_id,
        is_in(level.member_id, Community.circle_id),
        stands.community_id.not_in(too.correlate(level)),
    )
    return set(await session.scalars(silenced.where(~heard.correlate(level))))


async def choose_level(session: AsyncSession, actor: Actor, community_id: UUID, level: Level) -> Level:
    """Of what the actor is told in a community from now on. Raises `NotFound`."""
    await communities.community(session, actor, community_id)
    await locked_member(session, actor.id)
    before = await queries.level_in(session, actor, community_id)
    if before == level:
        return level
    kept = await session.get(CommunityLevel, (actor.id, community_id))
    if level == "all":
        await session.delete(kept)
    elif kept is None:
        session.add(CommunityLevel(member_id=actor.id, community_id=community_id, level=level))
    else:
        kept.level = level
    await session.flush()
    record(session, ChoicesChanged(member_id=actor.id), actor_id=actor.id)
    return level


assert _KINDS.keys() == set(get_args(Reason))
