"""One client's socket, as this process knows it."""

from collections.abc import Mapping
from time import monotonic
from typing import NamedTuple
from uuid import UUID

from parvis.accounts.actor import Actor, Credential
from parvis.kernel.events import Position
from parvis.kernel.fanout import Outlet
from parvis.kernel.stream import Cursor

from .frames import View
from .telling import Telling

FRAMES, IN_SECONDS = 60, 10
"""How many frames a client may send in how many seconds."""


class Place(NamedTuple):
    """Somewhere to look at: a topic, and something on it."""

    topic: str
    about: str | None


class Socket:
    """How far its client has been told, and what it is told of.

    It is `live` while it stands on its topics and hears each event as it happens. Else it is told what it missed
    (`replay.py`), or waits to be told from where to go on.
    """

    __slots__ = (
        "at",
        "beats",
        "blocks",
        "code",
        "credential",
        "expires_at",
        "frames",
        "frames_since",
        "is_hidden",
        "is_live",
        "is_replaying",
        "later",
        "member_id",
        "needs_cursor",
        "outlet",
        "place",
        "silent_beats",
        "since",
        "topics",
        "typed_at",
        "types",
        "version",
        "wants",
        "was_live",
    )

    def __init__(self, actor: Actor, outlet: Outlet, since: Cursor | None) -> None:
        self.member_id: UUID = actor.id
        self.credential: Credential = actor.credential
        self.expires_at = actor.expires_at
        self.outlet = outlet
        self.since = since
        """The cursor up to which it was told; None: it begins at the end."""
        self.types: frozenset[str] | None = None
        """What it hears of; None: everything."""
        self.topics: tuple[str, ...] = ()
        self.at = Position()
        """While it is live: facts up to here were told before it was."""
        self.later: Mapping[str, Position] | None = None
        """Topics that it hears from a place yet to come; None once all that it hears is after `at`."""
        self.is_live = self.was_live = self.is_replaying = False
        self.needs_cursor = False
        """Whether it was told to begin anew, and has not said from where."""
        self.version = 0
        """Counts when its rights may have changed: what was read before is then read again."""
        self.wants: View | None = None
        """Where its client looks, as far as he may; None: he never said."""
        self.place: Place | None = None
        self.blocks: frozenset[UUID] | None = None
        """Whom its member has blocked, and whether he hides where he looks: read once he looks somewhere."""
        self.is_hidden = False
        self.typed_at = 0.0
        self.beats = self.silent_beats = 0
        self.frames, self.frames_since = 0, 0.0
        self.code = 0

    def hears(self, telling: Telling) -> bool:
        """Of an event on a topic that it stands on."""
        if self.types is not None and telling.type not in self.types:
            return False
        if self.later is None:
            return True
        if telling.position <= max(self.at, self.later.get(telling.topic, self.at)):
            return False
        self.was_told_up_to(telling.position)
        return True

    def was_told_up_to(self, position: Position) -> None:
        """Once it stands behind all from where it hears them, it need not be asked for each event."""
        if self.later is not None and position >= max([self.at, *self.later.values()]):
            self.later = None

    def count_frame(self) -> bool:
        """Counts a frame of the client. Whether it may send so many."""
        self.silent_beats = 0
        now = monotonic()
        if now - self.frames_since > IN_SECONDS:
            self.frames, self.frames_since = 0, now
        self.frames += 1
        return self.frames <= FRAMES
