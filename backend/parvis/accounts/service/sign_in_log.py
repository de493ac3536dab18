"""Lines of the log about coming in: who did, by what, from where; who was refused. Never with what it was tried."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.db.base import after_commit
from parvis.kernel.errors import ParvisError

log = structlog.get_logger()


def let_in(session: AsyncSession, member_id: UUID, session_id: UUID, methods: Sequence[str], network: str) -> None:
    """Written once it is true."""
    line = {"member": str(member_id), "session": str(session_id), "methods": list(methods), "network": network}
    bound = structlog.contextvars.get_contextvars()
    after_commit(session, lambda: log.info("sign_in", **{**bound, **line}))


@contextmanager
def refusals(method: str, network: str, member_id: UUID | None = None) -> Iterator[None]:
    """Writes a line for each refusal within. `member_id`: whose account was tried, where one was found."""
    try:
        yield
    except ParvisError as refusal:
        member = str(member_id) if member_id else None
        log.warning("sign_in.refused", method=method, reason=refusal.code, member=member, network=network)
        raise
