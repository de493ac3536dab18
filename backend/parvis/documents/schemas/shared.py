"""What is shared, over HTTP."""

from typing import Self

from pydantic import Field

from parvis.accounts.actor import Actor
from parvis.documents.queries.shared import Shared
from parvis.kernel.schemas import Instant, Out

from .documents import DocumentCardOut
from .folders import FolderCardOut


class SharedThingOut(Out):
    """A folder or a document to which somebody was given rights."""

    folder: FolderCardOut | None
    document: DocumentCardOut | None
    shared_at: Instant = Field(description="When that was last done.")

    @classmethod
    def of(cls, found: Shared, actor: Actor) -> Self:
        return cls(
            folder=FolderCardOut.card(found.folder, actor) if found.folder else None,
            document=DocumentCardOut.card(found.document, actor) if found.document else None,
            shared_at=found.at,
        )
