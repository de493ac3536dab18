"""What members said beside others, and what they put aside."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.personal_data import AT_ONCE, ErasedBy, Holding, Part

from . import service
from .models import Bookmark, Comment, Participant, Reaction


async def _forget_comments(session: AsyncSession, member_id: UUID) -> int:
    found = (await session.scalars(select(Comment).where(Comment.author_id == member_id).limit(AT_ONCE))).all()
    await service.forget_comments(session, found)
    return len(found)


async def _forget_reactions(session: AsyncSession, member_id: UUID) -> int:
    found = (await session.scalars(select(Reaction).where(Reaction.member_id == member_id).limit(AT_ONCE))).all()
    await service.forget_reactions(session, found)
    return len(found)


async def _forget_participants(session: AsyncSession, member_id: UUID) -> int:
    mine = select(Participant).where(Participant.member_id == member_id).limit(AT_ONCE)
    found = (await session.scalars(mine)).all()
    await service.forget_participants(session, found)
    return len(found)


PARTS: Sequence[Part] = (
    Part(
        "engagement",
        {"fr": "Vos commentaires, réactions et signets", "en": "Your comments, reactions and bookmarks"},
        [
            Holding(
                Participant.member_id,
                [Participant.thread_id, Participant.began, Participant.comments, Participant.reactions],
                ErasedBy(_forget_participants),
            ),
            Holding(
                Comment.author_id,
                [
                    Comment.id,
                    Comment.thread_id,
                    Comment.body,
                    Comment.document_ids,
                    Comment.created_at,
                    Comment.edited_at,
                ],
                ErasedBy(_forget_comments),
            ),
            Holding(
                Reaction.member_id,
                [Reaction.subject_kind, Reaction.subject_id, Reaction.kind, Reaction.at],
                ErasedBy(_forget_reactions),
            ),
            Holding(Bookmark.member_id, [Bookmark.subject_kind, Bookmark.subject_id, Bookmark.at]),
        ],
    ),
)
