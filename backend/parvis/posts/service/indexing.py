"""What posts and comments are found by. Whoever looks is held to `visible_to`."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from parvis.engagement.mentions import words_of
from parvis.engagement.models import COMMENT, Comment, Thread
from parvis.files.shown import Attached
from parvis.kernel import entries
from parvis.kernel.analysis import Language
from parvis.posts.attached import attached
from parvis.posts.models import Gathering, Idea, PollOption, Post, PostPlace
from parvis.posts.queries import KIND


async def index(session: AsyncSession, post: Post) -> None:
    """Makes the post found by its words."""
    await index_all(session, [post.id])


async def index_all(session: AsyncSession, ids: Sequence[UUID], *, again: bool = False) -> None:
    """The same of these posts, at most 500. Six queries, and those of the entries."""
    found = list(await session.scalars(select(Post).where(Post.id.in_(ids), Post.deleted_at.is_(None))))
    shown = await attached(session, ids)
    places = await _only_places(session, PostPlace.post_id, ids)
    more = await _more(session, [post for post in found if post.kind in {"poll", "idea", "event"}])
    drafts = []
    for post in found:
        words = [words_of(post.body), *more.get(post.id, ()), *shown.get(post.id, Attached()).words()]
        drafts.append(
            entries.Draft(
                post.id,
                post.title,
                "\n".join(words),
                _language(post.language),
                part="event" if post.kind == "event" else "",
                place_id=places.get(post.id),
                author_id=post.author_id,
                at=post.said_at,
            )
        )
    await entries.put(session, KIND, ids, drafts, again=again)


async def index_comments(session: AsyncSession, ids: Sequence[UUID], *, again: bool = False) -> None:
    """The same of these comments of posts, of those that stand. Two queries, and those of the entries."""
    query = (
        select(Comment, Thread.subject_id, Post.language)
        .join(Thread, Thread.id == Comment.thread_id)
        .join(Post, Post.id == Thread.subject_id)
        .where(Comment.id.in_(ids), Comment.deleted_at.is_(None))
    )
    rows = (await session.execute(query)).all()
    places = await _only_places(session, PostPlace.thread_id, [comment.thread_id for comment, *_ in rows])
    drafts = [
        entries.Draft(
            comment.id,
            "",
            words_of(comment.body),
            _language(language),
            place_id=places.get(comment.thread_id),
            author_id=comment.author_id,
            at=comment.created_at,
        )
        for comment, _, language in rows
    ]
    await entries.put(session, COMMENT, ids, drafts, again=again)


async def _only_places(session: AsyncSession, of: InstrumentedAttribute[UUID], ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The community of those that never stood in another: of the others, who reads them says where."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for id_, community_id in await session.execute(select(of, PostPlace.community_id).where(of.in_(ids))):
        found[id_].add(community_id)
    return {id_: next(iter(places)) for id_, places in found.items() if len(places) == 1}


async def _more(session: AsyncSession, found: Sequence[Post]) -> dict[UUID, list[str]]:
    """What they say beside their words: choices of polls, answers to ideas, where events take place."""
    said: dict[UUID, list[str]] = {}
    if not found:
        return said
    ids = [post.id for post in found]
    options = select(PollOption.post_id, PollOption.label).where(PollOption.post_id.in_(ids))
    for post_id, words in await session.execute(options.order_by(PollOption.post_id, PollOption.position)):
        said.setdefault(post_id, []).append(words)
    answers = select(Idea.post_id, Idea.answer).where(Idea.post_id.in_(ids))
    places = select(Gathering.post_id, Gathering.place).where(Gathering.post_id.in_(ids))
    for post_id, words in (await session.execute(answers.union_all(places))).all():
        said.setdefault(post_id, []).append(words_of(words))
    return said


def _language(language: str) -> Language:
    return "en" if language == "en" else "fr"
