"""The same journeys with people on different hosts: `PARVIS_HOSTS=2`.

What is served then stands on PostgreSQL, Redis and S3, and a second process serves it too, in a group of its own. All
have one address: every other browser goes through a door to the second process, whatever name it asks for, as behind a
proxy that deals out people.
"""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, SecretStr
from sqlalchemy import create_engine, make_url, text

from parvis.kernel import migrations
from parvis.kernel.config import Settings
from parvis.kernel.ids import new_id

from .own_redis import own_redis
from .services import Bucket

HOSTS = int(os.environ.get("PARVIS_HOSTS", "1"))
POSTGRES = "PARVIS_TEST_POSTGRES_URL"
PATIENCE = 60.0
T = TypeVar("T")


@dataclass(frozen=True)
class Shared:
    """What hosts share: settings by name, in place of those of one machine."""

    settings: dict[str, str]


@contextmanager
def shared(*, empty: bool = False) -> Iterator[Shared]:
    """A database of its own, migrated or empty, a Redis and a bucket, for the length of the block."""
    server = make_url(os.environ[POSTGRES]).set(drivername="postgresql+psycopg")
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    name = f"parvis_hosts_{new_id().hex}"
    like = "template1" if empty else _migrated()
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {like}"))
    url = server.set(database=name).render_as_string(hide_password=False)
    try:
        with own_redis() as redis:
            yield Shared({"database_url": url, "redis_url": redis.url, **Bucket.made().settings})
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()


@cache
def _migrated() -> str:
    """A database with all tables, to be copied: made once by each process of tests."""
    server = make_url(os.environ[POSTGRES]).set(drivername="postgresql+psycopg")
    name = f"parvis_hosts_template_{os.getpid()}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    migrations.migrate(server.set(database=name).render_as_string(hide_password=False))
    return name


def environment_of(settings: Settings) -> dict[str, str]:
    """The variables by which another process is configured as this one."""
    return {
        f"PARVIS_{name.upper()}": _written(getattr(settings, name))
        for name in settings.model_fields_set
        if getattr(settings, name) is not None
    }


def _written(value: Any) -> str:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, list):
        return json.dumps([_plain(one) for one in value], default=_written)
    return str(value)


def _plain(one: Any) -> Any:
    return one.model_dump(exclude_unset=True) if isinstance(one, BaseModel) else one


@contextmanager
def another_host(environment: Mapping[str, str], log: Path) -> Iterator[str]:
    """`parvis serve` so configured, on a port of its own, and the door to it."""
    port = _free_port()
    given = {name: value for name, value in os.environ.items() if not name.startswith("PARVIS_")}
    command = [sys.executable, "-m", "parvis", "serve"]
    with ExitStack() as stack:
        output = stack.enter_context(log.open("wb"))
        server = subprocess.Popen(
            command,
            env={**given, **environment, "PARVIS_PORT": str(port)},
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            until_ready(server, f"http://localhost:{port}", log)
            with door_to(port) as door:
                yield door
        finally:
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=PATIENCE)


def until_ready(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if httpx.get(f"{url}/health/ready", timeout=PATIENCE).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise RuntimeError(f"the server does not answer:\n{log.read_text(errors='replace')}")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


# --- the door ---------------------------------------------------------------------------------------------------------


@contextmanager
def door_to(port: int) -> Iterator[str]:
    """A SOCKS proxy (RFC 1928) that leads to that port, wherever one wants to go. Its loop has a thread of its own from
    the beginning to the end: where a browser is driven, another runs in this one."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    def there(work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, loop).result(PATIENCE)

    server = there(asyncio.start_server(lambda reader, writer: _lead(reader, writer, port), "127.0.0.1", 0))
    try:
        yield f"socks5://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        there(_close(server))
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _close(server: asyncio.Server) -> None:
    server.close()
    going = asyncio.all_tasks() - {asyncio.current_task()}
    for task in going:
        task.cancel()
    await asyncio.gather(*going, return_exceptions=True)


async def _lead(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
    try:
        _, count = await reader.readexactly(2)
        await reader.readexactly(count)
        writer.write(b"\x05\x00")  # Without a password.
        *_, kind = await reader.readexactly(4)
        length = {1: 4, 4: 16}.get(kind) or (await reader.readexactly(1))[0]
        await reader.readexactly(length + 2)
        there, back = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"\x05\x00\x00\x01" + bytes(6))
        await asyncio.gather(_copy(reader, back), _copy(there, writer))
    except (OSError, asyncio.IncompleteReadError):
        writer.transport.abort()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await reader.read(65536):
            writer.write(piece)
            await writer.drain()
    writer.close()
