"""Who sees whom, and which of his fields. Pure answers, as SQL: every list, search and count goes through them."""

from collections.abc import Callable
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    and_,
    exists,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased

from parvis.accounts.actor import Actor
from parvis.accounts.models import Affiliation, Member
from parvis.accounts.policy import is_inside
from parvis.accounts.publics import PUBLIC_OF
from parvis.accounts.queries.people import holds_today, is_active
from parvis.circles.policy import meet

from .models import Block, Contact, FieldName, ProfileField

Owner = ColumnElement[UUID] | Any
Sees = Callable[[Owner, ColumnElement[str] | Any], ColumnElement[bool]]
"""Whether what an owner shows at a level reaches one reader: `visible_at` of an actor, or `shown_to` an audience."""
Audience = Literal["organisation", "publics", "communities", "contacts"]
"""As whom a member may look at the own profile: somebody of the organisation, of the same public, of a same community,
or in contact."""


def visible_member(actor: Actor) -> ColumnElement[bool]:
    """Members whom the actor may find: active, in the organisation today or in a circle with him, and neither has
    blocked the other. Guests find the people of their circles alone. Oneself is always visible.
    """
    meets = meet(actor.id, Member.id)
    is_findable = or_(belongs(Member.id), meets) if is_inside(actor) else meets
    return and_(is_active(), or_(Member.id == actor.id, and_(is_findable, not_(blocked(actor, Member.id)))))


def visible_field(actor: Actor) -> ColumnElement[bool]:
    """Rows of `ProfileField` that the actor may read, of members whom he may find."""
    return visible_at(actor, ProfileField.member_id, ProfileField.level)


def visible_kept_elsewhere(actor: Actor, field: FieldName, owner: Owner) -> ColumnElement[bool]:
    """The same of a field whose value is in another table (`affiliations`, `interests`), for the owner in `owner`."""
    return visible_at(actor, owner, level_kept(field, owner))


def level_kept(field: FieldName, owner: Owner) -> ColumnElement[str]:
    """At what level the owner shows a field whose value is in another table."""
    kept = aliased(ProfileField)
    level = select(kept.level).where(kept.member_id == owner, kept.field == field).scalar_subquery()
    return func.coalesce(level, literal("organisation"))


def visible_at(actor: Actor, owner: Owner, level: ColumnElement[str] | Any) -> ColumnElement[bool]:
    """Whether what its owner shows at this level reaches the actor."""
    if not is_inside(actor):
        return owner == actor.id
    reached = _reaches(level, shares_public(actor, owner), meet(actor.id, owner), is_contact(actor, owner))
    return or_(owner == actor.id, reached)


def shown_to(audience: Audience, _owner: Owner, level: ColumnElement[str] | Any) -> ColumnElement[bool]:
    """The same for somebody who is not there: of the organisation, and at most of the same public, of a same community
    or in contact."""
    is_such = {True: true(), False: false()}
    return _reaches(level, *(is_such[audience == narrower] for narrower in ("publics", "communities", "contacts")))


def _reaches(
    level: ColumnElement[str] | Any,
    is_of_public: ColumnElement[bool],
    is_met: ColumnElement[bool],
    is_known: ColumnElement[bool],
) -> ColumnElement[bool]:
    return or_(
        level == "organisation",
        and_(level == "publics", is_of_public),
        and_(level.in_(("publics", "communities", "contacts")), is_known),
        and_(level.in_(("publics", "communities")), is_met),
    )


def belongs(owner: Owner) -> ColumnElement[bool]:
    """Whether any affiliation of the member holds today."""
    held = aliased(Affiliation)
    return exists().where(held.member_id == owner, holds_today(held)).correlate_except(held)


def shares_public(actor: Actor, owner: Owner) -> ColumnElement[bool]:
    """Whether the member is of one of the actor's publics today."""
    kinds = [kind for kind, public in PUBLIC_OF.items() if public in actor.publics]
    if not kinds:
        return false()
    held = aliased(Affiliation)
    return exists().where(held.member_id == owner, held.kind.in_(kinds), holds_today(held))


def is_contact(actor: Actor, owner: Owner) -> ColumnElement[bool]:
    known = aliased(Contact)
    return exists().where(known.member_id == actor.id, known.other_id == owner)


def those_apart(member_id: UUID | Any) -> CompoundSelect[UUID]:
    """Ids of those whom a block keeps apart from a member: of many rows this one list tells sooner than `blocked`."""
    by_him = select(Block.blocked_id).where(Block.blocker_id == member_id)
    return union_all(by_him, select(Block.blocker_id).where(Block.blocked_id == member_id))


def blocked(actor: Actor, owner: Owner) -> ColumnElement[bool]:
    """Whether either of the two has blocked the other."""
    block = aliased(Block)
    by_actor = and_(block.blocker_id == actor.id, block.blocked_id == owner)
    by_owner = and_(block.blocker_id == owner, block.blocked_id == actor.id)
    # Of whatever query the owner's row is in, however deep this stands in it: by itself, only the nearest is looked at.
    return or_(exists().where(by_actor).correlate_except(block), exists().where(by_owner).correlate_except(block))
