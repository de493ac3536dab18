"""The directory over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from parvis.accounts.auth import SignedIn
from parvis.kernel.errors import Forbidden, Invalid
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.schemas import Line
from parvis.kernel.web import Language, Reader, at_once, documented

from . import facets, queries
from .schemas import (
    DirectoryFilters,
    FacetName,
    FacetsOut,
    FacetValueOut,
    FacetValuesOut,
    PersonCardOut,
    SortQuery,
)

router = APIRouter(tags=["directory"])

Filters = Annotated[DirectoryFilters, Depends(at_once(DirectoryFilters))]


@router.get("/directory", responses=documented([Forbidden, Invalid]))
async def list_directory(
    actor: SignedIn, read: Reader, page: PageQuery, filters: Filters, sort: SortQuery = None
) -> Page[PersonCardOut]:
    """The people whom you may find."""
    cards, following = await read(queries.page_of_people, actor, filters.wanted(), sort, page)
    return Page[PersonCardOut](items=[PersonCardOut.of(card) for card in cards], next=following)


@router.get("/directory/facets", responses=documented([Forbidden]))
async def count_directory(actor: SignedIn, read: Reader, filters: Filters, language: Language) -> FacetsOut:
    """How many people are found, and how many of them have what."""
    return FacetsOut.of(await read(facets.facets, actor, filters.wanted()), language)


@router.get("/directory/facets/{name}", responses=documented([Forbidden]))
async def list_facet_values(
    name: FacetName,
    actor: SignedIn,
    read: Reader,
    filters: Filters,
    language: Language,
    words: Annotated[Line, Query(max_length=100, description="Words of the value.")] = "",
) -> FacetValuesOut:
    """The values of a facet that have these words, at most 50, those first that most people have."""
    counted = await read(facets.values, actor, name, words, filters.wanted())
    return FacetValuesOut(items=[FacetValueOut.of(name, value, language) for value in counted])
