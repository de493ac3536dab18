"""Wake-ups between processes: "something was committed, look at the log". Never truth; losing one loses nothing."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Protocol

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

log = structlog.get_logger()

CHANNEL = "parvis:wake"
RECONNECT_SECONDS = 1.0


class Broker(Protocol):
    """Carries wake-ups to every process, this one included."""

    async def start(self, on_wake: Callable[[], None]) -> None: ...

    async def stop(self) -> None: ...

    def wake(self) -> None:
        """Tells all processes, without waiting and without failing."""
        ...


class LocalBroker:
    """One process: a call."""

    def __init__(self) -> None:
        self._on_wake: Callable[[], None] = lambda: None

    async def start(self, on_wake: Callable[[], None]) -> None:
        self._on_wake = on_wake

    async def stop(self) -> None:
        self._on_wake = lambda: None

    def wake(self) -> None:
        self._on_wake()


class RedisBroker:
    """Many processes: Redis publish and subscribe. While Redis is away each process still wakes itself and polls."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(url, socket_connect_timeout=2, health_check_interval=15)
        self._on_wake: Callable[[], None] = lambda: None
        self._pending = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self, on_wake: Callable[[], None]) -> None:
        self._on_wake = on_wake
        self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._publish())]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._redis.aclose()

    def wake(self) -> None:
        self._on_wake()
        self._pending.set()

    async def _publish(self) -> None:
        """Sends at most one wake-up at a time: those asked for meanwhile are one."""
        while True:
            await self._pending.wait()
            self._pending.clear()
            with contextlib.suppress(OSError, RedisError):
                await self._redis.publish(CHANNEL, b"1")

    async def _listen(self) -> None:
        while True:
            try:
                async with self._redis.pubsub() as subscription:
                    await subscription.subscribe(CHANNEL)
                    self._on_wake()  # What was missed while away is in the log.
                    async for message in subscription.listen():
                        if message["type"] == "message":
                            self._on_wake()
            except (OSError, RedisError) as error:
                log.warning("broker.away", error=repr(error))
                await asyncio.sleep(RECONNECT_SECONDS)


def open_broker(url: str | None) -> Broker:
    return RedisBroker(url) if url else LocalBroker()
