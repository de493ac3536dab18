"""Reading the versions of a document."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.documents.models import DocumentVersion
from parvis.kernel.errors import NotFound
from parvis.kernel.pagination import Page, PageRequest, paginate
from parvis.profiles.queries.people import Named, named

from .documents import SeenDocument, document

ORDER = (DocumentVersion.number.desc(),)


@dataclass(frozen=True, slots=True)
class SeenVersion:
    """A version, with its document as an actor sees it."""

    version: DocumentVersion
    of: SeenDocument
    people: Mapping[UUID, Named]

    @property
    def is_current(self) -> bool:
        return self.version.number == self.of.document.number


async def page_of_versions(
    session: AsyncSession, actor: Actor, document_id: UUID, page: PageRequest
) -> tuple[list[SeenVersion], str | None]:
    """All that are kept, the last first. Five queries. Raises `NotFound`."""
    of = await document(session, actor, document_id)
    statement = select(DocumentVersion).where(DocumentVersion.document_id == document_id)
    found: Page[DocumentVersion] = await paginate(session, statement, ORDER, page, lambda version: version)
    people = await named(session, actor, sorted({one.created_by for one in found.items if one.created_by}))
    return [SeenVersion(one, of, people) for one in found.items], found.next


async def version(session: AsyncSession, actor: Actor, document_id: UUID, number: int) -> SeenVersion:
    """Five queries. Raises `NotFound`."""
    of = await document(session, actor, document_id)
    query = select(DocumentVersion).where(DocumentVersion.document_id == document_id, DocumentVersion.number == number)
    found = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    if found is None:
        raise NotFound
    people = await named(session, actor, [found.created_by] if found.created_by else [])
    return SeenVersion(found, of, people)
