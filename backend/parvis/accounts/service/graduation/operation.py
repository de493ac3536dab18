"""The operation itself: asked for by an administrator, done and undone by a job."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.events import MemberUpdated, StructureChanged
from parvis.accounts.models import Affiliation, Cohort, Graduate, Graduation, Member
from parvis.accounts.queries import graduations as queries
from parvis.accounts.queries import structure
from parvis.accounts.queries.graduations import Preview
from parvis.accounts.service.structure import changing
from parvis.kernel import clock
from parvis.kernel.audit import audit
from parvis.kernel.db import Database
from parvis.kernel.errors import Conflict, NotFound
from parvis.kernel.events import record
from parvis.kernel.jobs import Handler, LeasedJob, enqueue

GRADUATE = "cohorts.graduate"
UNDO = "cohorts.undo_graduation"
AT_ONCE = 100
"""Members in one transaction: up to five rows of each change."""


class AlreadyGraduated(Conflict):
    code = "already_graduated"
    title = {
        "fr": "Cette promotion a déjà une date. Annulez-la d’abord.",
        "en": "This cohort already has a date. Cancel it first.",
    }


class GraduationHeld(Conflict):
    code = "graduation_held"
    title = {
        "fr": "La date est passée : la diplomation ne s’annule plus.",
        "en": "The day has come: the graduation can no longer be cancelled.",
    }


async def graduate(session: AsyncSession, actor: Actor, cohort_id: UUID, on: date) -> Preview:
    """Lets the cohort graduate on that day; asked again for the same day, changes nothing.

    Raises `Forbidden`, `NotFound`, and `AlreadyGraduated` for another day.
    """
    changing.require_managing(actor)
    await changing.locked(session, Cohort, cohort_id)
    cohort, *_ = await structure.cohort(session, cohort_id)
    standing = await queries.graduation_of(session, cohort_id)
    if standing is not None:
        if standing.held_on != on or standing.cancelled_at is not None:
            raise AlreadyGraduated
        return await queries.preview(session, cohort, on)
    foreseen = await queries.preview(session, cohort, on)
    graduation = Graduation(cohort_id=cohort_id, held_on=on, students=foreseen.students)
    session.add(graduation)
    await session.flush()
    await enqueue(session, GRADUATE, {"graduation_id": str(graduation.id)})
    said: dict[str, str | int] = {"on": on.isoformat(), "students": foreseen.students, "lacking": foreseen.lacking}
    audit(session, actor.id, "cohort.graduated", "cohort", cohort_id, said)
    return await queries.preview(session, cohort, on)


async def cancel(session: AsyncSession, actor: Actor, cohort_id: UUID) -> None:
    """Undoes it, while its day has not come. Raises `Forbidden`, `NotFound` and `GraduationHeld`."""
    changing.require_managing(actor)
    cohort = await changing.locked(session, Cohort, cohort_id)
    graduation = await queries.graduation_of(session, cohort_id)
    if graduation is None or graduation.cancelled_at is not None:
        raise NotFound
    if graduation.held_on <= clock.now().date():
        raise GraduationHeld
    graduation.cancelled_at = clock.now()
    _mark(session, cohort, graduated=False)
    await enqueue(session, UNDO, {"graduation_id": str(graduation.id)})
    audit(session, actor.id, "cohort.graduation_cancelled", "cohort", cohort_id, {"on": graduation.held_on.isoformat()})


def graduate_cohorts(database: Database) -> Handler:
    """The handler of `cohorts.graduate`. Cut anywhere, it goes on from there."""

    async def run(job: LeasedJob) -> None:
        while await database.write(_graduate_some, UUID(job.payload["graduation_id"])):
            pass

    return run


def undo_graduations(database: Database) -> Handler:
    """The handler of `cohorts.undo_graduation`."""

    async def run(job: LeasedJob) -> None:
        while await database.write(_undo_some, UUID(job.payload["graduation_id"])):
            pass

    return run


async def _graduate_some(session: AsyncSession, graduation_id: UUID) -> bool:
    """Lets the next members graduate; whether there may be more."""
    graduation = await session.get(Graduation, graduation_id, with_for_update=True, populate_existing=True)
    if graduation is None or graduation.cancelled_at is not None or graduation.finished_at is not None:
        return False
    done = select(Graduate.studies_id).where(Graduate.graduation_id == graduation_id)
    left = (queries.studies(graduation.cohort_id, graduation.held_on), Affiliation.id.not_in(done))
    waiting = select(Affiliation.member_id).where(*left).distinct().order_by(Affiliation.member_id).limit(AT_ONCE)
    members = await _held(session, (await session.scalars(waiting)).all())
    if not members:
        graduation.finished_at = clock.now()
        _mark(session, await changing.locked(session, Cohort, graduation.cohort_id), graduated=True)
        return False
    ids = [member.id for member in members]
    ended = (await session.scalars(select(Affiliation).where(Affiliation.member_id.in_(ids), *left))).all()
    alumni = await _made_alumni(session, graduation, ended)
    for studies in ended:
        session.add(
            Graduate(
                graduation_id=graduation_id,
                studies_id=studies.id,
                alum_id=alumni.get(studies.id),
                ended_before=studies.ends_on,
            )
        )
        studies.ends_on = graduation.held_on
    _tell(session, members)
    graduation.graduated += sum(member.deleted_at is None for member in members)
    return True


async def _undo_some(session: AsyncSession, graduation_id: UUID) -> bool:
    """Gives the next members their studies back as they were, unless somebody has changed their end since."""
    graduation = await session.get(Graduation, graduation_id, with_for_update=True, populate_existing=True)
    if graduation is None or graduation.undone_at is not None:
        return False
    own = Graduate.graduation_id == graduation_id
    some = select(Graduate).where(own).order_by(Graduate.studies_id).limit(AT_ONCE)
    graduates = (await session.scalars(some)).all()
    if not graduates:
        graduation.undone_at = clock.now()
        return False
    owners = select(Affiliation.member_id).where(Affiliation.id.in_([one.studies_id for one in graduates]))
    members = await _held(session, sorted(set(await session.scalars(owners))))
    touched = [id_ for one in graduates for id_ in (one.studies_id, one.alum_id) if id_ is not None]
    read = select(Affiliation).where(Affiliation.id.in_(touched)).execution_options(populate_existing=True)
    affiliations = {affiliation.id: affiliation for affiliation in await session.scalars(read)}
    for one in graduates:
        studies = affiliations[one.studies_id]
        if studies.ends_on == graduation.held_on:
            studies.ends_on = one.ended_before
        await session.delete(one)
    await session.flush()
    for one in graduates:
        if one.alum_id is not None and one.alum_id in affiliations:
            await session.delete(affiliations[one.alum_id])
    _tell(session, members)
    return True


async def _held(session: AsyncSession, ids: Sequence[UUID]) -> Sequence[Member]:
    """Those members, held until the commit: who changes one of them by hand waits, and is waited for."""
    query = select(Member).where(Member.id.in_(ids)).order_by(Member.id).with_for_update()
    return (await session.scalars(query)).all()


async def _made_alumni(session: AsyncSession, graduation: Graduation, ended: Sequence[Affiliation]) -> dict[UUID, UUID]:
    """Studies -> what follows them. None follows for who is one of the cohort's alumni already."""
    already = select(Affiliation.member_id).where(
        Affiliation.member_id.in_([studies.member_id for studies in ended]),
        Affiliation.kind == "alum",
        Affiliation.cohort_id == graduation.cohort_id,
    )
    alumni, made = set(await session.scalars(already)), {}
    for studies in ended:
        if studies.member_id not in alumni:
            alumni.add(studies.member_id)
            made[studies.id] = _alum(studies, graduation.held_on)
    session.add_all(made.values())
    await session.flush()
    return {studies_id: alum.id for studies_id, alum in made.items()}


def _alum(studies: Affiliation, on: date) -> Affiliation:
    return Affiliation(
        member_id=studies.member_id,
        kind="alum",
        unit_id=studies.unit_id,
        programme_id=studies.programme_id,
        cohort_id=studies.cohort_id,
        source="institution",
        starts_on=on,
    )


def _tell(session: AsyncSession, members: Sequence[Member]) -> None:
    for member in members:
        member.version += 1
        record(session, MemberUpdated(member_id=member.id))


def _mark(session: AsyncSession, cohort: Cohort, *, graduated: bool) -> None:
    cohort.graduated_at = clock.now() if graduated else None
    cohort.version += 1
    record(session, StructureChanged(kind="cohort", id=cohort.id, version=cohort.version))
