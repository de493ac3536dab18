"""What processes tell each other: "something was committed, look at the log", and what is true for a moment only (who
looks at what). Never truth; losing one loses nothing."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import structlog
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

log = structlog.get_logger()

CHANNEL, PASSING = "parvis:wake", "parvis:passing"
MOST_WAITING = 1_000
"""What is true for a moment is not kept longer than that, when Redis is slow."""
RECONNECT_SECONDS = 1.0
ANSWERS_WITHIN = 2.0
"""Seconds until a line on which nothing is answered counts as dead: whoever forgot it does not say so."""


class Broker(Protocol):
    """Carries wake-ups to every process, this one included, and what passes to all."""

    async def start(self, on_wake: Callable[[], None], on_passing: Callable[[bytes], None] = ...) -> None: ...

    async def stop(self) -> None: ...

    def wake(self) -> None:
        """Tells all processes, without waiting and without failing."""
        ...

    def pass_on(self, said: bytes) -> None:
        """Says something to the other processes, and perhaps to this one too, without waiting and without failing."""
        ...


def _nobody(_said: bytes) -> None:
    return None


class LocalBroker:
    """One process: a call."""

    def __init__(self) -> None:
        self._on_wake: Callable[[], None] = lambda: None

    async def start(self, on_wake: Callable[[], None], on_passing: Callable[[bytes], None] = _nobody) -> None:
        self._on_wake = on_wake

    async def stop(self) -> None:
        self._on_wake = lambda: None

    def wake(self) -> None:
        self._on_wake()

    def pass_on(self, said: bytes) -> None:
        """There is no other."""


class RedisBroker:
    """Many processes: Redis publish and subscribe. While Redis is away each process still wakes itself and polls."""

    def __init__(self, url: str) -> None:
        once = Retry(NoBackoff(), 0)  # A try that failed is made again by those who wait here.
        self._redis = Redis.from_url(
            url, socket_connect_timeout=ANSWERS_WITHIN, socket_timeout=ANSWERS_WITHIN, retry=once
        )
        self._on_wake: Callable[[], None] = lambda: None
        self._on_passing: Callable[[bytes], None] = _nobody
        self._pending = asyncio.Event()
        self._must_wake = False
        self._passing: deque[bytes] = deque(maxlen=MOST_WAITING)
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self, on_wake: Callable[[], None], on_passing: Callable[[bytes], None] = _nobody) -> None:
        self._on_wake, self._on_passing = on_wake, on_passing
        self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._publish())]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._redis.aclose()

    def wake(self) -> None:
        self._on_wake()
        self._must_wake = True
        self._pending.set()

    def pass_on(self, said: bytes) -> None:
        self._passing.append(said)
        self._pending.set()

    async def _publish(self) -> None:
        """Sends at most one wake-up at a time: those asked for meanwhile are one."""
        while True:
            await self._pending.wait()
            self._pending.clear()
            woken, self._must_wake = self._must_wake, False
            said = [(CHANNEL, b"1")] if woken else []
            said += [(PASSING, one) for one in self._passing]
            self._passing.clear()
            with contextlib.suppress(OSError, RedisError):
                for channel, one in said:
                    await self._redis.publish(channel, one)

    async def _listen(self) -> None:
        while True:
            try:
                async with self._redis.pubsub() as subscription:
                    await subscription.subscribe(CHANNEL, PASSING)
                    self._on_wake()  # What was missed while away is in the log.
                    await self._hear(subscription)
            except (OSError, RedisError) as error:
                log.warning("broker.away", error=repr(error))
                await asyncio.sleep(RECONNECT_SECONDS)

    async def _hear(self, subscription: PubSub) -> None:
        """Until the line is dead: who hears nothing asks whether somebody is there. Raises what Redis raises."""
        is_asked = False
        while True:
            message = await subscription.get_message(timeout=ANSWERS_WITHIN)
            if message is not None:
                is_asked = False
                self._heard(message)
            elif is_asked:
                raise ConnectionError("Redis does not answer")
            else:
                is_asked = True
                await subscription.ping()

    def _heard(self, message: Mapping[str, Any]) -> None:
        if message["type"] != "message":
            return
        if message["channel"] == CHANNEL.encode():
            self._on_wake()
        else:
            self._on_passing(message["data"])


def open_broker(url: str | None) -> Broker:
    return RedisBroker(url) if url else LocalBroker()
