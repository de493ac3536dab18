"""The sockets of this process. It follows the log once for all of them, and writes each event to those that hear it.

A socket that arrives is told what it missed, read from the database as far as its member may read it now, and then
stands on its topics. When its member's rights may have changed it is taken off them at once, and goes through the same
again: replay is how rights are judged, at the beginning and ever after.
"""

import asyncio
from collections import deque
from collections.abc import Coroutine, Iterable, Mapping, Sequence
from random import random
from typing import Any
from uuid import UUID

import structlog
from pydantic import ValidationError

from parvis.accounts.actor import FORGETTING, Actors
from parvis.accounts.events import SQUARE
from parvis.circles.events import AccessChanged, AccessGained, AccessLost
from parvis.kernel import clock
from parvis.kernel.events import Fact
from parvis.kernel.metrics import SOCKETS
from parvis.kernel.runtime import Parvis
from parvis.kernel.stream import Cursor
from parvis.profiles.ties.events import BlocksChanged

from . import frames
from .presence import Presence
from .queries import Discretion, News, discretion, news
from .schemas import Shapes
from .socket import Place, Socket
from .telling import Telling
from .topics import Topics

log = structlog.get_logger()

JUDGED = FORGETTING | {event.type for event in (AccessGained, AccessChanged, AccessLost, BlocksChanged)}
"""Facts about a member after which what he may hear is judged anew."""
KEPT = 1_000
"""Facts kept in memory for sockets that just read the log up to before them."""
READ_AT_ONCE = 256
IN_ONE_BURST = 2_000
"""Deliveries before everything else gets its turn, a fact counting for `FACT_OF_BURST` more of them."""
FACT_OF_BURST = IN_ONE_BURST // 32
AT_ONCE = 8
"""However many come back together, requests get their turn too."""
JUDGED_EVERY = 12
"""Beats after which rights are judged anew in any case: some end by a date."""
SILENT_BEATS = 2
MOST_OF_A_MEMBER = 50
COME_BACK_MS = 5_000
"""Clients of a process that stops come back spread over so long."""
SCOPE = "events:read"


class Sockets:
    """One per process."""

    def __init__(self, parvis: Parvis, shapes: Shapes) -> None:
        self._parvis = parvis
        self._shapes = shapes
        self._of_member: dict[UUID, set[Socket]] = {}
        self.presence = Presence(parvis.broker.pass_on, self._of_member.keys)
        self._on: dict[str, dict[Socket, None]] = {}
        self._pinged: list[set[Socket]] = [set() for _ in range(frames.PING_SECONDS)]
        self._recent: deque[Telling] = deque(maxlen=KEPT)
        self._kept_after = self._until = parvis.tail.position
        self._epoch = ""
        self.turns, self.asking = asyncio.Semaphore(AT_ONCE), asyncio.Semaphore(AT_ONCE)
        """Of those who come in or are told what they missed, and of those who ask for tickets."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._beating: asyncio.Task[None] | None = None
        self._count = 0
        self.is_closed = False

    # --- coming and going ---------------------------------------------------------------------------------------------

    def add(self, socket: Socket) -> None:
        """A client has come in, and is told what it missed."""
        of_member = self._of_member.setdefault(socket.member_id, set())
        if self.is_closed or len(of_member) >= MOST_OF_A_MEMBER:
            self.end(socket, frames.RESTART if self.is_closed else frames.TOO_MANY)
        of_member.add(socket)
        self._count += 1
        self._pinged[self._count % frames.PING_SECONDS].add(socket)
        SOCKETS.inc()
        if self._beating is None and not self.is_closed:
            self._beating = asyncio.create_task(self._beat())
        socket.outlet.send(frames.READY)
        self._replay_soon(socket)

    def remove(self, socket: Socket) -> None:
        """Its client has gone."""
        self._take_off(socket)
        self.presence.leave(socket)
        for pinged in self._pinged:
            pinged.discard(socket)
        of_member = self._of_member[socket.member_id]
        of_member.discard(socket)
        if not of_member:
            del self._of_member[socket.member_id]
        SOCKETS.dec()

    def begin_at(self, socket: Socket, cursor: Cursor) -> None:
        """A client that was told to begin anew says from where to go on."""
        socket.since, socket.needs_cursor = cursor, False
        self._replay_soon(socket)

    def view(self, socket: Socket, frame: frames.View) -> None:
        """Its client looks somewhere. The first time it is read from whom he keeps it."""
        socket.wants = frame
        if socket.blocks is None:
            self._rejudge(socket)
        elif socket.is_live:
            self._look(socket, frame)

    def _look(self, socket: Socket, frame: frames.View) -> None:
        """Answers once, and looks again whenever rights were judged."""
        is_there = frame.topic is None or frame.topic in socket.topics
        socket.wants = frame.model_copy(update={"ref": None}) if is_there else None
        self.presence.look(socket, Place(frame.topic, frame.about) if is_there and frame.topic else None)
        if not is_there:
            socket.outlet.send(frames.message(frames.Err(ref=frame.ref, code="not_there")))
        elif frame.ref is not None:
            socket.outlet.send(frames.message(frames.Ok(ref=frame.ref)))

    def end(self, socket: Socket, code: int) -> None:
        """Says goodbye. What the client was about to hear it hears when it comes back."""
        self._take_off(socket)
        self.presence.leave(socket)
        most = COME_BACK_MS if code == frames.RESTART else 0
        socket.code = socket.code or code
        socket.outlet.send(frames.message(frames.Bye(code=code, retry_ms=round(random() * most))))  # noqa: S311
        socket.outlet.end(code)

    def close(self) -> None:
        """This process was told to stop."""
        self.is_closed = True
        for task in [*self._tasks, *([self._beating] if self._beating else [])]:
            task.cancel()
        for socket in self._all():
            self.end(socket, frames.RESTART)

    async def stopped(self) -> None:
        """Until nothing of it reads the database any more."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def soon(self, work: Coroutine[None, None, None]) -> None:
        """Does it beside everything else, until this process is told to stop."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _all(self) -> list[Socket]:
        return [socket for sockets in self._of_member.values() for socket in sockets]

    # --- what happens -------------------------------------------------------------------------------------------------

    async def told(self, facts: Sequence[Fact]) -> None:
        """Follows the tail of the log. What was written leaves between: who reads at pace is not slow for a burst."""
        said = 0
        for fact in facts:
            if said >= IN_ONE_BURST:
                await asyncio.sleep(0)
                said = 0
            telling = Telling(fact, self._shapes)
            self._until = fact.position
            self._keep(telling)
            hearing = self._on.get(fact.topic)
            if hearing and telling.is_told:
                self._tell(telling, hearing)
                said += FACT_OF_BURST + len(hearing)
            if fact.type in JUDGED:
                self._judge_anew(fact.data)

    def committed(self, facts: Sequence[Mapping[str, Any]]) -> None:
        """Told of each commit of this process, before its caller is answered: whoever lost a right by it hears nothing
        more, though the log tells it only later."""
        for fact in facts:
            if fact["type"] in JUDGED:
                self._judge_anew(fact["data"])

    def _tell(self, telling: Telling, hearing: Iterable[Socket]) -> None:
        try:
            message = telling.message(self._shapes, self._epoch)
        except ValidationError as error:  # Recorded by a version whose events had another shape.
            log.warning("events.unreadable", error=repr(error))
            for socket in tuple(hearing):
                self._begin_anew(socket)
            return
        for socket in hearing:
            if (socket.types is None and socket.later is None) or socket.hears(telling):
                socket.outlet.send(message)

    def _keep(self, telling: Telling) -> None:
        if len(self._recent) == KEPT:
            self._kept_after = self._recent[0].position
        self._recent.append(telling)

    def _judge_anew(self, data: Mapping[str, Any]) -> None:
        for socket in self._of_member.get(UUID(str(data["member_id"])), ()):
            self._rejudge(socket)

    def _rejudge(self, socket: Socket) -> None:
        socket.version += 1
        self._take_off(socket)
        self._replay_soon(socket)

    def _take_off(self, socket: Socket) -> None:
        if not socket.is_live:
            return
        socket.is_live = False
        socket.since = Cursor(self._epoch, max(socket.at, self._until))
        for topic in socket.topics:
            hearing = self._on[topic]
            del hearing[socket]
            if not hearing:
                del self._on[topic]
        socket.topics = ()

    def _begin_anew(self, socket: Socket) -> None:
        self._take_off(socket)
        socket.needs_cursor, socket.was_live = True, False
        socket.outlet.send(frames.RESYNC)

    # --- replay -------------------------------------------------------------------------------------------------------

    def _replay_soon(self, socket: Socket) -> None:
        if self.is_closed or socket.is_replaying:
            return
        socket.is_replaying = True
        self.soon(self._replay(socket))

    async def _replay(self, socket: Socket) -> None:
        try:
            while not socket.outlet.is_over and not await self._step(socket):
                await socket.outlet.emptied()
        except Exception:
            log.exception("realtime.replay_failed")
            self.end(socket, frames.FAILED)
        finally:
            socket.is_replaying = False

    async def _step(self, socket: Socket) -> bool:
        """Tells some of what was missed. Whether it is the end of it."""
        version = socket.version
        async with self.turns:
            found = await self._read(socket)
        if found is None:
            self.end(socket, frames.REVOKED)
            return True
        if socket.outlet.is_over:
            return True
        if not socket.needs_cursor and (found.resync or not self._say(socket, found)):
            self._begin_anew(socket)
        if socket.needs_cursor:
            return socket.version == version
        return not found.has_more and socket.version == version and self._put_on(socket, found)

    def _say(self, socket: Socket, found: News) -> bool:
        """Whether all of it could be said: not what was recorded by a version whose events had another shape."""
        try:
            written = [self._shapes.written(fact, found.cursor.epoch) for fact in found.facts]
        except ValidationError as error:
            log.warning("events.unreadable", error=repr(error))
            return False
        for first in range(0, len(written), frames.IN_ONE_FRAME):
            socket.outlet.send(frames.events_message(written[first : first + frames.IN_ONE_FRAME]))
        socket.since = found.cursor
        return True

    async def _read(self, socket: Socket) -> News | None:
        """What it missed, as its member may read it now; None when he may no longer."""
        parvis = self._parvis
        actor = await parvis.part(Actors).once_more(socket.credential)
        if actor is None or not actor.may_use(SCOPE):
            return None
        types = self._shapes.types_for(actor)
        socket.types = None if actor.scopes is None else frozenset(types)
        socket.expires_at = actor.expires_at
        read, topics = parvis.database.read, parvis.part(Topics)
        if socket.wants is not None:
            self._take_discretion(socket, await read(discretion, actor))
        return await read(news, parvis.stream, topics, actor, socket.since, types, READ_AT_ONCE)

    def _take_discretion(self, socket: Socket, found: Discretion) -> None:
        """He is where he looks anew, when it is others who may know it."""
        if (socket.blocks, socket.is_hidden) != (found.blocks, found.is_hidden):
            self.presence.leave(socket)
            socket.blocks, socket.is_hidden = found.blocks, found.is_hidden

    def _put_on(self, socket: Socket, found: News) -> bool:
        """Puts it on its topics, where those stand that were told as much. Whether it could: not when this process has
        gone on further than it remembers, or knows of something by which its rights may have changed."""
        at = found.cursor.position
        missed = [telling for telling in self._recent if telling.position > at]
        if at < self._kept_after or any(_judges(telling, socket) for telling in missed):
            return False
        self._take_epoch(found.cursor.epoch)
        socket.at = at
        socket.later = {topic: after for topic, after in found.read if after > at}
        socket.topics = tuple({topic: None for topic, _ in found.read})
        for topic in socket.topics:
            self._on.setdefault(topic, {})[socket] = None
        socket.is_live = True
        if not socket.was_live:
            socket.outlet.send(frames.message(frames.Live(cursor=str(found.cursor), online=self._online_for(socket))))
        socket.was_live = True
        for telling in missed:
            if telling.topic in socket.topics and telling.is_told:
                self._tell(telling, [socket])
        socket.was_told_up_to(self._until)
        if socket.wants is not None and socket.is_live:
            self._look(socket, socket.wants)
        return True

    def _online_for(self, socket: Socket) -> int | None:
        """A number of the whole organisation, which guests are not told."""
        return self.presence.online.number if SQUARE in socket.topics else None

    def _take_epoch(self, epoch: str) -> None:
        """The database may have been restored under us: then everybody begins anew."""
        if self._epoch and epoch != self._epoch:
            for other in self._all():
                self._rejudge(other)
            self._recent.clear()
            self._kept_after = self._until
        self._epoch = epoch

    # --- who is still there -------------------------------------------------------------------------------------------

    async def _beat(self) -> None:
        """Each second a part of the sockets is asked whether somebody is there, all in turn."""
        loop, turn = asyncio.get_running_loop(), 0
        while True:
            began = loop.time()
            turn = (turn + 1) % frames.PING_SECONDS
            try:
                self.presence.beat()
                self._ping(self._pinged[turn])
            except Exception:
                log.exception("realtime.beat_failed")
            await asyncio.sleep(max(0.0, began + 1 - loop.time()))

    def _ping(self, sockets: Iterable[Socket]) -> None:
        now = clock.now()
        cursor = str(Cursor(self._epoch, self._until))
        for_guests = frames.message(frames.Ping(cursor=cursor, online=None))
        for_live = frames.message(frames.Ping(cursor=cursor, online=self.presence.online.number))
        for socket in tuple(sockets):
            socket.was_told_up_to(self._until)
            socket.beats += 1
            if socket.silent_beats >= SILENT_BEATS:
                self.end(socket, frames.SLOW)
                continue
            socket.silent_beats += 1
            told = for_live if SQUARE in socket.topics else for_guests
            socket.outlet.send(told if socket.is_live and socket.later is None else frames.PING)
            if socket.expires_at <= now or socket.beats % JUDGED_EVERY == 0:
                self._rejudge(socket)


def _judges(telling: Telling, socket: Socket) -> bool:
    return telling.type in JUDGED and str(telling.fact.data["member_id"]) == str(socket.member_id)
