"""Parvis behind a real server on a free port of the loopback, as clients that are not ours meet it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import uvicorn

from parvis.app import create_app
from parvis.kernel.config import Settings
from parvis.kernel.runtime import Parvis


@dataclass(frozen=True)
class Served:
    """Where it listens, and the running Parvis behind."""

    url: str
    parvis: Parvis


@asynccontextmanager
async def served(settings: Settings) -> AsyncIterator[Served]:
    """A server for the length of the block; its public address is where it listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://localhost:{listening.getsockname()[1]}"
        app = create_app(settings.model_copy(update={"public_url": url}))
        server = uvicorn.Server(
            uvicorn.Config(app, log_config=None, lifespan="on", access_log=False, proxy_headers=False)
        )
        running = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            while not server.started:
                assert not running.done(), "the server did not start"
                await asyncio.sleep(0.01)
            yield Served(url, app.state.parvis)
        finally:
            app.state.parvis.drain()
            server.should_exit = True
            await running
