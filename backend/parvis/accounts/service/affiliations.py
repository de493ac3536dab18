"""What members are to the institution: dated, and sourced."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.events import MemberUpdated
from parvis.accounts.models import Affiliation
from parvis.accounts.queries.people import Person, person_of
from parvis.accounts.schemas.people import AffiliationChange, AffiliationDraft
from parvis.kernel import clock
from parvis.kernel.audit import audit
from parvis.kernel.errors import NotFound, invalid
from parvis.kernel.events import record

from .managing import managed_member


def add_to(session: AsyncSession, member_id: UUID, draft: AffiliationDraft, *, source: str) -> Affiliation:
    """Gives a member an affiliation. `source`: who says so."""
    affiliation = Affiliation(
        member_id=member_id,
        kind=draft.kind,
        unit=draft.unit,
        programme=draft.programme,
        source=source,
        starts_on=draft.starts_on or clock.now().date(),
        ends_on=draft.ends_on,
    )
    session.add(affiliation)
    return affiliation


async def add(session: AsyncSession, actor: Actor, member_id: UUID, draft: AffiliationDraft) -> Person:
    """Raises `Forbidden` and `NotFound`."""
    await managed_member(session, actor, member_id)
    add_to(session, member_id, draft, source="administrator")
    return await _changed(session, actor, member_id, "affiliation.added", draft.kind)


async def change(
    session: AsyncSession, actor: Actor, member_id: UUID, affiliation_id: UUID, draft: AffiliationChange
) -> Person:
    """Raises `Forbidden`, `NotFound`, and `Invalid` when it would end before it starts."""
    affiliation = await _managed(session, actor, member_id, affiliation_id)
    for field in draft.model_fields_set:
        setattr(affiliation, field, getattr(draft, field))
    if affiliation.ends_on is not None and affiliation.ends_on <= affiliation.starts_on:
        raise invalid("ends_on", "ends_before_start", "La fin doit suivre le début.", "The end must follow the start.")
    return await _changed(session, actor, member_id, "affiliation.changed", affiliation.kind)


async def remove(session: AsyncSession, actor: Actor, member_id: UUID, affiliation_id: UUID) -> Person:
    """Takes back what was said in error; what has ended keeps its end instead. Raises `Forbidden` and `NotFound`."""
    affiliation = await _managed(session, actor, member_id, affiliation_id)
    await session.delete(affiliation)
    return await _changed(session, actor, member_id, "affiliation.removed", affiliation.kind)


async def _managed(session: AsyncSession, actor: Actor, member_id: UUID, affiliation_id: UUID) -> Affiliation:
    await managed_member(session, actor, member_id)
    query = select(Affiliation).where(Affiliation.id == affiliation_id, Affiliation.member_id == member_id)
    found = (await session.execute(query)).scalar_one_or_none()
    if found is None:
        raise NotFound
    return found


async def _changed(session: AsyncSession, actor: Actor, member_id: UUID, action: str, kind: str) -> Person:
    """The publics of a member, and so what he may do, follow his affiliations: he is told."""
    audit(session, actor.id, action, "member", member_id, {"kind": kind})
    record(session, MemberUpdated(member_id=member_id), actor_id=actor.id)
    await session.flush()
    return await person_of(session, member_id)
