"""What the audit log came to hold."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import func, select

from parvis.kernel.audit import AuditEntry
from parvis.kernel.runtime import Parvis


@asynccontextmanager
async def audited_during(parvis: Parvis) -> AsyncIterator[list[AuditEntry]]:
    """`async with audited_during(parvis) as entries:` — after the block, `entries` are those written within it."""
    entries: list[AuditEntry] = []
    async with parvis.database.reading() as session:
        before = await session.scalar(select(func.max(AuditEntry.position))) or 0
    yield entries
    async with parvis.database.reading() as session:
        since = select(AuditEntry).where(AuditEntry.position > before).order_by(AuditEntry.position)
        entries += await session.scalars(since)
