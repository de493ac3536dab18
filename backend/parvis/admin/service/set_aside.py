"""Taking up again what was given up."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.policy import may_read_audit
from parvis.admin.queries.health import ADMINISTRATORS_ONLY
from parvis.kernel import jobs
from parvis.kernel.audit import audit
from parvis.kernel.errors import require


async def try_again(session: AsyncSession, actor: Actor, job_id: UUID) -> None:
    """Raises `Forbidden`, `NotFound` and `JobWaiting`."""
    require(may_read_audit(actor), ADMINISTRATORS_ONLY)
    name = await jobs.try_again(session, job_id)
    audit(session, actor.id, "job.tried_again", "job", job_id, {"name": name})
