"""How a member presents himself, for his own screens."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.presentation import Avatar, Presentation
from parvis.profiles.models import ProfileField

PRESENTING = ("avatar", "headline", "biography", "path", "skills", "place")
"""Fields of which one is enough to have begun: they say who somebody is."""


async def presentation(session: AsyncSession, member_id: UUID) -> Presentation:
    """One query."""
    own = ProfileField.member_id == member_id
    picture = select(ProfileField.value).where(own, ProfileField.field == "avatar").scalar_subquery()
    says = exists().where(own, ProfileField.field.in_(PRESENTING), ProfileField.value != JSON.NULL)
    value, is_begun = (await session.execute(select(picture, says))).one()
    return Presentation(avatar=avatar_of(member_id, value), is_begun=is_begun)


def avatar_of(member_id: UUID, value: Mapping[str, Any] | None) -> Avatar | None:
    """Where the picture is of which a profile's field keeps the files. The addresses change with it."""
    if value is None:
        return None
    at = f"/api/v1/profiles/{member_id}/avatar?v={value['large'][-8:]}"
    return Avatar(small=f"{at}&size=small", large=at)
