"""What was deleted with its conversation, a batch after the other."""

from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.chat.attached import PICTURE, scrub
from parvis.chat.events import conversation_topic
from parvis.chat.models import Conversation, Message
from parvis.chat.queries.messages import KIND
from parvis.chat.unfurled import LINKS
from parvis.engagement.models import Bookmark
from parvis.files.models import File
from parvis.files.service import remove_some
from parvis.kernel import entries, events
from parvis.kernel.db import Database
from parvis.kernel.jobs import Handler, LeasedJob

FORGET = "chat.forget"
AT_ONCE = 500


def forget_conversations(database: Database) -> Handler:
    """The handler of `chat.forget`: takes away all that was said in a conversation, what was told of it, and it."""

    async def forget(job: LeasedJob) -> None:
        conversation_id = UUID(job.payload["conversation_id"])
        while await database.write(_forget_messages, conversation_id):
            pass
        while await database.write(_scrub, conversation_id) == events.SCRUBBED_AT_ONCE:
            pass
        await database.write(_forget_it, conversation_id)

    return forget


async def _forget_messages(session: AsyncSession, conversation_id: UUID) -> int:
    """At most 500, replies first. Returns how many."""
    query = select(Message.id).where(Message.conversation_id == conversation_id)
    ids = list(await session.scalars(query.order_by(Message.root_id.is_(None), Message.id).limit(AT_ONCE)))
    await scrub(session, ids)
    await LINKS.forget(session, ids)
    await entries.forget(session, KIND, ids)
    await session.execute(delete(Bookmark).where(Bookmark.subject_kind == KIND, Bookmark.subject_id.in_(ids)))
    await session.execute(delete(Message).where(Message.id.in_(ids)))
    return len(ids)


async def _scrub(session: AsyncSession, conversation_id: UUID) -> int:
    return await events.scrub(session, conversation_topic(conversation_id), {"conversation_id": str(conversation_id)})


async def _forget_it(session: AsyncSession, conversation_id: UUID) -> None:
    await remove_some(session, (File.claimed_kind == PICTURE) & (File.claimed_id == conversation_id))
    await session.execute(delete(Conversation).where(Conversation.id == conversation_id))
