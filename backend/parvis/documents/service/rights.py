"""Rights given and taken, where something stands or above it. They count from the commit on, for whoever asks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, delete, exists, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Member
from parvis.audiences.models import Audience, KeptAudienceMember
from parvis.audiences.policy import visible_to as visible_audience
from parvis.audiences.service.keeping import keep, release
from parvis.circles.events import AccessGained, AccessLost
from parvis.circles.models import Membership
from parvis.circles.policy import holds
from parvis.communities.models import Community
from parvis.communities.policy import readable_by as readable_community
from parvis.documents import policy
from parvis.documents.events import guard_topic
from parvis.documents.models import Document, Folder, Grant, Guard
from parvis.documents.policy import MANAGERS_ONLY, number_of
from parvis.documents.queries.rights import Rights, rights
from parvis.documents.schemas.rights import GrantDraft, RightsDraft
from parvis.kernel import clock
from parvis.kernel.audit import audit
from parvis.kernel.errors import invalid, require
from parvis.kernel.events import record, scrub_about
from parvis.profiles.policy import visible_member

from .documents import Unchanged
from .guarding import give_own, rechain, take_own
from .holding import hold_document, hold_folder
from .noting import note
from .telling import tell_on, topics_of

MOST_TOLD = 500
"""Who among more hears later that he may follow something, or finds that he may not."""


@dataclass(frozen=True, slots=True)
class _Thing:
    """A folder or a document whose rights are changed. `guard_id`: behind which it stands now."""

    thing: Folder | Document
    guard_id: UUID

    @property
    def is_space(self) -> bool:
        return isinstance(self.thing, Folder) and self.thing.parent_id is None

    @property
    def folder(self) -> Folder | None:
        return self.thing if isinstance(self.thing, Folder) else None


async def set_folder_rights(
    session: AsyncSession, actor: Actor, folder_id: UUID, draft: RightsDraft, unchanged: Unchanged
) -> Rights:
    """Raises `NotFound`, `Forbidden`, `PreconditionFailed`, `Invalid` and `TooMany`."""
    held = await hold_folder(session, actor, folder_id)
    require(policy.may_share(held.level), MANAGERS_ONLY)
    return await _set(session, actor, _Thing(held.folder, held.folder.guard_id), draft, unchanged)


async def set_document_rights(
    session: AsyncSession, actor: Actor, document_id: UUID, draft: RightsDraft, unchanged: Unchanged
) -> Rights:
    """The same of a document."""
    held = await hold_document(session, actor, document_id)
    require(policy.may_share(held.level), MANAGERS_ONLY)
    return await _set(session, actor, _Thing(held.document, held.guard_id), draft, unchanged)


async def _set(session: AsyncSession, actor: Actor, of: _Thing, draft: RightsDraft, unchanged: Unchanged) -> Rights:
    thing = of.thing
    guard = await session.get_one(Guard, of.guard_id, populate_existing=True)
    is_own = guard.id == thing.id
    unchanged(guard.version if is_own else 0)
    kept = {_subject(grant): grant for grant in await _grants(session, thing.id)}
    wanted = await _wanted(session, actor, draft.grants, kept.keys())
    before = await topics_of(session, guard.id)
    inherits = draft.inherits and not of.is_space
    lost = [grant for subject, grant in kept.items() if subject not in wanted]
    lost_by = await _people(session, lost)
    about = guard_topic(guard.id, guard.generation) if is_own else ""
    if inherits and not wanted and not of.is_space:
        if is_own:
            await take_own(session, guard, of.folder)
            await session.refresh(thing)
        gained_by: set[UUID] = set()
        after_id = guard.parent_id if is_own and guard.parent_id else guard.id
    else:
        if not is_own:
            guard = await give_own(session, thing.id, guard, of.folder)
            await session.refresh(thing)
        await _grant(session, actor, guard, kept, wanted)
        await _close(session, guard, kept, wanted, inherits=inherits)
        gained_by = await _people(session, await _grants(session, thing.id))
        after_id = guard.id
    await _release_unused(session, lost)
    if any(subject not in kept for subject in wanted):
        await note(session, actor, "shared", thing)
    thing.version += 1
    thing.changed_at = clock.now()
    await session.flush()
    audit(session, actor.id, f"{_kind(thing)}.rights_changed", _kind(thing), thing.id, {"grants": len(wanted)})
    after, topic = await topics_of(session, after_id), guard_topic(guard.id, guard.generation)
    await _tell(session, actor, of, before, after)
    if topic in after and topic not in before:
        gained_by |= await _running(session, guard)
    _tell_people(session, lost_by - gained_by, about or guard_topic(thing.id, 1), AccessLost)
    _tell_people(session, gained_by, topic, AccessGained)
    return await rights(session, actor, thing.id, after_id)


async def _grant(
    session: AsyncSession, actor: Actor, guard: Guard, kept: dict[UUID, Grant], wanted: dict[UUID, Grant]
) -> None:
    gone = [grant.id for subject, grant in kept.items() if subject not in wanted]
    if gone:
        await session.execute(delete(Grant).where(Grant.id.in_(gone)))
    for subject, one in wanted.items():
        known = kept.get(subject)
        if known is not None:
            if known.level != one.level:
                known.level, known.granted_by, known.granted_at = one.level, actor.id, clock.now()
            continue
        one.guard_id, one.granted_by = guard.id, actor.id
        session.add(one)
        if one.audience_id is not None:
            await keep(session, one.audience_id)
    await session.flush()


async def _close(
    session: AsyncSession, guard: Guard, kept: dict[UUID, Grant], wanted: dict[UUID, Grant], *, inherits: bool
) -> None:
    """Has the guard inherit or not; where fewer may read from now on, what happens stands on another topic."""
    narrows = any(subject not in wanted for subject in kept) or (guard.inherits and not inherits)
    if guard.inherits != inherits:
        guard.inherits = inherits
        await session.flush()
        await rechain(session, {guard.id})
    if narrows:
        guard.generation += 1
    guard.version += 1
    await session.flush()


async def _tell(session: AsyncSession, actor: Actor, of: _Thing, before: Sequence[str], after: Sequence[str]) -> None:
    """To those who follow what it stood on, that it is gone, and nothing of what they were told is left; to the others,
    that it changed."""
    left = [topic for topic in before if topic not in after]
    for topic in left:
        await scrub_about(session, topic, of.thing.id)
    tell_on(session, actor, left, of.thing, gone=True)
    tell_on(session, actor, after, of.thing)


def _tell_people(
    session: AsyncSession, ids: Collection[UUID], about: str, access: type[AccessGained] | type[AccessLost]
) -> None:
    for member_id in sorted(ids)[:MOST_TOLD]:
        record(session, access(member_id=member_id, about=about))


async def _grants(session: AsyncSession, guard_id: UUID) -> list[Grant]:
    query = select(Grant).where(Grant.guard_id == guard_id).order_by(Grant.id)
    return list(await session.scalars(query.execution_options(populate_existing=True)))


def _subject(grant: Grant) -> UUID:
    found = grant.member_id or grant.community_id or grant.audience_id
    assert found is not None
    return found


async def _wanted(
    session: AsyncSession, actor: Actor, drafts: Sequence[GrantDraft], known: Collection[UUID]
) -> dict[UUID, Grant]:
    """The grants as they are to be. Raises `Invalid` for whom the actor may not grant anything: whom he does not find,
    and to whom nothing is granted yet."""
    circles = await _circles(session, [one.community_id for one in drafts if one.community_id])
    new = [one for one in drafts if one.to not in known]
    people = [one.member_id for one in new if one.member_id]
    places = [one.community_id for one in new if one.community_id]
    audiences = [one.audience_id for one in new if one.audience_id]
    found = {
        *await session.scalars(select(Member.id).where(Member.id.in_(people), visible_member(actor))),
        *await session.scalars(select(Community.id).where(Community.id.in_(places), readable_community(actor))),
        *await session.scalars(select(Audience.id).where(Audience.id.in_(audiences), visible_audience(actor))),
    }
    if any(one.to not in found for one in new):
        raise invalid(
            *("grants", "unknown"),
            "Une personne, une communauté ou une liste n’est plus là : choisissez-la de nouveau.",
            "A person, a community or an audience is gone: choose it again.",
        )
    return {
        one.to: Grant(
            level=number_of(one.level),
            member_id=one.member_id,
            community_id=one.community_id,
            circle_id=circles.get(one.community_id) if one.community_id else None,
            audience_id=one.audience_id,
        )
        for one in drafts
    }


async def _circles(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, UUID]:
    query = select(Community.id, Community.circle_id).where(Community.id.in_(ids))
    return {row[0]: row[1] for row in await session.execute(query)}


async def _people(session: AsyncSession, found: Sequence[Grant]) -> set[UUID]:
    """Those whom these grants reach, as many as are told."""
    circles = [grant.circle_id for grant in found if grant.circle_id]
    audiences = [grant.audience_id for grant in found if grant.audience_id]
    kept = KeptAudienceMember
    every = union(
        select(Membership.member_id).where(Membership.circle_id.in_(circles)),
        select(kept.member_id).where(kept.audience_id.in_(audiences)),
    )
    many = every.subquery()
    reached = set(await session.scalars(select(many.c.member_id).limit(MOST_TOLD)))
    return reached | {grant.member_id for grant in found if grant.member_id}


async def _running(session: AsyncSession, guard: Guard) -> set[UUID]:
    """Those who run the community that it stands in: they read whatever it lets through, by no grant."""
    of_circle = and_(Membership.circle_id == guard.circle_id, Membership.role.in_(("owner", "moderator")), holds())
    return set(await session.scalars(select(Membership.member_id).where(of_circle)))


async def _release_unused(session: AsyncSession, lost: Sequence[Grant]) -> None:
    """An audience by which nothing is granted any more is kept true no longer."""
    for audience_id in sorted({grant.audience_id for grant in lost if grant.audience_id}):
        if not await session.scalar(select(exists().where(Grant.audience_id == audience_id))):
            await release(session, audience_id)


def _kind(thing: Folder | Document) -> str:
    return "folder" if isinstance(thing, Folder) else "document"
