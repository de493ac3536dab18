"""What is to be said later, as its author sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.communities.models import Community
from parvis.communities.queries import seen as communities_seen
from parvis.engagement.mentions import named_in
from parvis.files.referred import DOCUMENTS, Card
from parvis.files.shown import Attached
from parvis.kernel.errors import NotFound
from parvis.kernel.pagination import PageRequest, paginate
from parvis.profiles.queries.people import Named, named

from .attached import shown_aside
from .models import ScheduledPost
from .schemas.posts import PlacedDraft

ORDER = (ScheduledPost.publish_at, ScheduledPost.id)


@dataclass(frozen=True, slots=True)
class Scheduled:
    """What waits to be said, where, what it is to show, and those of whom it speaks."""

    kept: ScheduledPost
    draft: PlacedDraft
    places: Sequence[Community]
    people: Mapping[UUID, Named]
    attached: Attached
    documents: Mapping[UUID, Card]


async def scheduled(session: AsyncSession, actor: Actor, scheduled_id: UUID) -> Scheduled:
    """Seven queries. Raises `NotFound` for one that is not the actor's."""
    mine = select(ScheduledPost).where(ScheduledPost.id == scheduled_id, ScheduledPost.author_id == actor.id)
    kept = (await session.execute(mine.execution_options(populate_existing=True))).scalar_one_or_none()
    if kept is None:
        raise NotFound
    return (await _complete(session, actor, [kept]))[0]


async def page_of_scheduled(
    session: AsyncSession, actor: Actor, page: PageRequest
) -> tuple[list[Scheduled], str | None]:
    """What the actor is to say, the next first. Seven queries."""
    mine = select(ScheduledPost).where(ScheduledPost.author_id == actor.id)
    found = await paginate(session, mine, ORDER, page, lambda kept: kept)
    return await _complete(session, actor, found.items), found.next


async def _complete(session: AsyncSession, actor: Actor, rows: Sequence[ScheduledPost]) -> list[Scheduled]:
    drafts = {kept.id: PlacedDraft.model_validate(kept.draft) for kept in rows}
    ids = {community_id for draft in drafts.values() for community_id in draft.places}
    places = {one.community.id: one.community for one in await communities_seen(session, actor, sorted(ids))}
    people = await named(session, actor, sorted({id_ for draft in drafts.values() for id_ in named_in(draft.body)}))
    shown = await shown_aside(session, drafts)
    documents = await DOCUMENTS.cards(session, actor, {id_ for one in drafts.values() for id_ in one.document_ids})
    return [
        Scheduled(
            kept, draft, [places[id_] for id_ in draft.places if id_ in places], people, shown[kept.id], documents
        )
        for kept, draft in zip(rows, drafts.values(), strict=True)
    ]
