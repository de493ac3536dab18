"""How somebody stands behind guards: one statement, built once for each kind of reader."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import KINDS_OF_READERS, READER, Actor
from parvis.accounts.policy import is_inside
from parvis.circles.models import Membership
from parvis.circles.policy import holds
from parvis.communities.models import CharterAcceptance, Community, CommunityBan
from parvis.documents.models import COMMENT, WRITE, Grant, Guard, GuardSource
from parvis.documents.policy import Public, Standing, granted_to
from parvis.kernel.db import among


@dataclass(frozen=True, slots=True)
class Behind:
    """What an actor may do behind a guard, and who else may read there at all."""

    level: int
    public: Public


NOTHING = Behind(0, "restricted")


async def behind(session: AsyncSession, actor: Actor, guard_ids: Collection[UUID]) -> dict[UUID, Behind]:
    """Of each of these guards. One query, in none for nothing."""
    if not guard_ids:
        return {}
    rows = await session.execute(_behind(actor.stand_in()), {"reader": actor.id, "ids": list(set(guard_ids))})
    return {row.id: _seen(row, actor) for row in rows}


@lru_cache(maxsize=KINDS_OF_READERS)
def _behind(actor: Actor) -> Select[*tuple[Any, ...]]:
    is_in = and_(Membership.circle_id == Guard.circle_id, Membership.member_id == READER, holds())
    accepted = and_(CharterAcceptance.community_id == Guard.community_id, CharterAcceptance.member_id == READER)
    return (
        select(
            *(Guard.id, Guard.member_id, Membership.role, Community.access, Community.archived_at),
            (func.coalesce(CharterAcceptance.version, 0) >= Community.charter_version).label("accepts"),
            _granted(actor).label("granted"),
            _reaches_space().label("reaches_space"),
            _counts(Grant.circle_id == Guard.circle_id).label("for_community"),
            _counts(literal(True)).label("for_others"),
            _is_banned().label("is_banned"),
        )
        .outerjoin(Community, Community.id == Guard.community_id)
        .outerjoin(Membership, is_in)
        .outerjoin(CharterAcceptance, accepted)
        .where(among(Guard.id, "ids"))
    )


def _granted(actor: Actor) -> Any:
    """The highest level. Where a community has its moderators alone put files in, its members as such only comment."""
    is_for_all = and_(Grant.guard_id == Guard.space_id, Grant.circle_id == Guard.circle_id, Grant.level == WRITE)
    level = case((and_(is_for_all, Community.uploading == "moderators"), COMMENT), else_=Grant.level)
    found = select(func.max(level)).join(GuardSource, GuardSource.source_id == Grant.guard_id)
    found = found.where(GuardSource.guard_id == Guard.id, granted_to(actor))
    return found.correlate(Guard, Community).scalar_subquery()


def _reaches_space() -> ColumnElement[bool]:
    found = exists().where(GuardSource.guard_id == Guard.id, GuardSource.source_id == Guard.space_id)
    return found.correlate(Guard)


def _counts(which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether any such grant counts there."""
    found = select(Grant.id).join(GuardSource, GuardSource.source_id == Grant.guard_id)
    return found.where(GuardSource.guard_id == Guard.id, which).correlate(Guard).exists()


def _is_banned() -> ColumnElement[bool]:
    found = exists().where(CommunityBan.community_id == Guard.community_id, CommunityBan.member_id == READER)
    return found.correlate(Guard)


def _seen(row: Row[Any], actor: Actor) -> Behind:
    is_of_community = row.access is not None
    is_open = bool(row.reaches_space) and row.access == "open"
    standing = Standing(
        granted=0 if row.is_banned else row.granted or 0,
        is_own=row.member_id == actor.id,
        is_open=is_open and is_inside(actor) and not row.is_banned,
        role=row.role,
        is_live=row.archived_at is None,
        accepts=not is_of_community or bool(row.accepts),
    )
    return Behind(standing.level, _public(row, is_open=is_open))


def _public(row: Row[Any], *, is_open: bool) -> Public:
    if is_open:
        return "organisation"
    if row.for_community:
        return "community"
    return "restricted" if row.for_others or row.member_id is None else "private"
