"""Who is connected anywhere. Each process knows its own, and tells the others now and then who they are: what it costs
is the same for each member, whatever the network holds. Kept in memory alone, and lost with it."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Collection
from time import monotonic
from typing import Any
from uuid import UUID

import orjson

TELL_EVERY, LOST_AFTER = 20, 65.0
"""Seconds: how often a process tells of its people, and after how long without it they are gone."""
COUNTED_EVERY = 60
"""Seconds between two counts: everybody is told the same number."""
FEWEST = 20
"""Of fewer people nothing is said."""
KIND = "online"
BYTES = 16


class Online:
    """One per process. `here`: whom it has; `publish` tells the other processes."""

    def __init__(self, here: Callable[[], Collection[UUID]], publish: Callable[[bytes], None], process: str) -> None:
        self._here = here
        self._publish = publish
        self._process = process
        self._elsewhere: dict[str, tuple[float, frozenset[bytes]]] = {}
        self._beats = 0
        self._counted = 0

    @property
    def number(self) -> int | None:
        """How many were connected when last counted."""
        return self._counted if self._counted >= FEWEST else None

    def among(self, member_ids: Collection[UUID]) -> list[UUID]:
        here = self._here()
        return [one for one in member_ids if one in here or self._is_elsewhere(one.bytes)]

    def beat(self) -> None:
        """Each second."""
        if self._beats % TELL_EVERY == 0:
            self._tell()
            self._forget()
        if self._beats % COUNTED_EVERY == 0:
            self.count()
        self._beats += 1

    def count(self) -> None:
        elsewhere = [people for _, people in self._elsewhere.values()]
        self._counted = len({one.bytes for one in self._here()}.union(*elsewhere))

    def told(self, said: dict[str, Any]) -> None:
        """Another process tells of its people."""
        packed = b64decode(said["members"])
        people = frozenset(packed[at : at + BYTES] for at in range(0, len(packed), BYTES))
        self._elsewhere[said["process"]] = (monotonic(), people)

    def _is_elsewhere(self, member: bytes) -> bool:
        return any(member in people for _, people in self._elsewhere.values())

    def _tell(self) -> None:
        packed = b64encode(b"".join(one.bytes for one in self._here())).decode()
        self._publish(orjson.dumps({"process": self._process, "kind": KIND, "members": packed}))

    def _forget(self) -> None:
        now = monotonic()
        self._elsewhere = {name: known for name, known in self._elsewhere.items() if now - known[0] <= LOST_AFTER}
