"""Documents that something refers to: a post, a message. It keeps their ids alone, and shows of each what its reader
may know of it now: a card, or a lock.

Who says that is told once, where tables are put together (`wiring.py`): what shows posts and messages, and what keeps
documents, know nothing of each other.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, Field
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.kernel.errors import invalid
from parvis.kernel.schemas import Out

from .schemas import url_of

MOST = 10


@dataclass(frozen=True, slots=True)
class Card:
    """A document, to who may read it. `size`: None of a page, which is written here; `file_id`: of its current version;
    `drawn`: how many pages of it can be seen."""

    id: UUID
    name: str
    media_type: str
    group: str
    size: int | None
    file_id: UUID
    drawn: int


Answer = Callable[[AsyncSession, Actor, Collection[UUID]], Awaitable[Mapping[UUID, Card]]]


class Referred:
    """Cards of documents, by who was registered to give them."""

    def __init__(self) -> None:
        self._answer: Answer | None = None

    def answered_by(self, answer: Answer) -> None:
        self._answer = answer

    async def cards(self, session: AsyncSession, actor: Actor, ids: Collection[UUID]) -> Mapping[UUID, Card]:
        """Of those of these that the actor may read now. One query; none for none."""
        return await self._answer(session, actor, ids) if ids and self._answer else {}

    async def referable(self, session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> Mapping[UUID, Card]:
        """Of all these. Raises `Invalid` when the actor may not read one."""
        found = await self.cards(session, actor, ids)
        if len(found) < len(ids):
            raise invalid(
                *("document_ids", "unknown"),
                "Un document n’est plus là, ou vous n’y avez plus accès.",
                "A document is gone, or you have no access to it any more.",
            )
        return found


DOCUMENTS = Referred()


def _once_each(ids: list[UUID]) -> list[UUID]:
    return list(dict.fromkeys(ids))


DocumentIds = Annotated[list[UUID], Field(max_length=MOST), AfterValidator(_once_each)]
REFERRED = "Documents to refer to, in this order, that you may read. Nobody gains a right to them by it."


class ReferredDocumentOut(Out):
    """A document that something refers to; a lock, and nothing of it, to who may not read it now."""

    id: UUID | None
    is_locked: bool
    name: str | None
    media_type: str | None
    group: str | None = Field(description="What people call such a file: `document`, `sheet`, `pdf`…")
    size: int | None = Field(description="Null of a page, which is written here, too.")
    url: str | None = Field(description="Where its current version is downloaded.")
    thumbnail_url: str | None

    @classmethod
    def all_of(cls, ids: Sequence[str] | None, cards: Mapping[UUID, Card]) -> list[Self]:
        """`ids`: as they are kept."""
        return [cls._of(cards.get(UUID(id_))) for id_ in ids or ()]

    @classmethod
    def _of(cls, card: Card | None) -> Self:
        if card is None:
            nothing = {"name": None, "media_type": None, "group": None, "size": None, "url": None}
            return cls(id=None, is_locked=True, thumbnail_url=None, **nothing)
        url = url_of(card.file_id)
        return cls(
            id=card.id,
            is_locked=False,
            name=card.name,
            media_type=card.media_type,
            group=card.group,
            size=card.size,
            url=url,
            thumbnail_url=f"{url}/preview/1?size=small" if card.drawn else None,
        )


def kept(ids: Sequence[UUID]) -> list[str] | None:
    """As what refers to them keeps them."""
    return [str(id_) for id_ in ids] or None


def ids_in(kept: Collection[Sequence[str] | None]) -> set[UUID]:
    return {UUID(id_) for some in kept for id_ in some or ()}
