"""The legal pages, which everybody may read."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from parvis.accounts.auth import SignedIn
from parvis.admin.models import Slug
from parvis.admin.queries import pages as queries
from parvis.admin.schemas.pages import PageChange, PageLine, PageOut, PagePreviewOut
from parvis.admin.service import pages as service
from parvis.kernel.errors import Forbidden, PreconditionFailed, PreconditionRequired
from parvis.kernel.etag import etag_of
from parvis.kernel.i18n import Language
from parvis.kernel.web import IfMatchNeeded, Reading, Writer, documented

router = APIRouter(prefix="/organisation/pages", tags=["organisation"])

InLanguage = Annotated[Language, Query(description="The language of the text.")]


@router.get("")
async def list_pages(session: Reading) -> list[PageLine]:
    """The legal pages, each in both languages, without their texts."""
    return [PageLine.of(page) for page in await queries.pages(session)]


@router.get("/{slug}")
async def get_page(slug: Slug, session: Reading, response: Response, language: InLanguage = "fr") -> PageOut:
    """A legal page: rendered, and its source."""
    page = await queries.page(session, slug, language)
    response.headers["etag"] = etag_of(page.version)
    return PageOut.of(page)


@router.post("/previews", responses=documented([Forbidden]))
async def preview_page(change: PageChange, actor: SignedIn) -> PagePreviewOut:
    """Show a text as it would be read, and keep nothing. For administrators."""
    return PagePreviewOut.of(service.preview(actor, change.body))


@router.put("/{slug}", responses=documented([Forbidden, PreconditionFailed, PreconditionRequired]))
async def write_page(
    slug: Slug,
    change: PageChange,
    actor: SignedIn,
    write: Writer,
    unchanged: IfMatchNeeded,
    response: Response,
    language: InLanguage = "fr",
) -> PageOut:
    """Replace the text of a legal page. For administrators."""
    page = await write(service.write_page, actor, slug, language, change.body, unchanged)
    response.headers["etag"] = etag_of(page.version)
    return PageOut.of(page)
