"""Pictures, files and cards of pages that something shows beside its words: posts, messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from parvis.kernel.schemas import Flag, In, Out, Prose

from .models import File, LinkCard, Picture
from .schemas import PictureOut, sizes_of, url_of

MOST = 10
"""Pictures of one thing; and as many files."""


@dataclass(frozen=True, slots=True)
class SeenImage:
    """A picture, and what it shows, in words."""

    picture: Picture
    alt: str


@dataclass(frozen=True, slots=True)
class Attached:
    """What something shows beside its words, in its author's order."""

    images: Sequence[SeenImage] = ()
    files: Sequence[File] = ()

    def words(self) -> list[str]:
        """What it can be found by."""
        return [image.alt for image in self.images] + [file.name for file in self.files]


class ImageDraft(In):
    """A picture to show, made before by `PUT /files/{id}/picture`, or one that is shown already."""

    id: UUID
    alt: Annotated[Prose, StringConstraints(max_length=1_000)] = Field(
        "", description="What it shows, for who does not see it."
    )
    decorative: Flag = Field(False, description="It says nothing that the words do not: needs no `alt`, and has none.")

    @model_validator(mode="after")
    def _is_described_or_decorates(self) -> Self:
        if bool(self.alt) == self.decorative:
            raise PydanticCustomError("alt_needed", "a picture is described, or only decorates")
        return self


def _each_once(images: list[ImageDraft]) -> list[ImageDraft]:
    if len({image.id for image in images}) < len(images):
        raise PydanticCustomError("twice", "each picture is shown once")
    return images


def _once_each(ids: list[UUID]) -> list[UUID]:
    return list(dict.fromkeys(ids))


Images = Annotated[list[ImageDraft], Field(max_length=MOST), AfterValidator(_each_once)]
Files = Annotated[list[UUID], Field(max_length=MOST), AfterValidator(_once_each)]
IMAGES = "Pictures to show, in this order."
FILES = "Uploads to offer, in this order, whatever they are; or files that are offered already."


class ShownImageOut(PictureOut):
    """A picture that is shown."""

    alt: str = Field(description="What it shows; empty: it only decorates.")

    @classmethod
    def all_of(cls, images: Sequence[SeenImage]) -> list[Self]:
        return [cls(**sizes_of(image.picture), alt=image.alt) for image in images]


class OfferedFileOut(Out):
    """A file that is offered. It is downloaded, never shown, unless it is a raster picture."""

    id: UUID
    name: str
    media_type: str = Field(description="Read from its bytes.")
    size: int = Field(description="In bytes.")
    url: str

    @classmethod
    def all_of(cls, files: Sequence[File]) -> list[Self]:
        return [
            cls(id=file.id, name=file.name, media_type=file.media_type, size=file.size, url=url_of(file.id))
            for file in files
        ]


class LinkImageOut(Out):
    url: str
    width: int
    height: int


class ShownLinkOut(Out):
    """What a page that something leads to says of itself."""

    url: str
    title: str
    description: str
    site: str = Field(description="Its name, or its host.")
    image: LinkImageOut | None = Field(description="Kept and served here: reading asks nothing of the page.")

    @classmethod
    def all_of(cls, cards: Sequence[LinkCard]) -> list[Self]:
        return [
            cls(url=card.url, title=card.title, description=card.description, site=card.site, image=_image_of(card))
            for card in cards
        ]


def _image_of(card: LinkCard) -> LinkImageOut | None:
    if card.image_id is None:
        return None
    return LinkImageOut(url=url_of(card.image_id), width=card.width, height=card.height)
