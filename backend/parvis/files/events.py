"""What happens to files, for features to hear."""

from typing import ClassVar
from uuid import UUID

from parvis.kernel.events import Event, Told


class FileLookedInto(Event):
    """It is known what is inside a file, or that nobody will know. `claimed_kind`: of what uses it, for whom this is
    news; None while nothing does."""

    type: ClassVar[str] = "file.looked_into"
    told: ClassVar[Told | None] = None

    file_id: UUID
    claimed_kind: str | None
    claimed_id: UUID | None

    def topic(self) -> str:
        return f"file:{self.file_id}"
