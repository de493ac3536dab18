"""One request's bytes on their way in, and what is made of them when all are there."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from hashlib import new as new_hash
from hashlib import sha256
from hmac import compare_digest
from uuid import UUID

from parvis.accounts.actor import Actor
from parvis.files.destinations import Destinations
from parvis.files.receiving import BROKEN_OFF
from parvis.files.service import Received
from parvis.files.sniffing import HEAD, media_type_of
from parvis.kernel.errors import BadRequest, TooLarge
from parvis.kernel.jobs import Handler, LeasedJob
from parvis.kernel.runtime import Parvis
from parvis.kernel.storage import Part

from . import queries, service
from .failures import ChecksumMismatch, WrongOffset
from .models import Upload


@dataclass(frozen=True, slots=True)
class Checksum:
    """What the client says that one request's bytes are hashed to."""

    algorithm: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one request brings. `pieces` raises `BadRequest` when it breaks off."""

    offset: int
    announced: int
    pieces: AsyncIterator[bytes]
    checksum: Checksum | None = None


class Arriving:
    """Bytes as they come: counted, hashed where somebody asks for the hash. They end where the sender breaks off, so
    that what came until then is kept."""

    def __init__(self, upload: Upload, stretch: Stretch) -> None:
        self._pieces = stretch.pieces
        self._most = upload.size - stretch.offset
        self._whole = sha256() if stretch.offset == 0 else None
        self._checksum = stretch.checksum
        self._stated = new_hash(stretch.checksum.algorithm) if stretch.checksum else None
        self.size = 0
        self.has_broken_off = False

    async def pieces(self) -> AsyncIterator[bytes]:
        """Raises `TooLarge`."""
        try:
            async for piece in self._pieces:
                self.size += len(piece)
                if self.size > self._most:
                    raise TooLarge
                for digest in (self._whole, self._stated):
                    if digest is not None:
                        digest.update(piece)
                yield piece
        except BadRequest:
            self.has_broken_off = True

    def verify(self) -> None:
        """Raises `ChecksumMismatch` and, when not all came, `BadRequest`."""
        if self._checksum is None or self._stated is None:
            return
        if self.has_broken_off:
            raise BadRequest(BROKEN_OFF)
        if not compare_digest(self._stated.digest(), self._checksum.digest):
            raise ChecksumMismatch

    @property
    def digest(self) -> str | None:
        """Hexadecimal SHA-256 of the whole upload, if it came at once."""
        return self._whole.hexdigest() if self._whole is not None and self.size == self._most else None


async def take_up(parvis: Parvis, actor: Actor, upload_id: UUID, stretch: Stretch) -> Upload:
    """Goes on with an upload, and says how far it came.

    Raises `NotFound`, `Forbidden`, `UploadExpired`, `WrongOffset`, `TakenOver`, `TooLarge`, `ChecksumMismatch`,
    `InsufficientStorage`, and `BadRequest` when the request broke off; what came before is kept, unless a checksum was
    to be held against the whole request.
    """
    if stretch.offset < 0:
        raise WrongOffset
    turn = (actor, upload_id, stretch.offset, stretch.announced, parvis.part(Destinations))
    upload = await parvis.database.write(service.take_turn, *turn)
    return await receive(parvis, upload, stretch)


async def receive(parvis: Parvis, upload: Upload, stretch: Stretch) -> Upload:
    """The same, for who has the turn."""
    arriving, safe = Arriving(upload, stretch), dict[str, Part]()

    async def say() -> None:
        said = (upload.id, upload.turn, stretch.offset, list(safe.values()))
        upload.offset = await parvis.database.write(service.say_safe, *said)
        safe.clear()

    async with aclosing(parvis.storage.parts.keep(upload.folder, arriving.pieces())) as kept:
        async for part in kept:
            safe[part.key] = part
            if stretch.checksum is None:
                await say()
    arriving.verify()
    if safe:
        await say()
    if upload.is_whole:
        await make_file(parvis, upload.id, arriving.digest)
    if arriving.has_broken_off:
        raise BadRequest(BROKEN_OFF)
    return upload


async def make_file(parvis: Parvis, upload_id: UUID, digest: str | None = None) -> None:
    """Makes a file of an upload of which all is there; again, when a process died in the middle of it. The work is the
    same whether the blob was known or not."""
    async with parvis.database.reading() as session:
        found = await queries.whole_upload(session, upload_id)
    if found is None:
        return
    upload, parts = found
    stored = await parvis.storage.join(parts, digest)
    head = b"".join([piece async for piece in await parvis.storage.get_stream(stored.key, 0, HEAD)])
    received = Received(stored.sha256, stored.size, media_type_of(head), upload.name)
    await parvis.database.write(service.finish, upload_id, received)
    await parvis.storage.parts.forget(upload.folder)


def finish_uploads(parvis: Parvis) -> Handler:
    """The handler of `files.finish_upload`: makes the file that another process did not come to."""

    async def finish(job: LeasedJob) -> None:
        await make_file(parvis, UUID(job.payload["upload_id"]))

    return finish
