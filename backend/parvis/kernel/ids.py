"""Identifiers: UUID version 7 (RFC 9562 section 5.7), ordered by time of creation."""

from uuid import UUID

from uuid_utils import compat


def new_id() -> UUID:
    """A new UUIDv7: 48 bits of Unix milliseconds, then 74 random bits."""
    return compat.uuid7()
