"""Legal pages over HTTP."""

import re
from typing import Annotated, Self

from pydantic import Field

from parvis.admin.models import Slug
from parvis.admin.queries.pages import Page
from parvis.kernel.errors import Text
from parvis.kernel.i18n import Language, pick
from parvis.kernel.schemas import In, Instant, Out, Prose
from parvis.kernel.text import render_markdown

PLACEHOLDER = re.compile(r"\[(?:À compléter|To be completed)\s*:\s*([^\]\n]+)\]")
CONFORMITY = re.compile(r"(totalement|partiellement|non) conforme|(fully|partially|not) compliant", re.IGNORECASE)

TITLES: dict[Slug, Text] = {
    "legal": {"fr": "Mentions légales", "en": "Legal notice"},
    "privacy": {"fr": "Données personnelles", "en": "Personal data"},
    "accessibility": {"fr": "Déclaration d’accessibilité", "en": "Accessibility statement"},
}
ACCESSIBILITY: Text = {"fr": "Accessibilité\u00a0: {found}", "en": "Accessibility: {found}"}


class PageChange(In):
    """A page's whole text."""

    body: Annotated[Prose, Field(min_length=1, max_length=100_000, description="Markdown.")]


class PagePreviewOut(Out):
    """How a text would be read."""

    html: str = Field(description="Rendered and sanitised.")
    placeholders: list[str] = Field(description="What the institution still has to say in it.")

    @classmethod
    def of(cls, body: str) -> Self:
        return cls(html=_html(body), placeholders=_placeholders(body))


class PageLine(Out):
    """A page, without its text."""

    slug: Slug
    language: Language
    title: str
    label: str = Field(description="What a link to it says; for accessibility, with the degree that the page declares.")
    is_default: bool
    placeholders: list[str] = Field(description="What the institution still has to say in it.")
    updated_at: Instant | None

    @classmethod
    def of(cls, page: Page) -> Self:
        return cls.model_validate(_line(page))


class PageOut(PageLine):
    """A page, ready to be shown, with its source."""

    body: str = Field(description="Markdown.")
    html: str = Field(description="The same, rendered and sanitised.")

    @classmethod
    def of(cls, page: Page) -> Self:
        return cls.model_validate({**_line(page), "body": page.body, "html": _html(page.body)})


def _line(page: Page) -> dict[str, object]:
    title = pick(TITLES[page.slug], page.language)
    return {
        "slug": page.slug,
        "language": page.language,
        "title": title,
        "label": _label(page) or title,
        "is_default": page.version == 0,
        "placeholders": _placeholders(page.body),
        "updated_at": page.updated_at,
    }


def _html(body: str) -> str:
    return render_markdown(body, first_heading=2)


def _placeholders(body: str) -> list[str]:
    return [found.strip() for found in PLACEHOLDER.findall(body)]


def _label(page: Page) -> str | None:
    """The law wants the degree of conformity in the link itself (RGAA 4.1, duty of declaration)."""
    found = CONFORMITY.search(page.body) if page.slug == "accessibility" else None
    return pick(ACCESSIBILITY, page.language).format(found=found[0].lower()) if found else None
