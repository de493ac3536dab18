"""Saying something, editing it, taking it back."""

from collections.abc import Callable, Sequence
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.communities import policy as communities
from parvis.communities import queries as community_queries
from parvis.communities.queries import Seen
from parvis.communities.service.activity import stir
from parvis.engagement import service as engagement
from parvis.engagement.mentions import EVERYBODY, named_in, without_names
from parvis.files.referred import DOCUMENTS, ids_in, kept
from parvis.files.shown import Attached
from parvis.kernel import clock, entries
from parvis.kernel.errors import NotFound, Text, invalid, require
from parvis.kernel.events import record
from parvis.posts import policy, queries
from parvis.posts.events import PostChanged, PostDeleted, PostPublished
from parvis.posts.freshness import fresh_until
from parvis.posts.models import Discussing, Post, PostKind, PostPlace, PostReach, PostVersion, ReachScope
from parvis.posts.queries import KIND, SeenPost
from parvis.posts.schemas.posts import TITLED, PostChange, PostDraft, WordsDraft

from . import asking, attaching, gathering, recipients, unfurling
from .indexing import index
from .telling import held, tell_named, tell_places

NOT_HERE: Text = {
    "fr": "Vous ne pouvez pas publier dans cette communauté : rejoignez-la, acceptez sa charte, ou voyez ses règles.",
    "en": "You cannot post in this community: join it, accept its charter, or see its rules.",
}
NOT_ON_SQUARE: Text = {
    "fr": "Seules les personnes chargées de la communication publient sur la place.",
    "en": "Only those in charge of communication post on the square.",
}
AUTHOR_ONLY: Text = {
    "fr": "Seule la personne qui a publié peut faire cela.",
    "en": "Only who posted this may do that.",
}
MODERATORS_ONLY: Text = {
    "fr": "Seules les personnes qui animent la communauté peuvent faire cela.",
    "en": "Only those who run the community may do this.",
}
Unchanged = Callable[[int], None]
NOTHING = Attached()


async def publish(
    session: AsyncSession, actor: Actor, draft: WordsDraft, community_ids: Sequence[UUID], discussing: Discussing
) -> SeenPost:
    """Says something in these communities, all or none. Raises `NotFound`, `Forbidden` and `Invalid`."""
    places = await places_to_post_in(session, actor, community_ids)
    post = await _add(session, actor, draft, places, discussing)
    where = [(place.community, place.standing) for place in places]
    await attaching.show(session, actor, post.id, NOTHING, draft.images, draft.files, where)
    await stir(session, community_ids)
    await index(session, post)
    await unfurling.look_later(session, post)
    for place in places:
        calls = place.standing.moderates and EVERYBODY.search(post.body) is not None
        fact = PostPublished(id=post.id, version=1, community_id=place.community.id, calls_everybody=calls)
        record(session, fact, actor_id=actor.id)
    await tell_named(session, actor, community_ids, named_in(post.body), KIND, post.id, post.id)
    return await queries.post(session, actor, post.id)


async def publish_on_square(session: AsyncSession, actor: Actor, draft: PostDraft) -> SeenPost:
    """Says something to the whole organisation. Raises `Forbidden` and `Invalid`."""
    require(policy.may_post_on_square(actor), NOT_ON_SQUARE)
    post = await add_reaching(session, actor, draft, "square")
    record(session, PostPublished(id=post.id, version=1, community_id=None), actor_id=actor.id)
    await tell_named(session, actor, [None], named_in(post.body), KIND, post.id, post.id)
    return await queries.post(session, actor, post.id)


async def add_reaching(session: AsyncSession, actor: Actor, draft: WordsDraft, scope: ReachScope) -> Post:
    """A post that stands in no community, by somebody of whom was judged that he may. Nobody is told."""
    post = await _say(session, actor, draft)
    thread = await engagement.begin(session, actor, KIND, post.id)
    session.add(PostReach(post_id=post.id, scope=scope, thread_id=thread.id, said_at=post.said_at))
    await session.flush()
    await asking.add(session, post, draft.poll if isinstance(draft, PostDraft) else None)
    await gathering.add(session, post, draft.event if isinstance(draft, PostDraft) else None)
    await attaching.show(session, actor, post.id, NOTHING, draft.images, draft.files, [])
    await index(session, post)
    await unfurling.look_later(session, post)
    return post


async def edit(session: AsyncSession, actor: Actor, post_id: UUID, draft: PostChange, unchanged: Unchanged) -> SeenPost:
    """The words that it had before are kept; what it shows no more is gone.

    Raises `NotFound`, `Forbidden`, `PreconditionFailed`, `Invalid` and `EventCancelled`.
    """
    found = await standing(session, actor, post_id)
    post = found.post
    require(policy.may_edit(actor, post, found.where(), found.reach), AUTHOR_ONLY)
    unchanged(post.version)
    given = draft.model_dump(exclude_unset=True, exclude={"images", "files", "document_ids", "event", "facts"})
    if "body" in given:
        given["body"] = without_names(given["body"])
    if draft.document_ids is not None:
        added = set(draft.document_ids) - ids_in([post.document_ids])
        await DOCUMENTS.referable(session, actor, sorted(added))
        given["document_ids"] = kept(draft.document_ids)
    changed = {field: value for field, value in given.items() if getattr(post, field) != value}
    if post.kind in TITLED and changed.get("title") == "":
        raise invalid("title", "needed", "Donnez-lui un titre.", "Give it a title.")
    shows = await attaching.show(session, actor, post_id, found.attached, draft.images, draft.files, found.where())
    says, moves = await _change_event(session, found, draft)
    tells = await recipients.change_facts(session, post_id, draft.facts)
    if not (changed or shows or says or tells):
        return found
    before = set(named_in(post.body))
    if changed:
        _keep_version(session, post)
    for field, value in changed.items():
        setattr(post, field, value)
    post.edited_at = clock.now()
    post.version += 1
    await session.flush()
    await index(session, post)
    if "body" in changed:
        await unfurling.forget(session, post)
        await unfurling.look_later(session, post)
    places = await tell_places(session, actor, post, turned="moved" if moves else None)
    added = set(named_in(post.body)) - before
    await tell_named(session, actor, places, added, KIND, post.id, post.id)
    return await queries.post(session, actor, post_id)


async def take_back(session: AsyncSession, actor: Actor, post_id: UUID) -> None:
    """Leaves the post's place alone: its words are gone, and what others said under it stays. Again changes nothing.

    Raises `NotFound` and `Forbidden`.
    """
    found = await held(session, actor, post_id)
    if found.post.deleted_at is not None:
        return
    require(policy.may_delete(actor, found.post, found.reach), AUTHOR_ONLY)
    await delete_everywhere(session, actor, found.post)


async def take_off(session: AsyncSession, actor: Actor, post_id: UUID, community_id: UUID) -> None:
    """Takes a post off one wall. Off the last one, it is deleted. Raises `NotFound` and `Forbidden`."""
    found = await held(session, actor, post_id)
    placed = found.in_community(community_id)
    require(policy.may_remove(actor, found.post, placed.standing), MODERATORS_ONLY)
    if found.post.deleted_at is None:
        await take_off_place(session, actor, found.post, placed.place)


async def take_off_place(session: AsyncSession, actor: Actor, post: Post, place: PostPlace) -> None:
    """The same with a post that is held and stands, by somebody of whom was judged that he may."""
    if len(await queries.all_places(session, post.id)) == 1:
        await delete_everywhere(session, actor, post)
        return
    place.removed_at, place.pinned_at = clock.now(), None
    post.version += 1
    await session.flush()
    gone = PostDeleted(id=post.id, version=post.version, community_id=place.community_id)
    record(session, gone, actor_id=actor.id)
    await tell_places(session, actor, post, PostChanged)


async def places_to_post_in(session: AsyncSession, actor: Actor, community_ids: Sequence[UUID]) -> list[Seen]:
    """These communities, in all of which the actor may post. Raises `NotFound` and `Forbidden`."""
    places = await community_queries.seen(session, actor, community_ids)
    if len(places) < len(community_ids):
        raise NotFound
    for place in places:
        require(communities.may_post(place.community, place.standing), NOT_HERE)
    return places


async def standing(session: AsyncSession, actor: Actor, post_id: UUID) -> SeenPost:
    """A post that the actor sees and nobody deleted, held. Raises `NotFound`."""
    found = await held(session, actor, post_id)
    if found.post.deleted_at is not None:
        raise NotFound
    return found


async def scrub(session: AsyncSession, post: Post) -> None:
    """Takes away what it says and said, who said it, and what it is found by."""
    post.title, post.body, post.author_id, post.document_ids = "", "", None, None
    post.deleted_at, post.edited_at = clock.now(), None
    post.version += 1
    await session.flush()
    await session.execute(delete(PostVersion).where(PostVersion.post_id == post.id))
    await entries.forget(session, KIND, [post.id])
    await asking.scrub(session, post.id)
    await gathering.scrub(session, post.id)
    await attaching.scrub(session, post.id)
    await recipients.scrub(session, post.id)
    await unfurling.forget(session, post)


async def delete_everywhere(session: AsyncSession, actor: Actor, post: Post) -> None:
    await scrub(session, post)
    for place in await queries.all_places(session, post.id):
        place.pinned_at = None
    await session.flush()
    await tell_places(session, actor, post, PostDeleted)


async def _add(
    session: AsyncSession, actor: Actor, draft: WordsDraft, places: Sequence[Seen], discussing: Discussing
) -> Post:
    post = await _say(session, actor, draft)
    thread = await engagement.begin(session, actor, KIND, post.id)
    fresh = await fresh_until(session, [place.community.id for place in places], post.said_at)
    when = {"kind": post.kind, "said_at": post.said_at, "fresh_until": fresh}
    for number, place in enumerate(places):
        if number and discussing == "each":
            thread = await engagement.begin(session, actor, KIND, post.id)
        session.add(PostPlace(post_id=post.id, community_id=place.community.id, thread_id=thread.id, **when))
    await session.flush()
    await asking.add(session, post, draft.poll if isinstance(draft, PostDraft) else None)
    await gathering.add(session, post, draft.event if isinstance(draft, PostDraft) else None)
    return post


async def _say(session: AsyncSession, actor: Actor, draft: WordsDraft) -> Post:
    kind: PostKind = draft.kind if isinstance(draft, PostDraft) else "announcement"
    said = {"kind": kind, "title": draft.title, "body": without_names(draft.body), "language": draft.language}
    document_ids = draft.document_ids if isinstance(draft, PostDraft) else []
    await DOCUMENTS.referable(session, actor, document_ids)
    refers = kept(document_ids)
    post = Post(**said, author_id=actor.id, document_ids=refers, said_at=clock.now(), version=1)
    session.add(post)
    await session.flush()
    return post


async def _change_event(session: AsyncSession, found: SeenPost, draft: PostChange) -> tuple[bool, bool]:
    """Whether anything of its event changes, and whether it moves to another time or place."""
    if draft.event is None:
        return False, False
    if found.gathering is None:
        raise invalid("event", "unknown", "Ce n’est pas un événement.", "This is not an event.")
    return await gathering.change(session, found.gathering.gathering, draft.event)


def _keep_version(session: AsyncSession, post: Post) -> None:
    said = {"title": post.title, "body": post.body, "language": post.language}
    session.add(PostVersion(post_id=post.id, version=post.version, **said))
