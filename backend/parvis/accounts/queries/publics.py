"""Publics as of a date, in SQL: the twin of `accounts.publics`, which reads one member's affiliations."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from parvis.accounts.models import Affiliation, Member
from parvis.accounts.models.people import Public
from parvis.accounts.publics import PRECEDENCE, PUBLIC_OF
from parvis.kernel import clock

from .people import holds_on

PUBLIC: ColumnElement[Any] = case(PUBLIC_OF, value=Affiliation.kind)
"""The public that an affiliation makes; null for those that make none."""


def publics_as_of(on: date) -> Select[UUID, str]:
    """Each member with each of his publics on that day, once."""
    return (
        select(Affiliation.member_id, PUBLIC.label("public"))
        .where(holds_on(on), Affiliation.kind.in_(PUBLIC_OF))
        .distinct()
    )


def shown_as_of(on: date) -> Select[UUID, int]:
    """Each member who has any, with the place in `PRECEDENCE` of the public that is shown on that day: the one that he
    chose while it is his, else the first."""
    rank = case(*[(Affiliation.kind == kind, PRECEDENCE.index(public)) for kind, public in PUBLIC_OF.items()])
    chosen = case((or_(*[and_(_makes(public), Member.shown_public == public) for public in PRECEDENCE]), rank))
    return (
        select(Member.id, func.coalesce(func.min(chosen), func.min(rank)).label("rank"))
        .join_from(Member, Affiliation, Affiliation.member_id == Member.id)
        .where(holds_on(on), Affiliation.kind.in_(PUBLIC_OF))
        .group_by(Member.id)
    )


def rank_shown_on(on: date, member_id: InstrumentedAttribute[UUID | None]) -> ScalarSelect[int]:
    """The same of the member that a row leads to; null for who has none."""
    shown = shown_as_of(on)
    return shown.with_only_columns(shown.selected_columns.rank).where(Member.id == member_id).scalar_subquery()


async def shown_today(session: AsyncSession, member_ids: Sequence[UUID]) -> Mapping[UUID, Public]:
    """The public that each of these is shown under today. Guests have none. One query."""
    shown = shown_as_of(clock.now().date()).where(Member.id.in_(member_ids))
    return {row.id: PRECEDENCE[row.rank] for row in await session.execute(shown)}


def _makes(public: Public) -> ColumnElement[bool]:
    return Affiliation.kind.in_([kind for kind, made in PUBLIC_OF.items() if made == public])
