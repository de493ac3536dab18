"""A folder as a zip, written as it is sent: only what its reader may read then, for as long as he may.

Rights are asked anew while it runs, by time: who loses them, or is signed out, gets no more, and what he has is no
whole zip. What is to be scanned yet, or was found to harm, is left out.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from uuid import UUID

from parvis.files.models import File
from parvis.files.zipping import CutShort, Made, packed
from parvis.kernel.errors import NotFound
from parvis.kernel.runtime import Parvis

from .queries.archive import ALL, Chosen, Packed, Sight, is_seen, some_documents, some_folders
from .written import PAGES
from .written import Look as LookIntoPage

EVERY = 0.4
"""How often rights are asked, in seconds."""
Look = Callable[[], Awaitable[Sight]]
"""With which rights somebody looks now. Raises `NotFound` when he has none any more."""
IsLetOut = Callable[[File], bool]


@dataclass(frozen=True, slots=True)
class Root:
    """The folder that is packed, and what of that which stands right in it."""

    id: UUID
    name: str
    chosen: Chosen = ALL


class Archive:
    """One zip. Only what is read next is held: some documents of one folder, and the folders still to come."""

    def __init__(self, parvis: Parvis, root: Root, look: Look, is_let_out: IsLetOut) -> None:
        self._parvis = parvis
        self._read = parvis.database.read
        self._storage = parvis.storage
        self._root = root
        self._look = look
        self._is_let_out = is_let_out
        self._at: tuple[UUID, UUID | None] = (root.id, None)
        self._seen_at = self._sighted_at = float("-inf")
        self._sight: Sight | None = None

    async def pieces(self) -> AsyncIterator[bytes]:
        """The zip. Raises `CutShort` when its reader may not have it any more."""
        async with aclosing(packed(self._storage, self._entries())) as made:
            async for piece in made:
                await self._ask()
                yield piece

    async def _entries(self) -> AsyncIterator[tuple[str, File | Made | None]]:
        waiting = [(self._root.id, self._root.name)]
        while waiting:
            folder_id, path = waiting.pop()
            self._at, self._seen_at = (folder_id, None), float("-inf")
            if not await self._is_still_seen():
                continue
            yield f"{path}/", None
            async for document in self._documents_of(folder_id):
                if document.kind == "page":
                    if (page := await self._page(document)) is not None:
                        yield f"{path}/{document.name}{page[0]}", page[1]
                elif await self._is_still_seen():
                    yield f"{path}/{document.name}", document.file
            waiting += reversed([(id_, f"{path}/{name}") async for id_, name in self._folders_of(folder_id)])

    async def _page(self, document: Packed) -> tuple[str, Made] | None:
        """A page as one file that any browser opens, pictures included: what it says when it is come to."""
        sight = await self._sighted()
        look = LookIntoPage(sight.actor, sight.actor.language or "fr", sight.is_outside)
        try:
            page = await PAGES.keeper.as_file(self._parvis, look, document.id, "html")
        except NotFound:
            return None
        if not await self._is_still_seen():
            return None
        return page.extension, Made(page.content, page.media_type, document.changed_at)

    async def _documents_of(self, folder_id: UUID) -> AsyncIterator[Packed]:
        """Each, when it is come to, as what is written now."""
        cursor: str | None = None
        while True:
            listed_at = now()
            sight = await self._sighted()
            some, cursor = await self._read(some_documents, sight, folder_id, self._chosen(folder_id), cursor)
            for document in some:
                if document.kind == "page" or self._is_let_out(document.file):
                    self._at, self._seen_at = (folder_id, document.id), listed_at
                    yield document
            if cursor is None:
                return

    async def _folders_of(self, folder_id: UUID) -> AsyncIterator[tuple[UUID, str]]:
        cursor: str | None = None
        while True:
            sight = await self._sighted()
            some, cursor = await self._read(some_folders, sight, folder_id, self._chosen(folder_id), cursor)
            for found in some:
                yield found
            if cursor is None:
                return

    def _chosen(self, folder_id: UUID) -> Chosen:
        return self._root.chosen if folder_id == self._root.id else ALL

    async def _ask(self) -> None:
        if not await self._is_still_seen():
            raise CutShort

    async def _is_still_seen(self) -> bool:
        """Whether what is written now may be read, asked again when the last answer has grown old."""
        if now() - self._seen_at < EVERY:
            return True
        asked_at = now()
        is_so = await self._read(is_seen, await self._sighted(), *self._at)
        self._seen_at = asked_at
        return is_so

    async def _sighted(self) -> Sight:
        """Raises `CutShort` for who may look no more."""
        asked_at = now()
        if self._sight is None or asked_at - self._sighted_at >= EVERY:
            try:
                self._sight = await self._look()
            except NotFound:
                raise CutShort from None
            self._sighted_at = asked_at
        return self._sight


def now() -> float:
    return asyncio.get_running_loop().time()
