"""Sending an announcement: it is said at once, and those whom it is for are told after the commit, by a job."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.policy import may_announce
from parvis.announcements import queries
from parvis.announcements.aims import Aim
from parvis.announcements.policy import ANNOUNCERS_ONLY
from parvis.announcements.queries import Reached
from parvis.announcements.schemas.drafts import AimDraft, AnnouncementIn
from parvis.audiences import queries as audiences
from parvis.audiences import rules
from parvis.audiences.models import Audience
from parvis.communities import policy as communities
from parvis.communities import queries as community_queries
from parvis.engagement.mentions import named_in
from parvis.kernel import clock
from parvis.kernel.audit import audit
from parvis.kernel.errors import NotFound, Text, invalid, require
from parvis.kernel.events import record
from parvis.posts import queries as posts
from parvis.posts.events import PostPublished
from parvis.posts.models import Announcement, Post
from parvis.posts.queries import KIND, SeenPost
from parvis.posts.service.posts import add_reaching, publish
from parvis.posts.service.telling import tell_named

from .writing import write_later

RUNNERS_ONLY: Text = {
    "fr": "Vous annoncez dans les communautés que vous animez.",
    "en": "You announce in communities that you run.",
}


async def send(session: AsyncSession, actor: Actor, draft: AnnouncementIn) -> SeenPost:
    """Raises `NotFound`, `Forbidden` and `Invalid`."""
    await refuse_what_cannot_be_sent(session, actor, draft)
    post_id = await _say(session, actor, draft)
    session.add(
        Announcement(
            post_id=post_id,
            told_to=draft.to,
            rule=rules.kept(draft.rule) if draft.rule else None,
            audience_id=draft.audience_id,
            excluded=[str(id_) for id_ in draft.excluded],
            facts=[fact.model_dump() for fact in draft.facts],
            essential=draft.essential,
            asks=draft.asks,
            by_mail=draft.by_mail,
            closes_at=draft.closes_at,
            mix={},
        )
    )
    await session.flush()
    await write_later(session, post_id)
    detail = {"to": draft.to, "essential": draft.essential, "by_mail": draft.by_mail}
    audit(session, actor.id, "announcement.sent", "post", post_id, detail)
    return await posts.post(session, actor, post_id)


async def reached(session: AsyncSession, actor: Actor, draft: AimDraft) -> Reached:
    """Whom it would reach. Raises `NotFound`, `Forbidden` and `Invalid`."""
    await _refuse_others_communities(session, actor, draft.places)
    frozen = await _frozen(session, actor, draft.audience_id) if draft.audience_id else None
    aim = Aim(draft.rule, tuple(draft.places), tuple(draft.excluded), frozen)
    return await queries.reached(session, actor, aim, essential=draft.essential)


async def refuse_what_cannot_be_sent(session: AsyncSession, actor: Actor, draft: AnnouncementIn) -> None:
    """Raises `NotFound`, `Forbidden` and `Invalid`."""
    require(may_announce(actor), ANNOUNCERS_ONLY)
    if draft.closes_at is not None and draft.closes_at <= clock.now():
        raise invalid("closes_at", "past", "Cette date est passée.", "This date has passed.")
    if draft.rule is not None:
        await audiences.refuse_unknown(session, actor, draft.rule, at="rule")
    if draft.audience_id is not None:
        await _frozen(session, actor, draft.audience_id)
    await _refuse_others_communities(session, actor, draft.places)
    await _refuse_unknown_announcements(session, draft.excluded)


async def _say(session: AsyncSession, actor: Actor, draft: AnnouncementIn) -> UUID:
    if draft.places:
        return (await publish(session, actor, draft, draft.places, "shared")).post.id
    post = await add_reaching(session, actor, draft, "square" if draft.to == "square" else "recipients")
    if draft.to == "square":
        record(session, PostPublished(id=post.id, version=1, community_id=None), actor_id=actor.id)
        await tell_named(session, actor, [None], named_in(post.body), KIND, post.id, post.id)
    return post.id


async def _frozen(session: AsyncSession, actor: Actor, audience_id: UUID) -> Audience:
    """Raises `NotFound`, and `Invalid` while it is not written down who is in it."""
    found = await audiences.kept_audience(session, actor, audience_id)
    if found.frozen_at is None:
        raise invalid(
            "audience_id", "not_frozen", "Ces destinataires ne sont pas figés.", "This audience is not frozen."
        )
    return found


async def _refuse_others_communities(session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> None:
    places = await community_queries.seen(session, actor, ids) if ids else []
    if len(places) < len(set(ids)):
        raise NotFound
    for place in places:
        require(communities.may_moderate(place.community, place.standing), RUNNERS_ONLY)


async def _refuse_unknown_announcements(session: AsyncSession, ids: Sequence[UUID]) -> None:
    query = select(Announcement.post_id).join(Post, Post.id == Announcement.post_id)
    known = set(await session.scalars(query.where(Post.id.in_(ids)))) if ids else set()
    if known != set(ids):
        raise invalid("excluded", "unknown", "Cette annonce n’existe plus.", "This announcement is gone.")
