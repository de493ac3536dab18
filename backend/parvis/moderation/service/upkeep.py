"""What becomes of cases by themselves."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.db import Database
from parvis.kernel.events import record
from parvis.kernel.jobs import Handler, LeasedJob
from parvis.moderation import policy, queries
from parvis.moderation.events import ReportReceived
from parvis.moderation.models import Case


def tell_of_left(database: Database) -> Handler:
    """The handler of `moderation.left`: the organisation's moderators see the case by the clock; here they are told."""

    async def tell(job: LeasedJob) -> None:
        await database.write(_tell, UUID(job.payload["case_id"]))

    return tell


async def _tell(session: AsyncSession, case_id: UUID) -> None:
    case = await session.get(Case, case_id)
    if case is None or not policy.is_open(case):
        return
    for member_id in await queries.organisation_moderators(session, but=case.author_id):
        left = ReportReceived(member_id=member_id, id=case.id, community_id=case.community_id, level="organisation")
        record(session, left)
