"""What was done in a folder, over HTTP."""

from typing import Literal, Self
from uuid import UUID

from pydantic import Field

from parvis.documents.models import Group, What
from parvis.documents.queries.activity import SeenAct
from parvis.kernel.schemas import Instant, Out
from parvis.profiles.schemas.people import PersonRef

from .folders import FolderRef


class FolderActOut(Out):
    """What somebody did in a folder, or in one below it."""

    id: UUID
    what: What
    at: Instant
    by: PersonRef | None
    kind: Literal["folder", "document"]
    thing_id: UUID
    name: str = Field(description="As it is called now; empty of a space.")
    group: Group | None = Field(description="Of a document.")
    is_page: bool = Field(description="It is a page, written here.")
    is_trashed: bool = Field(description="It is in the trash, as those see who write there.")
    number: int | None = Field(description="Of the version that was made.")
    folder: FolderRef | None = Field(description="Where; null when you may not read there any more.")

    @classmethod
    def of(cls, seen: SeenAct) -> Self:
        act = seen.act
        return cls(
            id=act.id,
            what=act.what,
            at=act.at,
            by=PersonRef.of(seen.by) if seen.by else None,
            kind="folder" if seen.document is None else "document",
            thing_id=seen.id,
            name=seen.name,
            group=seen.document.group if seen.document else None,
            is_page=seen.document is not None and seen.document.kind == "page",
            is_trashed=seen.is_trashed,
            number=act.number,
            folder=FolderRef.of(seen.folder) if seen.folder else None,
        )
