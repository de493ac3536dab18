"""Conversations begun, changed, closed."""

from collections.abc import Callable, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Member
from parvis.chat import policy
from parvis.chat.attached import PICTURE
from parvis.chat.events import ConversationChanged
from parvis.chat.models import Conversation, ConversationPlace
from parvis.chat.policy import RUN_ONLY
from parvis.chat.queries.conversations import SeenConversation, conversation
from parvis.chat.queries.people import Faces
from parvis.chat.queries.standing import There, standing
from parvis.chat.schemas.conversations import ChannelDraft, ConversationChange, ConversationDraft
from parvis.circles.policy import is_in
from parvis.communities import policy as communities_policy
from parvis.communities import queries as communities
from parvis.files import photos
from parvis.files import service as files
from parvis.files.models import Picture
from parvis.kernel import clock
from parvis.kernel.db.base import one_at_a_time
from parvis.kernel.errors import NotFound, Text, invalid, require
from parvis.kernel.events import record
from parvis.kernel.jobs import enqueue
from parvis.profiles.policy import visible_member

from .forgetting import FORGET
from .people import put_in, tell_access_to_all
from .posting import say_line

Unchanged = Callable[[int], None]
CHANNELS_BY: Text = {
    "fr": "Seules les personnes qui animent la communauté y ouvrent des salons.",
    "en": "Only those who run the community open channels in it.",
}


async def start(session: AsyncSession, actor: Actor, kept: Faces, draft: ConversationDraft) -> SeenConversation:
    """Begins to talk with one, or with some together. Raises `NotFound` for whom the actor may not find."""
    if draft.member_id is not None:
        return await _start_direct(session, actor, kept, draft.member_id)
    return await _start_group(session, actor, kept, draft)


async def _start_direct(session: AsyncSession, actor: Actor, kept: Faces, member_id: UUID) -> SeenConversation:
    """The one conversation of two, whether it begins now or not."""
    if member_id == actor.id:
        raise invalid("member_id", "oneself", "Choisissez quelqu’un d’autre.", "Choose somebody else.")
    key = " ".join(sorted(str(id_) for id_ in (actor.id, member_id)))
    await one_at_a_time(session, f"conversation {key}")
    known = await session.scalar(select(Conversation.id).where(Conversation.direct_key == key))
    if known is not None:
        place = await session.get(ConversationPlace, (known, actor.id))
        if place is not None:
            place.hidden_number = None
            await session.flush()
        return await conversation(session, actor, kept, known)
    made = await _make(session, Conversation(kind="direct", direct_key=key, created_by=actor.id))
    await put_in(session, made, [actor.id, *await fitting(session, actor, made, [member_id])])
    return await conversation(session, actor, kept, made.id)


async def _start_group(session: AsyncSession, actor: Actor, kept: Faces, draft: ConversationDraft) -> SeenConversation:
    made = await _make(session, Conversation(kind="group", name=draft.name, history=draft.history, created_by=actor.id))
    ids = await fitting(session, actor, made, draft.member_ids or ())
    await put_in(session, made, [actor.id], runs=True)
    await put_in(session, made, ids)
    await say_line(session, actor, made.id, "created", ids)
    return await conversation(session, actor, kept, made.id)


async def create_channel(
    session: AsyncSession, actor: Actor, kept: Faces, community_id: UUID, draft: ChannelDraft
) -> SeenConversation:
    """Raises `NotFound`, and `Forbidden` for who does not run the community."""
    found = await communities.community(session, actor, community_id)
    require(communities_policy.may_moderate(found.community, found.standing), CHANNELS_BY)
    made = await _make(
        session,
        Conversation(
            kind="channel",
            circle_id=found.community.circle_id,
            community_id=community_id,
            access=draft.access,
            name=draft.name,
            about=draft.about,
            history=draft.history,
            created_by=actor.id,
        ),
    )
    if draft.access == "invited":
        await put_in(session, made, [actor.id], runs=True)
        await put_in(session, made, await fitting(session, actor, made, draft.member_ids))
    await say_line(session, actor, made.id, "created")
    if draft.access == "community":
        await tell_access_to_all(session, made)
    return await conversation(session, actor, kept, made.id)


async def change(
    session: AsyncSession,
    actor: Actor,
    kept: Faces,
    conversation_id: UUID,
    draft: ConversationChange,
    unchanged: Unchanged,
) -> SeenConversation:
    """Raises `NotFound`, `Forbidden` and `PreconditionFailed`."""
    there, held = await hold(session, actor, conversation_id)
    unchanged(held.version)
    wanted = draft.model_dump(exclude_unset=True)
    if wanted.keys() - {"archived"}:
        require(policy.may_edit(there.standing), RUN_ONLY)
    if "archived" in wanted:
        require(policy.may_archive(there.standing), RUN_ONLY)
    _refuse_unfit(held, draft)
    before = held.name
    for name in wanted.keys() & {"name", "about", "history"}:
        setattr(held, name, wanted[name])
    if "picture_id" in wanted:
        await _show(session, actor, held, draft.picture_id)
    await _say_named(session, actor, held, before)
    await _archive(session, actor, held, draft.archived)
    tell_changed(session, actor, held)
    await session.flush()
    return await conversation(session, actor, kept, conversation_id)


async def delete(session: AsyncSession, actor: Actor, conversation_id: UUID) -> None:
    """It is there for nobody any more. Raises `NotFound` and `Forbidden`."""
    there, held = await hold(session, actor, conversation_id)
    require(policy.may_archive(there.standing), RUN_ONLY)
    held.deleted_at = clock.now()
    await enqueue(session, FORGET, {"conversation_id": str(held.id)})
    tell_changed(session, actor, held)
    await session.flush()
    await tell_access_to_all(session, held, "lost")


async def hold(session: AsyncSession, actor: Actor, conversation_id: UUID) -> tuple[There, Conversation]:
    """A conversation that the actor may read, held until the commit. Raises `NotFound`."""
    await standing(session, actor, conversation_id)
    query = select(Conversation).where(Conversation.id == conversation_id).with_for_update()
    held = (await session.execute(query.execution_options(populate_existing=True))).scalar_one()
    return await standing(session, actor, conversation_id), held


def tell_changed(session: AsyncSession, actor: Actor, held: Conversation) -> None:
    held.version += 1
    record(session, ConversationChanged(conversation_id=held.id, version=held.version), actor_id=actor.id)


async def _make(session: AsyncSession, made: Conversation) -> Conversation:
    made.people, made.last_number, made.last_sequence, made.version = 0, 0, 0, 1
    made.has_newcomers = False
    session.add(made)
    await session.flush()
    return made


async def fitting(session: AsyncSession, actor: Actor, held: Conversation, ids: Sequence[UUID]) -> list[UUID]:
    """Those whom the actor may put in: whom he may find, and who are in the community of a channel. Raises `NotFound`
    for any other."""
    wanted = [id_ for id_ in ids if id_ != actor.id]
    query = select(Member.id).where(Member.id.in_(wanted), visible_member(actor))
    if held.circle_id is not None:
        query = query.where(is_in(Member.id, held.circle_id))
    if set(await session.scalars(query)) != set(wanted):
        raise NotFound
    return wanted


async def _show(session: AsyncSession, actor: Actor, held: Conversation, picture_id: UUID | None) -> None:
    """Gives a conversation a picture, or takes it away. Raises `Invalid` for one that is not the actor's."""
    before = (await session.scalars(select(Picture).where(Picture.small_id == held.picture_id))).one_or_none()
    held.picture_id = None
    await session.flush()
    if before is not None:
        await files.remove_all(session, [before.large_id, before.small_id])
    if picture_id is None:
        return
    try:
        claimed = await photos.claim(session, actor, [picture_id], PICTURE, held.id)
    except NotFound:
        raise invalid(
            "picture_id", "unknown", "Cette image n’est plus là : joignez-la de nouveau.", "This picture is gone."
        ) from None
    held.picture_id = claimed[picture_id].small_id


async def _say_named(session: AsyncSession, actor: Actor, held: Conversation, before: str) -> None:
    if held.name != before:
        await session.flush()
        await say_line(session, actor, held.id, "named", text=held.name)
        await session.refresh(held)


async def _archive(session: AsyncSession, actor: Actor, held: Conversation, wanted: bool | None) -> None:
    if wanted is None or wanted == (held.archived_at is not None):
        return
    held.archived_at = clock.now() if wanted else None
    await session.flush()
    await say_line(session, actor, held.id, "archived" if wanted else "reopened")
    await session.refresh(held)


def _refuse_unfit(held: Conversation, draft: ConversationChange) -> None:
    if held.access == "community" and draft.history == "since_joined":
        raise invalid(
            *("history", "open_channel"),
            "Un salon ouvert à sa communauté montre tout son historique.",
            "A channel open to its community shows all of its history.",
        )
    if held.kind == "channel" and draft.name == "":
        raise invalid("name", "string_too_short", "Un salon a un nom.", "A channel has a name.")
