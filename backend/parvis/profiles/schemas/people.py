"""Members as other members are shown them, wherever they are named."""

from collections.abc import Mapping
from typing import Any, Self
from uuid import UUID

from pydantic import Field

from parvis.accounts.models.people import Public
from parvis.accounts.schemas.avatar import AvatarOut
from parvis.kernel.schemas import Out
from parvis.profiles.queries.people import Named
from parvis.profiles.queries.presentation import avatar_of


class PersonRef(Out):
    """A member, as what concerns him names him. What he does not show to the reader is null."""

    id: UUID
    name: str
    public: Public | None
    affiliation: str | None = Field(description="Of that public: the post or programme, else the unit.")
    avatar: AvatarOut | None

    @classmethod
    def of(cls, named: Named) -> Self:
        return cls(
            id=named.id,
            name=named.name,
            public=named.public,
            affiliation=named.affiliation,
            avatar=AvatarOut.model_validate(named.avatar) if named.avatar else None,
        )


def avatar_out(member_id: UUID, value: Mapping[str, Any] | None) -> AvatarOut | None:
    """Of what a profile's field keeps of a picture."""
    avatar = avatar_of(member_id, value)
    return AvatarOut.model_validate(avatar) if avatar else None
