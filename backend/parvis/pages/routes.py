"""Pages over HTTP. What is written in them goes by their socket (`together`)."""

import asyncio
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from parvis.accounts.auth import SignedIn
from parvis.documents.queries.spaces import Quotas
from parvis.documents.schemas.documents import DocumentOut
from parvis.documents.service.problems import SpaceFull
from parvis.kernel.errors import Forbidden, NotFound
from parvis.kernel.etag import etag_of, not_modified
from parvis.kernel.idempotency import IdempotencyKeyReused, Once
from parvis.kernel.limits import limited
from parvis.kernel.runtime import Running
from parvis.kernel.web import Language, Reader, documented

from . import queries, tree, yjs
from .queries import SeenPage, Written
from .schemas import PageDraft, PageTemplateOut, PageTemplatesOut, WrittenPageOut
from .service import making
from .templates import content_of
from .tree import Node

router = APIRouter(tags=["documents"])

PAGE = "/pages/{document_id:uuid}"
STATE: dict[int | str, dict[str, Any]] = {
    200: {"description": "A Yjs update.", "content": {"application/octet-stream": {"schema": {"format": "binary"}}}},
    304: {"description": "It is as it was (`If-None-Match`)."},
}


async def _quotas(parvis: Running) -> Quotas:
    return parvis.part(Quotas)


async def _whose(actor: SignedIn) -> str:
    return str(actor.id)


KnownQuotas = Annotated[Quotas, Depends(_quotas)]


@router.get("/page-templates")
async def list_page_templates(actor: SignedIn, language: Language) -> PageTemplatesOut:
    """What a new page may begin with."""
    return PageTemplatesOut(items=PageTemplateOut.all_in(language))


@router.post(
    "/folders/{folder_id:uuid}/pages",
    status_code=201,
    responses=documented([NotFound, Forbidden, SpaceFull, IdempotencyKeyReused]),
    dependencies=[limited("make_in_space", "3600/hour", network="144000/hour", who=_whose)],
)
async def make_page(
    folder_id: UUID,
    draft: PageDraft,
    actor: SignedIn,
    quotas: KnownQuotas,
    language: Language,
    parvis: Running,
    once: Once,
) -> DocumentOut:
    """Make a page in a folder, or in a space."""
    beginning = await making.begin(parvis.storage, content_of(draft.template, language))
    verb = making.make
    return await once(lambda found: DocumentOut.of(found, actor), verb, actor, quotas, folder_id, draft.name, beginning)


@router.get(PAGE, responses=documented([NotFound]))
async def get_written_page(document_id: UUID, actor: SignedIn, read: Reader) -> WrittenPageOut:
    """A page, as it is now."""
    found = await read(queries.page, actor, document_id)
    content, text = await asyncio.to_thread(_read_whole, found)
    return WrittenPageOut.of(found, content, text, actor)


@router.get(f"{PAGE}/state", response_class=Response, responses={**STATE, **documented([NotFound])})
async def get_page_state(document_id: UUID, request: Request, actor: SignedIn, read: Reader) -> Response:
    """All that was written in a page, as one Yjs update of version 1; `X-Page-Seq` says up to where."""
    found = await read(queries.read_state, actor, document_id)
    headers = {"etag": etag_of(found.seq), "x-page-seq": str(found.seq), "cache-control": "private, no-cache"}
    if not_modified(request, headers["etag"]):
        return Response(status_code=304, headers=headers)
    state = await asyncio.to_thread(_merged, found)
    return Response(state, media_type="application/octet-stream", headers=headers)


def _read_whole(found: SeenPage) -> tuple[Node, str]:
    content = tree.of(found.written.updates)
    return content, tree.text_of(content)


def _merged(found: Written) -> bytes:
    return yjs.document(found.updates).get_update()
