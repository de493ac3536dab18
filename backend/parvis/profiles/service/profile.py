"""What members change of their profile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Address
from parvis.accounts.queries.addresses import addresses_of
from parvis.accounts.service.members import locked_member
from parvis.kernel.errors import invalid
from parvis.profiles.models import Level, ProfileField
from parvis.profiles.queries.profile import OwnProfile, own_profile
from parvis.profiles.schemas.profile import ProfileChange

from .changes import kept_profile, mark_changed

DEFAULT: Level = "organisation"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be said, and to whom; fields in neither stay."""

    values: Mapping[str, Any]
    levels: Mapping[str, Level]


async def change_profile(
    session: AsyncSession, actor: Actor, draft: ProfileChange, unchanged: Callable[[int], None]
) -> OwnProfile:
    """Raises `PreconditionFailed`, and `Invalid` for an address that is not a verified one of the member's."""
    await locked_member(session, actor.id)
    profile = await kept_profile(session, actor.id)
    unchanged(profile.version)
    if await write_fields(session, actor.id, await _wanted(session, actor, draft)):
        await mark_changed(session, profile)
    return await own_profile(session, actor.id)


async def write_fields(session: AsyncSession, member_id: UUID, wanted: Wanted) -> bool:
    """Writes what differs, and says whether anything did. A row stays while it says something: a value, or to whom one
    would be shown."""
    query = select(ProfileField).where(ProfileField.member_id == member_id)
    rows = {row.field: row for row in await session.scalars(query)}
    is_changed = False
    for field in {**wanted.values, **wanted.levels}:
        row = rows.get(field)
        before = (row.value, row.level) if row else (None, DEFAULT)
        value, level = wanted.values.get(field, before[0]), wanted.levels.get(field, before[1])
        if (value, level) == before:
            continue
        is_changed = True
        if row is None:
            session.add(ProfileField(member_id=member_id, field=field, value=value, level=level))
        elif value is None and level == DEFAULT:
            await session.delete(row)
        else:
            row.value, row.level = value, level
    await session.flush()
    return is_changed


async def _wanted(session: AsyncSession, actor: Actor, draft: ProfileChange) -> Wanted:
    said = draft.model_dump(mode="json", exclude_unset=True, exclude={"levels", "email_address_id"})
    values = {field: value if value != [] else None for field, value in said.items()}
    if "email_address_id" in draft.model_fields_set:
        values["email"] = await _shown_address(session, actor, draft.email_address_id)
    return Wanted(values, draft.levels.model_dump(exclude_unset=True))


async def _shown_address(session: AsyncSession, actor: Actor, address_id: UUID | None) -> str | None:
    if address_id is None:
        return None
    own = addresses_of(actor.id).where(Address.id == address_id, Address.verified_at.is_not(None))
    if (await session.execute(own)).first() is None:
        fr, en = "Ce n’est pas une de vos adresses confirmées.", "This is not one of your confirmed addresses."
        raise invalid("email_address_id", "not_yours", fr, en)
    return str(address_id)
