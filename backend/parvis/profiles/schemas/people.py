"""Members as other members are shown them, wherever they are named."""

from typing import Self
from uuid import UUID

from pydantic import Field

from parvis.accounts.models.people import Public
from parvis.kernel.schemas import Out
from parvis.profiles.queries.people import Named


class AvatarOut(Out):
    """Where a member's picture is, in two sizes of a square. The addresses change with the picture."""

    small: str = Field(description="128 pixels.")
    large: str = Field(description="512 pixels.")

    @classmethod
    def of(cls, member_id: UUID, large_id: str) -> Self:
        at = f"/api/v1/profiles/{member_id}/avatar?v={large_id[-8:]}"
        return cls(small=f"{at}&size=small", large=at)


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
            avatar=AvatarOut.of(named.id, named.avatar_id) if named.avatar_id else None,
        )
