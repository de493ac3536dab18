"""What was found inside a file, over HTTP."""

from collections.abc import Sequence
from typing import Literal, Self
from uuid import UUID

from pydantic import Field

from parvis.files.models import File, Scan
from parvis.files.schemas import url_of
from parvis.kernel.i18n import Language, pick
from parvis.kernel.schemas import Out
from parvis.kernel.text import render_markdown

from .kinds import Kind
from .models import Look, LookPage, State
from .reasons import REASONS

PageSize = Literal["large", "small"]
LONGEST_EXCERPT = 65_536
LONGEST_FORMATTED = 16_384
"""Characters. What is longer takes its server too long to format for each who asks."""


class PreviewPageOut(Out):
    """A page, drawn in two sizes of one shape."""

    number: int = Field(description="From 1.")
    width: int = Field(description="Of the large one, in pixels: 1,400 at most.")
    height: int
    url: str
    small_url: str = Field(description="It is 400 pixels wide at most.")

    @classmethod
    def of(cls, file_id: UUID, page: LookPage) -> Self:
        return cls(
            number=page.number,
            width=page.width,
            height=page.height,
            url=page_url(file_id, page.number, "large"),
            small_url=page_url(file_id, page.number, "small"),
        )


class ArchiveEntryOut(Out):
    """A file in an archive."""

    name: str = Field(description="As the archive says it, path and all; nothing of it is unpacked here.")
    size: int = Field(description="In bytes, as the archive says.")


class PreviewOut(Out):
    """What is inside a file."""

    file_id: UUID
    name: str
    media_type: str
    size: int = Field(description="Of the file, in bytes.")
    url: str = Field(description="Of the file itself: sound and film are played from there, by parts (`Range`).")
    scan: Scan | None = Field(
        description="What the scanner says of the file: nobody but its owner reads one that is not `clean`. "
        "`unscannable`: larger than it takes. Null: nothing yet, or the organisation has no scanner."
    )
    state: State = Field(description="`waiting`: ask again soon. `none`: nothing can be shown of it, or nobody asked.")
    kind: Kind | None = Field(description="Null when nobody asked.")
    language: str | None = Field(description="Of code, as highlight.js names it.")
    reason: str | None = Field(description="Why nothing, or less, is shown, in words.")
    page_count: int = Field(description="Of the whole document; 0: unknown.")
    pages: list[PreviewPageOut] = Field(description="Those that are drawn: the first twenty at most.")
    text: str = Field(description="The first 65,536 characters of its words.")
    html: str = Field(description="Of Markdown, of 16,384 characters at most: as it is meant to look, safe to show.")
    text_is_cut: bool = Field(description="Whether it has more.")
    has_position: bool | None = Field(
        description="Whether a picture says where it was taken: to be asked before others are shown it. Null: no "
        "picture, or not known yet."
    )
    entries: list[ArchiveEntryOut] = Field(description="Of an archive: the first 500.")
    entry_count: int = Field(description="How many files an archive has.")

    @classmethod
    def of(cls, file: File, look: Look | None, pages: Sequence[LookPage], language: Language) -> Self:
        text = look.text[:LONGEST_EXCERPT] if look else ""
        return cls(
            file_id=file.id,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            url=url_of(file.id),
            scan=file.scan,
            state=look.state if look else "none",
            kind=look.kind if look else None,
            language=look.language if look else None,
            reason=pick(REASONS[look.reason], language) if look and look.reason else None,
            page_count=look.page_count if look else 0,
            pages=[PreviewPageOut.of(file.id, page) for page in pages],
            text=text,
            html=_formatted(look, text),
            text_is_cut=bool(look and (look.is_cut or len(text) < len(look.text))),
            has_position=look.has_position if look else None,
            entries=[ArchiveEntryOut(name=name, size=size) for name, size in (look.entries if look else None) or ()],
            entry_count=look.entry_count if look else 0,
        )


def _formatted(look: Look | None, text: str) -> str:
    if look is None or look.kind != "markdown" or len(text) > LONGEST_FORMATTED:
        return ""
    return render_markdown(text, first_heading=2)


def page_url(file_id: UUID, number: int, size: PageSize) -> str:
    """Where the picture of a page is."""
    return f"{url_of(file_id)}/preview/{number}?size={size}"


def thumbnail_url(file_id: UUID, look: Look | None) -> str | None:
    """The small picture of its first page, for lists; None when it has none."""
    return page_url(file_id, 1, "small") if look is not None and look.drawn else None
