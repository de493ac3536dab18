"""Answering by mail: the address by which a member does, and saying what he wrote, by the verbs that he has."""

from collections.abc import Sequence
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.chat.queries.people import Faces
from parvis.chat.schemas.messages import MessageDraft
from parvis.chat.service import posting
from parvis.engagement.schemas import CommentDraft
from parvis.kernel import clock
from parvis.kernel.mail import About, Answerable
from parvis.postbox.answering import answered
from parvis.postbox.models import ReplyAddress
from parvis.posts.service import discussing


async def address_for(session: AsyncSession, member_id: UUID, about: About) -> ReplyAddress:
    """The member's address for this, made if there is none."""
    his = select(ReplyAddress).where(
        ReplyAddress.member_id == member_id,
        ReplyAddress.kind == about.kind,
        ReplyAddress.subject_id == about.subject_id,
        ReplyAddress.revoked_at.is_(None),
    )
    found: ReplyAddress | None = (await session.scalars(his)).one_or_none()
    if found is not None:
        return found
    made = ReplyAddress(member_id=member_id, kind=about.kind, subject_id=about.subject_id)
    try:
        async with session.begin_nested():
            session.add(made)
            await session.flush()
    except IntegrityError:  # On PostgreSQL another mail to him has just made it.
        return (await session.scalars(his)).one()
    return made


async def say(
    session: AsyncSession, actor: Actor, address: ReplyAddress, text: str, file_ids: Sequence[UUID], once: UUID
) -> None:
    """Says it in the actor's name. `once`: by what a message is known that is sent again.

    Raises `NotFound`, and what the verb raises otherwise.
    """
    under = await answered(session, actor, address)
    if address.kind == "message":
        quoted = None if under.root_id else under.id
        draft = MessageDraft(client_id=once, text=text, root_id=under.root_id, quote_id=quoted, files=list(file_ids))
        await posting.post(session, actor, Faces(), under.within, draft)
    else:
        parent = under.id if address.kind == "comment" else None
        await discussing.comment(session, actor, under.within, CommentDraft(body=text, parent_id=parent))
    address.used_at = clock.now()
    await session.flush()


def name_of(address_id: UUID, fingerprint: bytes) -> UUID:
    """What stands for a mail that came by an address, the same whenever it is delivered."""
    return uuid5(address_id, fingerprint.hex())


LONGEST = 10_000
"""Letters of an answer."""
TAKES_FILES: frozenset[Answerable] = frozenset({"message"})
"""What is said under other things has none."""
