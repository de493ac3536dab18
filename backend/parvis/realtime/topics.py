"""Which topics a member reads: the port that features fill in `wiring.py`."""

from collections.abc import Awaitable, Callable, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.kernel.stream import Subscription

TopicSource = Callable[[AsyncSession, Actor], Awaitable[Sequence[Subscription]]]
"""A feature's answer: what this actor may read now, in a number of queries that does not grow with it."""


class Topics:
    """All that features let somebody read."""

    def __init__(self, sources: Sequence[TopicSource]) -> None:
        self._sources = sources

    async def of(self, session: AsyncSession, actor: Actor) -> Sequence[Subscription]:
        return [subscription for source in self._sources for subscription in await source(session, actor)]
