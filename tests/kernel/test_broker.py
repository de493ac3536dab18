"""Wake-ups reach every process, and are not needed for anything to arrive (F3, in small)."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from urllib.parse import urlsplit

import pytest
from redis.asyncio import Redis

from parvis.kernel.broker import LocalBroker, RedisBroker, open_broker
from tests.make.tcp_proxy import tcp_proxy

REDIS = os.environ.get("PARVIS_TEST_REDIS_URL", "")
needs_redis = pytest.mark.parametrize("url", [REDIS] if REDIS or os.environ.get("CI") else [])


class Bell:
    def __init__(self) -> None:
        self.rung = asyncio.Event()

    def ring(self) -> None:
        self.rung.set()

    async def heard(self) -> bool:
        await asyncio.wait_for(self.rung.wait(), timeout=5)
        self.rung.clear()
        return True


@pytest.fixture
async def brokers(url: str) -> AsyncIterator[Callable[[Bell], "asyncio.Future[RedisBroker]"]]:
    opened: list[RedisBroker] = []

    async def start(bell: Bell) -> RedisBroker:
        broker = RedisBroker(url)
        await broker.start(bell.ring)
        opened.append(broker)
        return broker

    yield start  # type: ignore[misc]
    for broker in opened:
        await broker.stop()


async def test_one_process_wakes_itself_without_redis() -> None:
    bell = Bell()
    alone = open_broker(None)
    assert isinstance(alone, LocalBroker)
    await alone.start(bell.ring)
    alone.wake()
    assert await bell.heard()
    await alone.stop()
    alone.wake()
    assert not bell.rung.is_set()


@needs_redis
async def test_a_wake_up_reaches_the_other_process(
    url: str, brokers: Callable[[Bell], "asyncio.Future[RedisBroker]"]
) -> None:
    here, there = Bell(), Bell()
    first = await brokers(here)
    await brokers(there)
    assert await here.heard()
    assert await there.heard()
    first.wake()
    assert await there.heard()


@needs_redis
async def test_after_redis_drops_every_connection_wake_ups_come_back(
    url: str, brokers: Callable[[Bell], "asyncio.Future[RedisBroker]"]
) -> None:
    here, there = Bell(), Bell()
    first = await brokers(here)
    await brokers(there)
    assert await there.heard()
    async with Redis.from_url(url) as redis:
        await redis.client_kill_filter(_type="pubsub")
    assert await there.heard(), "coming back, it looks at the log"
    there.rung.clear()
    first.wake()
    assert await there.heard()


@needs_redis
async def test_a_line_on_which_nobody_answers_is_replaced(
    url: str, brokers: Callable[[Bell], "asyncio.Future[RedisBroker]"], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parvis.kernel.broker.ANSWERS_WITHIN", 0.2)
    monkeypatch.setattr("parvis.kernel.broker.RECONNECT_SECONDS", 0.1)
    near = await brokers(Bell())
    place = urlsplit(url)
    async with tcp_proxy(place.hostname or "", place.port or 0) as proxy:
        through = place._replace(netloc=place.netloc.replace(f":{place.port}", f":{proxy.port}")).geturl()
        bell, far = Bell(), RedisBroker(through)
        await far.start(bell.ring)
        assert await bell.heard()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(bell.rung.wait(), 1)  # One that is silent, and answers, is kept.
        proxy.mute()
        proxy.heal()
        assert await bell.heard(), "coming back, it looks at the log"
        near.wake()
        assert await bell.heard()
        await far.stop()


async def test_without_redis_a_process_still_wakes_itself() -> None:
    bell = Bell()
    broker = RedisBroker("redis://127.0.0.1:1/0")
    await broker.start(bell.ring)
    broker.wake()
    assert await bell.heard()
    await broker.stop()
