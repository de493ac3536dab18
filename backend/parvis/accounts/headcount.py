"""How many members each public has: one number for all, counted anew each minute at most."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel import clock

from .models.people import Public
from .queries.organisation import headcount

KEPT = timedelta(minutes=1)


class Headcount:
    """Kept by the process, so that each visit to the home page does not count everybody."""

    def __init__(self) -> None:
        self._counted: Mapping[Public, int] = {}
        self._until: datetime | None = None

    async def read(self, session: AsyncSession) -> Mapping[Public, int]:
        """At most a minute old."""
        now = clock.now()
        if self._until is None or now >= self._until:
            self._counted = await headcount(session)
            self._until = now + KEPT
        return self._counted
