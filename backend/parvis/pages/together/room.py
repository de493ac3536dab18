"""A page in which somebody is: one document in memory, those who are there, and what they write, a batch at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Protocol
from uuid import UUID

import structlog

from parvis.kernel.db import Database
from parvis.kernel.errors import NotFound
from parvis.kernel.fanout import Message
from parvis.pages import queries, updates, yjs
from parvis.pages.lib0 import Malformed
from parvis.pages.queries import Stand, Written
from parvis.pages.service.keeping import Kept, Writing, keep
from parvis.pages.updates import Update

from . import frames
from .frames import Caret
from .metrics import PAGE_DROPPED, PAGE_WRITES
from .visitor import Visitor

log = structlog.get_logger()

BATCH_SECONDS = 0.025
IN_ONE_BATCH = 500
ROOM_SECONDS = 5.0
"""How long it holds that its space is not full."""
CARET_SECONDS = 35.0
"""A caret of another process that is not said again is gone."""


@dataclass(slots=True)
class Pending:
    """A write that waits for its batch."""

    by: Visitor
    n: int
    update: Update


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A caret of who is in the page by another process."""

    caret: Caret
    member_id: UUID
    is_hidden: bool
    heard_at: float


HasRoom = Callable[[UUID], Awaitable[bool]]
"""Whether the space that a page stands in may hold more."""


class Others(Protocol):
    """The other processes."""

    def wrote(self, room: "Room") -> None:
        """Something was."""
        ...

    def moved(self, room: "Room", visitor: Visitor, caret: Caret) -> None: ...


class Room:
    """`seq`: up to where its document knows the page. `bound`: whose client ids are known."""

    def __init__(
        self,
        database: Database,
        document_id: UUID,
        written: Written,
        bound: Mapping[int, UUID | None],
        stand: Stand,
        others: "Others",
        has_room: HasRoom,
    ) -> None:
        self._database = database
        self._has_room = has_room
        self._has_room_until = 0.0
        self._others = others
        self.document_id = document_id
        self.stand = stand
        self._document = yjs.document(written.updates)
        self.seq = written.seq
        self._bound = dict(bound)
        self.visitors: dict[UUID, Visitor] = {}
        self.elsewhere: dict[int, Elsewhere] = {}
        self._pending: list[Pending] = []
        self._asking: list[tuple[Visitor, bytes]] = []
        self._moved: set[UUID] = set()
        """Those whose carets are to be told of."""
        self._working: asyncio.Task[None] | None = None
        self._is_behind = False
        self.is_over = False
        """It failed: whoever comes now needs another."""

    @property
    def is_idle(self) -> bool:
        return not self.visitors and self._working is None

    # --- what clients say ---------------------------------------------------------------------------------------------

    def enter(self, visitor: Visitor) -> None:
        self.visitors[visitor.id] = visitor
        self._bound.setdefault(visitor.client_id, visitor.member_id)
        visitor.say(frames.message(frames.Ready(level=visitor.level, seq=self.seq)))
        visitor.say(frames.asking(self._document.get_state()))
        standing = [
            (one.caret, one.member_id) for one in self.visitors.values() if _may_see(visitor, one) and one.caret
        ]
        standing += [(one.caret, one.member_id) for one in self.elsewhere.values() if _may_see_far(visitor, one)]
        if standing:
            visitor.say(frames.carets(standing), droppable=True)

    def leave(self, visitor: Visitor) -> None:
        if self.visitors.pop(visitor.id, None) is None or visitor.caret is None:
            return
        self._show(visitor, Caret(visitor.client_id, visitor.caret.clock + 1, None))

    def ask(self, visitor: Visitor, state_vector: bytes) -> None:
        """It is told what it does not know; of nothing that is not durable yet. Raises `Malformed`."""
        updates.state_vector(state_vector)
        self._asking.append((visitor, state_vector))
        self._work_soon(0.0)

    def write(self, visitor: Visitor, writing: frames.Writing) -> None:
        """What may not be written is dropped, counted, and told to who wrote it."""
        if visitor.is_judged:
            visitor.waiting.append(writing)
        elif visitor.level != "write":
            self._refuse(visitor, writing.n, "read_only")
        elif len(writing.update) > updates.LARGEST:
            self._refuse(visitor, writing.n, "too_large")
        else:
            self._take(visitor, writing)

    def _take(self, visitor: Visitor, writing: frames.Writing) -> None:
        try:
            update = updates.parse(writing.update)
        except Malformed:
            self._refuse(visitor, writing.n, "bad_update")
            return
        if update.is_empty:
            visitor.say(frames.message(frames.Ack(n=writing.n, seq=self.seq)))
            return
        self._pending.append(Pending(visitor, writing.n, update))
        self._work_soon(BATCH_SECONDS)

    def move(self, visitor: Visitor, carets: Iterable[Caret]) -> None:
        """Its own caret alone."""
        for caret in carets:
            if caret.client_id != visitor.client_id or self._bound.get(caret.client_id) != visitor.member_id:
                PAGE_DROPPED.labels("caret_of_another").inc()
            elif visitor.caret is None or caret.clock > visitor.caret.clock:
                visitor.caret = caret
                self._moved.add(visitor.id)
                self._work_soon(BATCH_SECONDS)

    def judged(self, visitor: Visitor) -> None:
        """What its member may do is known again: what waited for it goes on."""
        waiting, visitor.waiting = visitor.waiting, []
        for writing in waiting:
            self.write(visitor, writing)

    def catch_up_soon(self) -> None:
        """Something was written elsewhere."""
        self._is_behind = True
        self._work_soon(0.0)

    def _refuse(self, visitor: Visitor, n: int, code: frames.Refusal) -> None:
        PAGE_DROPPED.labels(code).inc()
        visitor.refuse(n, code)

    # --- a batch ------------------------------------------------------------------------------------------------------

    def _work_soon(self, seconds: float) -> None:
        if self._working is None:
            self._working = asyncio.create_task(self._work(seconds))

    async def _work(self, seconds: float) -> None:
        try:
            await asyncio.sleep(seconds)
            while self._pending or self._asking or self._moved or self._is_behind:
                self._tell_moved()
                if self._is_behind:
                    self._is_behind = False
                    await self._catch_up()
                self._answer_asking()
                if self._pending:
                    batch, self._pending = self._pending[:IN_ONE_BATCH], self._pending[IN_ONE_BATCH:]
                    await self._keep(batch)
                    self._answer_asking()
                    if self._pending or self._moved:
                        await asyncio.sleep(BATCH_SECONDS)
        except NotFound:  # The page is gone for good.
            self._fail(frames.REVOKED)
        except Exception:
            log.exception("pages.failed", document_id=str(self.document_id))
            self._fail(frames.FAILED)
        finally:
            self._working = None

    def _fail(self, code: int) -> None:
        """Who is here comes back, and says again what was not told to be durable."""
        self.is_over = True
        self._pending, self._asking = [], []
        for visitor in tuple(self.visitors.values()):
            visitor.end(code)

    async def finished(self) -> None:
        """Until what was written is kept."""
        if self._working is not None:
            await asyncio.gather(self._working, return_exceptions=True)

    def _answer_asking(self) -> None:
        asking, self._asking = self._asking, []
        for visitor, state_vector in asking:
            visitor.say(frames.answer(self._document.get_update(state_vector)))

    async def _keep(self, batch: Sequence[Pending]) -> None:
        if not await self._may_grow():
            for one in batch:
                self._refuse(one.by, one.n, "space_full")
            return
        taken = await self._take_in(batch)
        if not taken:
            return
        said = [Writing(one.by.member_id, one.update.clients, one.update.written()) for one in taken]
        try:
            kept = await self._database.write(keep, self.document_id, said)
        except yjs.Broken:
            await self._reload()
            for one in taken:
                self._refuse(one.by, one.n, "bad_update")
            return
        if kept.content is None or kept.strange:
            await self._reload()
        for at, one in enumerate(taken):
            if at in kept.strange or kept.is_full:
                self._refuse(one.by, one.n, "too_large" if kept.is_full else "not_yours")
        if kept.content is not None:
            await self._say_on(kept, [one for at, one in enumerate(taken) if at not in kept.strange])

    async def _may_grow(self) -> bool:
        """Asked now and then: what a page takes is counted when it is brought together, so that a space is over its
        quota by some seconds' writing at most."""
        if monotonic() >= self._has_room_until and await self._has_room(self.document_id):
            self._has_room_until = monotonic() + ROOM_SECONDS
        return monotonic() < self._has_room_until

    async def _say_on(self, kept: Kept, mine: Sequence[Pending]) -> None:
        """What is durable is told to everybody, and that it is to who wrote it."""
        PAGE_WRITES.inc(len(mine))
        if kept.before > self.seq:
            await self._catch_up()
        elif kept.content is not None and kept.seq > self.seq:
            self.seq = kept.seq
            self.tell(frames.update(kept.content))
        last: dict[UUID, Pending] = {one.by.id: one for one in mine}
        for one in last.values():
            one.by.say(frames.message(frames.Ack(n=one.n, seq=kept.seq)))
        self._others.wrote(self)

    async def _take_in(self, batch: Sequence[Pending]) -> list[Pending]:
        """Takes in what may be: under client ids of who wrote it, and whole. Nobody sees it before it is durable."""
        taken: list[Pending] = []
        for one in batch:
            if not await self._is_own(one):
                self._refuse(one.by, one.n, "not_yours")
                continue
            try:
                yjs.take_in(self._document, one.update.written())
            except yjs.Broken:
                self._refuse(one.by, one.n, "bad_update")
                await self._reload()
                for known in taken:
                    yjs.take_in(self._document, known.update.written())
            else:
                taken.append(one)
        return taken

    async def _is_own(self, one: Pending) -> bool:
        """Others' sections are left out when all in them is known. Under a client id that nobody has, one writes as its
        first."""
        for tried in range(2):
            strange = {id_ for id_ in one.update.clients if self._bound.get(id_, one.by.member_id) != one.by.member_id}
            if not strange:
                self._bound.update(dict.fromkeys(one.update.clients, one.by.member_id))
                return True
            known = updates.state_vector(self._document.get_state())
            one.update = one.update.without(known, one.update.clients - strange)
            if strange & one.update.clients and tried == 0:
                await self._catch_up()
        return not any(self._bound.get(id_, one.by.member_id) != one.by.member_id for id_ in one.update.clients)

    async def _catch_up(self) -> None:
        """Takes in what was written elsewhere, and tells of it."""
        found = await self._database.read(queries.written_after, self.document_id, self.seq)
        if found.seq <= self.seq:
            return
        self._bound.update(await self._database.read(queries.clients_of, self.document_id))
        for update in found.updates:
            yjs.take_in(self._document, update)
        self.seq = found.seq
        self.tell(frames.update(yjs.merged(list(found.updates))))

    async def _reload(self) -> None:
        """What was taken in and is not kept is gone."""
        found = await self._database.read(queries.written, self.document_id)
        self._document = yjs.document(found.updates)
        self._bound = dict(await self._database.read(queries.clients_of, self.document_id))
        if found.seq > self.seq:
            self.seq = found.seq
            self.tell(frames.update(yjs.merged(list(found.updates))))

    # --- who is told --------------------------------------------------------------------------------------------------

    def tell(self, message: Message) -> None:
        for visitor in self.visitors.values():
            visitor.say(message)

    def _tell_moved(self) -> None:
        moved, self._moved = self._moved, set()
        for id_ in moved:
            visitor = self.visitors.get(id_)
            if visitor is not None and visitor.caret is not None:
                self._show(visitor, visitor.caret)

    def _show(self, visitor: Visitor, caret: Caret) -> None:
        if visitor.is_hidden:
            return
        message = frames.carets([(caret, visitor.member_id)])
        for other in self.visitors.values():
            if other is not visitor and not other.is_apart_from(visitor):
                other.say(message, droppable=True)
        self._others.moved(self, visitor, caret)

    def hear_caret(self, caret: Caret, member_id: UUID) -> None:
        """Of who is in the page by another process."""
        self.elsewhere[caret.client_id] = Elsewhere(caret, member_id, caret.cursor is None, monotonic())
        if caret.cursor is None:
            del self.elsewhere[caret.client_id]
        message = frames.carets([(caret, member_id)])
        for visitor in self.visitors.values():
            if member_id not in visitor.blocks:
                visitor.say(message, droppable=True)

    def forget_far(self) -> None:
        now = monotonic()
        for id_, one in tuple(self.elsewhere.items()):
            if now - one.heard_at > CARET_SECONDS:
                self.hear_caret(Caret(id_, one.caret.clock + 1, None), one.member_id)


def _may_see(visitor: Visitor, other: Visitor) -> bool:
    return other is not visitor and not other.is_hidden and not visitor.is_apart_from(other)


def _may_see_far(visitor: Visitor, other: Elsewhere) -> bool:
    return other.member_id not in visitor.blocks
