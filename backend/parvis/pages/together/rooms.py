"""The pages in which somebody is, in this process."""

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from random import random
from typing import Any
from uuid import UUID

import orjson
import structlog

from parvis.accounts.actor import Actor, Actors
from parvis.documents.events import DocumentChanged
from parvis.documents.queries.spaces import Quotas
from parvis.kernel import clock
from parvis.kernel.errors import NotFound
from parvis.kernel.events import Fact
from parvis.kernel.ids import new_id
from parvis.kernel.runtime import Parvis
from parvis.pages import queries
from parvis.pages.policy import READ_SCOPE, level_of
from parvis.pages.service.keeping import has_room
from parvis.profiles.queries.people import named
from parvis.profiles.schemas.people import PersonRef
from parvis.realtime.queries import discretion
from parvis.realtime.sockets import COME_BACK_MS, JUDGED, SILENT_BEATS

from . import frames
from .frames import Caret
from .metrics import PAGES_OPEN
from .room import Room
from .visitor import Visitor

log = structlog.get_logger()

MOST_ROOMS, MOST_IN_ROOM = 1_000, 200
AT_ONCE = 8
JUDGED_EVERY = 30
"""Seconds after which rights are judged anew in any case: some end by a date."""
CARETS_EVERY = 10
PEOPLE_SECONDS = 0.3
"""Those who come together are told of together."""
MOST_SHOWN = 50
WROTE, CARET = "page_wrote", "page_caret"
"""What processes say to each other."""


class Full(Exception):
    """No more are let in for now."""


class Rooms:
    """One per process."""

    def __init__(self, parvis: Parvis) -> None:
        self._parvis = parvis
        self._process = new_id().hex
        self._rooms: dict[UUID, Room] = {}
        self._opening: dict[UUID, asyncio.Task[Room]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._beating: asyncio.Task[None] | None = None
        self._told_of_people: set[UUID] = set()
        self.turns = asyncio.Semaphore(AT_ONCE)
        self.is_closed = False

    # --- coming and going ---------------------------------------------------------------------------------------------

    async def enter(self, actor: Actor, document_id: UUID, outlet: Any, client_id: int) -> tuple[Room, Visitor]:
        """Raises `NotFound` for what the actor may not read, and `Full`."""
        read = self._parvis.database.read
        stand = await read(queries.stand, actor, document_id)
        visitor = Visitor(actor, outlet, client_id, level_of(actor, stand.level))
        found = await read(discretion, actor)
        visitor.blocks, visitor.is_hidden = found.blocks, found.is_hidden
        room = await self._room(actor, document_id)
        if self.is_closed or len(room.visitors) >= MOST_IN_ROOM:
            raise Full
        room.stand = stand
        if self._beating is None:
            self._beating = asyncio.create_task(self._beat())
        room.enter(visitor)
        # What was committed since it was read was told to those who were in.
        self._judge(room, visitor)
        self._people_soon(room)
        return room, visitor

    async def _room(self, actor: Actor, document_id: UUID) -> Room:
        known = self._rooms.get(document_id)
        if known is not None and not known.is_over:
            return known
        opening = self._opening.get(document_id)
        if opening is None:
            if len(self._rooms) >= MOST_ROOMS:
                raise Full
            opening = asyncio.create_task(self._open(actor, document_id))
            self._opening[document_id] = opening
            opening.add_done_callback(lambda _: self._opening.pop(document_id, None))
        return await asyncio.shield(opening)

    async def _open(self, actor: Actor, document_id: UUID) -> Room:
        read = self._parvis.database.read
        stand = await read(queries.stand, actor, document_id)
        bound = await read(queries.clients_of, document_id)
        written = await read(queries.written, document_id)
        room = Room(self._parvis.database, document_id, written, bound, stand, self, self._has_room)
        self._rooms[document_id] = room
        PAGES_OPEN.set(len(self._rooms))
        return room

    async def _has_room(self, document_id: UUID) -> bool:
        return await self._parvis.database.read(has_room, self._parvis.part(Quotas), document_id)

    def leave(self, room: Room, visitor: Visitor) -> None:
        """Its client has gone."""
        room.leave(visitor)
        self._people_soon(room)
        self._release(room)

    def _release(self, room: Room) -> None:
        if room.is_idle and self._rooms.get(room.document_id) is room:
            del self._rooms[room.document_id]
            PAGES_OPEN.set(len(self._rooms))

    def close(self) -> None:
        """This process was told to stop."""
        self.is_closed = True
        for task in [*self._tasks, *([self._beating] if self._beating else [])]:
            task.cancel()
        for room in self._rooms.values():
            for visitor in tuple(room.visitors.values()):
                visitor.end(frames.RESTART, round(random() * COME_BACK_MS))  # noqa: S311

    async def stopped(self) -> None:
        """Until nothing of it reads or writes any more."""
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for room in self._rooms.values():
            await room.finished()

    def soon(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # --- rights -------------------------------------------------------------------------------------------------------

    def committed(self, facts: Sequence[Mapping[str, Any]]) -> None:
        """Told of each commit of this process, before its caller is answered: whoever lost a right by it writes nothing
        more, and hears nothing more."""
        if self._rooms:
            for fact in facts:
                self._judge_for(fact["type"], fact["data"])

    async def told(self, facts: Sequence[Fact]) -> None:
        """Follows the tail of the log."""
        if not self._rooms:
            return
        for fact in facts:
            self._judge_for(fact.type, fact.data)
            room = self._rooms.get(UUID(str(fact.data["id"]))) if fact.type == DocumentChanged.type else None
            if room is not None:
                room.tell(frames.VERSIONS)

    def _judge_for(self, kind: str, data: Mapping[str, Any]) -> None:
        area = kind.partition(".")[0]
        if kind in JUDGED:
            member_id = UUID(str(data["member_id"]))
            for room in self._rooms.values():
                for visitor in tuple(room.visitors.values()):
                    if visitor.member_id == member_id:
                        self._judge(room, visitor)
        elif area in {"folder", "document", "community"} and "id" in data:
            id_ = UUID(str(data["id"]))
            for room in self._rooms.values():
                if id_ in room.stand.places or id_ == room.stand.community_id:
                    self._judge_all(room)

    def _judge_all(self, room: Room) -> None:
        for visitor in tuple(room.visitors.values()):
            self._judge(room, visitor)

    def _judge(self, room: Room, visitor: Visitor) -> None:
        visitor.version += 1
        if not visitor.is_judged and not self.is_closed:
            visitor.is_judged = True
            self.soon(self._judge_now(room, visitor))

    async def _judge_now(self, room: Room, visitor: Visitor) -> None:
        try:
            while not visitor.outlet.is_over and not await self._is_judged(room, visitor):
                pass
        except Exception:
            log.exception("pages.judging_failed")
            visitor.end(frames.FAILED)
        if not visitor.outlet.is_over:
            room.judged(visitor)

    async def _is_judged(self, room: Room, visitor: Visitor) -> bool:
        """Whether nothing happened meanwhile by which his rights may have changed again."""
        version = visitor.version
        async with self.turns:
            actor = await self._parvis.part(Actors).once_more(visitor.actor.credential)
            stand = await self._stand(actor, room.document_id) if actor else None
            found = await self._parvis.database.read(discretion, actor) if actor and stand else None
        if visitor.version != version:
            return False
        visitor.is_judged = False
        if actor is None or stand is None or found is None:
            visitor.end(frames.REVOKED)
            return True
        room.stand, visitor.actor = stand, actor
        visitor.blocks, visitor.is_hidden = found.blocks, found.is_hidden
        level = level_of(actor, stand.level)
        if level != visitor.level:
            visitor.level = level
            visitor.say(frames.message(frames.LevelChanged(level=level)))
        return True

    async def _stand(self, actor: Actor, document_id: UUID) -> queries.Stand | None:
        if not actor.may_use(READ_SCOPE):
            return None
        try:
            return await self._parvis.database.read(queries.stand, actor, document_id)
        except NotFound:
            return None

    # --- other processes ----------------------------------------------------------------------------------------------

    def wrote(self, room: Room) -> None:
        self._say(WROTE, room)

    def moved(self, room: Room, visitor: Visitor, caret: Caret) -> None:
        said = {"member": str(visitor.member_id), "client": caret.client_id, "clock": caret.clock}
        self._say(CARET, room, **said, cursor=caret.cursor)

    def _say(self, kind: str, room: Room, **said: Any) -> None:
        about = {"process": self._process, "kind": kind, "document": str(room.document_id)}
        self._parvis.broker.pass_on(orjson.dumps(about | said))

    def written_otherwise(self, document_id: UUID) -> None:
        """By a request of this process, and not on a socket."""
        room = self._rooms.get(document_id)
        if room is not None:
            room.catch_up_soon()
        said = {"process": self._process, "kind": WROTE, "document": str(document_id)}
        self._parvis.broker.pass_on(orjson.dumps(said))

    def passed(self, payload: bytes) -> None:
        """Another process says something; of pages in which nobody here is it is nothing to us."""
        said = orjson.loads(payload)
        if said["kind"] not in {WROTE, CARET} or said["process"] == self._process:
            return
        room = self._rooms.get(UUID(said["document"]))
        if room is None:
            return
        if said["kind"] == WROTE:
            room.catch_up_soon()
        else:
            room.hear_caret(Caret(said["client"], said["clock"], said["cursor"]), UUID(said["member"]))

    # --- who is there -------------------------------------------------------------------------------------------------

    def _people_soon(self, room: Room) -> None:
        if room.document_id not in self._told_of_people and not self.is_closed:
            self._told_of_people.add(room.document_id)
            self.soon(self._tell_people(room))

    async def _tell_people(self, room: Room) -> None:
        await asyncio.sleep(PEOPLE_SECONDS)
        self._told_of_people.discard(room.document_id)
        try:
            for visitor in tuple(room.visitors.values()):
                await self._tell_people_to(room, visitor)
        except Exception:
            log.exception("pages.people_failed")

    async def _tell_people_to(self, room: Room, visitor: Visitor) -> None:
        there = {
            one.member_id: None
            for one in room.visitors.values()
            if one.member_id == visitor.member_id or not (one.is_hidden or visitor.is_apart_from(one))
        }
        there |= {one.member_id: None for one in room.elsewhere.values() if one.member_id not in visitor.blocks}
        people = await self._parvis.database.read(named, visitor.actor, list(there)[:MOST_SHOWN])
        items = [PersonRef.of(people[id_]) for id_ in there if id_ in people]
        visitor.say(frames.message(frames.People(items=items, count=len(there))), droppable=True)

    async def _beat(self) -> None:
        loop, beats = asyncio.get_running_loop(), 0
        while True:
            began = loop.time()
            beats += 1
            try:
                await self._look(beats)
            except Exception:
                log.exception("pages.beat_failed")
            await asyncio.sleep(max(0.0, began + 1 - loop.time()))

    async def _look(self, beats: int) -> None:
        """Each second: what was written elsewhere, though nobody said so; and whether everybody is still there."""
        if not self._rooms:
            return
        last = await self._parvis.database.read(queries.last_of, list(self._rooms))
        for room in tuple(self._rooms.values()):
            if last.get(room.document_id, -1) != room.seq and room.visitors:
                room.catch_up_soon()
            room.forget_far()
            for at, visitor in enumerate(tuple(room.visitors.values())):
                self._look_at(room, visitor, beats + at)
            self._release(room)

    def _look_at(self, room: Room, visitor: Visitor, beats: int) -> None:
        if beats % JUDGED_EVERY == 0 or visitor.actor.expires_at <= clock.now():
            self._judge(room, visitor)
        if beats % CARETS_EVERY == 0 and visitor.caret is not None and not visitor.is_hidden:
            self.moved(room, visitor, visitor.caret)
        if beats % frames.PING_SECONDS == 0:
            if visitor.silent_beats >= SILENT_BEATS:
                visitor.end(frames.SLOW)
                return
            visitor.silent_beats += 1
            visitor.say(frames.PING)
