"""What became of mails that left, or did not. Nothing of what they say, nor to whom."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.policy import may_read_audit
from parvis.kernel import clock
from parvis.kernel.errors import require
from parvis.kernel.jobs import Job
from parvis.kernel.mail import MAIL_JOB

ADMINISTRATORS_ONLY = {
    "fr": "Ce qu’il advient des courriels se lit par les administrateurs.",
    "en": "What becomes of mails is for administrators.",
}
LOOKED_BACK = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Deliveries:
    """How many mails were tried in vain and are tried again, since when the first of them is due; how many were given
    up in the last thirty days, and when the last was."""

    put_off: int
    next_try_at: datetime | None
    given_up: int
    given_up_at: datetime | None


async def deliveries(session: AsyncSession, actor: Actor) -> Deliveries:
    """One query. Raises `Forbidden`."""
    require(may_read_audit(actor), ADMINISTRATORS_ONLY)
    waits = Job.ended_at.is_(None)
    query = select(
        func.coalesce(func.sum(case((waits, 1), else_=0)), 0),
        func.min(case((waits, Job.run_at))),
        func.coalesce(func.sum(case((waits, 0), else_=1)), 0),
        func.max(Job.ended_at),
    ).where(Job.name == MAIL_JOB, Job.error.is_not(None), waits | (Job.ended_at > clock.now() - LOOKED_BACK))
    return Deliveries(*(await session.execute(query)).one())
