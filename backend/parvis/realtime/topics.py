"""Which topics a member reads: the port that features fill in `wiring.py`."""

from collections.abc import Awaitable, Callable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, Integer, literal, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import KINDS_OF_READERS, Actor
from parvis.accounts.topics import TopicQuery
from parvis.kernel.events import Position
from parvis.kernel.stream import Subscription

TopicSource = Callable[[AsyncSession, Actor], Awaitable[Sequence[Subscription]]] | TopicQuery
"""A feature's answer: what this actor may read now, without asking the database or as a part of one query."""


class Topics:
    """All that features let somebody read."""

    def __init__(self, sources: Sequence[TopicSource]) -> None:
        self._sources = [source for source in sources if not isinstance(source, TopicQuery)]
        self._queries = [source for source in sources if isinstance(source, TopicQuery)]
        self._of = lru_cache(maxsize=KINDS_OF_READERS)(self._all)

    async def of(self, session: AsyncSession, actor: Actor) -> Sequence[Subscription]:
        """One query."""
        found = [subscription for source in self._sources for subscription in await source(session, actor)]
        if self._queries:
            rows = await session.execute(self._of(actor.stand_in()), {"reader": actor.id})
            for id_, word, xid, number, which in rows:
                found += self._queries[which].topics(id_, word, Position(xid or 0, number or 0))
        return found

    def _all(self, actor: Actor) -> CompoundSelect[Any]:
        asked = [query.statement(actor) for query in self._queries]
        return union_all(*(one.add_columns(literal(which, Integer)) for which, one in enumerate(asked)))
