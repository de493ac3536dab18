"""Files over HTTP."""

from typing import Any, Self
from uuid import UUID

from pydantic import Field

from parvis.kernel.schemas import Instant, Out

from .models import File, Picture


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
            url=url_of(file.id),
            created_at=file.created_at,
        )


class PictureOut(Out):
    """A picture made anew, as WebP, in two sizes of one shape."""

    id: UUID = Field(description="That of the upload it was made of.")
    width: int = Field(description="Of the large one, in pixels.")
    height: int
    url: str
    small_url: str = Field(description="Its longest side has 960 pixels at most.")

    @classmethod
    def of(cls, picture: Picture) -> Self:
        return cls(**sizes_of(picture))


def sizes_of(picture: Picture) -> dict[str, Any]:
    """What is said of a picture wherever it stands."""
    return {
        "id": picture.id,
        "width": picture.width,
        "height": picture.height,
        "url": url_of(picture.large_id),
        "small_url": url_of(picture.small_id),
    }


def url_of(file_id: UUID) -> str:
    """Where a file is downloaded."""
    return f"/api/v1/files/{file_id}"
