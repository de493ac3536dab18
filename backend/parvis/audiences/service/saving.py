"""Saving audiences, and writing down who is in frozen ones."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import delete, func, insert, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor, acting_later
from parvis.accounts.policy import may_announce
from parvis.audiences import counting, queries, rules
from parvis.audiences.compiling import members
from parvis.audiences.counting import Count
from parvis.audiences.events import AudienceChanged
from parvis.audiences.models import Audience, AudienceMember
from parvis.audiences.policy import ANNOUNCERS_ONLY, may_change, visible_to
from parvis.audiences.queries import SavedAudience
from parvis.audiences.schemas import AudienceDraft
from parvis.kernel import clock
from parvis.kernel.db import Database, one_at_a_time
from parvis.kernel.errors import Conflict, NotFound, Text, require
from parvis.kernel.events import record
from parvis.kernel.jobs import Handler, LeasedJob, enqueue

from .keeping import keep_soon

FREEZE = "audiences.freeze"
"""The job that writes down who is in a frozen audience, and forgets who was in it before."""
MOST_SAVED = 200
AT_ONCE = 500
OWNER_ONLY: Text = {
    "fr": "Seule la personne qui a enregistré ces destinataires les modifie.",
    "en": "Only who saved this audience changes it.",
}
Unchanged = Callable[[int], None]


class TooManyAudiences(Conflict):
    code = "too_many_audiences"
    title = {
        "fr": "Vous avez déjà enregistré deux cents listes de destinataires : supprimez-en d’abord.",
        "en": "You have saved two hundred audiences already: delete some first.",
    }


async def save(session: AsyncSession, actor: Actor, draft: AudienceDraft) -> SavedAudience:
    """Raises `Forbidden`, `Invalid` and `TooManyAudiences`."""
    require(may_announce(actor), ANNOUNCERS_ONLY)
    await queries.refuse_unknown(session, actor, draft.rule, at="rule")
    await _refuse_too_many(session, actor.id)
    kept = Audience(owner_id=actor.id, generation=0, version=0)
    session.add(kept)
    await _keep(session, kept, draft)
    return await queries.audience(session, actor, kept.id)


async def change(
    session: AsyncSession, actor: Actor, audience_id: UUID, draft: AudienceDraft, unchanged: Unchanged
) -> SavedAudience:
    """Puts this in its place; a frozen one is frozen anew. Raises `NotFound`, `Forbidden`, `PreconditionFailed` and
    `Invalid`."""
    kept = await _held(session, actor, audience_id)
    unchanged(kept.version)
    await queries.refuse_unknown(session, actor, draft.rule, at="rule")
    await _keep(session, kept, draft)
    return await queries.audience(session, actor, audience_id)


async def forget(session: AsyncSession, actor: Actor, audience_id: UUID, unchanged: Unchanged) -> None:
    """Raises `NotFound`, `Forbidden` and `PreconditionFailed`."""
    kept = await _held(session, actor, audience_id)
    unchanged(kept.version)
    await session.delete(kept)
    await session.flush()
    await _write_down(session, kept)
    _tell(session, kept)


def freeze_audiences(database: Database) -> Handler:
    """The handler of `audiences.freeze`, in batches: begun again, it goes on after those it has."""

    async def freeze(job: LeasedJob) -> None:
        audience_id = UUID(job.payload["id"])
        while await database.write(_forget_others, audience_id):
            pass
        while await database.write(_write_some, audience_id):
            pass

    return freeze


async def _keep(session: AsyncSession, kept: Audience, draft: AudienceDraft) -> None:
    kept.name, kept.rule, kept.shared, kept.frozen = draft.name, rules.kept(draft.rule), draft.shared, draft.frozen
    kept.version += 1
    kept.generation += 1
    kept.updated_at, kept.frozen_at = clock.now(), None
    await session.flush()
    await _write_down(session, kept)
    _tell(session, kept)


async def _write_down(session: AsyncSession, kept: Audience) -> None:
    await keep_soon(session, kept.id)
    await enqueue(session, FREEZE, {"id": str(kept.id)})


async def _forget_others(session: AsyncSession, audience_id: UUID) -> bool:
    """Forgets up to 500 of those who were in an earlier generation, or in what is frozen no more. Whether there were
    so many."""
    generation = await session.scalar(
        select(Audience.generation).where(Audience.id == audience_id, Audience.frozen).with_for_update()
    )
    kept = AudienceMember
    old = select(kept.audience_id, kept.generation, kept.member_id).where(kept.audience_id == audience_id)
    if generation is not None:
        old = old.where(kept.generation != generation)
    keys = tuple_(kept.audience_id, kept.generation, kept.member_id)
    rows = (await session.execute(old.limit(AT_ONCE))).all()
    if rows:
        await session.execute(delete(kept).where(keys.in_(rows)))
    return len(rows) == AT_ONCE


async def _write_some(session: AsyncSession, audience_id: UUID) -> bool:
    """Writes down the next 500 of who is in it, then that it is done. Whether there may be more."""
    query = select(Audience).where(Audience.id == audience_id, Audience.frozen, Audience.frozen_at.is_(None))
    kept = (await session.execute(query.with_for_update())).scalar_one_or_none()
    if kept is None:
        return False
    actor = await acting_later(session, kept.owner_id) if kept.owner_id else None
    rule = rules.read(kept.rule)
    mine = (AudienceMember.audience_id == audience_id, AudienceMember.generation == kept.generation)
    last = select(AudienceMember.member_id).where(*mine).order_by(AudienceMember.member_id.desc()).limit(1)
    after = await session.scalar(last)
    found = [] if actor is None else list(await session.scalars(members(rule, actor, after=after, limit=AT_ONCE)))
    if found:
        place = {"audience_id": audience_id, "generation": kept.generation}
        await session.execute(insert(AudienceMember), [{**place, "member_id": member_id} for member_id in found])
    if len(found) == AT_ONCE:
        return True
    counted = Count(None) if actor is None else await counting.count(session, actor, rule)
    await keep_soon(session, audience_id)
    kept.people, kept.about, kept.frozen_at = counted.people, counted.about, clock.now()
    kept.version += 1
    await session.flush()
    _tell(session, kept)
    return False


async def _held(session: AsyncSession, actor: Actor, audience_id: UUID) -> Audience:
    query = select(Audience).where(Audience.id == audience_id, visible_to(actor)).with_for_update()
    kept = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    if kept is None:
        raise NotFound
    require(may_change(actor, kept), OWNER_ONLY)
    return kept


async def _refuse_too_many(session: AsyncSession, owner_id: UUID) -> None:
    await one_at_a_time(session, f"audiences of {owner_id}")
    saved = select(func.count()).where(Audience.owner_id == owner_id)
    if (await session.scalar(saved) or 0) >= MOST_SAVED:
        raise TooManyAudiences


def _tell(session: AsyncSession, kept: Audience) -> None:
    if kept.owner_id is not None:
        record(session, AudienceChanged(member_id=kept.owner_id, id=kept.id), actor_id=kept.owner_id)
