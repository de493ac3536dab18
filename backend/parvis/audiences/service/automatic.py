"""Putting people in a community by a rule, and keeping it true as they change.

Who came in otherwise stays whatever the rule says; who left, or was taken out, is not put in again; who is banned
never. Those who do not show the whole organisation what they are to the institution are left out: to be there would
tell it.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, delete, exists, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.audiences import queries, rules
from parvis.audiences.compiling import shown
from parvis.audiences.events import AutomaticMembershipChanged
from parvis.audiences.models import AutomaticMember, AutomaticMembership
from parvis.audiences.policy import OWNERS_WHO_ANNOUNCE, may_end_automatic, may_set_automatic
from parvis.audiences.queries import Automatic
from parvis.audiences.rules import Rule
from parvis.circles.models import Membership
from parvis.communities.models import Community, CommunityBan
from parvis.communities.service.people import let_in_all, put_out_all
from parvis.communities.service.telling import held, hold
from parvis.kernel import clock
from parvis.kernel.audit import audit
from parvis.kernel.db import Database
from parvis.kernel.errors import NotFound, require
from parvis.kernel.events import record
from parvis.kernel.jobs import Handler, LeasedJob, enqueue

from .keeping import keep_all_soon, turn_after

SETTLE = "audiences.settle"
"""The job that puts people in a community and takes them out, until its rule holds."""
AT_ONCE = 500
TOGETHER = 5
"""Seconds in which what changes is settled together."""
Unchanged = Callable[[int], None]


async def set_rule(
    session: AsyncSession, actor: Actor, community_id: UUID, rule: Rule, unchanged: Unchanged
) -> Automatic:
    """Raises `NotFound`, `Forbidden`, `PreconditionFailed` and `Invalid`."""
    seen = await held(session, actor, community_id)
    require(may_set_automatic(actor, seen.community, seen.standing), OWNERS_WHO_ANNOUNCE)
    kept = await session.get(AutomaticMembership, community_id, populate_existing=True)
    unchanged(kept.version if kept else 0)
    rules.refuse_hidden(rule)
    await queries.refuse_unknown(session, actor, rule, at="rule")
    if kept is None:
        kept = AutomaticMembership(community_id=community_id, version=0)
        session.add(kept)
    kept.rule, kept.set_by, kept.set_at = rules.kept(rule), actor.id, clock.now()
    kept.version += 1
    await session.flush()
    await _changed(session, actor, community_id, kept.version, "community.automatic_set")
    await turn_after(session, clock.now().date())
    return await queries.automatic(session, actor, community_id)


async def end(session: AsyncSession, actor: Actor, community_id: UUID, unchanged: Unchanged) -> None:
    """Nobody is put in by a rule any more; who was stays. Raises `NotFound`, also where there is no rule, `Forbidden`
    and `PreconditionFailed`."""
    seen = await held(session, actor, community_id)
    kept = await session.get(AutomaticMembership, community_id, populate_existing=True)
    if kept is None:
        raise NotFound
    require(may_end_automatic(actor, seen.standing), OWNERS_WHO_ANNOUNCE)
    unchanged(kept.version)
    version = kept.version + 1
    await session.delete(kept)
    await session.flush()
    await _changed(session, actor, community_id, version, "community.automatic_ended")


async def settle_all_soon(session: AsyncSession) -> None:
    """Something changed that rules may ask for: within seconds, whatever else changes meanwhile."""
    due = clock.now().replace(microsecond=0) + timedelta(seconds=TOGETHER)
    due -= timedelta(seconds=due.second % TOGETHER)
    for community_id in await session.scalars(select(AutomaticMembership.community_id)):
        await _settle(session, community_id, due)
    await keep_all_soon(session, due)


async def remember_left(session: AsyncSession, community_id: UUID, member_id: UUID) -> None:
    """Somebody left by himself, or was taken out by somebody: he is not put in again."""
    if await session.get(AutomaticMembership, community_id) is None:
        return
    if await session.get(AutomaticMember, (community_id, member_id)) is None:
        session.add(AutomaticMember(community_id=community_id, member_id=member_id, since=clock.now()))
        await session.flush()


def settle_community(database: Database) -> Handler:
    """The handler of `audiences.settle`, in batches: begun again, it goes on."""

    async def settle(job: LeasedJob) -> None:
        community_id = UUID(job.payload["id"])
        for step in (_take_out_some, _put_in_some, _release_some):
            while await database.write(step, community_id) == AT_ONCE:
                pass

    return settle


def turn_day(database: Database) -> Handler:
    """The handler of `audiences.turn`."""

    async def turn(_job: LeasedJob) -> None:
        await database.write(_turn)

    return turn


async def _turn(session: AsyncSession) -> None:
    ids = (await session.scalars(select(AutomaticMembership.community_id))).all()
    for community_id in ids:
        await _settle(session, community_id, clock.now())
    is_any_kept = await keep_all_soon(session)
    if ids or is_any_kept:
        await turn_after(session, clock.now().date())


async def _settle(session: AsyncSession, community_id: UUID, due: datetime) -> None:
    key = f"{community_id} {due.isoformat()}"
    await enqueue(session, SETTLE, {"id": str(community_id)}, run_at=due, unique=key)


async def _changed(session: AsyncSession, actor: Actor, community_id: UUID, version: int, action: str) -> None:
    audit(session, actor.id, action, "community", community_id)
    record(session, AutomaticMembershipChanged(id=community_id, version=version), actor_id=actor.id)
    await _settle(session, community_id, clock.now())


async def _put_in_some(session: AsyncSession, community_id: UUID) -> int:
    """Puts at most 500 in of those whom the rule takes in and whom it never did. Returns how many."""
    found = await _held(session, community_id)
    if found is None:
        return 0
    community, rule = found
    people = shown(rule).subquery()
    known = select(AutomaticMember.member_id).where(AutomaticMember.community_id == community_id)
    banned = select(CommunityBan.member_id).where(CommunityBan.community_id == community_id)
    there = select(Membership.member_id).where(Membership.circle_id == community.circle_id)
    new = select(people.c.member_id).where(*(people.c.member_id.not_in(others) for others in (known, banned, there)))
    ids = (await session.scalars(new.order_by(people.c.member_id).limit(AT_ONCE))).all()
    since = clock.now()
    placed = await let_in_all(session, community, ids, since) if ids else []
    if placed:
        rows = [{"community_id": community_id, "member_id": member_id, "since": since} for member_id in placed]
        await session.execute(insert(AutomaticMember), rows)
    return len(ids)


async def _take_out_some(session: AsyncSession, community_id: UUID) -> int:
    """Takes at most 500 out of those whom the rule put in and takes in no more. Returns how many."""
    found = await _held(session, community_id)
    if found is None:
        return 0
    community, rule = found
    mine = _put_in(community).where(AutomaticMember.member_id.not_in(shown(rule)))
    ids = (await session.scalars(mine.limit(AT_ONCE))).all()
    if ids:
        await put_out_all(session, community, ids)
        await _forget(session, community_id, ids)
    return len(ids)


async def _release_some(session: AsyncSession, community_id: UUID) -> int:
    """Where there is no rule any more, who was put in is as if by hand. Returns how many of at most 500."""
    community = await session.get(Community, community_id)
    if community is None or await session.get(AutomaticMembership, community_id) is not None:
        return 0
    ids = (await session.scalars(_put_in(community).limit(AT_ONCE))).all()
    await _forget(session, community_id, ids)
    return len(ids)


async def _held(session: AsyncSession, community_id: UUID) -> tuple[Community, Rule] | None:
    """A community whose rule holds, held until the commit; None for one without, and while it is archived."""
    kept = await session.get(AutomaticMembership, community_id, populate_existing=True)
    if kept is None:
        return None
    community = await hold(session, community_id)
    return None if community.archived_at is not None else (community, rules.read(kept.rule))


def _put_in(community: Community) -> Select[UUID]:
    """Ids of those who are in a community by its rule: since then, and with no more rights than it gave."""
    place = exists().where(
        Membership.circle_id == community.circle_id,
        Membership.member_id == AutomaticMember.member_id,
        Membership.since == AutomaticMember.since,
        Membership.role == "member",
    )
    query = select(AutomaticMember.member_id).where(AutomaticMember.community_id == community.id, place)
    return query.order_by(AutomaticMember.member_id)


async def _forget(session: AsyncSession, community_id: UUID, member_ids: Sequence[UUID]) -> None:
    theirs = (AutomaticMember.community_id == community_id, AutomaticMember.member_id.in_(member_ids))
    await session.execute(delete(AutomaticMember).where(*theirs))
