"""Pictures and files of posts, over HTTP."""

from collections.abc import Sequence
from typing import Self

from pydantic import Field

from parvis.files.schemas import url_of
from parvis.files.shown import OfferedFileOut, ShownImageOut
from parvis.kernel.schemas import Out
from parvis.posts.models import LinkCard


class PostImageOut(ShownImageOut):
    """A picture that a post shows."""


class PostFileOut(OfferedFileOut):
    """A file that a post offers. It is downloaded, never shown, unless it is a raster picture."""


class LinkImageOut(Out):
    url: str
    width: int
    height: int


class LinkOut(Out):
    """What a page that a post leads to says of itself. It comes some time after the post."""

    url: str
    title: str
    description: str
    site: str = Field(description="Its name, or its host.")
    image: LinkImageOut | None = Field(description="Kept and served here: reading a post asks nothing of the page.")

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
