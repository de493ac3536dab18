"""Who is in a circle now. Pure answers, as SQL."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import aliased

from parvis.kernel import clock
from parvis.kernel.db import UtcDateTime

from .models import Membership

Id = UUID | ColumnElement[UUID] | Any


NOW = bindparam("now", callable_=lambda: clock.now(), type_=UtcDateTime, unique=True)
"""The moment at which a statement is executed, whenever it was built."""


def holds(membership: Any = Membership) -> ColumnElement[bool]:
    """Memberships whose time is not over."""
    return or_(membership.until.is_(None), membership.until > NOW)


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
