"""Uploads over HTTP."""

from typing import Self
from uuid import UUID

from pydantic import Field

from parvis.files.models import File
from parvis.files.schemas import FileOut
from parvis.kernel.schemas import Instant, Out

from .models import Upload


class UploadOut(Out):
    """An upload that may be taken up again."""

    id: UUID
    name: str = Field(description="As it was said, made harmless.")
    size: int = Field(description="Of the whole file, in bytes.")
    offset: int = Field(description="How many bytes are safe: where to go on.")
    destination: str | None = Field(description="Where it is meant to go, and so for whom it counts.")
    expires_at: Instant = Field(description="Later with all that comes.")
    file: FileOut | None = Field(
        description="What was made of it, once all is there: a moment after the last byte, or as soon as the store "
        "answers again."
    )

    @classmethod
    def of(cls, upload: Upload, file: File | None) -> Self:
        return cls(
            id=upload.id,
            name=upload.name,
            size=upload.size,
            offset=upload.offset,
            destination=upload.destination,
            expires_at=upload.expires_at,
            file=None if file is None else FileOut.of(file),
        )
