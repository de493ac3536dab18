"""Reading profiles: another's as far as he shows it, and one's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Address, Affiliation, Member
from parvis.accounts.queries.people import placed_affiliations
from parvis.files.models import File
from parvis.kernel.errors import NotFound
from parvis.profiles.models import FieldName, Level, Profile, ProfileField
from parvis.profiles.policy import (
    Audience,
    Sees,
    level_kept,
    shown_to,
    visible_at,
    visible_field,
    visible_member,
)

from .interests import interests_of


@dataclass(frozen=True, slots=True)
class SeenProfile:
    """A member's profile as one reader sees it: what is hidden from him is absent, as if it had not been filled in."""

    member: Member
    values: Mapping[str, Any]
    """By field, as `schemas.fields` writes them."""
    affiliations: Sequence[Affiliation]
    interests: Sequence[str]
    email: str | None


@dataclass(frozen=True, slots=True)
class OwnProfile:
    """A member's own profile: what is said, and to whom."""

    member: Member
    version: int
    """0 before the first change."""
    values: Mapping[str, Any]
    levels: Mapping[str, Level]
    """Of fields shown to others than the organisation, too, when they are empty."""
    email: str | None


async def seen_profile(session: AsyncSession, actor: Actor, member_id: UUID) -> SeenProfile:
    """What the actor sees of a member. Raises `NotFound` when he may not find him. Two to four queries."""
    return await _seen(session, and_(Member.id == member_id, visible_member(actor)), partial(visible_at, actor))


async def previewed_profile(session: AsyncSession, actor: Actor, audience: Audience) -> SeenProfile:
    """What this audience sees of the actor."""
    return await _seen(session, Member.id == actor.id, partial(shown_to, audience))


async def own_profile(session: AsyncSession, member_id: UUID) -> OwnProfile:
    """Two queries, and one for the address that is shown."""
    rows = (
        await session.execute(
            select(Member, Profile.version, ProfileField.field, ProfileField.level, ProfileField.value)
            .outerjoin(Profile, Profile.member_id == Member.id)
            .outerjoin(ProfileField, ProfileField.member_id == Member.id)
            .where(Member.id == member_id)
        )
    ).all()
    values = {row.field: row.value for row in rows if row.value is not None}
    return OwnProfile(
        member=rows[0][0],
        version=rows[0].version or 0,
        values=values,
        levels={row.field: row.level for row in rows if row.field is not None},
        email=await _email(session, member_id, values.get("email")),
    )


async def avatar_file(session: AsyncSession, actor: Actor, member_id: UUID, size: str) -> File:
    """The picture in that size. Raises `NotFound` when the actor does not see one."""
    query = (
        select(ProfileField.value)
        .join(Member, Member.id == ProfileField.member_id)
        .where(Member.id == member_id, ProfileField.field == "avatar", visible_member(actor), visible_field(actor))
    )
    value = (await session.execute(query)).scalar_one_or_none()
    file = await session.get(File, UUID(value[size])) if value else None
    if file is None:
        raise NotFound
    return file


async def _seen(session: AsyncSession, found: ColumnElement[bool], sees: Sees) -> SeenProfile:
    shown = and_(ProfileField.member_id == Member.id, sees(ProfileField.member_id, ProfileField.level))
    rows = (
        await session.execute(
            select(
                Member,
                ProfileField.field,
                ProfileField.value,
                _shows(sees, "affiliations").label("shows_affiliations"),
                _shows(sees, "interests").label("shows_interests"),
            )
            .outerjoin(ProfileField, shown)
            .where(found)
        )
    ).all()
    if not rows:
        raise NotFound
    member, *_ = rows[0]
    values = {row.field: row.value for row in rows if row.value is not None}
    return SeenProfile(
        member=member,
        values=values,
        affiliations=await _affiliations(session, member.id) if rows[0].shows_affiliations else [],
        interests=await interests_of(session, member.id) if rows[0].shows_interests else [],
        email=await _email(session, member.id, values.get("email")),
    )


def _shows(sees: Sees, field: FieldName) -> ColumnElement[bool]:
    return sees(Member.id, level_kept(field, Member.id))


async def _affiliations(session: AsyncSession, member_id: UUID) -> Sequence[Affiliation]:
    """The latest first: a member has a handful of them."""
    query = placed_affiliations().where(Affiliation.member_id == member_id)
    return (await session.scalars(query.order_by(Affiliation.starts_on.desc(), Affiliation.id))).all()


async def _email(session: AsyncSession, member_id: UUID, address_id: str | None) -> str | None:
    """The address chosen, while it is the member's and verified."""
    if address_id is None:
        return None
    own = (Address.member_id == member_id, Address.id == UUID(address_id), Address.verified_at.is_not(None))
    return cast("str | None", await session.scalar(select(Address.email).where(*own)))
