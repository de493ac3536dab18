"""An upload of which a picture is made: whether it may be one, its bytes, and what is stored instead."""

from collections.abc import AsyncIterator

from parvis.kernel.errors import Text, TooLarge, UnsupportedMedia
from parvis.kernel.storage import Storage

from .models import File
from .service import Received

ACCEPTED = {"image/png", "image/jpeg", "image/webp"}
NO_SVG: Text = {
    "fr": "Un dessin SVG peut contenir du code : envoyez une image PNG, JPEG ou WebP.",
    "en": "An SVG drawing can contain code: send a PNG, JPEG or WebP picture.",
}
NO_PICTURE: Text = {
    "fr": "Ce fichier n’est pas une image PNG, JPEG ou WebP.",
    "en": "This file is not a PNG, JPEG or WebP picture.",
}


def refuse_unfit(file: File, most_bytes: int, too_heavy: Text) -> None:
    """Raises `UnsupportedMedia` and `TooLarge`."""
    if file.media_type == "image/svg+xml":
        raise UnsupportedMedia(NO_SVG)
    if file.media_type not in ACCEPTED:
        raise UnsupportedMedia(NO_PICTURE)
    if file.size > most_bytes:
        raise TooLarge(too_heavy)


async def read_whole(storage: Storage, file: File) -> bytes:
    """Its bytes, of a file whose size was looked at."""
    return b"".join([piece async for piece in await storage.get_stream(file.blob_key)])


async def store(storage: Storage, content: bytes, media_type: str, name: str) -> Received:
    """Keeps the blob of something made here."""
    stored = await storage.put_stream(_once(content))
    return Received(stored.sha256, stored.size, media_type, name)


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content
