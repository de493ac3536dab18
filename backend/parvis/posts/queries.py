"""Reading posts: each starts from what is visible to who reads."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import KINDS_OF_READERS, Actor
from parvis.accounts.models import Member
from parvis.accounts.policy import MEMBERS_ONLY, is_inside, may_moderate
from parvis.accounts.queries.people import is_active
from parvis.circles.models import Membership
from parvis.circles.policy import holds
from parvis.communities.models import CharterAcceptance, Community, CommunityBan
from parvis.communities.policy import Standing
from parvis.communities.queries import his_acceptance, his_place, readable, standing_of
from parvis.engagement import queries as engagement
from parvis.engagement.mentions import named_in, rendered
from parvis.engagement.models import Bookmark, Comment, Thread
from parvis.engagement.policy import Stance
from parvis.engagement.queries import Discussion, Reacted, Tally
from parvis.files.models import LinkCard
from parvis.files.referred import DOCUMENTS, Card, ids_in
from parvis.files.shown import Attached
from parvis.kernel.db import Id, among
from parvis.kernel.errors import NotFound, require
from parvis.kernel.pagination import PageRequest, paginate
from parvis.profiles.policy import belongs, blocked
from parvis.profiles.queries.people import Named, named

from . import announced, asked, policy
from .announced import SeenAnnouncement
from .asked import SeenIdea, SeenPoll
from .attached import attached
from .gatherings import SeenGathering, gatherings
from .models import Post, PostAttachment, PostLink, PostPlace, PostReach, PostVersion
from .policy import PostAbility, Where, visible_by, visible_in, visible_to
from .unfurled import LINKS

KIND = "post"
"""Of threads, bookmarks and entries of the search table."""
WALL_ORDER = (PostPlace.said_at.desc(), PostPlace.post_id.desc())
SQUARE_ORDER = (PostReach.said_at.desc(), PostReach.post_id.desc())
NOTHING = Attached()
Wall = UUID | None
"""A community, or the square."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A place of a post that the reader may see, and its discussion as it counts for him."""

    community: Community
    standing: Standing
    place: PostPlace
    tally: Tally

    @property
    def where(self) -> Where:
        return self.community, self.standing

    @property
    def is_hidden(self) -> bool:
        return self.place.hidden_at is not None


@dataclass(frozen=True, slots=True)
class Reaching:
    """How a post that stands in no community reaches the reader, and its discussion as it counts for him."""

    reach: PostReach
    tally: Tally


@dataclass(frozen=True, slots=True)
class SeenPost:
    """A post as a reader sees it, with the places that he may see, or how it reaches him. `people`: those of whom it
    speaks."""

    post: Post
    places: Sequence[Placed]
    reaching: Reaching | None
    reacted: Reacted
    is_bookmarked: bool
    people: Mapping[UUID, Named]
    poll: SeenPoll | None
    idea: SeenIdea | None
    gathering: SeenGathering | None
    announcement: SeenAnnouncement | None
    attached: Attached
    cards: Sequence[LinkCard]
    documents: Mapping[UUID, Card]
    """Of those that it refers to, which the reader may read."""

    @property
    def is_hidden(self) -> bool:
        """In each of these places."""
        is_shown_by_reach = self.reach is not None and self.reach.hidden_at is None
        return not is_shown_by_reach and all(placed.is_hidden for placed in self.places)

    @property
    def reach(self) -> PostReach | None:
        return self.reaching.reach if self.reaching else None

    def where(self) -> list[Where]:
        return [placed.where for placed in self.places]

    def threads(self) -> dict[UUID, Tally]:
        """Its discussions that he may read, each once."""
        tallies = [*(placed.tally for placed in self.places), *([self.reaching.tally] if self.reaching else [])]
        return {tally.thread.id: tally for tally in tallies}

    def stance(self, actor: Actor, thread_id: UUID) -> Stance:
        """How the actor stands to one of them."""
        sharing = [placed.where for placed in self.places if placed.place.thread_id == thread_id]
        reach = self.reach if self.reach is not None and self.reach.thread_id == thread_id else None
        return policy.stance(actor, self.post, sharing, reach)

    def abilities(self, actor: Actor) -> list[PostAbility]:
        return policy.abilities(actor, self.post, self.where(), self.reach, hidden=self.is_hidden)

    def in_community(self, community_id: UUID) -> Placed:
        """Raises `NotFound`."""
        for placed in self.places:
            if placed.place.community_id == community_id:
                return placed
        raise NotFound


async def post(session: AsyncSession, actor: Actor, post_id: UUID) -> SeenPost:
    """At most five queries. Raises `NotFound` for one that is not visible to the actor."""
    found = await posts(session, actor, [post_id])
    if not found:
        raise NotFound
    return found[0]


async def posts(session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> list[SeenPost]:
    """Those of these that are visible to the actor, in that order. Three queries, and one for each kind of which there
    are some (polls, ideas, events, announcements), for what they show, for cards of pages and for documents; none for
    no posts."""
    if not ids:
        return []
    rows = await _standing(session, actor, ids)
    added = await engagement.added(session, actor, _threads(rows), _moderated(actor, rows))
    of_kind: dict[str, list[UUID]] = defaultdict(list)
    by_id = {row.post.id: row for row in rows}
    for id_, row in by_id.items():
        of_kind[row.post.kind].append(id_)
    polls = await asked.polls(session, actor, of_kind["poll"])
    ideas = await asked.ideas(session, actor, of_kind["idea"])
    events = await gatherings(session, actor, of_kind["event"])
    announcing = await announced.announcements(session, actor, of_kind["announcement"])
    shown = await attached(session, [id_ for id_, row in by_id.items() if row.shows])
    unfurled = await LINKS.cards(session, [id_ for id_, row in by_id.items() if row.leads])
    referred = await DOCUMENTS.cards(session, actor, ids_in([row.post.document_ids for row in by_id.values()]))
    people = await _people(session, actor, [row.post for row in by_id.values()], ideas)
    placed: dict[UUID, list[Placed]] = defaultdict(list)
    reaching: dict[UUID, Reaching] = {}
    for row in rows:
        tally = added.tallies[row.thread.id]
        if row.place is not None and row.community is not None:
            standing = standing_of(actor, row.role, row.accepted)
            placed[row.post.id].append(Placed(row.community, standing, row.place, tally))
        elif row.reach is not None:
            reaching[row.post.id] = Reaching(row.reach, tally)
    return [
        SeenPost(
            by_id[id_].post,
            placed[id_],
            reaching.get(id_),
            added.reacted[id_],
            id_ in added.put_aside,
            people,
            polls.get(id_),
            ideas.get(id_),
            events.get(id_),
            announcing.get(id_),
            shown.get(id_, NOTHING),
            unfurled.get(id_, ()),
            referred,
        )
        for id_ in ids
        if id_ in by_id
    ]


async def wall(
    session: AsyncSession, actor: Actor, community_id: UUID, page: PageRequest, *, pinned: bool | None = None
) -> tuple[list[SeenPost], str | None]:
    """A page of a community's wall, the latest first, and the cursor of the next. Two queries, and those of `posts`.

    Raises `NotFound`, and `Forbidden` for who may know of the community and not read it.
    """
    await readable(session, actor, community_id)
    told = {"reader": actor.id, "community": community_id}
    ids = await paginate(session, _wall_of(actor.stand_in(), pinned), WALL_ORDER, page, lambda id_: id_, told)
    return await posts(session, actor, ids.items), ids.next


@lru_cache(maxsize=KINDS_OF_READERS)
def _wall_of(actor: Actor, pinned: bool | None) -> Select[UUID]:
    statement = select(PostPlace.post_id).join(Post, Post.id == PostPlace.post_id)
    statement = statement.join(Thread, Thread.id == PostPlace.thread_id)
    there = PostPlace.community_id == bindparam("community", type_=Id)
    statement = statement.where(there, visible_in(actor), _is_worth_a_place())
    if pinned is not None:
        statement = statement.where(PostPlace.pinned_at.is_not(None) if pinned else PostPlace.pinned_at.is_(None))
    return statement


async def square(session: AsyncSession, actor: Actor, page: PageRequest) -> tuple[list[SeenPost], str | None]:
    """A page of what is said on the square, the latest first. One query, and those of `posts`. Raises `Forbidden`."""
    require(is_inside(actor), MEMBERS_ONLY)
    told = {"reader": actor.id}
    ids = await paginate(session, _square_of(actor.stand_in()), SQUARE_ORDER, page, lambda id_: id_, told)
    return await posts(session, actor, ids.items), ids.next


@lru_cache(maxsize=KINDS_OF_READERS)
def _square_of(actor: Actor) -> Select[UUID]:
    statement = select(PostReach.post_id).join(Post, Post.id == PostReach.post_id)
    statement = statement.join(Thread, Thread.id == PostReach.thread_id)
    return statement.where(PostReach.scope == "square", visible_by(actor), _is_worth_a_place())


async def bookmarks(session: AsyncSession, actor: Actor, page: PageRequest) -> tuple[list[SeenPost], str | None]:
    """Posts that the actor put aside and may still read, the last first. One query, and those of `posts`."""
    statement = select(Bookmark.subject_id).join(Post, Post.id == Bookmark.subject_id)
    statement = statement.where(Bookmark.member_id == actor.id, Bookmark.subject_kind == KIND)
    statement = statement.where(visible_to(actor), Post.deleted_at.is_(None))
    order = (Bookmark.at.desc(), Bookmark.subject_id.desc())
    ids = await paginate(session, statement, order, page, lambda id_: id_)
    return await posts(session, actor, ids.items), ids.next


async def versions(
    session: AsyncSession, actor: Actor, post_id: UUID, page: PageRequest
) -> tuple[list[PostVersion], str | None, Mapping[UUID, Named]]:
    """What a post said before, the last first, and those named in it. Raises `NotFound`."""
    found = await post(session, actor, post_id)
    statement = select(PostVersion).where(PostVersion.post_id == found.post.id)
    earlier = await paginate(session, statement, (PostVersion.version.desc(),), page, lambda version: version)
    ids = {id_ for version in earlier.items for id_ in named_in(version.body)}
    return earlier.items, earlier.next, await named(session, actor, sorted(ids))


async def preview(session: AsyncSession, actor: Actor, body: str) -> str:
    """The HTML that the actor would read. Two queries."""
    return rendered(body, await named(session, actor, named_in(body)))


async def comments(
    session: AsyncSession,
    actor: Actor,
    post_id: UUID,
    thread_id: UUID | None,
    parent_id: UUID | None,
    page: PageRequest,
) -> Discussion:
    """A page of one of a post's discussions. Twenty queries. Raises `NotFound`."""
    found = await post(session, actor, post_id)
    threads = found.threads()
    chosen = threads.get(thread_id) if thread_id else next(iter(threads.values()))
    if chosen is None:
        raise NotFound
    stance = found.stance(actor, chosen.thread.id)
    return await engagement.page_of_comments(session, actor, chosen.thread, stance, page, parent_id)


async def comment(session: AsyncSession, actor: Actor, post_id: UUID, comment_id: UUID) -> Discussion:
    """One comment alone. Raises `NotFound`."""
    found = await post(session, actor, post_id)
    threads = found.threads()
    query = select(Comment.thread_id).where(Comment.id == comment_id, Comment.thread_id.in_(threads))
    thread_id = (await session.execute(query)).scalar_one_or_none()
    if thread_id is None:
        raise NotFound
    stance = found.stance(actor, thread_id)
    return await engagement.comment(session, actor, threads[thread_id].thread, stance, comment_id)


async def walls_sharing(session: AsyncSession, thread_id: UUID) -> list[Wall]:
    """Walls that a discussion stands on, hidden on none of them, whoever reads them: for what is told there."""
    places = select(PostPlace).where(PostPlace.thread_id == thread_id, PostPlace.removed_at.is_(None))
    found = [place.community_id for place in await session.scalars(places) if place.hidden_at is None]
    reach = await session.scalar(select(PostReach).where(PostReach.thread_id == thread_id))
    is_there = reach is not None and policy.is_open_to_all(reach) and reach.hidden_at is None
    return [*sorted(found), *([None] if is_there else [])]


async def walls(session: AsyncSession, post_id: UUID) -> list[tuple[Wall, bool]]:
    """Walls that a post still stands on, whoever reads them, and whether it is hidden there."""
    found: list[tuple[Wall, bool]] = [
        (place.community_id, place.hidden_at is not None) for place in await all_places(session, post_id)
    ]
    reach = await session.get(PostReach, post_id)
    if reach is not None and policy.is_open_to_all(reach):
        found.append((None, reach.hidden_at is not None))
    return found


async def all_places(session: AsyncSession, post_id: UUID) -> list[PostPlace]:
    """The places that a post still stands in, hidden or not, whoever reads them."""
    query = select(PostPlace).where(PostPlace.post_id == post_id, PostPlace.removed_at.is_(None))
    return list(await session.scalars(query.order_by(PostPlace.community_id)))


async def readers_among(
    session: AsyncSession, actor: Actor, walls: Collection[Wall], ids: Collection[UUID]
) -> list[UUID]:
    """Which of these members may read what the actor says on these walls. One query."""
    community_ids = [id_ for id_ in walls if id_ is not None]
    is_banned = exists().where(CommunityBan.community_id == Community.id, CommunityBan.member_id == Member.id)
    is_there = exists().where(Membership.circle_id == Community.circle_id, Membership.member_id == Member.id, holds())
    reads = or_(
        is_there.correlate(Community, Member),
        and_(Community.access == "open", belongs(Member.id), not_(is_banned.correlate(Community, Member))),
    )
    somewhere: ColumnElement[bool] = exists().where(Community.id.in_(community_ids), reads)
    if None in walls:
        somewhere = or_(somewhere, belongs(Member.id))
    query = select(Member.id).where(Member.id.in_(ids), Member.id != actor.id, is_active(), somewhere)
    return list(await session.scalars(query.where(not_(blocked(actor, Member.id))).order_by(Member.id)))


@dataclass(frozen=True, slots=True)
class _Standing:
    """A post where the reader may read it, in a community and how he stands there, or by its reach; and whether it
    shows pictures or files, and leads to pages."""

    post: Post
    thread: Thread
    place: PostPlace | None
    reach: PostReach | None
    community: Community | None
    role: str | None
    accepted: int | None
    shows: bool
    leads: bool


async def _standing(session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> list[_Standing]:
    rows = await session.execute(_standing_for(actor.stand_in()), {"reader": actor.id, "ids": ids})
    return [_Standing(*row) for row in rows]


@lru_cache(maxsize=KINDS_OF_READERS)
def _standing_for(actor: Actor) -> Select[*tuple[Any, ...]]:
    """A post stands in places, or has a reach, and in each a thread."""
    there = and_(PostPlace.post_id == Post.id, visible_in(actor))
    reached = and_(PostReach.post_id == Post.id, visible_by(actor))
    shows = exists().where(PostAttachment.post_id == Post.id)
    leads = exists().where(PostLink.post_id == Post.id)
    return (
        select(Post, Thread, PostPlace, PostReach, Community)
        .add_columns(Membership.role, CharterAcceptance.version, shows, leads)
        .select_from(Post)
        .outerjoin(PostPlace, there)
        .outerjoin(PostReach, reached)
        .join(Thread, Thread.id == func.coalesce(PostPlace.thread_id, PostReach.thread_id))
        .outerjoin(Community, Community.id == PostPlace.community_id)
        .outerjoin(Membership, his_place(actor.id))
        .outerjoin(CharterAcceptance, his_acceptance(actor.id))
        .where(among(Post.id, "ids"))
        .order_by(PostPlace.community_id)
        .execution_options(populate_existing=True)
    )


def _threads(rows: Iterable[_Standing]) -> list[Thread]:
    return list({row.thread.id: row.thread for row in rows}.values())


def _moderated(actor: Actor, rows: Iterable[_Standing]) -> set[UUID]:
    """Threads of which the actor moderates the post."""
    everywhere = may_moderate(actor)
    return {
        row.thread.id
        for row in rows
        if (everywhere if row.reach is not None else standing_of(actor, row.role, None).moderates)
    }


def _is_worth_a_place() -> ColumnElement[bool]:
    """Of deleted posts, those that something is left under."""
    return or_(Post.deleted_at.is_(None), Thread.comments > 0)


async def _people(
    session: AsyncSession, actor: Actor, found: Iterable[Post], ideas: Mapping[UUID, SeenIdea]
) -> dict[UUID, Named]:
    ids = {id_ for seen in ideas.values() for id_ in named_in(seen.idea.answer)}
    for one in found:
        ids.update(named_in(one.body))
        if one.author_id is not None:
            ids.add(one.author_id)
    return await named(session, actor, sorted(ids))
