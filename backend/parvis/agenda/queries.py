"""Reading events by time: each starts from what is visible to who reads."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from parvis.accounts.actor import Actor
from parvis.accounts.models.people import Public
from parvis.accounts.publics import PRECEDENCE
from parvis.accounts.queries.publics import rank_shown_on
from parvis.circles.policy import circles_of
from parvis.communities.models import Community
from parvis.kernel import clock
from parvis.kernel.errors import NotFound
from parvis.kernel.pagination import PageRequest, paginate
from parvis.kernel.secrets import hash_token
from parvis.posts.gatherings import SeenGathering
from parvis.posts.models import Attendance, Gathering, Post, PostPlace, PostReach
from parvis.posts.policy import visible_in, visible_to
from parvis.posts.schemas.gatherings import LONGEST

from .models import CalendarFeed, Holds

COMING = (Gathering.starts_at, Gathering.post_id)
LAST_FIRST = (Gathering.starts_at.desc(), Gathering.post_id.desc())
LOOKED_BACK = timedelta(days=90)
MOST_FED = 500
"""Events of a feed, the first to come after what is looked back to."""


@dataclass(frozen=True, slots=True)
class Dated:
    """An event as a reader sees it. `places`: of its communities, those that he may read it in."""

    post: Post
    seen: SeenGathering
    places: Sequence[Community]
    on_square: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events are looked for: of one's communities and answered ones (`everywhere`: all that one may read),
    between two instants, over or not, in one community, said by somebody shown under a public."""

    since: datetime | None = None
    until: datetime | None = None
    over: bool | None = None
    answered: bool = False
    everywhere: bool = False
    community_id: UUID | None = None
    public: Public | None = None
    last_first: bool = False


async def page_of_events(
    session: AsyncSession, actor: Actor, wanted: Wanted, page: PageRequest
) -> tuple[list[Dated], str | None]:
    """A page of them in the order of their beginnings, and the cursor of the next. Three queries."""
    statement = select(Gathering.post_id).join(Post, Post.id == Gathering.post_id)
    statement = statement.where(*_conditions(actor, wanted))
    ids = await paginate(session, statement, LAST_FIRST if wanted.last_first else COMING, page, lambda id_: id_)
    return await dated(session, actor, ids.items), ids.next


async def event(session: AsyncSession, actor: Actor, post_id: UUID) -> Dated:
    """Two queries. Raises `NotFound` for what is no event, or not visible to the actor."""
    found = await dated(session, actor, [post_id])
    if not found:
        raise NotFound
    return found[0]


async def dated(session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> list[Dated]:
    """Those of these events that stand and are visible to the actor, in that order. Two queries."""
    is_mine = and_(Attendance.post_id == Gathering.post_id, Attendance.member_id == actor.id)
    square = aliased(PostReach)  # What says who may see a post looks for reaches of its own.
    is_square = and_(square.post_id == Post.id, square.scope == "square")
    query = (
        select(Post, Gathering, Attendance, square.post_id)
        .join(Gathering, Gathering.post_id == Post.id)
        .outerjoin(Attendance, is_mine)
        .outerjoin(square, is_square)
        .where(Post.id.in_(ids), Post.deleted_at.is_(None), visible_to(actor))
        .execution_options(populate_existing=True)
    )
    rows = (await session.execute(query)).all()
    places = await _places(session, actor, [post.id for post, *_ in rows])
    by_id = {
        post.id: Dated(post, SeenGathering(gathering, mine), places.get(post.id, ()), reached is not None)
        for post, gathering, mine, reached in rows
    }
    return [by_id[id_] for id_ in ids if id_ in by_id]


async def fed(session: AsyncSession, actor: Actor, holds: Holds) -> list[Dated]:
    """What a feed of the actor's holds now. Three queries."""
    wanted = Wanted(since=clock.now() - LOOKED_BACK, answered=holds == "answered")
    statement = select(Gathering.post_id).join(Post, Post.id == Gathering.post_id)
    first = statement.where(*_conditions(actor, wanted)).order_by(*COMING).limit(MOST_FED)
    return await dated(session, actor, list(await session.scalars(first)))


async def feed(session: AsyncSession, actor: Actor) -> CalendarFeed:
    """The actor's own. Raises `NotFound` for who has none."""
    mine = select(CalendarFeed).where(CalendarFeed.member_id == actor.id).execution_options(populate_existing=True)
    found = (await session.execute(mine)).scalar_one_or_none()
    if found is None:
        raise NotFound
    return found


async def feed_at(session: AsyncSession, secret: str) -> CalendarFeed:
    """Whosever stands at this address. Raises `NotFound`."""
    there = select(CalendarFeed).where(CalendarFeed.secret_hash == hash_token(secret))
    found = (await session.execute(there)).scalar_one_or_none()
    if found is None:
        raise NotFound
    return found


async def _places(session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> Mapping[UUID, list[Community]]:
    query = (
        select(Post.id, Community)
        .join(PostPlace, PostPlace.post_id == Post.id)
        .join(Community, Community.id == PostPlace.community_id)
        .where(Post.id.in_(ids), visible_in(actor))
        .order_by(Community.sort_name, Community.id)
    )
    found: dict[UUID, list[Community]] = defaultdict(list)
    for post_id, community in await session.execute(query):
        found[post_id].append(community)
    return found


def _conditions(actor: Actor, wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Post.deleted_at.is_(None), visible_to(actor)]
    if wanted.since is not None:  # What began before lasts no longer than an event may: the same index finds it.
        found += [Gathering.ends_at > wanted.since, Gathering.starts_at > wanted.since - LONGEST]
    if wanted.until is not None:
        found.append(Gathering.starts_at < wanted.until)
    if wanted.over is not None:
        now = clock.now()
        found.append(Gathering.ends_at <= now if wanted.over else Gathering.ends_at > now)
    if wanted.community_id is not None:
        found.append(_is_in(actor, PostPlace.community_id == wanted.community_id))
    elif wanted.answered:
        found.append(_is_answered(actor))
    elif not wanted.everywhere:
        mine = PostPlace.community_id.in_(select(Community.id).where(Community.circle_id.in_(circles_of(actor.id))))
        found.append(or_(_is_in(actor, mine), _is_on_square(), _is_answered(actor)))
    if wanted.public is not None:
        shown = rank_shown_on(clock.now().date(), Post.author_id)
        found.append(shown == PRECEDENCE.index(wanted.public))
    return found


def _is_in(actor: Actor, there: ColumnElement[bool]) -> ColumnElement[bool]:
    """Said where the actor may read it."""
    placed = exists().where(PostPlace.post_id == Post.id, there, visible_in(actor))
    return placed.correlate(Post)


def _is_on_square() -> ColumnElement[bool]:
    return exists().where(PostReach.post_id == Post.id, PostReach.scope == "square").correlate(Post)


def _is_answered(actor: Actor) -> ColumnElement[bool]:
    mine = exists().where(Attendance.post_id == Post.id, Attendance.member_id == actor.id, Attendance.answer != "no")
    return mine.correlate(Post)
