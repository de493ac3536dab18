"""Reading the organisation."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, and_, case, func, null, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Affiliation, Member, Organisation
from parvis.accounts.models.people import Public
from parvis.accounts.publics import PRECEDENCE, PUBLIC_OF
from parvis.kernel.i18n import DEFAULT_LANGUAGE, LANGUAGES

from .people import holds_today, is_active

AS_SHOWN: tuple[Public, ...] = ("student", "alum", "staff", "partner")


async def organisation(session: AsyncSession) -> Organisation:
    """The organisation; before anything was said of it, one with default values that is not kept."""
    return await session.get(Organisation, 1) or default_organisation()


def default_organisation() -> Organisation:
    """What a new deployment serves: a nameless organisation that lets in invited people alone."""
    return Organisation(
        id=1,
        name="Parvis",
        short_name="Parvis",
        logo_file_id=None,
        languages=list(LANGUAGES),
        default_language=DEFAULT_LANGUAGE,
        registration="invitation",
        domains={},
        version=0,
    )


async def headcount(session: AsyncSession) -> Mapping[Public, int]:
    """How many active members each public has; a member of several counts once, under the one that is shown."""
    rank = case(*[(Affiliation.kind == kind, PRECEDENCE.index(public)) for kind, public in PUBLIC_OF.items()])
    chosen = case((or_(*[and_(_makes(public), Member.shown_public == public) for public in PRECEDENCE]), rank))
    shown = (
        select(func.coalesce(func.min(chosen), func.min(rank)).label("rank"))
        .join_from(Member, Affiliation, Affiliation.member_id == Member.id)
        .where(is_active(), holds_today())
        .group_by(Member.id)
        .subquery()
    )
    counted = (
        select(shown.c.rank, func.count().label("members")).where(shown.c.rank.is_not(null())).group_by(shown.c.rank)
    )
    found = {row.rank: row.members for row in await session.execute(counted)}
    return {public: found.get(PRECEDENCE.index(public), 0) for public in AS_SHOWN}


def _makes(public: Public) -> ColumnElement[bool]:
    return Affiliation.kind.in_([kind for kind, made in PUBLIC_OF.items() if made == public])
