"""Chance and identifiers that come out the same every time.

Each person and topic has dice of its own, so that whoever adds a draw to one changes nothing of the others.
"""

from hashlib import blake2b
from random import Random
from uuid import UUID

SEED = 1284


def dice(topic: str, number: int) -> Random:
    """Those that tell of the person of this number, in one respect."""
    return Random(f"{SEED} {topic} {number}")  # noqa: S311 — the same every time is the point


def stable_id(instant_ms: int, *key: object) -> UUID:
    """A UUIDv7 (RFC 9562 section 5.7) of that instant, whose random bits are drawn from the key."""
    drawn = int.from_bytes(blake2b(repr((SEED, *key)).encode(), digest_size=10).digest(), "big")
    high, low = drawn >> 68, drawn & (1 << 62) - 1
    return UUID(int=instant_ms << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)
