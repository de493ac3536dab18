"""What members are to the institution: dated, and sourced."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.events import MemberUpdated
from parvis.accounts.models import Affiliation, Cohort, Member, Programme, Unit
from parvis.accounts.queries.people import Person, person_of
from parvis.accounts.schemas.people import AffiliationChange, AffiliationDraft
from parvis.kernel import clock
from parvis.kernel.audit import audit
from parvis.kernel.errors import NotFound, invalid
from parvis.kernel.events import record

from .managing import managed_member
from .structure.changing import existing


async def add_to(session: AsyncSession, member_id: UUID, draft: AffiliationDraft, *, source: str) -> Affiliation:
    """Gives a member an affiliation. `source`: who says so. Raises `Invalid` for a place that is not."""
    affiliation = Affiliation(
        member_id=member_id,
        kind=draft.kind,
        title=draft.title,
        source=source,
        starts_on=draft.starts_on or clock.now().date(),
        ends_on=draft.ends_on,
        **await _place(session, draft.unit_id, draft.programme_id, draft.cohort_id),
    )
    session.add(affiliation)
    return affiliation


async def add(
    session: AsyncSession, actor: Actor, member_id: UUID, draft: AffiliationDraft, unchanged: Callable[[int], None]
) -> Person:
    """Raises `Forbidden`, `NotFound`, `PreconditionFailed`, and `Invalid` for a place that is not."""
    member = await managed_member(session, actor, member_id)
    unchanged(member.version)
    await add_to(session, member_id, draft, source="administrator")
    return await _changed(session, actor, member, "affiliation.added", draft.kind)


async def change(
    session: AsyncSession,
    actor: Actor,
    member_id: UUID,
    affiliation_id: UUID,
    draft: AffiliationChange,
    unchanged: Callable[[int], None],
) -> Person:
    """Raises `Forbidden`, `NotFound`, `PreconditionFailed`, and `Invalid` when it would end before it starts, or for a
    place that is not."""
    member, affiliation = await _managed(session, actor, member_id, affiliation_id)
    unchanged(member.version)
    wanted = {field: getattr(affiliation, field) for field in AffiliationChange.model_fields}
    wanted |= draft.model_dump(exclude_unset=True)
    if wanted["ends_on"] is not None and wanted["ends_on"] <= wanted["starts_on"]:
        raise invalid("ends_on", "ends_before_start", "La fin doit suivre le début.", "The end must follow the start.")
    place = await _place(session, wanted["unit_id"], wanted["programme_id"], wanted["cohort_id"])
    for field, value in {**wanted, **place}.items():
        setattr(affiliation, field, value)
    return await _changed(session, actor, member, "affiliation.changed", affiliation.kind)


async def remove(
    session: AsyncSession, actor: Actor, member_id: UUID, affiliation_id: UUID, unchanged: Callable[[int], None]
) -> Person:
    """Takes back what was said in error; what has ended keeps its end instead.

    Raises `Forbidden`, `NotFound` and `PreconditionFailed`.
    """
    member, affiliation = await _managed(session, actor, member_id, affiliation_id)
    unchanged(member.version)
    await session.delete(affiliation)
    return await _changed(session, actor, member, "affiliation.removed", affiliation.kind)


async def _place(
    session: AsyncSession, unit_id: UUID | None, programme_id: UUID | None, cohort_id: UUID | None
) -> dict[str, UUID | None]:
    """Where an affiliation stands: a cohort says its programme, and a programme its unit, where the draft does not.

    Raises `Invalid` for what does not exist, and for a cohort of another programme.
    """
    if cohort_id is not None:
        cohort = await existing(session, Cohort, cohort_id)
        if cohort is None or programme_id not in {None, cohort.programme_id}:
            raise invalid("cohort_id", "unknown", "Cette promotion n’existe pas ici.", "There is no such cohort here.")
        programme_id = cohort.programme_id
    if programme_id is not None:
        programme = await existing(session, Programme, programme_id)
        if programme is None:
            raise invalid("programme_id", "unknown", "Cette formation n’existe pas.", "There is no such programme.")
        unit_id = unit_id or programme.unit_id
    if unit_id is not None and await existing(session, Unit, unit_id) is None:
        raise invalid("unit_id", "unknown", "Cette composante n’existe pas.", "There is no such unit.")
    return {"unit_id": unit_id, "programme_id": programme_id, "cohort_id": cohort_id}


async def _managed(
    session: AsyncSession, actor: Actor, member_id: UUID, affiliation_id: UUID
) -> tuple[Member, Affiliation]:
    member = await managed_member(session, actor, member_id)
    query = select(Affiliation).where(Affiliation.id == affiliation_id, Affiliation.member_id == member_id)
    found = (await session.execute(query)).scalar_one_or_none()
    if found is None:
        raise NotFound
    return member, found


async def _changed(session: AsyncSession, actor: Actor, member: Member, action: str, kind: str) -> Person:
    """The publics of a member, and so what he may do, follow his affiliations: he is told."""
    member.version += 1
    audit(session, actor.id, action, "member", member.id, {"kind": kind})
    record(session, MemberUpdated(member_id=member.id), actor_id=actor.id)
    await session.flush()
    return await person_of(session, member.id)
