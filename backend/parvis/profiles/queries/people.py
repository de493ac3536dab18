"""Reading members as they are named beside what they do: in lists, requests, conversations."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import KINDS_OF_READERS, Actor
from parvis.accounts.models import Affiliation, Member
from parvis.accounts.models.people import Public
from parvis.accounts.presentation import Avatar
from parvis.accounts.publics import PUBLIC_OF, current, publics_of, shown_public
from parvis.accounts.queries.people import placed_affiliations
from parvis.kernel import clock
from parvis.profiles.models import ProfileField
from parvis.profiles.policy import visible_field, visible_kept_elsewhere, visible_member

from .presentation import avatar_of


@dataclass(frozen=True, slots=True)
class Named:
    """What a reader sees of a member at a glance."""

    id: UUID
    name: str
    public: Public | None
    affiliation: str | None
    avatar: Avatar | None


async def named(session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> dict[UUID, Named]:
    """Those of these members whom the actor may find, in two queries."""
    rows = (await session.execute(_shown_to(actor.stand_in()), {"reader": actor.id, "ids": ids})).all()
    held = await _held(session, [member.id for member, _, is_shown in rows if is_shown])
    return {member.id: _named(member, avatar, held[member.id]) for member, avatar, _ in rows}


@lru_cache(maxsize=KINDS_OF_READERS)
def _shown_to(actor: Actor) -> Select[Member, Any, bool]:
    """Those of `ids` whom such a reader may find."""
    is_affiliated = visible_kept_elsewhere(actor, "affiliations", Member.id).label("is_affiliated")
    query = select(Member, ProfileField.value, is_affiliated).outerjoin(ProfileField, _avatar(visible_field(actor)))
    return query.where(Member.id.in_(bindparam("ids", expanding=True)), visible_member(actor))


def public_of(member: Member, held: Iterable[Affiliation]) -> Public | None:
    """The one shown of the publics that these affiliations make today."""
    kinds = (item.kind for item in current(held, clock.now().date()))
    return shown_public(publics_of(kinds), member.shown_public)


def _named(member: Member, avatar: Mapping[str, Any] | None, held: Sequence[Affiliation]) -> Named:
    public = public_of(member, held)
    today = current(held, clock.now().date())
    words = (item.words for item in today if PUBLIC_OF.get(item.kind) == public)
    return Named(
        id=member.id,
        name=member.name,
        public=public,
        affiliation=next(filter(None, words), None),
        avatar=avatar_of(member.id, avatar),
    )


def _avatar(visible: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(ProfileField.member_id == Member.id, ProfileField.field == "avatar", visible)


async def _held(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, list[Affiliation]]:
    query = placed_affiliations().where(Affiliation.member_id.in_(ids)).order_by(Affiliation.starts_on.desc())
    held: dict[UUID, list[Affiliation]] = defaultdict(list)
    for affiliation in await session.scalars(query):
        held[affiliation.member_id].append(affiliation)
    return held
