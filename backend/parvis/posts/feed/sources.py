"""What stands in a feed, in SQL: the last posts of the communities that a member is in, and what in each is about him.

The last post of each community says how far back the wanted number of posts reaches at most; only then are those
communities read that have something so late, and none of them further than that. Statements are built once.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, NamedTuple
from uuid import UUID

from sqlalchemy import (
    CTE,
    Boolean,
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    String,
    and_,
    bindparam,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from parvis.accounts.actor import Actor
from parvis.accounts.policy import is_inside
from parvis.circles.models import Membership
from parvis.circles.policy import holds
from parvis.communities.models import Community
from parvis.engagement.models import Participant, Thread
from parvis.kernel.db import Id, UtcDateTime
from parvis.kernel.pagination import LIMIT_MAX
from parvis.posts.freshness import STAYS
from parvis.posts.models import Post, PostPlace, PostReach, Recipient
from parvis.profiles.models import Contact
from parvis.profiles.policy import those_apart

FeedOrder = Literal["relevant", "recent"]
FeedTab = Literal["for_you", "announcements", "communities", "ideas"]
Statement = Select[*tuple[Any, ...]]

EVER = datetime(9999, 12, 31, tzinfo=UTC)
NEVER = datetime(1, 1, 1, tzinfo=UTC)
FIRST_ID, LAST_ID = UUID(int=0), UUID(int=2**128 - 1)
ANNOUNCEMENT = "announcement"
IN_PLACES: Collection[FeedTab] = ("for_you", "communities", "ideas")
BY_REACH: Collection[FeedTab] = ("for_you", "announcements")
ME, AS_OF = bindparam("me", type_=Id), bindparam("as_of", type_=UtcDateTime)
BEFORE, BEFORE_ID = bindparam("before", type_=UtcDateTime), bindparam("before_id", type_=Id)
FROM, FROM_ID = bindparam("from", type_=UtcDateTime), bindparam("from_id", type_=Id)
MOST, NAMING = bindparam("most", type_=Integer), bindparam("naming", type_=String)
BY_ANNOUNCEMENT = bindparam("by_announcement", type_=Boolean)
INSTANT, POST_ID = literal(EVER, UtcDateTime()), literal(LAST_ID, Id())
"""What a cursor is made of."""


@dataclass(frozen=True, slots=True)
class Bound:
    """Between two posts of an order: `at` and `id_` of the one, which is told apart by both."""

    at: datetime
    id_: UUID


class There(NamedTuple):
    """A post in one of the reader's communities, or none where it reaches him otherwise, and how he stands to its
    discussion there."""

    community_id: UUID | None
    pinned: bool
    people: int
    takes_part: bool


class Candidate(NamedTuple):
    """A post that may be shown, and what of it matters to the reader. `at`: what it is ordered by; `is_unread`: it is
    told him, and he has not read it."""

    id: UUID
    at: datetime
    said_at: datetime
    places: Sequence[There]
    is_mine: bool
    is_of_contact: bool
    names_me: bool
    is_announcement: bool
    is_unread: bool = False

    @property
    def bound(self) -> Bound:
        return Bound(self.at, self.id)


async def newest(
    session: AsyncSession, actor: Actor, tab: FeedTab, order: FeedOrder, as_of: datetime, before: Bound, most: int
) -> list[Candidate]:
    """The last `most` posts before this one in the order, each once. At most two queries."""
    found: list[Candidate] = []
    if tab in IN_PLACES:
        asked = _asked(actor, as_of, before) | {"most": most}
        found += _candidates((await session.execute(NEWEST[order, tab == "ideas"], asked)).all())
    found += await _reaching(session, actor, tab, order, as_of, before, Bound(NEVER, FIRST_ID), most)
    return _in_order(found)[:most]


async def between(
    session: AsyncSession, actor: Actor, tab: FeedTab, order: FeedOrder, as_of: datetime, before: Bound, last: Bound
) -> list[Candidate]:
    """Those from `last` on, of this range that `newest` found before. At most two queries."""
    found: list[Candidate] = []
    if tab in IN_PLACES:
        asked = _asked(actor, as_of, before) | {"from": last.at, "from_id": last.id_}
        found += _candidates((await session.execute(BETWEEN[order, tab == "ideas"], asked)).all())
    found += await _reaching(session, actor, tab, order, as_of, before, last, LIMIT_MAX)
    return _in_order(found)


async def how_many_since(session: AsyncSession, actor: Actor, tab: FeedTab, since: datetime, most: int) -> int:
    """How many posts of others were said since, `most` at the most. At most two queries."""
    asked = _asked(actor, EVER, Bound(EVER, LAST_ID)) | {"from": since, "most": most}
    count = 0
    if tab in IN_PLACES:
        count += await session.scalar(SINCE[tab == "ideas"], asked) or 0
    if tab in BY_REACH and is_inside(actor):
        asked |= {"from_id": LAST_ID, "by_announcement": tab == "announcements"}
        count += await session.scalar(REACHING_SINCE, asked) or 0
    return min(count, most)


async def _reaching(
    session: AsyncSession,
    actor: Actor,
    tab: FeedTab,
    order: FeedOrder,
    as_of: datetime,
    before: Bound,
    last: Bound,
    most: int,
) -> list[Candidate]:
    """What is said on the square, and what the reader is told. It stands with what is new as what quiet places say."""
    if tab not in BY_REACH or not is_inside(actor):
        return []
    stays = STAYS[0][1] if order == "relevant" else timedelta()
    until = Bound(max(before.at - stays, NEVER), before.id_)
    asked = _asked(actor, as_of, until) | {"from": max(last.at - stays, NEVER) if last.at > NEVER else NEVER}
    asked |= {"from_id": last.id_, "most": most, "by_announcement": tab == "announcements"}
    rows = await session.execute(REACHING, asked)
    return [
        Candidate(
            *(id_, at + stays, said_at, (There(None, pinned=False, people=people or 0, takes_part=takes_part),)),
            *(is_mine, is_of_contact, names_me, is_told or kind == ANNOUNCEMENT, is_told and read_at is None),
        )
        for id_, at, said_at, kind, people, takes_part, is_mine, is_of_contact, names_me, is_told, read_at in rows
    ]


def _in_order(found: list[Candidate]) -> list[Candidate]:
    return sorted(found, key=lambda post: (post.at, post.id), reverse=True)


def _asked(actor: Actor, as_of: datetime, before: Bound) -> dict[str, Any]:
    return {
        "me": actor.id,
        "as_of": as_of,
        "before": before.at,
        "before_id": before.id_,
        "naming": f"(person:{actor.id})",
    }


def _candidates(rows: Iterable[Any]) -> list[Candidate]:
    found: dict[UUID, Candidate] = {}
    for id_, at, said_at, kind, people, takes_part, is_mine, is_of_contact, names_me, community_id, pinned in rows:
        there, known = There(community_id, pinned, people, takes_part), found.get(id_)
        places = (*known.places, there) if known else (there,)
        found[id_] = Candidate(id_, at, said_at, places, is_mine, is_of_contact, names_me, kind == ANNOUNCEMENT)
    return list(found.values())


# --- statements -------------------------------------------------------------------------------------------------------


def _mine() -> CTE:
    """Communities that the reader is in, and whether he runs them."""
    runs = Membership.role.in_(("owner", "moderator")).label("runs")
    query = select(Community.id.label("id"), runs).join(Membership, Membership.circle_id == Community.circle_id)
    return query.where(Membership.member_id == ME, holds()).cte("mine").prefix_with("MATERIALIZED")


class _Reading:
    """One order of one tab: the places read, and under which conditions."""

    def __init__(self, order: FeedOrder, *, ideas: bool) -> None:
        self.order, self.ideas = order, ideas

    def newest(self) -> Statement:
        mine = _mine()
        heads = (
            select(mine.c.id, mine.c.runs, self._key_of(mine, MOST_ONE, None).label("head"))
            .cte("heads")
            .prefix_with("MATERIALIZED")
        )
        later = select(heads.c.head).where(heads.c.head.is_not(None)).distinct().order_by(heads.c.head.desc())
        bound = select(func.coalesce(later.limit(1).offset(MOST).scalar_subquery(), BEGINNING).label("at"))
        reach = bound.cte("reach").prefix_with("MATERIALIZED")
        late = (
            select(
                heads.c.id,
                heads.c.runs,
                func.coalesce(self._key_of(heads, MOST, reach.c.at), reach.c.at).label("floor"),
            )
            .where(heads.c.head >= reach.c.at)
            .cte("late")
            .prefix_with("MATERIALIZED")
        )
        rows = self._rows(late, lambda key, _id: key >= late.c.floor)
        top = select(rows.c.post_id, rows.c.at).distinct().order_by(rows.c.at.desc(), rows.c.post_id.desc())
        return self._marked(rows, select(top.limit(MOST).subquery().c.post_id))

    def between(self) -> Statement:
        rows = self._rows(_mine(), lambda key, id_: tuple_(key, id_) >= tuple_(FROM, FROM_ID))
        return self._marked(rows, None)

    def since(self) -> Statement:
        mine = _mine()
        place, post = aliased(PostPlace), aliased(Post)
        said = (
            select(place.post_id)
            .select_from(mine)
            .join(place, and_(place.community_id == mine.c.id, place.said_at > FROM))
            .join(post, post.id == place.post_id)
            .where(self._is_shown(place, post, mine), post.author_id != ME)
        )
        return select(func.count()).select_from(said.distinct().limit(MOST).subquery())

    def _key(self, place: Any) -> Any:
        return place.said_at if self.order == "recent" else place.fresh_until

    def _key_of(self, places: CTE, offset: Any, from_: Any) -> ScalarSelect[datetime]:
        """What the post is ordered by that stands after `offset` others in the community of the row."""
        place, post = aliased(PostPlace), aliased(Post)
        key = self._key(place)
        query = (
            select(key)
            .join(post, post.id == place.post_id)
            .where(place.community_id == places.c.id, self._is_before(place), self._is_shown(place, post, places))
            .order_by(key.desc(), place.post_id.desc())
            .limit(1)
        )
        if from_ is not None:
            query = query.where(key >= from_)
        return (query if offset is MOST_ONE else query.offset(offset)).scalar_subquery()

    def _is_before(self, place: Any) -> ColumnElement[bool]:
        return tuple_(self._key(place), place.post_id) < tuple_(BEFORE, BEFORE_ID)

    def _is_shown(self, place: Any, post: Any, places: CTE) -> ColumnElement[bool]:
        """As `policy.visible_in` says of a community that the reader is in; deleted posts leave no place here."""
        is_apart = post.author_id.in_(those_apart(ME))
        shown = [
            place.removed_at.is_(None),
            post.deleted_at.is_(None),
            place.said_at <= AS_OF,
            or_(place.hidden_at.is_(None), post.author_id == ME, places.c.runs),
            or_(post.author_id.is_(None), ~is_apart, places.c.runs),
        ]
        return and_(*shown, place.kind == "idea") if self.ideas else and_(*shown)

    def _rows(self, places: CTE, reaches: Any) -> CTE:
        place, post = aliased(PostPlace), aliased(Post)
        key = self._key(place)
        here = and_(place.community_id == places.c.id, reaches(key, place.post_id), self._is_before(place))
        return (
            select(place.post_id, place.community_id, place.thread_id, place.pinned_at, key.label("at"))
            .select_from(places)
            .join(place, here)
            .join(post, post.id == place.post_id)
            .where(self._is_shown(place, post, places))
            .cte("found")
            .prefix_with("MATERIALIZED")
        )

    def _marked(self, rows: CTE, top: Select[UUID] | None) -> Statement:
        query = _marks(rows).add_columns(rows.c.community_id, rows.c.pinned_at.is_not(None).label("pinned"))
        query = query.order_by(rows.c.at.desc(), rows.c.post_id.desc(), rows.c.community_id)
        return query if top is None else query.where(rows.c.post_id.in_(top))


def _marks(rows: Any) -> Statement:
    """What of these posts matters to the reader."""
    takes_part = exists().where(Participant.thread_id == rows.c.thread_id, Participant.member_id == ME)
    is_of_contact = Post.author_id.in_(select(Contact.other_id).where(Contact.member_id == ME))
    return (
        select(
            *(rows.c.post_id, rows.c.at, Post.said_at, Post.kind, Thread.people),
            takes_part.label("takes_part"),
            func.coalesce(Post.author_id == ME, false()).label("is_mine"),
            func.coalesce(is_of_contact, false()).label("is_of_contact"),
            Post.body.contains(NAMING).label("names_me"),
        )
        .join(Post, Post.id == rows.c.post_id)
        .outerjoin(Thread, Thread.id == rows.c.thread_id)
    )


def _reached() -> Any:
    """What is said on the square, and what the reader is told elsewhere: by itself, or, among announcements, in
    communities too, where he reads it. The last of each, so many."""
    post, told = aliased(Post), aliased(Recipient)
    square = (
        select(PostReach.post_id, PostReach.thread_id, PostReach.said_at.label("at"))
        .join(Post, Post.id == PostReach.post_id)
        .where(PostReach.scope == "square", PostReach.hidden_at.is_(None), Post.deleted_at.is_(None))
        .where(_is_within(PostReach.said_at, PostReach.post_id))
        .order_by(PostReach.said_at.desc(), PostReach.post_id.desc())
        .limit(MOST)
    )
    reach, place, community = aliased(PostReach), aliased(PostPlace), aliased(Community)
    member = aliased(Membership)
    alone = and_(reach.scope == "recipients", reach.hidden_at.is_(None))
    somewhere = (
        exists()
        .where(place.post_id == told.post_id, place.removed_at.is_(None), place.hidden_at.is_(None))
        .where(community.id == place.community_id, member.circle_id == community.circle_id)
        .where(member.member_id == ME, holds(member))
    )
    mine = (
        select(told.post_id, reach.thread_id, told.at.label("at"))
        .join(post, post.id == told.post_id)
        .outerjoin(reach, reach.post_id == told.post_id)
        .where(told.member_id == ME, post.deleted_at.is_(None), _is_within(told.at, told.post_id))
        .where(or_(alone, and_(BY_ANNOUNCEMENT, reach.post_id.is_(None), somewhere)))
        .order_by(told.at.desc(), told.post_id.desc())
        .limit(MOST)
    )
    return union_all(select(square.subquery()), select(mine.subquery())).subquery()


def _is_within(at: Any, id_: Any) -> ColumnElement[bool]:
    return and_(at <= AS_OF, tuple_(at, id_) < tuple_(BEFORE, BEFORE_ID), tuple_(at, id_) >= tuple_(FROM, FROM_ID))


def _reaching_statement() -> Statement:
    rows = _reached()
    told = aliased(Recipient)
    query = _marks(rows).outerjoin(told, and_(told.post_id == rows.c.post_id, told.member_id == ME))
    return query.add_columns(told.post_id.is_not(None).label("is_told"), told.read_at)


def _reaching_since() -> Statement:
    rows = _reached()
    query = select(rows.c.post_id).join(Post, Post.id == rows.c.post_id).where(Post.author_id != ME)
    return select(func.count()).select_from(query.subquery())


BEGINNING = bindparam("beginning", NEVER, type_=UtcDateTime)
MOST_ONE = None
ORDERS: Sequence[FeedOrder] = ("relevant", "recent")
NEWEST: Mapping[tuple[FeedOrder, bool], Statement] = {
    (order, ideas): _Reading(order, ideas=ideas).newest() for order in ORDERS for ideas in (False, True)
}
BETWEEN: Mapping[tuple[FeedOrder, bool], Statement] = {
    (order, ideas): _Reading(order, ideas=ideas).between() for order in ORDERS for ideas in (False, True)
}
REACHING, REACHING_SINCE = _reaching_statement(), _reaching_since()
SINCE: Mapping[bool, Statement] = {ideas: _Reading("recent", ideas=ideas).since() for ideas in (False, True)}
