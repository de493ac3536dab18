"""Refresh tokens: a session's name, 256 random bits, and a seal that says that we made it.

A session has one token at a time, each used once. A token with our seal that is not the session's present one has been
used already, by its owner or by a thief: which of the two cannot be told, so the session ends (RFC 9700 section
4.14.2). Knowing this from the seal keeps the used ones out of the database.
"""

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from parvis.kernel.secrets import derive_key

PREFIX = "parvis_rt_"
ID_BYTES, RANDOM_BYTES, SEAL_BYTES = 16, 32, 16


class RefreshTokens:
    """Writes and recognises the refresh tokens of this deployment."""

    def __init__(self, secret: bytes) -> None:
        self._key = derive_key(secret, "refresh-tokens")

    def write(self, session_id: UUID) -> str:
        """A new token for this session: 96 characters."""
        return self._sealed(session_id.bytes + secrets.token_bytes(RANDOM_BYTES))

    def session_of(self, token: str) -> UUID | None:
        """The session for which we once wrote this token; None when we did not."""
        try:
            written = token.removeprefix(PREFIX).encode("ascii")
            body = urlsafe_b64decode(written + b"=" * (-len(written) % 4))[: ID_BYTES + RANDOM_BYTES]
        except ValueError:
            return None
        ours = hmac.compare_digest(self._sealed(body).encode(), token.encode())
        return UUID(bytes=body[:ID_BYTES]) if ours else None

    def _sealed(self, body: bytes) -> str:
        seal = hmac.digest(self._key, body, "sha256")[:SEAL_BYTES]
        return PREFIX + urlsafe_b64encode(body + seal).decode().rstrip("=")
