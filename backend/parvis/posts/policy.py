"""Who sees which post, and who may do what with it. Pure answers."""

from collections.abc import Collection
from typing import Literal

from sqlalchemy import ColumnElement, exists, not_, or_, select

from parvis.accounts.actor import Actor
from parvis.circles.models import Membership
from parvis.circles.policy import holds
from parvis.communities import policy as communities
from parvis.communities.models import Community
from parvis.communities.policy import Standing
from parvis.engagement.policy import Stance
from parvis.profiles.policy import blocked

from .models import Post, PostPlace

PostAbility = Literal["comment", "react", "bookmark", "edit", "attach", "delete", "vote", "support", "answer", "report"]
PlaceAbility = Literal["comment", "pin", "remove"]

Where = tuple[Community, Standing]
"""A place of the post that the actor may read, and how he stands to it."""


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Posts of which the actor may read one place. The one answer for every list, search and count."""
    return exists().where(PostPlace.post_id == Post.id, visible_in(actor))


def visible_in(actor: Actor) -> ColumnElement[bool]:
    """Places (`PostPlace`, beside `Post`) where the actor may read the post: he reads the community, it is not hidden
    there from others than its author, and neither he nor the author has blocked the other. Where he moderates he reads
    it in any case: else who blocks the moderators would escape them."""
    is_apart = blocked(actor, Post.author_id)
    there = select(Community.id).where(communities.readable_by(actor), or_(not_(is_apart), _moderates(actor)))
    moderated = select(Community.id).where(_moderates(actor))
    is_shown = or_(PostPlace.hidden_at.is_(None), Post.author_id == actor.id, PostPlace.community_id.in_(moderated))
    return PostPlace.removed_at.is_(None) & is_shown & PostPlace.community_id.in_(there)


def takes_part(community: Community, standing: Standing) -> bool:
    """In it, the charter accepted, while it lives."""
    return communities.is_live(community) and standing.is_member and communities.accepts_charter(community, standing)


def is_own(actor: Actor, post: Post) -> bool:
    return post.author_id == actor.id


def may_edit(actor: Actor, post: Post, places: Collection[Where]) -> bool:
    return is_own(actor, post) and any(takes_part(*place) for place in places)


def may_attach(actor: Actor, post: Post, places: Collection[Where]) -> bool:
    """Pictures and files, to his own post."""
    return may_edit(actor, post, places) and all(communities.may_upload(*place) for place in places)


def may_delete(actor: Actor, post: Post) -> bool:
    return is_own(actor, post)


def may_report(actor: Actor, post: Post, *, hidden: bool) -> bool:
    """What others may still read. Nobody reports himself."""
    return post.deleted_at is None and not hidden and not is_own(actor, post)


def may_answer_idea(places: Collection[Where]) -> bool:
    return any(communities.may_moderate(*place) for place in places)


def may_pin(community: Community, standing: Standing, *, hidden: bool) -> bool:
    return communities.may_moderate(community, standing) and not hidden


def may_remove(actor: Actor, post: Post, standing: Standing) -> bool:
    """From one wall."""
    return is_own(actor, post) or standing.moderates


def stance(actor: Actor, post: Post, places: Collection[Where]) -> Stance:
    """How the actor stands to a discussion that these places share."""
    stands = post.deleted_at is None
    moderates = any(standing.moderates for _, standing in places)
    is_live = any(communities.is_live(community) for community, _ in places)
    return Stance(
        may_comment=stands and any(communities.may_comment(*place) for place in places),
        may_react=stands and any(takes_part(*place) for place in places),
        moderates=moderates,
        may_accept=stands and is_live and post.kind == "question" and (is_own(actor, post) or moderates),
    )


def abilities(actor: Actor, post: Post, places: Collection[Where], *, hidden: bool = False) -> list[PostAbility]:
    """What the actor may do with a post that stands, and is `hidden` wherever he reads it or not."""
    stands = stance(actor, post, places)
    answers: dict[PostAbility, bool] = {
        "comment": stands.may_comment,
        "react": stands.may_react,
        "bookmark": True,
        "edit": may_edit(actor, post, places),
        "attach": may_attach(actor, post, places),
        "delete": may_delete(actor, post),
        "vote": post.kind == "poll" and stands.may_react,
        "support": post.kind == "idea" and stands.may_react,
        "answer": post.kind == "idea" and may_answer_idea(places),
        "report": may_report(actor, post, hidden=hidden),
    }
    return [ability for ability, may in answers.items() if may]


def abilities_in(actor: Actor, post: Post, place: Where, *, hidden: bool) -> list[PlaceAbility]:
    """What he may do with it in one of its places."""
    community, standing = place
    answers: dict[PlaceAbility, bool] = {
        "comment": communities.may_comment(community, standing),
        "pin": may_pin(community, standing, hidden=hidden),
        "remove": may_remove(actor, post, standing),
    }
    return [ability for ability, may in answers.items() if may]


def _moderates(actor: Actor) -> ColumnElement[bool]:
    """Whether he runs the community of the row."""
    return exists().where(
        Membership.circle_id == Community.circle_id,
        Membership.member_id == actor.id,
        Membership.role.in_(("owner", "moderator")),
        holds(),
    )
