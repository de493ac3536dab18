"""Asking those who are about to graduate for an address of their own, while the institution's still reaches them."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Address, GraduationReminder, Member
from parvis.accounts.queries import graduations as queries
from parvis.accounts.queries import structure
from parvis.accounts.service import activations, notices
from parvis.accounts.service.structure import changing
from parvis.kernel import clock
from parvis.kernel.audit import audit
from parvis.kernel.db import Database, one_at_a_time
from parvis.kernel.errors import invalid
from parvis.kernel.i18n import DEFAULT_LANGUAGE, is_language, write_date
from parvis.kernel.jobs import Handler, LeasedJob, enqueue

REMIND = "cohorts.remind"
AT_ONCE = 100
ADDRESSES_PAGE = "/settings/account"


async def remind(session: AsyncSession, actor: Actor, cohort_id: UUID, on: date) -> int:
    """Writes to each who lacks a way in of his own and can be reached, once in seven days. Gives to how many.

    Raises `Forbidden`, `NotFound`, and `Invalid` for a day that has come: the institution's address no longer reaches.
    """
    changing.require_managing(actor)
    await structure.cohort(session, cohort_id)
    if on <= clock.now().date():
        raise invalid("on", "past", "Choisissez une date à venir.", "Choose a day to come.")
    wanted = select(func.count()).select_from(Member).where(*queries.to_remind(cohort_id, on))
    people = await session.scalar(wanted) or 0
    said = {"cohort_id": str(cohort_id), "on": on.isoformat()}
    await enqueue(session, REMIND, said, unique=f"{cohort_id} {on}")
    audit(session, actor.id, "cohort.reminded", "cohort", cohort_id, {"on": on.isoformat(), "people": people})
    return people


def remind_students(database: Database) -> Handler:
    """The handler of `cohorts.remind`."""

    async def run(job: LeasedJob) -> None:
        cohort_id, on = UUID(job.payload["cohort_id"]), date.fromisoformat(job.payload["on"])
        while await database.write(_remind_some, cohort_id, on):
            pass

    return run


async def _remind_some(session: AsyncSession, cohort_id: UUID, on: date) -> bool:
    await one_at_a_time(session, REMIND)
    reached = select(Member, Address).join(Address, queries.reaching())
    some = reached.where(*queries.to_remind(cohort_id, on)).order_by(Member.id).limit(AT_ONCE)
    people = (await session.execute(some)).all()
    for member, address in people:
        await session.merge(GraduationReminder(member_id=member.id, sent_at=clock.now()))
        await _write_to(session, member, address, on)
    await session.flush()
    return bool(people)


async def _write_to(session: AsyncSession, member: Member, address: Address, on: date) -> None:
    if member.activated_at is None:  # The account first; it then asks for an address by itself.
        await activations.send_activation(session, member, address)
        return
    language = member.language if is_language(member.language) else DEFAULT_LANGUAGE
    said = {"link": ADDRESSES_PAGE, "day": write_date(on, language)}
    await notices.send(session, member, "personal_address", address.email, said)
