"""The home feed over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import AwareDatetime

from parvis.accounts.auth import SignedIn
from parvis.kernel.pagination import PageQuery
from parvis.kernel.web import Reader
from parvis.posts.feed.reading import feed, new_since
from parvis.posts.feed.sources import FeedOrder, FeedTab
from parvis.posts.schemas.feed import FeedOut, NewInFeedOut

router = APIRouter(prefix="/feed", tags=["posts"])

Tab = Annotated[
    FeedTab,
    Query(description="All that concerns you, what you are told, what is said in your communities, or ideas there."),
]
Order = Annotated[
    FeedOrder, Query(description="By what concerns you most, a stretch of time after the other; or by time.")
]
Since = Annotated[AwareDatetime, Query(description="`as_of` of the first page that you read.")]


@router.get("", response_model=FeedOut)
async def list_feed(
    actor: SignedIn, read: Reader, page: PageQuery, tab: Tab = "for_you", order: Order = "relevant"
) -> Response:
    """What was said where you are, each post once, with the reason why it is shown. What is said after you read the
    first page comes with your next reading."""
    found = FeedOut.of(await read(feed, actor, tab, order, page), actor)
    return Response(found.model_dump_json(), media_type="application/json")  # A hot route: see docs/performance.md.


@router.get("/new")
async def count_new_in_feed(actor: SignedIn, read: Reader, since: Since, tab: Tab = "for_you") -> NewInFeedOut:
    """How many posts came since."""
    return NewInFeedOut(count=await read(new_since, actor, tab, since))
