"""Writing the legal pages."""

from collections.abc import Callable

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts import policy
from parvis.accounts.actor import Actor
from parvis.accounts.service.organisation import ADMINISTRATORS_ONLY
from parvis.admin.models import LegalPage, Slug
from parvis.admin.queries.pages import Page
from parvis.kernel import clock
from parvis.kernel.audit import audit
from parvis.kernel.errors import PreconditionFailed, require
from parvis.kernel.i18n import Language


async def write_page(
    session: AsyncSession, actor: Actor, slug: Slug, language: Language, body: str, unchanged: Callable[[int], None]
) -> Page:
    """Replaces a page's text. Raises `Forbidden`, `PreconditionRequired` and `PreconditionFailed`."""
    require(policy.may_change_organisation(actor), ADMINISTRATORS_ONLY)
    page = await session.get(LegalPage, (slug, language), with_for_update=True, populate_existing=True)
    unchanged(page.version if page else 0)
    page = page or LegalPage(slug=slug, language=language, version=0)
    page.body, page.updated_at, page.updated_by = body, clock.now(), actor.id
    page.version += 1
    await _flush_first(session, page)
    audit(session, actor.id, "page.written", "page", slug, {"language": language, "version": page.version})
    return Page(slug, language, body, page.version, page.updated_at)


def preview(actor: Actor, body: str) -> str:
    """The text, for who may write the pages. Raises `Forbidden`."""
    require(policy.may_change_organisation(actor), ADMINISTRATORS_ONLY)
    return body


async def _flush_first(session: AsyncSession, page: LegalPage) -> None:
    """Of two who replace the default text at once, the second has not seen the first."""
    try:
        async with session.begin_nested():
            session.add(page)
            await session.flush()
    except IntegrityError:
        raise PreconditionFailed from None
