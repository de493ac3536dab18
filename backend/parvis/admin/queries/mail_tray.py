"""Reading the mail tray of the demonstration, where everybody reads everybody's mail."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.config import Settings
from parvis.kernel.errors import NotFound
from parvis.kernel.mail import TrayMail


def mails(settings: Settings, to: str | None = None) -> Select[TrayMail]:
    """Raises `NotFound` outside the demonstration."""
    _only_in_demonstration(settings)
    query = select(TrayMail)
    return query.where(TrayMail.to == to) if to else query


async def mail(session: AsyncSession, settings: Settings, mail_id: UUID) -> TrayMail:
    """Raises `NotFound`, always so outside the demonstration."""
    _only_in_demonstration(settings)
    found = await session.get(TrayMail, mail_id)
    if found is None:
        raise NotFound
    return found


def _only_in_demonstration(settings: Settings) -> None:
    if not settings.demo:
        raise NotFound
