"""Who sees which post, and who may do what with it. Pure answers."""

from collections.abc import Collection
from typing import Literal

from sqlalchemy import ColumnElement, and_, exists, false, not_, or_, true

from parvis.accounts.actor import Actor
from parvis.accounts.policy import is_inside, may_announce, may_moderate
from parvis.circles.models import Membership
from parvis.circles.policy import holds
from parvis.communities import policy as communities
from parvis.communities.models import Community
from parvis.communities.policy import Standing
from parvis.engagement.policy import Stance
from parvis.profiles.policy import blocked

from .models import Post, PostPlace, PostReach, Recipient

PostAbility = Literal[
    "comment",
    "react",
    "bookmark",
    "edit",
    "attach",
    "delete",
    "vote",
    "support",
    "answer",
    "attend",
    "cancel",
    "report",
]
PlaceAbility = Literal["comment", "pin", "remove"]

Where = tuple[Community, Standing]
"""A place of the post that the actor may read, and how he stands to it."""


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Posts of which the actor may read one place, or that reach him: the one answer for every list, search, count."""
    in_a_place = exists().where(PostPlace.post_id == Post.id, visible_in(actor))
    return or_(in_a_place, exists().where(PostReach.post_id == Post.id, visible_by(actor)))


def visible_in(actor: Actor, is_read: ColumnElement[bool] | None = None) -> ColumnElement[bool]:
    """Places (`PostPlace`, beside `Post`) where the actor may read the post: he reads the community, it is not hidden
    there from others than its author, and neither he nor the author has blocked the other. Where he moderates he reads
    it in any case: else who blocks the moderators would escape them. `is_read`: of which places the same statement has
    found already that he reads the community."""
    there = exists().where(
        Community.id == PostPlace.community_id,
        communities.readable_by(actor),
        or_(not_(blocked(actor, Post.author_id)), _moderates(actor)),
    )
    is_shown = or_(PostPlace.hidden_at.is_(None), Post.author_id == actor.id, moderated_by(actor))
    is_there: ColumnElement[bool] = there.correlate_except(Community)
    if is_read is not None:
        is_there = or_(and_(is_read, not_(blocked(actor, Post.author_id))), is_there)
    return PostPlace.removed_at.is_(None) & is_shown & is_there


def moderated_by(actor: Actor) -> ColumnElement[bool]:
    """Places (`PostPlace`) of a community that the actor runs: nothing that stands there is kept from him."""
    # Of the one community of the row: told from a list of all, each row would read them all.
    there = exists().where(Community.id == PostPlace.community_id, _moderates(actor))
    return there.correlate_except(Community)


def visible_by(actor: Actor) -> ColumnElement[bool]:
    """Reaches (`PostReach`, beside `Post`) by which the actor may read the post: that of the square for the whole
    organisation, that of recipients for those who are told of it, its author, and who announces or moderates. What the
    organisation says is kept from nobody by a block."""
    if not is_inside(actor):
        return PostReach.post_id.is_(None)  # Of none: a plain `false` would make SQL forget what joins them.
    told = exists().where(Recipient.post_id == PostReach.post_id, Recipient.member_id == actor.id)
    is_own = Post.author_id == actor.id
    runs = true() if may_announce(actor) or may_moderate(actor) else false()
    is_shown = true() if may_moderate(actor) else or_(PostReach.hidden_at.is_(None), is_own)
    return and_(is_shown, or_(PostReach.scope == "square", is_own, runs, told))


def may_post_on_square(actor: Actor) -> bool:
    return may_announce(actor)


def is_open_to_all(reach: PostReach | None) -> bool:
    """On the square: all who read it may discuss it. Recipients do not learn of each other."""
    return reach is not None and reach.scope == "square"


def takes_part(community: Community, standing: Standing) -> bool:
    """In it, the charter accepted, while it lives."""
    return communities.is_live(community) and standing.is_member and communities.accepts_charter(community, standing)


def is_own(actor: Actor, post: Post) -> bool:
    return post.author_id == actor.id


def may_edit(actor: Actor, post: Post, places: Collection[Where], reach: PostReach | None) -> bool:
    may_still = any(takes_part(*place) for place in places) or (reach is not None and may_announce(actor))
    return is_own(actor, post) and may_still


def may_attach(actor: Actor, post: Post, places: Collection[Where], reach: PostReach | None) -> bool:
    """Pictures and files, to his own post."""
    return may_edit(actor, post, places, reach) and all(communities.may_upload(*place) for place in places)


def may_delete(actor: Actor, post: Post, reach: PostReach | None) -> bool:
    """His own; and, of what stands in no community, those of others that he moderates."""
    return is_own(actor, post) or (reach is not None and may_moderate(actor))


def may_report(actor: Actor, post: Post, reach: PostReach | None, *, hidden: bool) -> bool:
    """What others may still read, in a community or on the square. Nobody reports himself."""
    stands = (reach is None or is_open_to_all(reach)) and post.deleted_at is None
    return stands and not hidden and not is_own(actor, post)


def may_answer_idea(actor: Actor, places: Collection[Where], reach: PostReach | None) -> bool:
    return any(communities.may_moderate(*place) for place in places) or _runs(actor, reach)


def may_pin(community: Community, standing: Standing, *, hidden: bool) -> bool:
    return communities.may_moderate(community, standing) and not hidden


def may_remove(actor: Actor, post: Post, standing: Standing) -> bool:
    """From one wall."""
    return is_own(actor, post) or standing.moderates


def stance(actor: Actor, post: Post, places: Collection[Where], reach: PostReach | None) -> Stance:
    """How the actor stands to a discussion that these places share, or that all have whom the post reaches."""
    stands, is_open = post.deleted_at is None, is_open_to_all(reach)
    moderates = any(standing.moderates for _, standing in places) or (reach is not None and may_moderate(actor))
    is_live = is_open or any(communities.is_live(community) for community, _ in places)
    return Stance(
        may_comment=stands and (is_open or any(communities.may_comment(*place) for place in places)),
        may_react=stands and (is_open or any(takes_part(*place) for place in places)),
        moderates=moderates,
        may_report=reach is None or is_open_to_all(reach),
        may_accept=stands and is_live and post.kind == "question" and (is_own(actor, post) or moderates),
    )


def abilities(
    actor: Actor, post: Post, places: Collection[Where], reach: PostReach | None, *, hidden: bool = False
) -> list[PostAbility]:
    """What the actor may do with a post that stands, and is `hidden` wherever he reads it or not."""
    stands = stance(actor, post, places, reach)
    answers: dict[PostAbility, bool] = {
        "comment": stands.may_comment,
        "react": stands.may_react,
        "bookmark": True,
        "edit": may_edit(actor, post, places, reach),
        "attach": may_attach(actor, post, places, reach),
        "delete": may_delete(actor, post, reach),
        "vote": post.kind == "poll" and stands.may_react,
        "support": post.kind == "idea" and stands.may_react,
        "answer": post.kind == "idea" and may_answer_idea(actor, places, reach),
        "attend": post.kind == "event" and stands.may_react,
        "cancel": post.kind == "event" and may_edit(actor, post, places, reach),
        "report": may_report(actor, post, reach, hidden=hidden),
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


def _runs(actor: Actor, reach: PostReach | None) -> bool:
    return reach is not None and (may_announce(actor) or may_moderate(actor))


def _moderates(actor: Actor) -> ColumnElement[bool]:
    """Whether he runs the community of the row."""
    return exists().where(
        Membership.circle_id == Community.circle_id,
        Membership.member_id == actor.id,
        Membership.role.in_(("owner", "moderator")),
        holds(),
    )
