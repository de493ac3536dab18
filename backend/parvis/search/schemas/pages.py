"""A page of what is found, and names that are suggested."""

from typing import Self

from pydantic import Field

from parvis.kernel.schemas import Out
from parvis.search.models import Kind
from parvis.search.passages import Marker
from parvis.search.queries.finding import Results
from parvis.search.queries.hits import Hit
from parvis.search.queries.suggesting import Suggested

from .hits import SearchHitOut


class UnderstoodOut(Out):
    """What was understood of what was typed."""

    words: list[str]
    phrases: list[str]
    excluded: list[str]


class KindCountOut(Out):
    kind: Kind
    count: int
    is_limited: bool = Field(description="Whether there may be more: no kind is counted beyond 200.")


class SearchPageOut(Out):
    """A page of what is found. `counts`: of each kind, whatever kinds are asked for."""

    query: UnderstoodOut
    counts: list[KindCountOut]
    is_limited: bool = Field(description="Whether only the 5,000 newest were ranked: a very common word.")
    is_cut: bool = Field(description="Whether more is found than the 300 best, which are all that `sort=match` lists.")
    corrected: str | None = Field(description="What was looked for, when nothing was found as it was typed.")
    items: list[SearchHitOut]
    next: str | None

    @classmethod
    def of(cls, found: Results) -> Self:
        marker = Marker(found.asked.terms)
        return cls(
            query=UnderstoodOut(
                words=list(found.asked.words), phrases=list(found.asked.phrases), excluded=list(found.asked.excluded)
            ),
            counts=[
                KindCountOut(kind=kind, count=count, is_limited=kind in found.more)
                for kind, count in found.counts.items()
            ],
            is_limited=found.is_limited,
            is_cut=found.is_cut,
            corrected=found.corrected,
            items=[SearchHitOut.of(hit, marker, approximate=found.corrected is not None) for hit in found.hits],
            next=found.following,
        )


class SuggestionOut(SearchHitOut):
    """Something whose name begins so. `detail`: a line that tells it from others of its name."""

    detail: str | None


class SuggestionsOut(Out):
    items: list[SuggestionOut]

    @classmethod
    def of(cls, found: Suggested) -> Self:
        marker = Marker(found.terms)
        items = []
        for hit in found.hits:
            out = SearchHitOut.of(hit, marker, approximate=found.is_approximate, most=0)
            items.append(SuggestionOut(**dict(out), detail=_detail(hit)))
        return cls(items=items)


def _detail(hit: Hit) -> str | None:
    if hit.person is not None:
        return hit.person.affiliation or hit.shown.values.get("headline")
    if hit.shown.community is not None:
        return hit.shown.community.summary or None
    return hit.shown.place.name if hit.shown.place else None
