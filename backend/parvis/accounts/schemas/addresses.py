"""A member's own addresses, over HTTP."""

from typing import Literal, Self
from uuid import UUID

from parvis.accounts.models import Address
from parvis.accounts.models.people import AddressKind
from parvis.kernel.schemas import In, Instant, Out

from .fields import Email, Token

AddressAbility = Literal["confirm", "make_primary", "remove"]


class AddressDraft(In):
    email: Email


class AddressToken(In):
    """What stands after `#` in the link that was sent."""

    token: Token


class AddressOut(Out):
    id: UUID
    email: str
    kind: AddressKind
    is_primary: bool
    verified_at: Instant | None
    created_at: Instant
    abilities: list[AddressAbility]

    @classmethod
    def of(cls, address: Address) -> Self:
        return cls(
            id=address.id,
            email=address.email,
            kind=address.kind,
            is_primary=address.is_primary,
            verified_at=address.verified_at,
            created_at=address.created_at,
            abilities=_abilities(address),
        )


def _abilities(address: Address) -> list[AddressAbility]:
    if address.is_primary:
        return []
    return ["confirm", "remove"] if address.verified_at is None else ["make_primary", "remove"]
