"""Counting hits, here and in Redis.

Every hit is counted in this process even when Redis counts it too: losing Redis neither opens the door nor forgets who
knocked.
"""

import math
import time
from dataclasses import dataclass
from hashlib import sha256

import structlog
from limits import RateLimitItem
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from redis.exceptions import RedisError

from parvis.kernel.config import Settings

log = structlog.get_logger()

REDIS_SECONDS = 0.5
REDIS_RETRY_SECONDS = 5.0
"""After a failure Redis is left alone this long, so that its absence does not slow every request."""


EXPIRED_EVERY_SECONDS = 10.0


@dataclass(frozen=True)
class Bucket:
    """One quota: `name` as published, `rate` as counted."""

    name: str
    rate: RateLimitItem


@dataclass(frozen=True)
class Verdict:
    """What one hit came to. `reset`: whole seconds until another hit is allowed, or until more are."""

    bucket: Bucket
    allowed: bool
    remaining: int
    reset: int


class Counters(MemoryStorage):
    """Counts of this process. At each hit the library looks through all of them for what has expired: with a university
    at the door that took longer than the rest of the request, so here it does now and then."""

    _look_at = 0.0

    async def _MemoryStorage__schedule_expiry(self) -> None:  # noqa: N802 — the library's private name
        if time.monotonic() >= self._look_at:
            self._look_at = time.monotonic() + EXPIRED_EVERY_SECONDS
            await super()._MemoryStorage__schedule_expiry()  # type: ignore[misc]


class Limiter:
    """Counts hits. One per process."""

    def __init__(self, settings: Settings) -> None:
        self.trusted_proxies = settings.trusted_proxies
        self._here = SlidingWindowCounterRateLimiter(Counters())
        self._redis = _redis(settings.redis_url.get_secret_value()) if settings.redis_url else None
        self._shared = SlidingWindowCounterRateLimiter(self._redis) if self._redis else None
        self._redis_back_at = 0.0

    async def stop(self) -> None:
        if self._redis is not None:
            await self._redis.bridge.storage.aclose()  # type: ignore[attr-defined]

    async def hit(self, bucket: Bucket, *who: str) -> Verdict:
        """Counts one hit of `who` on a bucket, and says whether it was still allowed."""
        key = sha256("\0".join(who).encode()).hexdigest()[:32]  # E-mail and network addresses stay out of Redis.
        here = await _count(self._here, bucket, key)
        if self._shared is None or time.monotonic() < self._redis_back_at:
            return here
        try:
            return await _count(self._shared, bucket, key)
        except (RedisError, OSError) as error:
            self._redis_back_at = time.monotonic() + REDIS_RETRY_SECONDS
            log.warning("limits.redis_away", error=repr(error))
            return here


async def _count(limiter: SlidingWindowCounterRateLimiter, bucket: Bucket, key: str) -> Verdict:
    allowed = await limiter.hit(bucket.rate, bucket.name, key)
    window = await limiter.get_window_stats(bucket.rate, bucket.name, key)
    reset = math.ceil(window.reset_time - time.time())
    return Verdict(bucket, allowed, window.remaining, min(max(1, reset), bucket.rate.get_expiry()))


def _redis(url: str) -> RedisStorage:
    return RedisStorage(
        f"async+{url}",
        implementation="redispy",
        key_prefix="parvis:limits",
        socket_timeout=REDIS_SECONDS,
        socket_connect_timeout=REDIS_SECONDS,
    )
