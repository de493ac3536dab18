"""One client in a page."""

from time import monotonic
from uuid import UUID

from parvis.accounts.actor import Actor
from parvis.kernel.fanout import Message, Outlet
from parvis.kernel.ids import new_id
from parvis.pages.policy import PageLevel

from . import frames
from .frames import Caret

FRAMES, BYTES, IN_SECONDS = 600, 8 * 2**20, 10
"""How many frames, of how many bytes, a client may send in how many seconds."""


class Visitor:
    """Its `level` is what its member may do; while that `is_judged` anew, what it writes waits."""

    __slots__ = (
        "actor",
        "beats",
        "blocks",
        "bytes",
        "caret",
        "client_id",
        "code",
        "frames",
        "frames_since",
        "id",
        "is_hidden",
        "is_judged",
        "level",
        "outlet",
        "silent_beats",
        "version",
        "waiting",
    )

    def __init__(self, actor: Actor, outlet: Outlet, client_id: int, level: PageLevel) -> None:
        self.id = new_id()
        self.actor = actor
        self.outlet = outlet
        self.client_id = client_id
        self.level: PageLevel = level
        self.version = 0
        """Counts when its rights may have changed: what was read before is then read again."""
        self.is_judged = False
        self.waiting: list[frames.Writing] = []
        self.blocks: frozenset[UUID] = frozenset()
        self.is_hidden = False
        self.caret: Caret | None = None
        self.beats = self.silent_beats = 0
        self.frames, self.bytes, self.frames_since = 0, 0, 0.0
        self.code = 0

    @property
    def member_id(self) -> UUID:
        return self.actor.id

    def count(self, size: int) -> bool:
        """Counts a frame of the client. Whether it may send so many."""
        self.silent_beats = 0
        now = monotonic()
        if now - self.frames_since > IN_SECONDS:
            self.frames, self.bytes, self.frames_since = 0, 0, now
        self.frames += 1
        self.bytes += size
        return self.frames <= FRAMES and self.bytes <= BYTES

    def is_apart_from(self, other: "Visitor") -> bool:
        return other.member_id in self.blocks or self.member_id in other.blocks

    def say(self, message: Message, *, droppable: bool = False) -> None:
        self.outlet.send(message, droppable=droppable)

    def refuse(self, n: int, code: frames.Refusal) -> None:
        self.say(frames.message(frames.Refused(n=n, code=code)))

    def end(self, code: int, retry_ms: int = 0) -> None:
        """Says goodbye."""
        self.code = self.code or code
        self.say(frames.message(frames.Bye(code=code, retry_ms=retry_ms)))
        self.outlet.end(code)
