"""What posts hold of members."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from parvis.files.models import LinkCard
from parvis.kernel.personal_data import AT_ONCE, ErasedBy, Holding, Part, Where

from .models import (
    Announcement,
    Attendance,
    Gathering,
    Idea,
    IdeaSupport,
    Poll,
    PollOption,
    PollVote,
    Post,
    PostAttachment,
    PostLink,
    PostPlace,
    PostReach,
    PostVersion,
    PostView,
    Recipient,
    ScheduledPost,
)
from .service import asking, gathering, recipients
from .service.posts import scrub


async def _erase(session: AsyncSession, member_id: UUID) -> int:
    """The places of posts stay, for what others said under them."""
    found = (await session.scalars(select(Post).where(Post.author_id == member_id).limit(AT_ONCE))).all()
    for post in found:
        await scrub(session, post)
        post.kind, post.language = "message", "fr"
    await session.flush()
    places = update(PostPlace).where(PostPlace.post_id.in_([post.id for post in found])).values(kind="message")
    await session.execute(places.execution_options(synchronize_session=False))
    return len(found)


async def _goes_with_its_post(_session: AsyncSession, _member_id: UUID) -> int:
    return 0


async def _forget_received(session: AsyncSession, member_id: UUID) -> int:
    found = (await session.scalars(select(Recipient).where(Recipient.member_id == member_id).limit(AT_ONCE))).all()
    await recipients.forget(session, found)
    return len(found)


async def _forget_votes(session: AsyncSession, member_id: UUID) -> int:
    found = (await session.scalars(select(PollVote).where(PollVote.member_id == member_id).limit(AT_ONCE))).all()
    await asking.forget_votes(session, found)
    return len(found)


async def _forget_supports(session: AsyncSession, member_id: UUID) -> int:
    mine = select(IdeaSupport).where(IdeaSupport.member_id == member_id).limit(AT_ONCE)
    found = (await session.scalars(mine)).all()
    await asking.forget_supports(session, found)
    return len(found)


async def _forget_attendances(session: AsyncSession, member_id: UUID) -> int:
    mine = select(Attendance).where(Attendance.member_id == member_id).limit(AT_ONCE)
    found = (await session.scalars(mine)).all()
    await gathering.forget_attendances(session, found)
    return len(found)


def _of_own(post_id: InstrumentedAttribute[UUID]) -> Where:
    """Rows that hang from the member's own posts."""

    def of(member_id: UUID) -> ColumnElement[bool]:
        return post_id.in_(select(Post.id).where(Post.author_id == member_id))

    return of


_address_of_card = select(LinkCard.url).where(LinkCard.id == PostLink.card_id).scalar_subquery().label("url")

PARTS: Sequence[Part] = (
    Part(
        "posts",
        {"fr": "Vos publications", "en": "Your posts"},
        [
            Holding(
                Post.author_id,
                [
                    *(Post.id, Post.kind, Post.title, Post.body, Post.language, Post.document_ids),
                    *(Post.said_at, Post.edited_at),
                ],
                ErasedBy(_erase),
            ),
            Holding(
                PostVersion.post_id,
                [PostVersion.post_id, PostVersion.version, PostVersion.title, PostVersion.body, PostVersion.until],
                where=_of_own(PostVersion.post_id),
            ),
            Holding(
                PostPlace.post_id,
                [PostPlace.post_id, PostPlace.community_id, PostPlace.said_at],
                ErasedBy(_goes_with_its_post),
                where=_of_own(PostPlace.post_id),
            ),
            Holding(
                PostReach.post_id,
                [PostReach.post_id, PostReach.scope, PostReach.said_at],
                ErasedBy(_goes_with_its_post),
                where=_of_own(PostReach.post_id),
            ),
            Holding(
                Announcement.post_id,
                [Announcement.post_id, Announcement.told_to, Announcement.facts, Announcement.sent_at],
                ErasedBy(_goes_with_its_post),
                where=_of_own(Announcement.post_id),
            ),
            Holding(
                PostAttachment.post_id,
                [PostAttachment.post_id, PostAttachment.file_id, PostAttachment.alt],
                ErasedBy(_goes_with_its_post),
                where=_of_own(PostAttachment.post_id),
            ),
            Holding(
                PostLink.post_id,
                [PostLink.post_id, _address_of_card],
                ErasedBy(_goes_with_its_post),
                where=_of_own(PostLink.post_id),
            ),
            Holding(
                Poll.post_id,
                [Poll.post_id, Poll.multiple, Poll.anonymous, Poll.closes_at],
                where=_of_own(Poll.post_id),
            ),
            Holding(
                PollOption.post_id,
                [PollOption.post_id, PollOption.label, PollOption.votes],
                ErasedBy(_goes_with_its_post),
                where=_of_own(PollOption.post_id),
            ),
            Holding(
                Gathering.post_id,
                [
                    *(Gathering.post_id, Gathering.starts_at, Gathering.ends_at, Gathering.time_zone),
                    *(Gathering.place, Gathering.link, Gathering.seats, Gathering.cancelled_at),
                ],
                where=_of_own(Gathering.post_id),
            ),
            Holding(ScheduledPost.author_id, [ScheduledPost.id, ScheduledPost.draft, ScheduledPost.publish_at]),
            Holding(Idea.post_id, [Idea.post_id, Idea.status, Idea.supports], where=_of_own(Idea.post_id)),
        ],
    ),
    Part(
        "announcements",
        {"fr": "Les annonces que vous avez reçues", "en": "Announcements that you were sent"},
        [
            Holding(
                Recipient.member_id,
                [
                    Recipient.post_id,
                    Recipient.at,
                    Recipient.public,
                    Recipient.mailed_at,
                    Recipient.seen_at,
                    Recipient.read_at,
                    Recipient.acknowledged_at,
                    Recipient.reminded_at,
                ],
                ErasedBy(_forget_received),
            )
        ],
    ),
    Part(
        "viewed",
        {"fr": "Les publications récentes que vous avez vues", "en": "Recent posts that you have seen"},
        [Holding(PostView.member_id, [PostView.post_id, PostView.at])],
    ),
    Part(
        "attendances",
        {"fr": "Vos réponses aux événements", "en": "Your answers to events"},
        [
            Holding(
                Attendance.member_id,
                [
                    *(Attendance.post_id, Attendance.answer, Attendance.waits, Attendance.at),
                    *(Attendance.remind_before, Attendance.by_mail),
                ],
                ErasedBy(_forget_attendances),
            )
        ],
    ),
    Part(
        "votes",
        {"fr": "Vos votes et les idées que vous soutenez", "en": "Your votes, and the ideas that you support"},
        [
            Holding(PollVote.member_id, [PollVote.post_id, PollVote.option_id, PollVote.at], ErasedBy(_forget_votes)),
            Holding(IdeaSupport.member_id, [IdeaSupport.post_id, IdeaSupport.at], ErasedBy(_forget_supports)),
        ],
    ),
)
