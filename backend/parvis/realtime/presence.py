"""Who looks at what now, and who writes there: said to those who look at the same place, kept nowhere.

A place is a topic that one follows, and something on it: a post of a community, say. Each process knows who looks in
it, and is told by the others of theirs; what they say is lost when it is lost. Whoever hides it is not told of, nor are
members of whom one has blocked the other.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from time import monotonic
from typing import Any, Literal
from uuid import UUID

import orjson

from parvis.kernel.fanout import Message
from parvis.kernel.ids import new_id

from . import frames, online
from .frames import Eph
from .online import Online
from .socket import Place, Socket

MOST_SHOWN = 100
"""Beyond, a place tells how many look, each minute, and no longer who: what it costs must not grow with them all."""
COUNTED_EVERY = 60
TYPING_EVERY = 2.0
"""Seconds between two tellings that somebody writes."""
ALIVE_EVERY, LOST_AFTER = 10, 35.0
"""Seconds: how often a process says that it is there, and after how long without it its people are gone."""

Kind = Literal["viewing", "came", "left", "typing"]
SAID = frozenset({"who", "here", "came", "left", "typing", "alive", online.KIND})
"""By processes to each other, about this."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who looks, and whom he has blocked."""

    id: UUID
    blocks: frozenset[UUID]

    def is_apart_from(self, other: "Person") -> bool:
        return other.id in self.blocks or self.id in other.blocks


class Presence:
    """One per process. `publish` tells the other processes; `connected`: members who have a socket in this one."""

    def __init__(self, publish: Callable[[bytes], None], connected: Callable[[], Collection[UUID]]) -> None:
        self._publish = publish
        self._process = new_id().hex
        self.online = Online(connected, publish, self._process)
        self._here: dict[Place, dict[Socket, Person]] = {}
        self._elsewhere: dict[Place, dict[tuple[str, UUID], Person]] = {}
        self._heard_at: dict[str, float] = {}
        self._beats = 0

    # --- what is done here --------------------------------------------------------------------------------------------

    def look(self, socket: Socket, place: Place | None) -> None:
        """It looks there from now on, and nowhere else."""
        if place == socket.place:
            return
        self.leave(socket)
        if place is None:
            return
        person = Person(socket.member_id, socket.blocks or frozenset())
        socket.place = place
        is_first = place not in self._here
        was_there = socket.is_hidden or self._is_in(place, person.id)
        self._here.setdefault(place, {})[socket] = person
        self._show(socket, place, person)
        if not was_there:
            self._say(place, person, "came")
        if not socket.is_hidden:
            self._tell("came", place, person)
        if is_first:
            self._tell("who", place, person)

    def leave(self, socket: Socket) -> None:
        """It looks nowhere."""
        place, socket.place = socket.place, None
        if place is None:
            return
        here = self._here[place]
        person = here.pop(socket)
        if not here:
            del self._here[place]
            self._elsewhere.pop(place, None)
        if socket.is_hidden or any(other.id == person.id for other in self._shown_here(place)):
            return
        self._tell("left", place, person)
        if not self._is_in(place, person.id):
            self._say(place, person, "left")

    def type_in(self, socket: Socket) -> None:
        """Its member writes where it looks."""
        now = monotonic()
        if socket.place is None or socket.is_hidden or now - socket.typed_at < TYPING_EVERY:
            return
        socket.typed_at = now
        person = self._here[socket.place][socket]
        self._say(socket.place, person, "typing")
        self._tell("typing", socket.place, person)

    def beat(self) -> None:
        """Each second: tells the others that this process is there, and those of large places how many they are."""
        self.online.beat()
        self._beats += 1
        if self._beats % ALIVE_EVERY == 0:
            if self._here:
                self._tell("alive")
            self._forget(process for process, at in self._heard_at.items() if monotonic() - at > LOST_AFTER)
        if self._beats % COUNTED_EVERY == 0:
            for place in self._here:
                if self._is_large(place):
                    self._send(place, None, self._frame(place, "viewing", []))

    # --- what others say ----------------------------------------------------------------------------------------------

    def told(self, payload: bytes) -> None:
        """Another process says something; what it says of places that nobody here looks at is nothing to us."""
        said = orjson.loads(payload)
        process = said["process"]
        if process == self._process or said["kind"] not in SAID:
            return
        self._heard_at[process] = monotonic()
        if said["kind"] == online.KIND:
            self.online.told(said)
        if said["kind"] in {"alive", online.KIND}:
            return
        place = Place(said["topic"], said["about"])
        if place not in self._here:
            return
        person = Person(UUID(said["member"]), frozenset(map(UUID, said["blocks"])))
        self._take_in(process, said["kind"], place, person)

    def _take_in(self, process: str, kind: str, place: Place, person: Person) -> None:
        there = self._elsewhere.setdefault(place, {})
        was_there = self._is_in(place, person.id)
        if kind == "who":
            for one in {person.id: person for person in self._shown_here(place)}.values():
                self._tell("here", place, one)
        elif kind in {"came", "here"}:
            there[process, person.id] = person
            if not was_there:
                self._say(place, person, "came")
        elif kind == "left":
            there.pop((process, person.id), None)
            if was_there and not self._is_in(place, person.id):
                self._say(place, person, "left")
        elif kind == "typing":
            self._say(place, person, "typing")

    def _forget(self, processes: Iterator[str]) -> None:
        for process in tuple(processes):
            del self._heard_at[process]
            for place, there in tuple(self._elsewhere.items()):
                for person in [person for (of, _), person in there.items() if of == process]:
                    self._take_in(process, "left", place, person)

    # --- who is told --------------------------------------------------------------------------------------------------

    def _shown_here(self, place: Place) -> Iterator[Person]:
        return (person for socket, person in self._here.get(place, {}).items() if not socket.is_hidden)

    def _shown(self, place: Place) -> dict[UUID, Person]:
        people = [*self._shown_here(place), *self._elsewhere.get(place, {}).values()]
        return {person.id: person for person in people}

    def _is_in(self, place: Place, member_id: UUID) -> bool:
        there = self._elsewhere.get(place, {})
        return any(person.id == member_id for person in self._shown_here(place)) or any(
            id_ == member_id for _, id_ in there
        )

    def _is_large(self, place: Place) -> bool:
        return len(self._here.get(place, {})) + len(self._elsewhere.get(place, {})) > MOST_SHOWN

    def _show(self, socket: Socket, place: Place, person: Person) -> None:
        """Tells who just came who is there."""
        others = self._shown(place)
        others.pop(person.id, None)
        seen = [] if self._is_large(place) else [one.id for one in others.values() if not one.is_apart_from(person)]
        socket.outlet.send(self._frame(place, "viewing", seen), droppable=True)

    def _say(self, place: Place, by: Person, kind: Kind) -> None:
        if not self._is_large(place):
            self._send(place, by, self._frame(place, kind, [by.id]))

    def _send(self, place: Place, by: Person | None, message: Message) -> None:
        for socket, person in self._here.get(place, {}).items():
            if by is not None and (person.id == by.id or person.is_apart_from(by)):
                continue
            if socket.is_live:
                socket.outlet.send(message, droppable=True)

    def _frame(self, place: Place, kind: Kind, members: Collection[UUID]) -> Message:
        count = len(self._shown(place)) if kind == "viewing" else None
        return frames.message(
            Eph(kind=kind, topic=place.topic, about=place.about, member_ids=list(members), count=count)
        )

    def _tell(self, kind: str, place: Place | None = None, person: Person | None = None) -> None:
        said: dict[str, Any] = {"process": self._process, "kind": kind}
        if place is not None and person is not None:
            said |= {"topic": place.topic, "about": place.about}
            said |= {"member": str(person.id), "blocks": [str(id_) for id_ in person.blocks]}
        self._publish(orjson.dumps(said))
