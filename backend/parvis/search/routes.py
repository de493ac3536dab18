"""Search over HTTP."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from parvis.accounts.actor import Actor
from parvis.accounts.auth import SignedIn
from parvis.accounts.models.people import Public
from parvis.kernel.errors import Invalid, NotFound
from parvis.kernel.limits import limited
from parvis.kernel.schemas import Day, Line
from parvis.kernel.web import Reader, Reading, Writer, at_once, documented

from . import service
from .models import Kind
from .queries import finding, previewing, recent, suggesting
from .queries.candidates import Narrowed
from .queries.finding import Wanted
from .queries.statement import Sort
from .schemas.pages import SearchPageOut, SuggestionsOut
from .schemas.previews import FoundPreviewOut
from .schemas.recent import RecentSearchDraft, RecentSearchesOut, RecentSearchOut
from .scopes import readable_kinds
from .words import understood

router = APIRouter(tags=["search"])

MOST = 50


async def whose(actor: SignedIn) -> str:
    """Whose requests are counted together."""
    return str(actor.id)


LIMIT = limited("search", "240/minute", network="4800/minute", who=whose)
TYPING = limited("suggest", "600/minute", network="12000/minute", who=whose)
REMEMBERING = limited("remember_search", "120/minute", network="2400/minute", who=whose)


@dataclass(frozen=True)
class SearchAsked:
    """What is looked for, and where."""

    q: Annotated[
        Line,
        Query(
            min_length=1,
            max_length=200,
            description="Words, “phrases” between quotes, and what is -excluded; the last word may be a beginning.",
        ),
    ]
    kinds: Annotated[list[Kind] | None, Query(max_length=8, description="Absent: all.")] = None
    place_id: Annotated[UUID | None, Query(description="A community or a conversation.")] = None
    author_id: Annotated[UUID | None, Query(description="Only what this member said or changed last.")] = None
    public: Annotated[Public | None, Query(description="Only of somebody who shows that he is of this public.")] = None
    since: Annotated[Day | None, Query(description="Only from this day on.")] = None
    until: Annotated[Day | None, Query(description="Only up to this day, itself included.")] = None
    sort: Annotated[Sort, Query(description="The best first, or the newest.")] = "match"
    limit: Annotated[int, Query(ge=1, le=MOST)] = 20
    cursor: Annotated[str | None, Query(max_length=1024, description="`next` of the page before.")] = None

    def wanted(self, actor: Actor) -> Wanted:
        narrowed = Narrowed(
            kinds=readable_kinds(actor),
            author_id=self.author_id,
            public=self.public,
            since=_midnight(self.since) if self.since else None,
            until=_midnight(self.until + timedelta(days=1)) if self.until and self.until < date.max else None,
        )
        kinds = tuple(dict.fromkeys(self.kinds or ()))
        return Wanted(understood(self.q), kinds, self.place_id, narrowed, self.sort)


Searched = Annotated[SearchAsked, Depends(at_once(SearchAsked))]
Typed = Annotated[Line, Query(min_length=1, max_length=200, description="What was typed so far.")]
Looked = Annotated[Line, Query(max_length=200, description="What is looked for.")]


@router.get("/search", responses=documented([NotFound, Invalid]), dependencies=[LIMIT])
async def search(actor: SignedIn, read: Reader, asked: Searched) -> SearchPageOut:
    """All that you may read that answers these words. What is found as it was typed comes from at most twelve
    queries."""
    return SearchPageOut.of(await read(finding.find, actor, asked.wanted(actor), asked.limit, asked.cursor))


@router.get("/search/suggestions", dependencies=[TYPING])
async def suggest(actor: SignedIn, read: Reader, q: Typed) -> SuggestionsOut:
    """At most eight things whose names begin with what was typed, or are spelt nearly so."""
    return SuggestionsOut.of(await read(suggesting.suggest, actor, q, readable_kinds(actor)))


@router.get("/search/preview/{kind}/{subject_id}", responses=documented([NotFound]), dependencies=[LIMIT])
async def preview_found(kind: Kind, subject_id: UUID, actor: SignedIn, read: Reader, q: Looked = "") -> FoundPreviewOut:
    """Something found, with more of what it says and what is beside it."""
    if kind not in readable_kinds(actor):
        raise NotFound
    return FoundPreviewOut.preview(await read(previewing.preview, actor, kind, subject_id, q))


@router.get("/me/searches")
async def list_recent_searches(actor: SignedIn, session: Reading) -> RecentSearchesOut:
    """What you looked for lately: twenty searches at most, the last first."""
    return RecentSearchesOut(items=[RecentSearchOut.of(one) for one in await recent.recent(session, actor)])


@router.post("/me/searches", status_code=201, dependencies=[REMEMBERING])
async def remember_search(draft: RecentSearchDraft, actor: SignedIn, write: Writer) -> RecentSearchOut:
    """Remember a search: it comes first, and is kept once."""
    return RecentSearchOut.of(await write(service.remember, actor, draft.q, draft.kinds, draft.place_id))


@router.delete("/me/searches", status_code=204)
async def forget_recent_searches(actor: SignedIn, write: Writer) -> None:
    """Forget all that you looked for. Again changes nothing."""
    await write(service.forget_all, actor)


@router.delete("/me/searches/{search_id:uuid}", status_code=204, responses=documented([NotFound]))
async def forget_recent_search(search_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Forget a search of yours."""
    await write(service.forget, actor, search_id)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
