"""Files over HTTP."""

from typing import Self
from uuid import UUID

from pydantic import Field

from parvis.kernel.schemas import Instant, Out

from .models import File


class FileOut(Out):
    """A file that was received."""

    id: UUID
    name: str = Field(description="As it was said, made harmless.")
    media_type: str = Field(description="Read from its bytes.")
    size: int = Field(description="In bytes.")
    sha256: str = Field(description="Hexadecimal, computed by the server.")
    url: str
    created_at: Instant

    @classmethod
    def of(cls, file: File) -> Self:
        return cls(
            id=file.id,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            sha256=file.sha256,
            url=f"/api/v1/files/{file.id}",
            created_at=file.created_at,
        )
