"""What every change of what a member shows goes through."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel import clock
from parvis.kernel.events import record
from parvis.profiles.directory.index import reindex
from parvis.profiles.events import ProfileChanged
from parvis.profiles.models import Profile


async def kept_profile(session: AsyncSession, member_id: UUID) -> Profile:
    """The profile's version, of a member whose row is held. It is 0 before the first change."""
    profile = await session.get(Profile, member_id, populate_existing=True)
    if profile is None:
        profile = Profile(member_id=member_id, version=0)
        session.add(profile)
    return profile


async def mark_changed(session: AsyncSession, profile: Profile) -> None:
    """Raises the version and says so; whatever else must follow a change of a profile stands here."""
    profile.version += 1
    profile.updated_at = clock.now()
    record(session, ProfileChanged(id=profile.member_id, version=profile.version), actor_id=profile.member_id)
    await session.flush()
    await reindex(session, [profile.member_id])
