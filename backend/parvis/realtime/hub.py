"""Those who wait for news in this process, woken by the tail of the log."""

import asyncio
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from parvis.kernel.events import Fact


class Waiting:
    """One request that waits. Until it says which topics it reads, any fact is news."""

    def __init__(self) -> None:
        self._topics: frozenset[str] | None = None
        self._woken = asyncio.Event()
        self.is_over = False

    def read(self, topics: Collection[str]) -> None:
        """From now on only facts on these topics are news."""
        self._topics = frozenset(topics)

    def concerns(self, topics: Collection[str]) -> bool:
        return self._topics is None or not self._topics.isdisjoint(topics)

    def wake(self) -> None:
        self._woken.set()

    def end(self) -> None:
        """Nobody wants the answer any more."""
        self.is_over = True
        self._woken.set()

    async def for_news(self, seconds: float) -> bool:
        """Whether there was any within that time, or since it was last asked."""
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return False
        self._woken.clear()
        return True


class Hub:
    """Wakes who waits, when a fact stands on a topic they read. It hands over no facts: rights are judged by whoever
    reads them."""

    def __init__(self) -> None:
        self._waiting: set[Waiting] = set()
        self.is_closed = False

    @contextmanager
    def waiting(self) -> Iterator[Waiting]:
        one = Waiting()
        self._waiting.add(one)
        try:
            yield one
        finally:
            self._waiting.discard(one)

    async def told(self, facts: Sequence[Fact]) -> None:
        """Follows the tail of the log."""
        topics = {fact.topic for fact in facts}
        for one in self._waiting:
            if one.concerns(topics):
                one.wake()

    def close(self) -> None:
        """Nobody waits any longer: the process was told to stop."""
        self.is_closed = True
        for one in self._waiting:
            one.wake()
