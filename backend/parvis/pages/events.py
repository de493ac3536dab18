"""Facts about what is said of pages, on the topics of those who may read them: thin, so that each fetches what he may
see."""

from typing import ClassVar, Literal
from uuid import UUID

from parvis.documents.events import READ_SCOPE
from parvis.kernel.events import Event, Told


class PageThreadChanged(Event):
    """A discussion of a page began, or something in it was said, edited, deleted, hidden or reacted to; or it was
    resolved, or open again: fetch it. `comment_id`: what was said, or says something else now."""

    type: ClassVar[str] = "page.thread_changed"
    told = Told(READ_SCOPE, ("kind", "id", "document_id", "version"))
    place: str
    kind: Literal["page_thread"] = "page_thread"
    id: UUID
    document_id: UUID
    version: int
    comment_id: UUID | None = None

    def topic(self) -> str:
        return self.place
