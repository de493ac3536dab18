"""Jobs that were given up, of which nothing is told but which and why."""

import re
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.policy import may_read_audit
from parvis.kernel.errors import require
from parvis.kernel.jobs import WORKER_DIED, Job, is_aside
from parvis.kernel.pagination import Page, PageRequest, paginate

from .health import ADMINISTRATORS_ONLY

T = TypeVar("T")
KIND = re.compile(r"(\w+)\(")
"""Of an error, as Python writes it. What follows may be about people."""


async def set_aside(session: AsyncSession, actor: Actor, page: PageRequest, present: Callable[[Job], T]) -> Page[T]:
    """Those of a week, the latest made first. One query. Raises `Forbidden` and `Invalid`."""
    require(may_read_audit(actor), ADMINISTRATORS_ONLY)
    return await paginate(session, select(Job).where(is_aside()), [Job.id.desc()], page, present)


def reason(job: Job) -> str:
    """Which kind of error it ended in."""
    if job.error == WORKER_DIED:
        return "worker_died"
    kind = KIND.match(job.error or "")
    return kind[1] if kind else "unknown"
