"""What becomes something to be told: facts of communities, posts, what is added to them, conversations, ties."""

from collections.abc import Awaitable, Callable, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.chat.events import MessageChanged, MessagePosted
from parvis.circles.models import Membership
from parvis.circles.policy import holds
from parvis.communities.events import InvitedToCommunity, JoinRequestAccepted, JoinRequested
from parvis.communities.models import Community, CommunityInvitation
from parvis.engagement.events import Answered, Mentioned
from parvis.engagement.models import Comment
from parvis.kernel.events import Event, Fact
from parvis.kernel.listeners import Listener
from parvis.posts.events import AnswerAccepted, PostChanged, PostPublished, SeatGiven
from parvis.posts.models import Post
from parvis.profiles.ties.events import ContactAccepted, ContactAsked, MentoringAnswered, MentoringAsked

from .models import NotificationKind, Reason
from .service.calling import call, follow
from .service.coming import tell_coming, turn_of
from .service.conversing import tell_of_message
from .service.digests import turn_soon
from .service.telling import News, tell


async def _mentioned(session: AsyncSession, fact: Fact) -> None:
    said = News("post", UUID(fact.data["about"]), "mention", fact.actor_id, UUID(fact.data["id"]), fact.at)
    await tell(session, [UUID(fact.data["member_id"])], said)


async def _answered(session: AsyncSession, fact: Fact) -> None:
    """Below his own post it is a comment, also when it replies to somebody else; elsewhere a reply to him."""
    post_id, member_id = UUID(fact.data["about"]), UUID(fact.data["member_id"])
    author_id = await session.scalar(select(Post.author_id).where(Post.id == post_id))
    reason: Reason = "comment" if author_id == member_id else "reply"
    said = News("post", post_id, reason, fact.actor_id, UUID(fact.data["id"]), fact.at)
    await tell(session, [member_id], said)


async def _accepted(session: AsyncSession, fact: Fact) -> None:
    if fact.data["comment_id"] is None:
        return
    comment = await session.get(Comment, UUID(fact.data["comment_id"]))
    if comment is not None and comment.author_id is not None:
        accepted = News("post", UUID(fact.data["id"]), "accepted", fact.actor_id, comment.id, fact.at)
        await tell(session, [comment.author_id], accepted)


async def _published(session: AsyncSession, fact: Fact) -> None:
    await turn_soon(session)
    if fact.data["community_id"] is not None:  # What stands on the square is nobody's to follow.
        await follow(session, UUID(fact.data["community_id"]), fact.at)
    if fact.data["calls_everybody"]:
        await call(session, UUID(fact.data["id"]), UUID(fact.data["community_id"]))


async def _changed(session: AsyncSession, fact: Fact) -> None:
    turned = fact.data.get("turned")
    if turned is not None:
        await tell_coming(session, UUID(fact.data["id"]), turned, fact.data["version"])


async def _seated(session: AsyncSession, fact: Fact) -> None:
    post_id = UUID(fact.data["id"])
    seat = News("post", post_id, "seat", None, turn_of(post_id, "seat", str(fact.position)), fact.at)
    await tell(session, [UUID(fact.data["member_id"])], seat)


async def _invited(session: AsyncSession, fact: Fact) -> None:
    member_id, community_id = UUID(fact.data["member_id"]), UUID(fact.data["community_id"])
    invitation = await session.get(CommunityInvitation, (community_id, member_id))
    if invitation is not None:
        invited = News("community", community_id, "invitation", invitation.invited_by, at=fact.at)
        await tell(session, [member_id], invited)


async def _requested(session: AsyncSession, fact: Fact) -> None:
    """To all who may let in."""
    community_id = UUID(fact.data["id"])
    running = select(Membership.member_id).join(Community, Community.circle_id == Membership.circle_id)
    running = running.where(Community.id == community_id, Membership.role.in_(("owner", "moderator")), holds())
    people = list(await session.scalars(running.order_by(Membership.member_id).limit(MOST_RUNNING)))
    await tell(session, people, News("requests", community_id, "request", fact.actor_id, at=fact.at))


async def _let_in(session: AsyncSession, fact: Fact) -> None:
    news = News("community", UUID(fact.data["community_id"]), "let_in", fact.actor_id, at=fact.at)
    await tell(session, [UUID(fact.data["member_id"])], news)


async def _contact(session: AsyncSession, fact: Fact) -> None:
    reason: Reason = "contact_asked" if fact.type == ContactAsked.type else "contact_accepted"
    await _tell_of_tie(session, fact, "contacts", reason)


async def _mentoring_asked(session: AsyncSession, fact: Fact) -> None:
    await _tell_of_tie(session, fact, "mentoring", "mentoring_asked")


async def _mentoring_answered(session: AsyncSession, fact: Fact) -> None:
    reason: Reason = "mentoring_accepted" if fact.data["accepted"] else "mentoring_declined"
    await _tell_of_tie(session, fact, "mentoring", reason)


async def _tell_of_tie(session: AsyncSession, fact: Fact, kind: NotificationKind, reason: Reason) -> None:
    """All that concerns one's ties of a kind is one notification, about oneself."""
    member_id = UUID(fact.data["member_id"])
    await tell(session, [member_id], News(kind, member_id, reason, fact.actor_id, at=fact.at))


async def _said(session: AsyncSession, fact: Fact) -> None:
    if "scrubbed" not in fact.data:
        await tell_of_message(session, UUID(fact.data["id"]), fact.at)


MOST_RUNNING = 500
"""Who is told that somebody asks to be let in: not thousands."""
REACTIONS: Mapping[type[Event], Callable[[AsyncSession, Fact], Awaitable[None]]] = {
    Mentioned: _mentioned,
    Answered: _answered,
    AnswerAccepted: _accepted,
    PostPublished: _published,
    PostChanged: _changed,
    SeatGiven: _seated,
    InvitedToCommunity: _invited,
    JoinRequested: _requested,
    JoinRequestAccepted: _let_in,
    MessagePosted: _said,
    MessageChanged: _said,
    ContactAsked: _contact,
    ContactAccepted: _contact,
    MentoringAsked: _mentoring_asked,
    MentoringAnswered: _mentoring_answered,
}
_BY_TYPE = {event.type: reaction for event, reaction in REACTIONS.items()}


async def react(session: AsyncSession, fact: Fact) -> None:
    await _BY_TYPE[fact.type](session, fact)


listener = Listener.to("notifications", list(REACTIONS), react)
