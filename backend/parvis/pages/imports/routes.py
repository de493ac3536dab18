"""Pages made of files, over HTTP."""

from typing import Annotated, Self
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import Field, model_validator

from parvis.accounts.auth import SignedIn
from parvis.documents.queries.spaces import Quotas
from parvis.documents.schemas.documents import DocumentOut
from parvis.documents.schemas.folders import ItemName
from parvis.documents.service.problems import SpaceFull
from parvis.kernel.errors import Forbidden, NotFound, TooLarge, UnsupportedMedia
from parvis.kernel.idempotency import IdempotencyKeyReused, Once
from parvis.kernel.limits import limited
from parvis.kernel.runtime import Running
from parvis.kernel.schemas import In, Out
from parvis.kernel.web import Language, documented
from parvis.pages.service import making

from . import service
from .nodes import LeftOut, Loss, losses
from .reading import UnreadableDocument

router = APIRouter(tags=["documents"])


async def _quotas(parvis: Running) -> Quotas:
    return parvis.part(Quotas)


async def _whose(actor: SignedIn) -> str:
    return str(actor.id)


class PageImport(In):
    """Of what a page is to be made: one of the two."""

    file_id: UUID | None = Field(None, description="An upload of yours: nothing else has to claim it.")
    document_id: UUID | None = Field(None, description="A document that you may read, which stays as it is.")
    name: ItemName | None = Field(None, description="Default: what the file calls itself, or is called.")

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if (self.file_id is None) == (self.document_id is None):
            raise ValueError("either file_id or document_id")
        return self


class LeftOutOut(Out):
    """What a page could not take over."""

    code: LeftOut
    count: int
    text: str = Field(description="In your language.")

    @classmethod
    def of(cls, loss: Loss) -> Self:
        return cls(code=loss.code, count=loss.count, text=loss.text)


class ImportedPageOut(Out):
    document: DocumentOut
    lost: list[LeftOutOut]


@router.post(
    "/folders/{folder_id:uuid}/page-imports",
    status_code=201,
    responses=documented(
        [NotFound, Forbidden, SpaceFull, TooLarge, UnsupportedMedia, UnreadableDocument, IdempotencyKeyReused]
    ),
    dependencies=[limited("import_page", "60/hour", network="1200/hour", who=_whose)],
)
async def import_page(
    folder_id: UUID,
    draft: PageImport,
    actor: SignedIn,
    quotas: Annotated[Quotas, Depends(_quotas)],
    language: Language,
    parvis: Running,
    once: Once,
) -> ImportedPageOut:
    """Make a page of a Word document or of a Markdown text, in a folder or a space; what is not taken over is told."""
    name, imported = await service.read(parvis, actor, draft.file_id, draft.document_id)
    beginning = await service.begin(parvis, imported)
    lost = [LeftOutOut.of(one) for one in losses(imported, language)]
    called = draft.name or imported.title[:200].strip() or name
    return await once(
        lambda found: ImportedPageOut(document=DocumentOut.of(found, actor), lost=lost),
        making.make,
        *(actor, quotas, folder_id, called, beginning),
    )
