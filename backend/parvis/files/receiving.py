"""A file on its way in: streamed to the store, counted, hashed, looked at."""

import re
from base64 import b64decode
from binascii import Error as MalformedBase64
from collections.abc import AsyncIterator

from parvis.kernel.errors import BadRequest
from parvis.kernel.storage import Storage

from .service import QuotaExceeded, Received
from .sniffing import HEAD, media_type_of

SHA_256 = re.compile(r"(?:^|[,\s])sha-256=:([A-Za-z0-9+/=]{44}):")
BROKEN_OFF = {"fr": "L’envoi s’est interrompu.", "en": "The upload broke off."}
MALFORMED_DIGEST = {
    "fr": "L’empreinte annoncée n’est pas lisible (Repr-Digest: sha-256=:…:).",
    "en": "The digest announced cannot be read (Repr-Digest: sha-256=:…:).",
}


async def receive(
    storage: Storage, pieces: AsyncIterator[bytes], *, name: str, limit: int, room: int, digest: str | None
) -> Received:
    """Stores what comes in; nothing of it stays when it does not come whole.

    `limit`: most bytes of one file; `room`: bytes left of the sender's quota; `digest`: hexadecimal SHA-256 to verify.
    Raises `TooLarge`, `QuotaExceeded`, `DigestMismatch` and `InsufficientStorage`.
    """
    head = bytearray()

    async def looked_at() -> AsyncIterator[bytes]:
        size = 0
        async for piece in pieces:
            size += len(piece)
            if room < size <= limit:
                raise QuotaExceeded
            if len(head) < HEAD:
                head.extend(piece[: HEAD - len(head)])
            yield piece

    stored = await storage.put_stream(looked_at(), max_bytes=limit, expected_sha256=digest)
    return Received(stored.sha256, stored.size, media_type_of(bytes(head)), name)


def announced_digest(header: str | None) -> str | None:
    """The hexadecimal SHA-256 of `Repr-Digest` (RFC 9530), if it gives one. Raises `BadRequest`."""
    if header is None or "sha-256" not in header:
        return None
    found = SHA_256.search(header)
    if found is None:
        raise BadRequest(MALFORMED_DIGEST)
    try:
        return b64decode(found[1], validate=True).hex()
    except MalformedBase64:
        raise BadRequest(MALFORMED_DIGEST) from None
