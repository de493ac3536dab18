"""Argon2id (RFC 9106), in threads, a few at a time."""

import asyncio
from base64 import b64encode
from collections.abc import Callable
from secrets import token_bytes
from typing import TypeVar

from prometheus_client import Counter
from pwdlib.hashers.argon2 import Argon2Hasher

from parvis.kernel.errors import Unavailable

from .rules import normalised

T = TypeVar("T")

MEMORY_KIB = 46 * 1024
PASSES = 2
LANES = 1
"""Above the least that OWASP advises (Password Storage Cheat Sheet: 46 MiB and one pass)."""
AT_ONCE = 2
"""Each takes `MEMORY_KIB` and a core while it runs; the others wait."""
WAITING_AT_MOST = 64
"""Beyond, who comes is told to try again: a crowd at the door must not hold the house's memory."""


def _random_text(size: int) -> str:
    return b64encode(token_bytes(size)).decode().rstrip("=")


NOBODYS = f"$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}${_random_text(16)}${_random_text(32)}"
"""What the passwords of unknown accounts are compared with: the hash of nothing anybody knows."""

HASHES = Counter("parvis_password_hashes_total", "Password hashes computed, whether to keep one or to compare.")


class Passwords:
    """Hashes and compares. One per process."""

    def __init__(self) -> None:
        self._hasher = Argon2Hasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)
        self._running = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def hash(self, password: str) -> str:
        """What is kept of a password: a PHC string. Raises `Unavailable` when too many wait."""
        return await self._apart(lambda: self._hasher.hash(normalised(password)))

    async def verify(self, password: str, kept: str | None) -> bool:
        """Whether this is the password that was kept. For an unknown account (`None`) it takes as long to say no.

        Raises `Unavailable` when too many wait.
        """
        against = NOBODYS if kept is None else kept
        return await self._apart(lambda: self._hasher.verify(normalised(password), against))

    def is_outdated(self, kept: str) -> bool:
        """Whether it was hashed with other parameters than today's."""
        return self._hasher.check_needs_rehash(kept)

    async def _apart(self, work: Callable[[], T]) -> T:
        if self._waiting >= WAITING_AT_MOST:
            raise Unavailable(headers={"retry-after": "2"})
        self._waiting += 1
        try:
            async with self._running:
                HASHES.inc()
                return await asyncio.to_thread(work)
        finally:
            self._waiting -= 1
