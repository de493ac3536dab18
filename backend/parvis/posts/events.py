"""Facts about posts, on the topic of each community that they were said in, or of the square.

Not all who follow a community see every post of it (a block keeps two members apart), so they say what to fetch.
"""

from typing import ClassVar, Literal
from uuid import UUID

from parvis.accounts.events import SQUARE, MemberEvent
from parvis.communities.events import community_topic
from parvis.kernel.events import Event, Told

OF_POST = Told("posts:read", ("kind", "id", "version"))
OF_COMMENT = Told("posts:read", ("kind", "id", "version", "post_id"))
Turn = Literal["moved", "cancelled"]


def _topic_of(community_id: UUID | None) -> str:
    return SQUARE if community_id is None else community_topic(community_id)


class PostEvent(Event):
    """A fact about a post in one of its places: a community, or the square."""

    kind: Literal["post"] = "post"
    id: UUID
    version: int
    community_id: UUID | None

    def topic(self) -> str:
        return _topic_of(self.community_id)


class PostPublished(PostEvent):
    type: ClassVar[str] = "post.published"
    told = OF_POST
    calls_everybody: bool = False
    """Who runs the community calls all who are in it."""


class PostChanged(PostEvent):
    """Its words or its places changed."""

    type: ClassVar[str] = "post.changed"
    told = OF_POST
    turned: Turn | None = None
    """Its event takes place at another time or elsewhere, or not at all."""


class PostDeleted(PostEvent):
    """It was deleted, or taken off this wall."""

    type: ClassVar[str] = "post.deleted"
    told = OF_POST


class PostUnfurled(PostEvent):
    """The pages that it leads to were looked at: it may show other cards."""

    type: ClassVar[str] = "post.unfurled"
    told = OF_POST


class PostPinChanged(PostEvent):
    type: ClassVar[str] = "post.pin_changed"
    told = OF_POST
    pinned: bool


class AnswerAccepted(PostEvent):
    """Another comment is the answer to the question, or none any more."""

    type: ClassVar[str] = "post.answer_accepted"
    told = OF_POST
    comment_id: UUID | None


class PostReactionsChanged(PostEvent):
    """`version`: of the discussion that counts them."""

    type: ClassVar[str] = "post.reactions_changed"
    told = OF_POST


class PollVoted(PostEvent):
    """What the poll counts changed."""

    type: ClassVar[str] = "post.poll_voted"
    told = OF_POST


class IdeaChanged(PostEvent):
    """Who is for the idea, or what became of it."""

    type: ClassVar[str] = "post.idea_changed"
    told = OF_POST


class EventAnswered(PostEvent):
    """Who comes to the event changed."""

    type: ClassVar[str] = "post.event_answered"
    told = OF_POST


class SeatGiven(MemberEvent):
    """The member waited for a seat at the event, and has one now."""

    type: ClassVar[str] = "post.seat_given"
    told = Told("posts:read", ("kind", "id"))
    kind: Literal["post"] = "post"
    id: UUID


class MyPostChanged(MemberEvent):
    """The member voted on a post, supported it or answered to its event, or took that back."""

    type: ClassVar[str] = "post.mine_changed"
    told = Told("posts:read", ("kind", "id"))
    kind: Literal["post"] = "post"
    id: UUID


class AnnouncementTold(MemberEvent):
    """An announcement is for the member, or one that is for him changed or went."""

    type: ClassVar[str] = "announcement.told"
    told = OF_POST
    kind: Literal["post"] = "post"
    id: UUID
    version: int


class ScheduledPostChanged(MemberEvent):
    """What the member is to say later changed, was said, cancelled, or could not be said."""

    type: ClassVar[str] = "post.scheduled_changed"
    told = Told("posts:read", ("kind", "id"))
    kind: Literal["scheduled_post"] = "scheduled_post"
    id: UUID


class CommentEvent(Event):
    """A fact about a comment on a post, in one of the places that share the discussion."""

    kind: Literal["comment"] = "comment"
    id: UUID
    version: int
    post_id: UUID
    thread_id: UUID
    community_id: UUID | None

    def topic(self) -> str:
        return _topic_of(self.community_id)


class CommentAdded(CommentEvent):
    type: ClassVar[str] = "comment.added"
    told = OF_COMMENT


class CommentChanged(CommentEvent):
    type: ClassVar[str] = "comment.changed"
    told = OF_COMMENT


class CommentDeleted(CommentEvent):
    type: ClassVar[str] = "comment.deleted"
    told = OF_COMMENT


class CommentReactionsChanged(CommentEvent):
    """`version`: of the discussion that counts them."""

    type: ClassVar[str] = "comment.reactions_changed"
    told = OF_COMMENT
