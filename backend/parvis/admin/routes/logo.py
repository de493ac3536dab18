"""The organisation's logo."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from parvis.accounts.auth import SignedIn
from parvis.accounts.queries.organisation import organisation
from parvis.accounts.schemas.organisation import OrganisationOut
from parvis.admin import logo
from parvis.files.pictures import UnreadablePicture
from parvis.files.queries import readable_file
from parvis.files.readers import Readers
from parvis.files.serving import serve
from parvis.kernel.errors import Forbidden, NotFound, TooLarge, UnsupportedMedia
from parvis.kernel.etag import etag_of
from parvis.kernel.limits import limited
from parvis.kernel.runtime import Running
from parvis.kernel.schemas import In
from parvis.kernel.web import Reading, Writer, documented

router = APIRouter(prefix="/organisation/logo", tags=["organisation"])

AN_HOUR = "public, max-age=3600"
PNG = {"image/png": {"schema": {"type": "string", "format": "binary"}}}


class LogoDraft(In):
    """A picture to make the logo of."""

    file_id: UUID


@router.get(
    "",
    response_class=Response,
    responses={200: {"description": "The logo.", "content": PNG}, **documented([NotFound])},
)
async def get_logo(request: Request, session: Reading, parvis: Running) -> Response:
    """The logo, which everybody may see: a PNG."""
    found = (await organisation(session)).logo_file_id
    if found is None:
        raise NotFound
    file = await readable_file(session, parvis.part(Readers), None, found)
    return await serve(request, parvis.storage, file, cache_control=AN_HOUR)


@router.put(
    "",
    responses=documented([Forbidden, NotFound, UnsupportedMedia, TooLarge, UnreadablePicture]),
    dependencies=[limited("logo", "20/minute")],
)
async def put_logo(draft: LogoDraft, actor: SignedIn, parvis: Running, response: Response) -> OrganisationOut:
    """Make the logo of a picture uploaded before: PNG, JPEG or WebP, 5 MB at most. For administrators."""
    changed = await logo.put_logo(parvis, actor, draft.file_id)
    response.headers["etag"] = etag_of(changed.version)
    return OrganisationOut.of(changed, actor, None, mail_tray=parvis.settings.demo)


@router.delete("", responses=documented([Forbidden]))
async def remove_logo(actor: SignedIn, write: Writer, parvis: Running, response: Response) -> OrganisationOut:
    """Go back to Parvis's own mark. For administrators."""
    changed = await write(logo.remove_logo, actor)
    response.headers["etag"] = etag_of(changed.version)
    return OrganisationOut.of(changed, actor, None, mail_tray=parvis.settings.demo)
