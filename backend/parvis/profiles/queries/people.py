"""Reading members as they are named beside what they do: in lists, requests, conversations."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import KINDS_OF_READERS, Actor
from parvis.accounts.models import Affiliation, Member, Programme, Unit
from parvis.accounts.models.people import Public
from parvis.accounts.presentation import Avatar
from parvis.accounts.publics import PUBLIC_OF, current, publics_of, shown_public
from parvis.accounts.queries.people import holds_today
from parvis.kernel import clock
from parvis.kernel.db import among
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
    """Those of these members whom the actor may find, in one query; in none for nobody."""
    if not ids:
        return {}
    found: dict[UUID, tuple[str, str | None, Any]] = {}
    held: dict[UUID, list[_Held]] = defaultdict(list)
    rows = await session.execute(_shown_to(actor.stand_in()), {"reader": actor.id, "ids": ids})
    for id_, name, chosen, avatar, kind, *words in rows.all():
        found[id_] = name, chosen, avatar
        if kind is not None:
            held[id_].append((kind, next(filter(None, words), None)))
    return {id_: _named(id_, *one, held[id_]) for id_, one in found.items()}


_Held = tuple[str, str | None]
"""An affiliation that holds today: its kind, and what tells most of it."""


@lru_cache(maxsize=KINDS_OF_READERS)
def _shown_to(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Those of `ids` whom such a reader may find, once for each affiliation that he may know of, the last first. What
    is told of one is its post, else its programme, else its unit."""
    is_shown = visible_kept_elsewhere(actor, "affiliations", Member.id)
    holds = and_(Affiliation.member_id == Member.id, holds_today(), is_shown)
    return (
        select(*(Member.id, Member.name, Member.shown_public, ProfileField.value))
        .add_columns(Affiliation.kind, Affiliation.title, Programme.name, Unit.name)
        .select_from(Member)
        .outerjoin(ProfileField, _avatar(visible_field(actor)))
        .outerjoin(Affiliation, holds)
        .outerjoin(Programme, Programme.id == Affiliation.programme_id)
        .outerjoin(Unit, Unit.id == Affiliation.unit_id)
        .where(among(Member.id, "ids"), visible_member(actor))
        .order_by(Affiliation.starts_on.desc())
    )


def public_of(member: Member, held: Iterable[Affiliation]) -> Public | None:
    """The one shown of the publics that these affiliations make today."""
    kinds = (item.kind for item in current(held, clock.now().date()))
    return shown_public(publics_of(kinds), member.shown_public)


def _named(id_: UUID, name: str, chosen: str | None, avatar: Mapping[str, Any] | None, held: Sequence[_Held]) -> Named:
    public = shown_public(publics_of(kind for kind, _ in held), chosen)
    words = (words for kind, words in held if PUBLIC_OF.get(kind) == public)
    return Named(id_, name, public, next(filter(None, words), None), avatar_of(id_, avatar))


def _avatar(visible: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(ProfileField.member_id == Member.id, ProfileField.field == "avatar", visible)
