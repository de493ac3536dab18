"""Documents that are written here, by several people: pages. What one holds is kept elsewhere, and who keeps it is told
once, where tables are put together (`wiring.py`)."""

from collections.abc import Mapping, Sequence
from typing import Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor

from .models import Document

PAGE_TYPE = "application/vnd.parvis.page"


class Keeper(Protocol):
    """Who keeps what pages hold."""

    async def copied(self, session: AsyncSession, actor: Actor, source: UUID, made: Document) -> None:
        """A page was copied: the copy says the same."""
        ...

    async def texts(self, session: AsyncSession, ids: Sequence[UUID]) -> Mapping[UUID, str]:
        """What these pages say, by which they are found."""
        ...

    async def forgotten(self, session: AsyncSession, ids: Sequence[UUID]) -> None:
        """These documents are deleted for good in this unit of work: nothing else of theirs stays."""
        ...


class Nobody:
    """Where there are no pages."""

    async def copied(self, session: AsyncSession, actor: Actor, source: UUID, made: Document) -> None:
        return None

    async def texts(self, session: AsyncSession, ids: Sequence[UUID]) -> Mapping[UUID, str]:
        return {}

    async def forgotten(self, session: AsyncSession, ids: Sequence[UUID]) -> None:
        return None


class Pages:
    def __init__(self) -> None:
        self.keeper: Keeper = Nobody()

    def kept_by(self, keeper: Keeper) -> None:
        self.keeper = keeper


PAGES = Pages()
