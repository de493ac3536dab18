"""Erasing an account whose time has come."""

from uuid import UUID

import structlog

from parvis.accounts.service import leaving
from parvis.kernel.jobs import Handler, LeasedJob
from parvis.kernel.personal_data import AT_ONCE, PersonalData
from parvis.kernel.runtime import Parvis

log = structlog.get_logger()

PASSES = 2
"""The second takes what was written about the member while the first was at work."""


def erase_members(parvis: Parvis) -> Handler:
    """The handler of `members.erase`. Killed half-way and run again, it goes on where there is something left."""

    async def erase(job: LeasedJob) -> None:
        member_id = UUID(job.payload["member_id"])
        async with parvis.database.reading() as session:
            due = await leaving.is_due(session, member_id)
        for _ in range(PASSES if due else 0):
            await _erase(parvis, member_id)
        if due:  # Kept elsewhere, it says who must not come back with a backup.
            log.info("member.erased", member_id=str(member_id))

    return erase


async def _erase(parvis: Parvis, member_id: UUID) -> None:
    """From the last part to the first: what the others hang from, the member's own row, goes last."""
    data = parvis.part(PersonalData)
    for held in reversed(list(data.holdings())):
        while await parvis.database.write(data.erase, held, member_id) == AT_ONCE:
            pass
