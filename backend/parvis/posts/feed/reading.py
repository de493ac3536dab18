"""Pages of the home feed.

By time it is one list. By what concerns the reader it is read in stretches of time, a few pages long, each ordered by
weight: a cursor names its stretch and what of it was told, so that whatever is said, pinned or answered meanwhile, each
post is told once; what is said after the first page was read waits for the next reading.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    String,
    bindparam,
    cast,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import READER, Actor
from parvis.communities.models import CommunityTag
from parvis.communities.queries.suggestions import subjects_in
from parvis.kernel import clock
from parvis.kernel.db import Id, Json, among
from parvis.kernel.errors import invalid
from parvis.kernel.pagination import PageRequest, Value, decode_cursor, encode_cursor
from parvis.posts import queries
from parvis.posts.models import Post, PostPlace
from parvis.posts.queries import SeenPost
from parvis.profiles.models import MemberInterest, ProfileField

from .ranking import Interests, Reason, ranked, reason
from .sources import (
    EVER,
    INSTANT,
    LAST_ID,
    POST_ID,
    Bound,
    Candidate,
    FeedOrder,
    FeedTab,
    between,
    how_many_since,
    newest,
)

PAGES, LONGEST_OF_PAGES = 3, 40
"""A stretch has so many pages, of pages of at most so many; longer ones are a stretch each."""
ACTIVE = 20
"""Of so many posts of his the communities are those where a reader spoke lately."""
DIGEST = 4
"""Bytes at the end of an id that tell what was told of a stretch: random ones."""
MOST_NEW = 100
BEGINNING = Bound(EVER, LAST_ID)


@dataclass(frozen=True, slots=True)
class Feed:
    """A page, each post with the reason why it is shown; and since when what is said is not in it."""

    items: Sequence[tuple[SeenPost, Reason]]
    next: str | None
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where in a reading one is. `last`: where the stretch ends, None before it was read; `is_last`: nothing follows
    it; `told`: digests of those of its posts that were."""

    as_of: datetime
    before: Bound
    last: Bound | None = None
    is_last: bool = False
    told: frozenset[bytes] = frozenset()

    def written(self) -> str:
        last = self.last or self.before
        told = urlsafe_b64encode(b"".join(sorted(self.told))).decode()
        bounds = (self.before.at, self.before.id_, last.at, last.id_)
        return encode_cursor((self.as_of, *bounds, int(self.is_last), told))


async def feed(session: AsyncSession, actor: Actor, tab: FeedTab, order: FeedOrder, page: PageRequest) -> Feed:
    """A page of what concerns the actor. Raises `Invalid` when the cursor is not one of this order."""
    as_of = clock.now()
    if order == "recent":
        shown, following = await _by_time(session, actor, tab, page)
        interests = await _interests(session, actor, shown)
    else:
        stretch = Stretch(as_of, BEGINNING) if page.cursor is None else _read(page.cursor)
        as_of = stretch.as_of
        batch, stretch = await _stretch(session, actor, tab, stretch, page.limit)
        interests = await _interests(session, actor, batch)
        left = [post for post in ranked(batch, interests, as_of) if digest(post.id) not in stretch.told]
        shown = left[: page.limit]
        following = _following(stretch, shown, is_told=len(left) == len(shown))
    reasons = {post.id: reason(post, interests) for post in shown}
    seen = await queries.posts(session, actor, list(reasons))
    return Feed([(one, reasons[one.post.id]) for one in seen], following, as_of)


async def new_since(session: AsyncSession, actor: Actor, tab: FeedTab, since: datetime) -> int:
    """How many posts of others came since, a hundred at most. One query."""
    return await how_many_since(session, actor, tab, since, MOST_NEW)


def digest(post_id: UUID) -> bytes:
    return post_id.bytes[-DIGEST:]


async def _by_time(
    session: AsyncSession, actor: Actor, tab: FeedTab, page: PageRequest
) -> tuple[list[Candidate], str | None]:
    before = BEGINNING if page.cursor is None else _bound(*decode_cursor(page.cursor, [INSTANT, POST_ID]))
    found = await newest(session, actor, tab, "recent", EVER, before, page.limit + 1)
    shown = found[: page.limit]
    return shown, encode_cursor((shown[-1].at, shown[-1].id)) if len(found) > page.limit else None


async def _stretch(
    session: AsyncSession, actor: Actor, tab: FeedTab, stretch: Stretch, limit: int
) -> tuple[list[Candidate], Stretch]:
    """The posts of the stretch that one is in, or else of the next; and where it ends."""
    if stretch.last is not None:
        found = await between(session, actor, tab, "relevant", stretch.as_of, stretch.before, stretch.last)
        return found, stretch
    size = limit * PAGES if limit <= LONGEST_OF_PAGES else limit
    found = await newest(session, actor, tab, "relevant", stretch.as_of, stretch.before, size + 1)
    batch = found[:size]
    last = batch[-1].bound if batch else stretch.before
    return batch, replace(stretch, last=last, is_last=len(found) <= size)


def _following(stretch: Stretch, shown: Sequence[Candidate], *, is_told: bool) -> str | None:
    """The cursor after these posts of the stretch, which tell it to its end or not."""
    if not is_told:
        return replace(stretch, told=stretch.told | {digest(post.id) for post in shown}).written()
    return None if stretch.is_last or stretch.last is None else Stretch(stretch.as_of, stretch.last).written()


def _read(cursor: str) -> Stretch:
    keys: list[ColumnElement[Any]] = [
        INSTANT,
        INSTANT,
        POST_ID,
        INSTANT,
        POST_ID,
        literal(0, Integer()),
        literal("", String()),
    ]
    as_of, before, before_id, last, last_id, is_last, told = decode_cursor(cursor, keys)
    start, end = _bound(before, before_id), _bound(last, last_id)
    try:
        digests = urlsafe_b64decode(str(told))
    except ValueError as error:
        raise invalid(
            "cursor", "malformed", "Ce repère de page n’est pas valable.", "This cursor is not valid."
        ) from error
    parts = frozenset(digests[at : at + DIGEST] for at in range(0, len(digests), DIGEST))
    assert isinstance(as_of, datetime)
    return Stretch(as_of, start, None if end == start else end, bool(is_last), parts)


def _bound(at: Value, id_: Value) -> Bound:
    assert isinstance(at, datetime)
    assert isinstance(id_, UUID)
    return Bound(at, id_)


async def _interests(session: AsyncSession, actor: Actor, batch: Collection[Candidate]) -> Interests:
    """Of the communities of these posts. At most two queries."""
    active: set[UUID] = set()
    chosen: list[str] = []
    skills: list[str] = []
    for community_id, interest, said in await session.execute(CARED_FOR, {"reader": actor.id}):
        if community_id is not None:
            active.add(community_id)
        elif interest is not None:
            chosen.append(interest)
        else:
            skills += said or []
    subjects = subjects_in(chosen, skills)
    ids = {there.community_id for post in batch for there in post.places} - {None}
    if not subjects or not ids:
        return Interests(active)
    rows = await session.execute(LIKED, {"ids": list(ids), "tags": sorted(subjects)})
    return Interests(active, {row.community_id: row.label for row in rows})


def _cared_for() -> CompoundSelect[*tuple[Any, ...]]:
    """Communities where the reader spoke lately, the interests that he chose, and the skills that he tells of."""
    nowhere, nothing, none = cast(null(), Id), cast(null(), String), cast(null(), Json)
    lately = select(Post.id).where(Post.author_id == READER).order_by(Post.id.desc()).limit(ACTIVE)
    spoken = select(PostPlace.community_id, nothing, none).where(PostPlace.post_id.in_(lately)).distinct()
    chosen = select(nowhere, MemberInterest.interest, none).where(MemberInterest.member_id == READER)
    skills = select(nowhere, nothing, ProfileField.value).where(ProfileField.field == "skills")
    return union_all(spoken, chosen, skills.where(ProfileField.member_id == READER))


CARED_FOR = _cared_for()
LIKED = (
    select(CommunityTag.community_id, CommunityTag.label)
    .where(among(CommunityTag.community_id, "ids"))
    .where(CommunityTag.tag.in_(bindparam("tags", expanding=True)))
    .order_by(CommunityTag.tag.desc())
)
