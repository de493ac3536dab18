"""Asking the real application for everything, so that nothing of it is kept."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.db import Database
from tests.conftest import ORIGIN


class Rehearsed(Exception):
    """The unit of work came to its end, and would have been committed."""


@contextmanager
def rehearsing(database: Database) -> Iterator[None]:
    """Within the block each unit of work runs to the end, is flushed, and is rolled back; its caller is answered as if
    it had been kept. So thousands of changes are asked for in one world, and each finds it as it was made."""
    perform = database.unit_of_work

    async def rehearse(call: Callable[[AsyncSession], Awaitable[Any]]) -> Any:
        results: list[Any] = []

        async def verb(session: AsyncSession) -> None:
            results.append(await call(session))

        try:
            await perform(verb)
        except Rehearsed:
            return results[-1]
        raise AssertionError("it was kept")

    async def undo(session: AsyncSession) -> None:
        await session.flush()
        session.sync_session.expunge_all()  # What it made stays to be read, once it is rolled back.
        raise Rehearsed

    database.before_commit.append(undo)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "unit_of_work", rehearse)
        yield
    database.before_commit.remove(undo)


class Asker:
    """Sends requests, each from a network of its own, so that what is answered is never "too many"."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self._networks, self._addresses = count(1), count(1)

    async def ask(self, method: str, path: str, **sent: Any) -> httpx.Response:
        """The answer. A failure inside is answered 500, as it would be."""
        number = next(self._networks)
        network = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        transport = httpx.ASGITransport(self._app, raise_app_exceptions=False, client=(network, 4711))
        request = httpx.Request(method, ORIGIN + path, **sent)
        request.headers.setdefault("accept-language", "en")
        response = await transport.handle_async_request(request)
        await response.aread()
        return response

    def fresh_email(self) -> str:
        """An address that nobody has, and that was not asked about."""
        return f"personne{next(self._addresses)}@ailleurs.example"
