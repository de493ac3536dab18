"""Seeing what is inside a file."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response

from parvis.accounts.auth import SignedIn, Visiting
from parvis.files import queries as files
from parvis.files.readers import Quarantined, Readers
from parvis.files.schemas import FileOut
from parvis.files.service import InUse
from parvis.files.serving import SERVED, RangeNotSatisfiable, serve
from parvis.kernel.errors import NotFound, TooLarge, UnsupportedMedia
from parvis.kernel.limits import limited
from parvis.kernel.runtime import Running
from parvis.kernel.web import Language, Reading, Writer, documented

from . import placeless, queries, service
from .inside.answer import MOST_PAGES
from .placeless import PositionStays
from .schemas import PageSize, PreviewOut

router = APIRouter(prefix="/files", tags=["files"])

PageNumber = Annotated[int, Path(ge=1, le=MOST_PAGES)]


async def _asker(actor: SignedIn) -> str:
    return str(actor.id)


@router.get("/{file_id:uuid}/preview", responses=documented([NotFound, Quarantined]))
async def get_preview(
    file_id: UUID, actor: Visiting, session: Reading, parvis: Running, language: Language
) -> PreviewOut:
    """See what is inside a file: its pages, its words. Whoever may read the file may; rights are judged anew each
    time."""
    file = await files.readable_file(session, parvis.part(Readers), actor, file_id)
    look = await queries.whole_look(session, file_id)
    return PreviewOut.of(file, look, await queries.pages_of(session, file_id), language)


@router.put(
    "/{file_id:uuid}/preview",
    status_code=202,
    responses=documented([NotFound]),
    dependencies=[limited("preview", "120/minute", network="1200/minute", who=_asker)],
)
async def ask_for_preview(
    file_id: UUID, actor: SignedIn, parvis: Running, write: Writer, language: Language
) -> PreviewOut:
    """Have a file of yours looked into, also before it is put to use; one that could not be is tried anew."""
    await write(service.ask_for_own, actor, file_id)
    async with parvis.database.reading() as session:
        file = await files.own_file(session, actor, file_id)
        look = await queries.whole_look(session, file_id)
        return PreviewOut.of(file, look, await queries.pages_of(session, file_id), language)


@router.get(
    "/{file_id:uuid}/preview/{number}",
    response_class=Response,
    responses={**SERVED, **documented([NotFound, Quarantined, RangeNotSatisfiable])},
)
async def get_preview_page(
    file_id: UUID,
    number: PageNumber,
    request: Request,
    actor: Visiting,
    session: Reading,
    parvis: Running,
    size: Annotated[PageSize, Query(description="1,400 or 400 pixels wide at most.")] = "large",
) -> Response:
    """See a page of a file, as a picture (WebP)."""
    await files.readable_file(session, parvis.part(Readers), actor, file_id)
    picture = await queries.picture_of_page(session, file_id, number, is_small=size == "small")
    return await serve(request, parvis.storage, picture)


@router.put(
    "/{file_id:uuid}/without-position",
    responses=documented([NotFound, InUse, UnsupportedMedia, TooLarge, PositionStays]),
    dependencies=[limited("position", "60/minute", network="600/minute", who=_asker)],
)
async def remove_position(file_id: UUID, actor: SignedIn, parvis: Running) -> FileOut:
    """Take out of a picture of yours, that nothing uses yet, where it was taken. No point of it changes, and the file
    keeps its id. Again changes nothing."""
    return FileOut.of(await placeless.remove_position(parvis, actor, file_id))
