"""Pages made of files: of an own upload, which is forgotten after a day, or of a document, which stays."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.documents.queries import documents
from parvis.files import queries as file_queries
from parvis.files.models import File
from parvis.files.readers import Readers
from parvis.kernel.errors import NotFound, TooLarge
from parvis.kernel.runtime import Parvis
from parvis.pages.service import making
from parvis.pages.service.keeping import MOST_BYTES
from parvis.pages.service.making import Beginning

from .nodes import Imported
from .reading import Importer


async def read(parvis: Parvis, actor: Actor, file_id: UUID | None, document_id: UUID | None) -> tuple[str, Imported]:
    """Its name without what tells its kind, and what it says. Raises `NotFound`, and what `Importer.read` does."""
    async with parvis.database.reading() as session:
        file = await _file(session, parvis, actor, file_id, document_id)
    imported = await parvis.part(Importer).read(parvis.storage, file)
    return file.name.rpartition(".")[0] or file.name, imported


async def _file(
    session: AsyncSession, parvis: Parvis, actor: Actor, file_id: UUID | None, document_id: UUID | None
) -> File:
    if file_id is not None:
        file = await file_queries.own_file(session, actor, file_id)
        if file.claimed_kind is not None:
            raise NotFound
        return file
    assert document_id is not None
    file = await documents.content(session, actor, document_id)
    if not parvis.part(Readers).is_let_out(file):
        raise NotFound
    return file


async def begin(parvis: Parvis, imported: Imported) -> Beginning:
    """Raises `TooLarge`."""
    beginning = await making.begin(parvis.storage, imported.nodes)
    if len(beginning.state) > MOST_BYTES:
        raise TooLarge
    return beginning
