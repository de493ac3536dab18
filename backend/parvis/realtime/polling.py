"""Long polls: a request that reads the stream, and waits when it says nothing."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import monotonic

from starlette.requests import Request

from parvis.accounts.actor import Actor
from parvis.kernel.runtime import Parvis
from parvis.kernel.stream import Cursor

from .hub import Hub, Waiting
from .queries import News, news
from .topics import Topics


@dataclass(frozen=True, slots=True)
class Poll:
    """What is asked for."""

    since: Cursor | None
    wait: int
    limit: int
    types_for: Callable[[Actor], list[str]]


async def poll(
    parvis: Parvis, request: Request, actor: Actor, again: Callable[[], Awaitable[Actor]], asked: Poll
) -> News:
    """What is news to the actor, as soon as there is some, or none when the time is over.

    Nothing of the database is held while it waits. Who asks is judged anew at each waking: raises what the request
    would meet then. It ends at once when the process drains, or the client has gone.
    """
    hub, until = parvis.part(Hub), monotonic() + asked.wait
    async with _waiting(hub, request, asked.wait) as waiting:
        while True:
            found = await _read(parvis, actor, asked)
            waiting.read(found.topics)
            left = until - monotonic()
            if found.is_some or asked.since is None or left <= 0 or hub.is_closed or waiting.is_over:
                return found
            if not await waiting.for_news(left):
                return found
            actor = await again()


async def _read(parvis: Parvis, actor: Actor, asked: Poll) -> News:
    topics, types = parvis.part(Topics), asked.types_for(actor)
    return await parvis.database.read(news, parvis.stream, topics, actor, asked.since, types, asked.limit)


@asynccontextmanager
async def _waiting(hub: Hub, request: Request, seconds: int) -> AsyncIterator[Waiting]:
    with hub.waiting() as waiting:
        watch = asyncio.create_task(_until_gone(request, waiting)) if seconds else None
        try:
            yield waiting
        finally:
            if watch is not None:
                watch.cancel()


async def _until_gone(request: Request, waiting: Waiting) -> None:
    """A server tells a request that its client has gone, and lets it run on."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    waiting.end()
