"""What a member looked for lately."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from parvis.kernel.schemas import In, Instant, Line, Out
from parvis.search.models import Kind
from parvis.search.queries.recent import Kept

from .hits import SearchPlaceOut

Typed = Annotated[Line, Field(min_length=1, max_length=200)]


class RecentSearchDraft(In):
    """A search to be remembered: a result of it was opened, or Enter pressed."""

    q: Typed
    kinds: Annotated[list[Kind], Field(max_length=8)] = Field(default_factory=list)
    place_id: UUID | None = None


class RecentSearchOut(Out):
    id: UUID
    q: str
    kinds: list[Kind]
    place_id: UUID | None
    place: SearchPlaceOut | None = Field(description="As you may know of it now; null also when you may no longer.")
    at: Instant

    @classmethod
    def of(cls, kept: Kept) -> Self:
        one, place = kept.search, SearchPlaceOut.of(kept.place) if kept.place else None
        return cls(id=one.id, q=one.q, kinds=one.kinds, place_id=one.place_id, place=place, at=one.at)


class RecentSearchesOut(Out):
    items: list[RecentSearchOut]
