"""Reading the organisation."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Organisation
from parvis.accounts.models.people import Public
from parvis.accounts.publics import PRECEDENCE
from parvis.kernel import clock
from parvis.kernel.i18n import DEFAULT_LANGUAGE, LANGUAGES

from .people import is_active
from .publics import shown_as_of

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
        guests=False,
        weekly_announcements=5,
        share_links=False,
        domains={},
        version=0,
    )


async def headcount(session: AsyncSession, on: date | None = None) -> Mapping[Public, int]:
    """How many active members each public has on that day, by default today; a member of several counts once, under the
    one that is shown."""
    shown = shown_as_of(on or clock.now().date()).where(is_active()).subquery()
    counted = select(shown.c.rank, func.count().label("members")).group_by(shown.c.rank)
    found = {row.rank: row.members for row in await session.execute(counted)}
    return {public: found.get(PRECEDENCE.index(public), 0) for public in AS_SHOWN}
