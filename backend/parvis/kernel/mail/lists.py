"""The lists that mails belong to, and the address by which a member leaves one without signing in (RFC 8058).

What that address holds is signed and not kept: it says who leaves what, may be used as often as one likes, and does
nothing else.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from uuid import UUID

from parvis.kernel.secrets import derive_key

PAGE = "/unsubscribe"
LONGEST = 200
SIGNED = 24
"""Bytes of the signature: 192 bits."""


@dataclass(frozen=True)
class Subscription:
    """A member gets mails of a list."""

    member_id: UUID
    name: str


class Lists:
    """Writes and reads what these addresses hold."""

    def __init__(self, secret: bytes) -> None:
        self._key = derive_key(secret, "mail lists")

    def address(self, subscription: Subscription) -> str:
        """Where that member leaves that list."""
        said = subscription.member_id.bytes + subscription.name.encode()
        return f"{PAGE}/{urlsafe_b64encode(self._signature(said) + said).decode().rstrip('=')}"

    def read(self, token: str) -> Subscription | None:
        """Who leaves what, if we wrote it."""
        try:
            written = urlsafe_b64decode(token + "=" * (-len(token) % 4)) if len(token) <= LONGEST else b""
        except (Error, ValueError):
            return None
        signature, said = written[:SIGNED], written[SIGNED:]
        if len(said) <= 16 or not hmac.compare_digest(signature, self._signature(said)):
            return None
        return Subscription(UUID(bytes=said[:16]), said[16:].decode())

    def _signature(self, said: bytes) -> bytes:
        return hmac.digest(self._key, said, "sha256")[:SIGNED]
