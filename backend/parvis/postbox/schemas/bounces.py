"""Addresses from which mail came back, over HTTP."""

from typing import Self
from uuid import UUID

from pydantic import Field

from parvis.accounts.models import Address
from parvis.kernel.schemas import Instant, Out
from parvis.postbox.models import AddressBounce


class PausedAddressOut(Out):
    """An address of yours to which nothing is sent any more but what you ask for, since mail came back from there."""

    id: UUID
    email: str
    status: str = Field(description="Why the last mail came back (RFC 3463).")
    failures: int = Field(description="How many came back.")
    paused_at: Instant

    @classmethod
    def of(cls, address: Address, bounce: AddressBounce) -> Self:
        return cls.model_validate(
            {
                "id": address.id,
                "email": address.email,
                "status": bounce.status,
                "failures": bounce.failures,
                "paused_at": bounce.paused_at,
            }
        )


class PausedAddressesOut(Out):
    items: list[PausedAddressOut]
