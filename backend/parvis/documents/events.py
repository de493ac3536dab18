"""Facts about folders and documents, on the topics of those who may read them: thin, so that each fetches what he may
see. A community's stand on `community:{id}`, a member's own on `member:{id}`; where rights are apart, on
`folder:{id}.{n}`, of what has them, `n` growing when fewer may read."""

from typing import ClassVar, Literal
from uuid import UUID

from parvis.accounts.events import MemberEvent
from parvis.kernel.events import Event, Told

READ_SCOPE = "documents:read"
FIELDS = ("kind", "id", "folder_id", "version", "gone")


def guard_topic(guard_id: UUID, generation: int) -> str:
    return f"folder:{guard_id}.{generation}"


class PlacedEvent(Event):
    """A fact on one of the topics of a guard. `folder_id`: where it stands, or stood; `gone`: it is there no more."""

    place: str
    id: UUID
    folder_id: UUID | None
    version: int
    gone: bool

    def topic(self) -> str:
        return self.place


class FolderFollowed(MemberEvent):
    """The member follows a folder, or no longer does."""

    type: ClassVar[str] = "folder.followed"
    told = Told(READ_SCOPE, ("folder_id", "is_followed"))
    folder_id: UUID
    is_followed: bool


class FolderChanged(PlacedEvent):
    """A folder was made, or is called otherwise, has other rights, stands elsewhere or is gone: fetch it, and what it
    stands in."""

    type: ClassVar[str] = "folder.changed"
    told = Told(READ_SCOPE, FIELDS)
    kind: Literal["folder"] = "folder"


class DocumentChanged(PlacedEvent):
    """The same of a document, also when it has a new version, or is held by somebody."""

    type: ClassVar[str] = "document.changed"
    told = Told(READ_SCOPE, FIELDS)
    kind: Literal["document"] = "document"
