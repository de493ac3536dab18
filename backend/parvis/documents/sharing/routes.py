"""Links that share, over HTTP: making them, and what whoever holds one may ask, signed in or not."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.auth import SignedIn
from parvis.accounts.passwords import Passwords, accepted
from parvis.documents.archive import Archive
from parvis.documents.models import MANAGE
from parvis.documents.queries.archive import Sight
from parvis.documents.queries.documents import SeenDocument
from parvis.documents.service.problems import TooMany
from parvis.documents.written import PAGES, FileFormat, Look
from parvis.files.looking import queries as looks
from parvis.files.looking.schemas import PageSize
from parvis.files.models import File
from parvis.files.readers import Readers
from parvis.files.serving import SERVED, RangeNotSatisfiable, handed_out, serve
from parvis.files.zipping import ZIPPED, answer
from parvis.kernel import clock
from parvis.kernel.errors import Forbidden, Invalid, NotFound, TooManyRequests
from parvis.kernel.idempotency import IdempotencyKeyReused, Once
from parvis.kernel.limits import Meter, limited
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.runtime import Parvis, Running
from parvis.kernel.secrets import hash_token
from parvis.kernel.web import Language, Reader, Reading, Writer, documented

from . import queries, service
from .problems import LinksOff, NoDownload, NotOpened, WrongPassword
from .queries import Shared, Thing
from .schemas import (
    NewShareLinkOut,
    SharedByLinkOut,
    SharedDocumentOut,
    SharedFolderOut,
    SharedPageOut,
    ShareLinkDraft,
    ShareLinkOut,
    ShareTicketOut,
    ShareUnlocking,
)
from .tickets import HOLDS, Tickets

router = APIRouter(tags=["documents"])


async def _whose(actor: SignedIn) -> str:
    return str(actor.id)


MAKING = [limited("share_links", "120/hour", network="2400/hour", who=_whose)]
MADE: dict[int | str, dict[str, Any]] = documented(
    [NotFound, Forbidden, LinksOff, Invalid, TooMany, IdempotencyKeyReused]
)
DOCUMENT, FOLDER = "/documents/{document_id:uuid}/links", "/folders/{folder_id:uuid}/links"


@router.post(DOCUMENT, status_code=201, responses=MADE, dependencies=MAKING)
async def share_document(
    document_id: UUID, draft: ShareLinkDraft, actor: SignedIn, parvis: Running, once: Once
) -> NewShareLinkOut:
    """Make a link to a document that you manage, for people without account: where the organisation allows that."""
    hashed = await _hashed(parvis.part(Passwords), draft)
    return await once(_made, service.make, actor, Thing("document", document_id), draft, hashed)


@router.post(FOLDER, status_code=201, responses=MADE, dependencies=MAKING)
async def share_folder(
    folder_id: UUID, draft: ShareLinkDraft, actor: SignedIn, parvis: Running, once: Once
) -> NewShareLinkOut:
    """Make a link to a folder that you manage, and to what is in it that you manage too."""
    hashed = await _hashed(parvis.part(Passwords), draft)
    return await once(_made, service.make, actor, Thing("folder", folder_id), draft, hashed)


@router.get(DOCUMENT, responses=documented([NotFound, Forbidden]))
async def list_document_links(document_id: UUID, actor: SignedIn, read: Reader, page: PageQuery) -> Page[ShareLinkOut]:
    """Links to a document that you manage, whoever made them, the latest first."""
    found, following = await read(queries.page_of_links, actor, Thing("document", document_id), page)
    return Page[ShareLinkOut](items=[ShareLinkOut.of(one) for one in found], next=following)


@router.get(FOLDER, responses=documented([NotFound, Forbidden]))
async def list_folder_links(folder_id: UUID, actor: SignedIn, read: Reader, page: PageQuery) -> Page[ShareLinkOut]:
    """Links to a folder that you manage, whoever made them, the latest first."""
    found, following = await read(queries.page_of_links, actor, Thing("folder", folder_id), page)
    return Page[ShareLinkOut](items=[ShareLinkOut.of(one) for one in found], next=following)


@router.delete(f"{DOCUMENT}/{{link_id:uuid}}", status_code=204, responses=documented([NotFound, Forbidden]))
async def unshare_document(document_id: UUID, link_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Take a link back: nobody sees anything by it any more."""
    await write(service.take_back, actor, Thing("document", document_id), link_id)


@router.delete(f"{FOLDER}/{{link_id:uuid}}", status_code=204, responses=documented([NotFound, Forbidden]))
async def unshare_folder(folder_id: UUID, link_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Take a link back: nobody sees anything by it any more."""
    await write(service.take_back, actor, Thing("folder", folder_id), link_id)


# --- by a link --------------------------------------------------------------------------------------------------------

AT = "/shared/{token}"
Token = Annotated[str, Path(min_length=43, max_length=43, pattern="^[A-Za-z0-9_-]+$", description="Of the link.")]
Ticket = Annotated[str, Query(max_length=100, description="Of who opened it.")]
InFolder = Annotated[UUID | None, Query(alias="folder", description="In the shared folder; default: that one.")]
OfDocument = Annotated[UUID | None, Query(alias="document", description="In the shared folder.")]
SHOWN = [NotFound, NotOpened]
UNKEPT = "private, no-store"


async def _of_link(token: Token) -> str:
    return hash_token(token).hex()


FOLLOWING = [limited("follow_share_link", "1200/minute", network="2400/minute", who=_of_link)]


async def _followed(token: Token, session: Reading) -> Shared:
    return await queries.follow(session, token)


Followed = Annotated[Shared, Depends(_followed)]


async def _opened(shared: Followed, parvis: Running, ticket: Ticket = "") -> Shared:
    if not parvis.part(Tickets).is_good(ticket, shared.link.id):
        raise NotOpened if _is_left(shared) else NotFound
    return shared


Opened = Annotated[Shared, Depends(_opened)]


@router.get(AT, responses=documented([NotFound]), dependencies=FOLLOWING)
async def get_shared(shared: Followed, parvis: Running, ticket: Ticket = "") -> SharedByLinkOut:
    """What a link leads to. No session is needed. A link that does not work, or no longer, is not there."""
    opened = parvis.part(Tickets).is_good(ticket, shared.link.id)
    if not opened and not _is_left(shared):
        raise NotFound
    return SharedByLinkOut.of(shared, opened=opened)


@router.post(f"{AT}/unlock", responses=documented([NotFound, WrongPassword, TooManyRequests]))
async def unlock_shared(
    token: Token,
    draft: ShareUnlocking,
    parvis: Running,
    read: Reader,
    write: Writer,
    meter: Annotated[Meter, limited("unlock_share_link", "30/minute", network="600/minute", account="600/hour")],
) -> ShareTicketOut:
    """Open a link, by its password where it has one. Counts as one use; the ticket holds for an hour."""
    shared = await read(queries.follow, token)
    if shared.link.password_hash is not None:
        await meter.charge(hash_token(token).hex())
        if not await parvis.part(Passwords).verify(draft.password, shared.link.password_hash):
            raise WrongPassword
    found = await write(service.open_link, token)
    until = min(clock.now() + HOLDS, found.link.expires_at)
    return ShareTicketOut(ticket=parvis.part(Tickets).write(found.link.id, until), expires_at=until)


@router.get(f"{AT}/folders", responses=documented(SHOWN), dependencies=FOLLOWING)
async def list_shared_folders(
    shared: Opened, session: Reading, page: PageQuery, folder_id: InFolder = None
) -> Page[SharedFolderOut]:
    """The folders in a shared one."""
    found, following = await queries.page_of_folders(session, shared, folder_id, page)
    return Page[SharedFolderOut](items=[SharedFolderOut.of(one) for one in found], next=following)


@router.get(f"{AT}/documents", responses=documented(SHOWN), dependencies=FOLLOWING)
async def list_shared_documents(
    shared: Opened, session: Reading, page: PageQuery, folder_id: InFolder = None
) -> Page[SharedDocumentOut]:
    """The documents in a shared folder."""
    found, following = await queries.page_of_documents(session, shared, folder_id, page)
    return Page[SharedDocumentOut](items=[SharedDocumentOut.of(one) for one in found], next=following)


@router.get(
    f"{AT}/content",
    response_class=Response,
    responses={**SERVED, **documented([*SHOWN, NoDownload, RangeNotSatisfiable])},
    dependencies=FOLLOWING,
)
async def download_shared(
    request: Request,
    shared: Opened,
    session: Reading,
    parvis: Running,
    language: Language,
    document_id: OfDocument = None,
    format_: Annotated[FileFormat, Query(alias="format", description="Of a page alone.")] = "html",
) -> Response:
    """Download what is shared, where the link allows that: of a page, what it says now."""
    seen = await queries.document_in(session, shared, document_id)
    if not shared.link.allows_download:
        raise NoDownload
    if seen.document.kind == "page":
        page = await PAGES.keeper.as_file(parvis, _looking(shared, language), seen.document.id, format_)
        return handed_out(page.content, page.media_type, f"{seen.document.name}{page.extension}")
    file = await _let_out(session, parvis, seen)
    return await serve(request, parvis.storage, file, cache_control=UNKEPT)


@router.get(f"{AT}/page", responses=documented(SHOWN), dependencies=FOLLOWING)
async def read_shared_page(
    shared: Opened, session: Reading, parvis: Running, language: Language, document_id: OfDocument = None
) -> SharedPageOut:
    """Read a page that is shared, as it is now. Other documents are not there."""
    seen = await queries.document_in(session, shared, document_id)
    if seen.document.kind != "page":
        raise NotFound
    html = await PAGES.keeper.as_html(parvis, _looking(shared, language), seen.document.id)
    return SharedPageOut(html=html)


@router.get(
    f"{AT}/archive",
    response_class=Response,
    responses={200: ZIPPED, **documented([*SHOWN, NoDownload])},
    dependencies=FOLLOWING,
)
async def download_shared_folder(
    token: Token, shared: Opened, session: Reading, parvis: Running, folder_id: InFolder = None
) -> Response:
    """Download a shared folder as a zip, where the link allows that; it breaks off when the link ends."""
    root = await queries.folder_in(session, shared, folder_id)
    if not shared.link.allows_download:
        raise NoDownload

    async def look() -> Sight:
        followed = await parvis.database.read(queries.follow, token)
        if folder_id is not None:
            await parvis.database.read(queries.folder_in, followed, folder_id)
        return Sight(followed.maker, MANAGE, is_outside=True)

    archive = Archive(parvis, root, look, parvis.part(Readers).is_let_out)
    return answer(f"{root.name}.zip", archive.pieces())


@router.get(
    f"{AT}/pages/{{number}}",
    response_class=Response,
    responses={**SERVED, **documented([*SHOWN, RangeNotSatisfiable])},
    dependencies=FOLLOWING,
)
async def get_shared_page(
    number: Annotated[int, Path(ge=1, le=1000)],
    request: Request,
    shared: Opened,
    session: Reading,
    parvis: Running,
    document_id: OfDocument = None,
    size: Annotated[PageSize, Query(description="1,400 or 400 pixels wide at most.")] = "large",
) -> Response:
    """See a page of what is shared, as a picture."""
    seen = await queries.document_in(session, shared, document_id)
    await _let_out(session, parvis, seen)
    picture = await looks.picture_of_page(session, seen.file_id, number, is_small=size == "small")
    return await serve(request, parvis.storage, picture, cache_control=UNKEPT)


def _looking(shared: Shared, language: str) -> Look:
    return Look(shared.maker, language, is_outside=True)


async def _let_out(session: AsyncSession, parvis: Parvis, seen: SeenDocument) -> File:
    """Its bytes, unless they are still to be scanned, or were found to harm. Raises `NotFound`."""
    file = await queries.file_of(session, seen)
    if not parvis.part(Readers).is_let_out(file):
        raise NotFound
    return file


async def _hashed(passwords: Passwords, draft: ShareLinkDraft) -> str | None:
    return await passwords.hash(accepted(draft.password)) if draft.password is not None else None


def _made(new: service.NewLink) -> NewShareLinkOut:
    return NewShareLinkOut.made(new.seen, new.token)


def _is_left(shared: Shared) -> bool:
    link = shared.link
    return link.max_uses is None or link.uses < link.max_uses
