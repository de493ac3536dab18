"""Pages over HTTP. What is written in them goes by their socket (`together`)."""

import asyncio
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from parvis.accounts.actor import Actor
from parvis.accounts.auth import SignedIn
from parvis.documents.queries.spaces import Quotas
from parvis.documents.schemas.documents import DocumentOut
from parvis.documents.service.problems import SpaceFull
from parvis.files.pictures import UnreadablePicture
from parvis.files.readers import Readers
from parvis.files.service import InUse
from parvis.files.serving import SERVED, RangeNotSatisfiable, serve
from parvis.kernel.errors import Forbidden, NotFound, TooLarge, UnsupportedMedia
from parvis.kernel.etag import etag_of, not_modified
from parvis.kernel.idempotency import IdempotencyKeyReused, Once
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.runtime import Parvis, Running
from parvis.kernel.web import Language, Reader, documented

from . import authorship, crediting, queries, tree, yjs
from .authorship import WrittenBlock
from .comparing import ComparedBlock, compare
from .problems import AuthorsUnknown
from .queries import SeenPage, Written
from .schemas import (
    PageAuthorsOut,
    PageComparisonOut,
    PageDraft,
    PagePictureDraft,
    PagePictureOut,
    PageTemplateOut,
    PageTemplatesOut,
    RestoredPageOut,
    WrittenPageOut,
    WrittenVersionContentOut,
    WrittenVersionDraft,
    WrittenVersionOut,
)
from .service import making, picturing, versions
from .templates import content_of
from .together.rooms import Rooms
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


Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
To = Annotated[int | None, Query(ge=1, le=2**31 - 1, description="Another version; absent: the page as it is now.")]
KnownQuotas = Annotated[Quotas, Depends(_quotas)]
READING_AUTHORS = limited("page_authors", "60/minute", network="1200/minute", who=_whose)


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


@router.post(
    f"{PAGE}/pictures",
    status_code=201,
    responses=documented([NotFound, Forbidden, InUse, UnsupportedMedia, TooLarge, UnreadablePicture, SpaceFull]),
    dependencies=[limited("picture", "60/minute", network="600/minute", who=_whose)],
)
async def add_page_picture(
    document_id: UUID, draft: PagePictureDraft, actor: SignedIn, quotas: KnownQuotas, parvis: Running
) -> PagePictureOut:
    """Make an upload of yours (PNG, JPEG or WebP) a picture of a page: upright, without what the camera wrote beside
    it. It stands in the page once a node `image` says its id as `file_id`. Again gives the same."""
    return PagePictureOut.of(await picturing.picture(parvis, actor, quotas, document_id, draft.file_id))


@router.get(
    f"{PAGE}/pictures/{{picture_id:uuid}}",
    response_class=Response,
    responses={**SERVED, **documented([NotFound, RangeNotSatisfiable])},
)
async def get_page_picture(
    document_id: UUID, picture_id: UUID, request: Request, actor: SignedIn, read: Reader, parvis: Running
) -> Response:
    """See a picture of a page, as long as you may read that."""
    file = await read(queries.picture, actor, document_id, picture_id)
    if not parvis.part(Readers).is_let_out(file):
        raise NotFound
    return await serve(request, parvis.storage, file)


@router.get(f"{PAGE}/versions", responses=documented([NotFound]))
async def list_written_versions(
    document_id: UUID, actor: SignedIn, read: Reader, page: PageQuery
) -> Page[WrittenVersionOut]:
    """Versions of a page, the last first. They are named, frozen and deleted as those of any document."""
    found, following = await read(queries.page_of_versions, actor, document_id, page)
    return Page[WrittenVersionOut](items=[WrittenVersionOut.of(one) for one in found], next=following)


@router.post(f"{PAGE}/versions", status_code=201, responses=documented([NotFound, Forbidden, SpaceFull]))
async def keep_written_version(
    document_id: UUID, draft: WrittenVersionDraft, actor: SignedIn, quotas: KnownQuotas, parvis: Running
) -> WrittenVersionOut:
    """Keep a version of a page as it is now. Others are kept by themselves when nobody has written for ten minutes."""
    number = await _keep_now(parvis, actor, quotas, document_id, draft.label)
    return WrittenVersionOut.of(await parvis.database.read(queries.version, actor, document_id, number))


@router.get(
    f"{PAGE}/authors",
    responses=documented([NotFound, AuthorsUnknown]),
    dependencies=[READING_AUTHORS],
)
async def get_page_authors(
    document_id: UUID,
    actor: SignedIn,
    parvis: Running,
    version: Annotated[int | None, Query(ge=1, le=2**31 - 1, description="A version; absent: as it is now.")] = None,
) -> PageAuthorsOut:
    """Who wrote which words of a page: each letter stands under who wrote it first."""
    state = await _state(parvis, actor, document_id, version)
    blocks = await asyncio.to_thread(_authored, state)
    if blocks is None:
        raise AuthorsUnknown
    found = await parvis.database.read(queries.authors, actor, document_id, authorship.shares(blocks))
    return PageAuthorsOut.of(blocks, found)


@router.get(f"{PAGE}/versions/{{number}}", responses=documented([NotFound]))
async def get_written_version(
    document_id: UUID, number: Number, actor: SignedIn, parvis: Running
) -> WrittenVersionContentOut:
    """What a version says."""
    found = await parvis.database.read(queries.version, actor, document_id, number)
    content = await versions.earlier(parvis, actor, document_id, number)
    return WrittenVersionContentOut(version=WrittenVersionOut.of(found), content=content)


@router.get(f"{PAGE}/versions/{{number}}/comparison", responses=documented([NotFound]), dependencies=[READING_AUTHORS])
async def compare_written_versions(
    document_id: UUID, number: Number, actor: SignedIn, parvis: Running, to: To = None
) -> PageComparisonOut:
    """What changed since a version, up to another or to now, and who wrote what came."""
    before = await versions.earlier(parvis, actor, document_id, number)
    after = await _state(parvis, actor, document_id, to)
    compared = await asyncio.to_thread(_compared, before, after)
    authors = await parvis.database.read(queries.authors, actor, document_id, crediting.shares(compared))
    return PageComparisonOut.of(compared, authors)


@router.put(f"{PAGE}/versions/{{number}}/current", responses=documented([NotFound, Forbidden, SpaceFull]))
async def restore_written_version(
    document_id: UUID, number: Number, actor: SignedIn, quotas: KnownQuotas, parvis: Running
) -> RestoredPageOut:
    """Have a page say again what a version said. What it said until now is kept as a version before."""
    content = await versions.earlier(parvis, actor, document_id, number)
    kept_number = await _keep_now(parvis, actor, quotas, document_id, "")
    written = await parvis.database.read(queries.read_state, actor, document_id)
    update, client_id = await asyncio.to_thread(versions.rewriting, written, content["content"])
    kept = await parvis.database.write(versions.rewrite, actor, document_id, number, update, client_id)
    parvis.part(Rooms).written_otherwise(document_id)
    return RestoredPageOut(kept_number=kept_number, seq=kept.seq)


async def _state(parvis: Parvis, actor: Actor, document_id: UUID, version: int | None) -> bytes:
    """What a page was in a version, or is now. Raises `NotFound`."""
    if version is not None:
        return await versions.state_of(parvis, actor, document_id, version)
    return await asyncio.to_thread(_merged, await parvis.database.read(queries.read_state, actor, document_id))


def _authored(state: bytes) -> list[WrittenBlock] | None:
    try:
        return authorship.blocks(state)
    except (authorship.TooLarge, authorship.Unlike):
        return None


def _compared(before: Node, state: bytes) -> list[ComparedBlock]:
    return crediting.credited(compare(before, tree.of([state])), _authored(state) or ())


async def _keep_now(parvis: Parvis, actor: Actor, quotas: Quotas, document_id: UUID, label: str) -> int:
    written = await parvis.database.read(queries.read_state, actor, document_id)
    taken = await versions.snapshot(parvis, written)
    return await parvis.database.write(versions.keep_now, actor, quotas, document_id, taken, label)


def _read_whole(found: SeenPage) -> tuple[Node, str]:
    content = tree.of(found.written.updates)
    return content, tree.text_of(content)


def _merged(found: Written) -> bytes:
    return yjs.document(found.updates).get_update()
