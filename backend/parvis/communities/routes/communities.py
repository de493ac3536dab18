"""Communities over HTTP."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.auth import SignedIn
from parvis.communities import queries
from parvis.communities.models import Access
from parvis.communities.queries import Seen, Sort, Wanted
from parvis.communities.queries.suggestions import suggestions
from parvis.communities.schemas.communities import (
    CommunityCardOut,
    CommunityChange,
    CommunityDraft,
    CommunityOut,
    CommunitySuggestionOut,
    CommunitySuggestionsOut,
    CommunityTextDraft,
    CommunityTextOut,
    TagCountOut,
    TagCountsOut,
)
from parvis.communities.service import communities as service
from parvis.kernel.errors import Forbidden, NotFound, PreconditionFailed
from parvis.kernel.etag import etag_of
from parvis.kernel.idempotency import IdempotencyKeyReused, Once
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.schemas import Line
from parvis.kernel.text import render_markdown
from parvis.kernel.web import IfMatch, Reader, Reading, Writer, documented
from parvis.profiles.queries.people import Named, named
from parvis.profiles.schemas.people import PersonRef

router = APIRouter(prefix="/communities", tags=["communities"])

CHANGING = documented([Forbidden, NotFound, PreconditionFailed])
Words = Annotated[Line, Query(max_length=200, description="Words of the name, the tags or the description.")]
TagQuery = Annotated[Line | None, Query(max_length=40, description="A tag, whatever its case and accents.")]
Mine = Annotated[bool, Query(description="Only those that you are in.")]
Archived = Annotated[bool, Query(description="Archived ones, in place of the others.")]


async def whose(actor: SignedIn) -> str:
    """Whose requests are counted together."""
    return str(actor.id)


@router.get("")
async def list_communities(
    actor: SignedIn,
    session: Reading,
    page: PageQuery,
    q: Words = "",
    tag: TagQuery = None,
    access: Access | None = None,
    mine: Mine = False,
    archived: Archived = False,
    sort: Sort = "active",
) -> Page[CommunityCardOut]:
    """The communities that you may know of."""
    wanted = Wanted(q, tag, access, mine, archived)
    found, following = await queries.page_of_communities(session, actor, wanted, sort, page)
    return Page[CommunityCardOut](items=[CommunityCardOut.card(one, actor) for one in found], next=following)


@router.get("/tags")
async def count_community_tags(
    actor: SignedIn,
    session: Reading,
    q: Words = "",
    tag: TagQuery = None,
    access: Access | None = None,
    mine: Mine = False,
    archived: Archived = False,
) -> TagCountsOut:
    """How many communities are found, and the thirty commonest tags of those found whatever their tag."""
    counted = await queries.counted(session, actor, Wanted(q, None, access, mine, archived))
    found = await queries.how_many(session, actor, Wanted(q, tag, access, mine, archived))
    items = [TagCountOut(tag=tag, label=label, communities=number) for tag, label, number in counted]
    return TagCountsOut(communities=found, items=items)


@router.get("/suggestions")
async def suggest_communities(actor: SignedIn, session: Reading) -> CommunitySuggestionsOut:
    """Communities that may suit you, each with the reason why."""
    found = await suggestions(session, actor)
    people = await named(session, actor, [id_ for one in found for id_ in one.known]) if found else {}
    return CommunitySuggestionsOut(
        items=[
            CommunitySuggestionOut(
                community=CommunityCardOut.card(one.seen, actor),
                why=one.why,
                people=one.people,
                known=[PersonRef.of(people[id_]) for id_ in one.known if id_ in people],
                subjects=list(one.subjects),
            )
            for one in found
        ]
    )


@router.post(
    "",
    status_code=201,
    responses=documented([Forbidden, IdempotencyKeyReused]),
    dependencies=[limited("create_community", "20/hour", network="400/hour", who=whose)],
)
async def create_community(draft: CommunityDraft, actor: SignedIn, once: Once) -> CommunityCardOut:
    """Make a community, which you own."""
    return await once(lambda seen: CommunityCardOut.card(seen, actor), service.create, actor, draft)


@router.post("/previews", dependencies=[limited("preview_community_text", "600/hour", network="24000/hour", who=whose)])
async def preview_community_text(draft: CommunityTextDraft, _: SignedIn) -> CommunityTextOut:
    """Show a description or a charter as it would be read, and keep nothing."""
    return CommunityTextOut(html=render_markdown(draft.text))


@router.get("/{community_id:uuid}", responses=documented([NotFound]))
async def get_community(community_id: UUID, actor: SignedIn, read: Reader, response: Response) -> CommunityOut:
    """A community, as you stand to it."""
    return _out(*await read(_whole, actor, community_id), actor, response)


@router.patch("/{community_id:uuid}", responses=CHANGING)
async def change_community(
    community_id: UUID, draft: CommunityChange, actor: SignedIn, write: Writer, unchanged: IfMatch, response: Response
) -> CommunityCardOut:
    """Change what is said of a community, and its rules. For its owners."""
    return _card(await write(service.change, actor, community_id, draft, unchanged), actor, response)


@router.put("/{community_id:uuid}/archiving", responses=CHANGING)
async def archive_community(
    community_id: UUID, actor: SignedIn, write: Writer, unchanged: IfMatch, response: Response
) -> CommunityCardOut:
    """Close a community for writing; what was said stays to be read. For its owners."""
    found = await write(service.archive, actor, community_id, archived=True, unchanged=unchanged)
    return _card(found, actor, response)


@router.delete("/{community_id:uuid}/archiving", responses=CHANGING)
async def reopen_community(
    community_id: UUID, actor: SignedIn, write: Writer, unchanged: IfMatch, response: Response
) -> CommunityCardOut:
    """Open an archived community again. For its owners."""
    found = await write(service.archive, actor, community_id, archived=False, unchanged=unchanged)
    return _card(found, actor, response)


def _card(seen: Seen, actor: Actor, response: Response) -> CommunityCardOut:
    response.headers["etag"] = etag_of(seen.community.version)
    return CommunityCardOut.card(seen, actor)


async def _whole(session: AsyncSession, actor: Actor, community_id: UUID) -> tuple[Seen, list[Named]]:
    seen = await queries.community(session, actor, community_id)
    running = await queries.those_who_run(session, seen.community)
    people = await named(session, actor, running)
    return seen, [people[id_] for id_ in running if id_ in people]


def _out(seen: Seen, running: Sequence[Named], actor: Actor, response: Response) -> CommunityOut:
    response.headers["etag"] = etag_of(seen.community.version)
    return CommunityOut.of(seen, [PersonRef.of(one) for one in running], actor)
