"""The legal pages as they stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import get_args

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.queries.organisation import organisation
from parvis.admin.models import LegalPage, Slug
from parvis.kernel.i18n import LANGUAGES, Language

TEXTS = Path(__file__).parents[1] / "texts"
SLUGS: tuple[Slug, ...] = get_args(Slug)
ORGANISATION = "{organisation}"


@dataclass(frozen=True)
class Page:
    """A page in one language: written by an administrator, or (version 0) its default text."""

    slug: Slug
    language: Language
    body: str
    version: int
    updated_at: datetime | None


async def page(session: AsyncSession, slug: Slug, language: Language) -> Page:
    """The page in that language."""
    written = await session.get(LegalPage, (slug, language))
    return _page(slug, language, written, (await organisation(session)).name)


async def pages(session: AsyncSession) -> list[Page]:
    """Every page in every language, in two queries."""
    rows = await session.scalars(select(LegalPage))
    written: Mapping[tuple[str, str], LegalPage] = {(row.slug, row.language): row for row in rows}
    name = (await organisation(session)).name
    return [_page(slug, language, written.get((slug, language)), name) for slug in SLUGS for language in LANGUAGES]


def _page(slug: Slug, language: Language, written: LegalPage | None, organisation_name: str) -> Page:
    if written is None:
        return Page(slug, language, default_text(slug, language).replace(ORGANISATION, organisation_name), 0, None)
    return Page(slug, language, written.body, written.version, written.updated_at)


@cache
def default_text(slug: Slug, language: Language) -> str:
    """What a page says until somebody writes another, in Markdown; it names the organisation by `{organisation}`."""
    return (TEXTS / f"{slug}.{language}.md").read_text(encoding="utf-8")
