"""Invitations, for who sends them."""

from typing import Self

from pydantic import Field

from parvis.accounts.schemas.invitations import InvitationOut
from parvis.accounts.service.invitations import NewInvitation


class NewInvitationOut(InvitationOut):
    """An invitation just made."""

    link: str | None = Field(
        description="To hand on; shown this once. Null when it was mailed: opening that mail proves the address."
    )

    @classmethod
    def made(cls, new: NewInvitation, public_url: str) -> Self:
        link = None if new.invitation.email else f"{public_url}{new.link}"
        return cls(**InvitationOut.of(new.invitation).model_dump(), link=link)
