"""One fact on its way to sockets: written and framed once, and only if somebody hears it."""

from parvis.kernel.events import SCRUBBED, Fact
from parvis.kernel.fanout import Message

from .frames import event_message
from .schemas import Shapes


class Telling:
    """A fact that the tail of the log brought."""

    __slots__ = ("_message", "fact", "is_told", "position", "topic", "type")

    def __init__(self, fact: Fact, shapes: Shapes) -> None:
        self.fact = fact
        self.topic, self.type, self.position = fact.topic, fact.type, fact.position
        self.is_told = shapes.tells(fact.type) and SCRUBBED not in fact.data
        self._message: Message | None = None

    def message(self, shapes: Shapes, epoch: str) -> Message:
        """Raises ValidationError when the fact has not the shape that its type has now."""
        if self._message is None:
            self._message = event_message(shapes.written(self.fact, epoch))
        return self._message
