"""Who is in a circle now. Pure answers, as SQL."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from parvis.kernel import clock

from .models import Membership

Id = UUID | ColumnElement[UUID] | Any
Instant = datetime | ColumnElement[datetime]


def holds(membership: Any = Membership, at: Instant | None = None) -> ColumnElement[bool]:
    """Memberships whose time is not over. `at`: for statements that are built once, and told the time later."""
    return or_(membership.until.is_(None), membership.until > (clock.now() if at is None else at))


def is_in(member_id: Id, circle_id: Id) -> ColumnElement[bool]:
    """Whether the member is in the circle now."""
    mine = aliased(Membership)
    return exists().where(and_(mine.circle_id == circle_id, mine.member_id == member_id, holds(mine)))


def circles_of(member_id: UUID) -> Select[UUID]:
    """Ids of the circles that a member is in now. What is asked of many circles is told from this one list sooner than
    by looking for the member in each."""
    mine = aliased(Membership)
    return select(mine.circle_id).where(mine.member_id == member_id, holds(mine))


def meet(one: Id, other: Id) -> ColumnElement[bool]:
    """Whether two members are in some circle together."""
    mine, theirs = aliased(Membership), aliased(Membership)
    return exists().where(
        mine.circle_id == theirs.circle_id,
        mine.member_id == one,
        theirs.member_id == other,
        holds(mine),
        holds(theirs),
    )
