"""Articles made of pages, and brought up to date."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.documents.queries.spaces import Quotas
from parvis.documents.written import Look
from parvis.kernel import clock
from parvis.kernel.errors import NotFound, ParvisError, Text, require
from parvis.kernel.i18n import Language
from parvis.kernel.runtime import Parvis
from parvis.pages import queries
from parvis.pages.exports import gathering
from parvis.pages.exports.markdown import article
from parvis.pages.models import PagePublication, WrittenPage
from parvis.pages.service import versions
from parvis.pages.service.versions import Snapshot
from parvis.posts import queries as post_queries
from parvis.posts.schemas.posts import PostChange, PostDraft
from parvis.posts.service import posts

from . import illustrating
from .illustrating import Illustrated, Room

LONGEST = 20_000
"""Letters of a post."""
MOST = 20
"""Articles of a page that are told."""
NAMED: dict[str, str] = {"fr": "Publiée comme article", "en": "Published as an article"}
NO_POSTS: Text = {
    "fr": "Ce jeton d’accès ne permet pas de publier.",
    "en": "This access token may not post.",
}


class TooLong(ParvisError):
    status, code = 422, "article_too_long"
    title = {
        "fr": "Cette page est trop longue pour un article : 20 000 signes au plus.",
        "en": "This page is too long for an article: 20,000 characters at most.",
    }


class NothingToSay(ParvisError):
    status, code = 422, "page_empty"
    title = {
        "fr": "Cette page est encore vide.",
        "en": "This page is still empty.",
    }


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says now, as the words of a post, and the version that says so, which is stored."""

    name: str
    body: str
    taken: Snapshot
    illustrated: Illustrated


@dataclass(frozen=True, slots=True)
class Published:
    """A page as an article. `seq`: the last that was written in the page; `is_own`: whether the asker posted it."""

    publication: PagePublication
    seq: int
    title: str
    is_own: bool


async def write(parvis: Parvis, actor: Actor, document_id: UUID, language: str, room: Room) -> Article:
    """Raises `NotFound`, `TooLong`, `NothingToSay` and `QuotaExceeded`."""
    written = await parvis.database.read(queries.read_state, actor, document_id)
    paper = await gathering.paper_of(parvis, Look(actor, language, is_outside=True), document_id)
    body = await asyncio.to_thread(article, paper)
    if not body.strip():
        raise NothingToSay
    if len(body) > LONGEST:
        raise TooLong
    taken = await versions.snapshot(parvis, written)
    return Article(paper.title, body, taken, await illustrating.illustrated(parvis, actor, paper, room))


async def publish(
    session: AsyncSession,
    actor: Actor,
    quotas: Quotas,
    document_id: UUID,
    article_: Article,
    community_ids: Sequence[UUID],
    title: str,
    language: Language,
) -> Published:
    """The post refers to the page, for those who may read that. Raises `NotFound`, `Forbidden`, `Invalid` and
    `SpaceFull`."""
    _refuse_token(actor)
    number = await versions.keep_now(session, actor, quotas, document_id, article_.taken, NAMED[language])
    draft = PostDraft(
        title=(title or article_.name)[:200],
        body=article_.body,
        language=language,
        images=list(article_.illustrated.images),
        document_ids=[document_id],
    )
    seen = await posts.publish(session, actor, draft, community_ids, "shared")
    publication = PagePublication(
        post_id=seen.post.id,
        document_id=document_id,
        number=number,
        seq=article_.taken.seq,
        pictures=dict(article_.illustrated.of_page),
        published_by=actor.id,
        published_at=clock.now(),
    )
    session.add(publication)
    await session.flush()
    return Published(publication, article_.taken.seq, seen.post.title, is_own=True)


async def renew(
    session: AsyncSession, actor: Actor, quotas: Quotas, document_id: UUID, post_id: UUID, article_: Article
) -> Published:
    """Has the post say what the page says now. For its author. Raises `NotFound`, `Forbidden` and `SpaceFull`."""
    _refuse_token(actor)
    number = await versions.keep_now(session, actor, quotas, document_id, article_.taken, "")
    publication = await session.get(PagePublication, post_id, populate_existing=True)
    if publication is None or publication.document_id != document_id:
        raise NotFound
    said = PostChange(body=article_.body, images=list(article_.illustrated.images))
    seen = await posts.edit(session, actor, post_id, said, _whatever)
    publication.number, publication.seq = number, article_.taken.seq
    publication.pictures = dict(article_.illustrated.of_page)
    publication.published_at = clock.now()
    await session.flush()
    return Published(publication, article_.taken.seq, seen.post.title, is_own=True)


async def published(session: AsyncSession, actor: Actor, document_id: UUID) -> list[Published]:
    """The articles made of a page whose posts the actor may read, the last first. Raises `NotFound`."""
    await queries.refuse_hidden(session, actor, document_id)
    seq = await session.scalar(select(WrittenPage.seq).where(WrittenPage.document_id == document_id)) or 0
    query = select(PagePublication).where(PagePublication.document_id == document_id)
    rows = list(await session.scalars(query.order_by(PagePublication.post_id.desc()).limit(MOST)))
    seen = {one.post.id: one.post for one in await post_queries.posts(session, actor, [row.post_id for row in rows])}
    return [
        Published(row, seq, seen[row.post_id].title, seen[row.post_id].author_id == actor.id)
        for row in rows
        if row.post_id in seen and seen[row.post_id].deleted_at is None
    ]


def _refuse_token(actor: Actor) -> None:
    require(actor.may_use("posts:write"), NO_POSTS)


def _whatever(_version: int) -> None:
    """What it says is taken from the page, whatever it says now."""
