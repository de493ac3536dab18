"""Making communities, changing what is said of them, and archiving them."""

from collections.abc import Callable, Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.names import sort_name
from parvis.accounts.policy import MEMBERS_ONLY, is_inside
from parvis.circles import service as circles
from parvis.circles.events import AccessGained
from parvis.communities import policy, queries
from parvis.communities.events import CommunityCreated, community_topic
from parvis.communities.models import CharterAcceptance, Community, CommunityTag
from parvis.communities.queries import KIND, Seen
from parvis.communities.schemas.communities import CommunityChange, CommunityDraft
from parvis.kernel import clock, entries
from parvis.kernel.analysis import Language
from parvis.kernel.errors import Text, require
from parvis.kernel.events import record

from .telling import held, tell_changed

OWNERS_ONLY: Text = {
    "fr": "Seuls les propriétaires de la communauté peuvent faire cela.",
    "en": "Only the owners of the community may do this.",
}
Unchanged = Callable[[int], None]


async def create(session: AsyncSession, actor: Actor, draft: CommunityDraft) -> Seen:
    """A community that the actor owns. Raises `Forbidden` for guests."""
    require(is_inside(actor), MEMBERS_ONLY)
    circle = await circles.create(session)
    said = draft.model_dump(exclude={"tags"})
    charter_version = 1 if draft.charter else 0
    made = Community(
        **said,
        circle_id=circle.id,
        sort_name=sort_name(draft.name),
        charter_version=charter_version,
        created_by=actor.id,
        pictures={},
    )
    session.add(made)
    await session.flush()
    await circles.put_in(session, circle.id, actor.id, "owner")
    await accept(session, made, actor.id)
    await _keep_tags(session, made, draft.tags)
    await _index(session, made, draft.tags)
    record(session, CommunityCreated(id=made.id), actor_id=actor.id)
    record(session, AccessGained(member_id=actor.id, about=community_topic(made.id)), actor_id=actor.id)
    return await queries.community(session, actor, made.id)


async def change(
    session: AsyncSession, actor: Actor, community_id: UUID, draft: CommunityChange, unchanged: Unchanged
) -> Seen:
    """Raises `NotFound`, `Forbidden` and `PreconditionFailed`."""
    found = await held(session, actor, community_id)
    require(policy.may_change(found.community, found.standing), OWNERS_ONLY)
    community = found.community
    unchanged(community.version)
    given = draft.model_dump(exclude_unset=True, exclude={"tags"})
    changed = {field for field, value in given.items() if getattr(community, field) != value}
    tags = draft.tags if draft.tags is not None and draft.tags != list(found.tags) else None
    if not changed and tags is None:
        return found
    for field in changed:
        setattr(community, field, given[field])
    community.sort_name = sort_name(community.name)
    if "charter" in changed:
        community.charter_version += 1
        await accept(session, community, actor.id)
    if tags is not None:
        await _keep_tags(session, community, tags)
    tell_changed(session, actor, community)
    await session.flush()
    await _index(session, community, tags if tags is not None else found.tags)
    return await queries.community(session, actor, community_id)


async def archive(
    session: AsyncSession, actor: Actor, community_id: UUID, *, archived: bool, unchanged: Unchanged
) -> Seen:
    """Closes it for writing, or opens it again; what was said stays to be read. Raises `NotFound`, `Forbidden` and
    `PreconditionFailed`."""
    found = await held(session, actor, community_id)
    require(policy.may_change(found.community, found.standing), OWNERS_ONLY)
    unchanged(found.community.version)
    if archived != (found.community.archived_at is not None):
        found.community.archived_at = clock.now() if archived else None
        tell_changed(session, actor, found.community)
        await session.flush()
    return await queries.community(session, actor, community_id)


async def accept(session: AsyncSession, community: Community, member_id: UUID) -> None:
    """The member accepts the charter as it is now."""
    if not community.charter_version:
        return
    known = await session.get(CharterAcceptance, (community.id, member_id))
    if known is None:
        session.add(
            CharterAcceptance(community_id=community.id, member_id=member_id, version=community.charter_version)
        )
    else:
        known.version, known.at = community.charter_version, clock.now()
    await session.flush()


async def _keep_tags(session: AsyncSession, community: Community, tags: Sequence[str]) -> None:
    await session.execute(delete(CommunityTag).where(CommunityTag.community_id == community.id))
    session.add_all([CommunityTag(community_id=community.id, tag=sort_name(tag), label=tag) for tag in tags])
    await session.flush()


async def index(session: AsyncSession, ids: Sequence[UUID], *, again: bool = False) -> None:
    """Lets these communities, at most 500, be found by their words, as they are now."""
    tags = await queries.tags_of(session, ids)
    communities = await session.scalars(select(Community).where(Community.id.in_(ids)))
    drafts = [_entry(community, tags[community.id]) for community in communities]
    await entries.put(session, KIND, ids, drafts, again=again)


async def _index(session: AsyncSession, community: Community, tags: Sequence[str]) -> None:
    await entries.put(session, KIND, [community.id], [_entry(community, tags)])


def _entry(community: Community, tags: Sequence[str]) -> entries.Draft:
    body = "\n".join([community.summary, *tags, community.description])
    language: Language = "en" if community.language == "en" else "fr"
    return entries.Draft(community.id, community.name, body, language, forgiven=True)
