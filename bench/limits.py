"""Benches ask as fast as they are answered: they are counted as ever, and never told that it is too often."""

from dataclasses import replace
from typing import Any

from parvis.kernel.limits.limiter import Limiter


def never_refuse(limiter: Limiter) -> None:
    """Hits are counted as ever."""
    hit = limiter.hit

    async def counted(*said: Any) -> Any:
        return replace(await hit(*said), allowed=True)

    limiter.hit = counted  # type: ignore[method-assign]
