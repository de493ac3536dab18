"""The home feed over HTTP."""

from typing import Self

from pydantic import Field

from parvis.accounts.actor import Actor
from parvis.communities.schemas.communities import CommunityRef
from parvis.kernel.schemas import Instant, Out
from parvis.posts.feed.ranking import Reason, Why
from parvis.posts.feed.reading import Feed
from parvis.posts.queries import SeenPost

from .posts import PostOut


class FeedReasonOut(Out):
    """Why a post is shown to you."""

    type: Why
    community: CommunityRef | None = Field(
        description="Where it was said, of your communities; null where it reaches you otherwise."
    )
    subject: str | None = Field(description="Of that community, one of your interests or skills.")

    @classmethod
    def of(cls, reason: Reason, seen: SeenPost) -> Self:
        places = [placed.community for placed in seen.places]
        community = next((one for one in places if one.id == reason.community_id), None)
        named = None if community is None else CommunityRef(id=community.id, name=community.name)
        return cls(type=reason.why, community=named, subject=reason.subject)


class FeedItemOut(Out):
    """A post of your feed."""

    post: PostOut
    reason: FeedReasonOut


class FeedOut(Out):
    """A page of your feed. `next` is the cursor of the following page; null on the last one."""

    items: list[FeedItemOut]
    next: str | None
    as_of: Instant = Field(description="What was said since is not in it: ask how many by `GET /feed/new`.")

    @classmethod
    def of(cls, found: Feed, actor: Actor) -> Self:
        items = [
            FeedItemOut(post=PostOut.of(seen, actor), reason=FeedReasonOut.of(reason, seen))
            for seen, reason in found.items
        ]
        return cls(items=items, next=found.next, as_of=found.as_of)


class NewInFeedOut(Out):
    """What came to your feed meanwhile."""

    count: int = Field(description="Posts of others; a hundred stands for more too.")
