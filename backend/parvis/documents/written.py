"""Documents that are written here, by several people: pages. What one holds is kept elsewhere, and who keeps it is told
once, where tables are put together (`wiring.py`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.files.destinations import Account
from parvis.kernel.errors import NotFound
from parvis.kernel.runtime import Parvis

from .models import Document, Folder

PAGE_TYPE = "application/vnd.parvis.page"
PAGE_PICTURE = "page_picture"
"""What claims the pictures that stand in pages, for the page's id."""


FileFormat = Literal["md", "html", "docx"]


@dataclass(frozen=True, slots=True)
class PageFile:
    """A page as a file, with what makes a name of its own: `.html`."""

    content: bytes
    media_type: str
    extension: str


@dataclass(frozen=True, slots=True)
class Look:
    """With whose rights a page is read, in which language it is told. `is_outside`: for whoever holds a link, who is
    told no names of members beside those that its text has."""

    actor: Actor
    language: str
    is_outside: bool = False


class Keeper(Protocol):
    """Who keeps what pages hold."""

    async def copied(
        self, session: AsyncSession, actor: Actor, source: UUID, made: Document, space: Folder, account: Account
    ) -> None:
        """A page was copied into this space: the copy says the same. Raises `QuotaExceeded`."""
        ...

    async def texts(self, session: AsyncSession, ids: Sequence[UUID]) -> Mapping[UUID, str]:
        """What these pages say, by which they are found."""
        ...

    async def as_file(self, parvis: Parvis, look: Look, document_id: UUID, format_: FileFormat) -> PageFile:
        """A page as a file. Raises `NotFound`."""
        ...

    async def as_html(self, parvis: Parvis, look: Look, document_id: UUID) -> str:
        """What a page says, as HTML to be shown in another. Raises `NotFound`."""
        ...

    async def forgotten(self, session: AsyncSession, ids: Sequence[UUID]) -> None:
        """These documents are deleted for good in this unit of work: nothing else of theirs stays."""
        ...


class Nobody:
    """Where there are no pages."""

    async def copied(
        self, session: AsyncSession, actor: Actor, source: UUID, made: Document, space: Folder, account: Account
    ) -> None:
        return None

    async def texts(self, session: AsyncSession, ids: Sequence[UUID]) -> Mapping[UUID, str]:
        return {}

    async def as_file(self, parvis: Parvis, look: Look, document_id: UUID, format_: FileFormat) -> PageFile:
        raise NotFound

    async def as_html(self, parvis: Parvis, look: Look, document_id: UUID) -> str:
        raise NotFound

    async def forgotten(self, session: AsyncSession, ids: Sequence[UUID]) -> None:
        return None


class Pages:
    def __init__(self) -> None:
        self.keeper: Keeper = Nobody()

    def kept_by(self, keeper: Keeper) -> None:
        self.keeper = keeper


PAGES = Pages()
