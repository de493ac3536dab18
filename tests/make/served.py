"""Parvis behind a real server on a free port of the loopback, as clients that are not ours meet it."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn
from fastapi import FastAPI

from parvis.app import create_app
from parvis.kernel.config import Settings
from parvis.kernel.fanout import SERVER_OPTIONS
from parvis.kernel.runtime import Parvis


@dataclass(frozen=True)
class Served:
    """Where it listens, and the running Parvis behind."""

    url: str
    parvis: Parvis
    app: FastAPI


@asynccontextmanager
async def served(settings: Settings, **server_options: Any) -> AsyncIterator[Served]:
    """A server for the length of the block; its public address is where it listens."""
    idle = _idle_apps.setdefault(tuple(settings.cors_origins), {})
    with _listening(idle) as listening:
        port = listening.getsockname()[1]
        own = settings.model_copy(update={"public_url": f"http://localhost:{port}"})
        app = idle.pop(port, None) or create_app(own)
        app.state.settings = own
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                log_config=None,
                lifespan="on",
                access_log=False,
                proxy_headers=False,
                **{**SERVER_OPTIONS, **server_options},
            )
        )
        running = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            while not server.started:
                assert not running.done(), "the server did not start"
                await asyncio.sleep(0.01)
            yield Served(own.public_url, app.state.parvis, app)
        finally:
            app.state.parvis.drain()
            server.should_exit = True
            await running
    idle[port] = app


def _listening(idle: Iterable[int]) -> socket.socket:
    """On the port of an application built before, if it is still free: its routes took a while. The one that stopped
    last is the first: who starts a server again meets it where it was."""
    for port in reversed(list(idle)):
        with contextlib.suppress(OSError):
            return socket.create_server(("127.0.0.1", port))
    return socket.create_server(("127.0.0.1", 0))


_idle_apps: dict[tuple[str, ...], dict[int, FastAPI]] = {}
