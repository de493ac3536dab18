"""What who opened a link shows for a time: signed, and good for that link alone."""

import hmac
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from uuid import UUID

from parvis.kernel import clock
from parvis.kernel.secrets import derive_key

HOLDS = timedelta(hours=1)


class Tickets:
    """Writes and reads them. A ticket says until when it holds, and the link only in its signature."""

    def __init__(self, secret: bytes) -> None:
        self._key = derive_key(secret, "share links")

    def write(self, link_id: UUID, until: datetime) -> str:
        seconds = int(until.timestamp())
        return f"{seconds}.{self._signature(link_id, seconds)}"

    def is_good(self, ticket: str, link_id: UUID) -> bool:
        seconds, _, signature = ticket.partition(".")
        if not (seconds.isascii() and seconds.isdecimal() and len(seconds) <= 12):
            return False
        is_ours = hmac.compare_digest(signature.encode(), self._signature(link_id, int(seconds)).encode())
        return is_ours and datetime.fromtimestamp(int(seconds), UTC) > clock.now()

    def _signature(self, link_id: UUID, seconds: int) -> str:
        digest = hmac.digest(self._key, link_id.bytes + seconds.to_bytes(8), "sha256")
        return urlsafe_b64encode(digest).decode().rstrip("=")
