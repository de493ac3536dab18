"""The servers that `bench.fanout` compares, each a process that obeys lines on its standard input.

`say N RATE` says N events to everybody, RATE a second (0: as fast as it can), and answers when each was said; `cpu`
answers with the processor time taken so far and the memory held; `people N` makes N members, and `tickets N` answers
with N tickets of theirs, in turn.
"""

import asyncio
import json
import logging
import resource
import socket
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import structlog
import uvicorn
import websockets.asyncio.server
from sqlalchemy import event
from websockets.asyncio.server import broadcast

from bench.crowd import cookie_of, credential_of, make_elsewhere, session_of
from parvis.accounts.actor import Actors
from parvis.accounts.auth import DEV_COOKIE
from parvis.accounts.events import StructureChanged
from parvis.app import create_app
from parvis.kernel.config import Settings
from parvis.kernel.events import record
from parvis.kernel.fanout import SERVER_OPTIONS, Message
from parvis.kernel.garbage import settle
from parvis.kernel.ids import new_id
from parvis.kernel.migrations import migrate
from parvis.kernel.runtime import Parvis
from parvis.realtime.service import issue_ticket
from parvis.realtime.sockets import Sockets
from tests.make.people import make_organisation

PORT_LINE = "port"
ID = str(new_id())


def text_of(version: int) -> str:
    """An event as Parvis writes it: 250 bytes."""
    data = {"kind": "unit", "id": ID, "version": version}
    event = {"id": f"d99cd0fe08c0.0.{version}", "topic": "square", "at": "2026-11-26T03:00:00.000Z"}
    return json.dumps({"type": "event", "event": {**event, "type": "structure.changed", "data": data}})


class Broadcast:
    """The limit: `websockets.broadcast()`."""

    def __init__(self) -> None:
        self._all: set[Any] = set()

    async def serve(self, listening: socket.socket) -> None:
        async with websockets.asyncio.server.serve(
            self._join, sock=listening, compression=None, ping_interval=None, subprotocols=["parvis.v1"]
        ):
            await asyncio.Future()

    async def _join(self, one: Any) -> None:
        self._all.add(one)
        await one.recv()
        await one.send('{"type":"live"}')
        await one.wait_closed()

    async def say(self, version: int) -> None:
        broadcast(self._all, text_of(version))
        await asyncio.sleep(0)

    async def people(self, count: int) -> None:
        """It knows nobody."""

    async def browsers(self, count: int) -> list[dict[str, str]]:
        return [{"cookie": ""}] * count

    async def tickets(self, count: int) -> list[str]:
        return [""] * count


class Bare:
    """The limit: uvicorn and nothing else, encoded once, by the interface or framed once by the connection."""

    def __init__(self, framed: bool) -> None:
        self._framed = framed
        self._all: set[Any] = set()

    async def serve(self, listening: socket.socket) -> None:
        await serve_by_uvicorn(self, listening)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 201, "headers": [(b"content-length", b"13")]})
            await send({"type": "http.response.body", "body": b'{"ticket":""}'})
            return
        await send({"type": "websocket.accept", "subprotocol": "parvis.v1"})
        await receive()
        await send({"type": "websocket.send", "text": '{"type":"live","cursor":""}'})
        self._all.add(send.__self__.transport if self._framed else send)
        while (await receive())["type"] != "websocket.disconnect":
            pass
        self._all.clear()

    async def say(self, version: int) -> None:
        if self._framed:
            frame = Message(text_of(version).encode()).frame
            for transport in self._all:
                transport.write(frame)
        else:
            text = text_of(version)
            for send in self._all:
                await send({"type": "websocket.send", "text": text})
        await asyncio.sleep(0)

    async def people(self, count: int) -> None:
        """It knows nobody."""

    async def browsers(self, count: int) -> list[dict[str, str]]:
        return [{"cookie": ""}] * count

    async def tickets(self, count: int) -> list[str]:
        return [""] * count


class Ours:
    """Parvis as it is served: each event is a fact committed to the database, and told by the tail of its log."""

    def __init__(self, folder: Path) -> None:
        url = f"sqlite:///{folder / 'parvis.db'}"
        migrate(url)
        self._settings = Settings(data_dir=folder, database_url=url, embedded_worker=False, secret_key="-" * 32)
        self._people = self._given = self.said = 0
        self.statements = {"resume": 0, "all": 0}

    async def serve(self, listening: socket.socket) -> None:
        url = f"http://localhost:{listening.getsockname()[1]}"
        app = create_app(self._settings.model_copy(update={"public_url": url}))
        self._state = app.state
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))  # Answers go to stdout.
        settle()
        await serve_by_uvicorn(app, listening)

    @property
    def _parvis(self) -> Parvis:
        found: Parvis = self._state.parvis
        return found

    async def say(self, version: int) -> None:
        async def verb(session: Any) -> None:
            record(session, StructureChanged(kind="unit", id=ID, version=version))

        await self._parvis.database.write(verb)

    async def people(self, count: int) -> None:
        """So many members, each with a browser's session: sockets are theirs in turn."""
        while not hasattr(self._state, "parvis"):  # noqa: ASYNC110 — it starts in its own time
            await asyncio.sleep(0.05)
        await make_organisation(self._parvis)
        self._count()
        await make_elsewhere(self._settings.database, count)
        self._people = count

    def forget(self) -> None:
        actors = self._parvis.part(Actors)
        actors._kept.clear()  # noqa: SLF001 — as it is when time has passed
        actors._keys_of.clear()  # noqa: SLF001

    def _count(self) -> None:
        """Counts statements, and those of replays among them."""
        replaying, sockets = ContextVar("replaying", default=False), self._parvis.part(Sockets)
        read = sockets._read  # noqa: SLF001 — counted, and nothing else

        async def counted(one: Any) -> Any:
            replaying.set(True)
            try:
                return await read(one)
            finally:
                replaying.set(False)

        def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            if statement.split(maxsplit=1)[0] in {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"}:
                self.statements["all"] += 1
                self.statements["resume"] += replaying.get()

        sockets._read = counted  # type: ignore[method-assign]  # noqa: SLF001
        for engine in self._parvis.database.engines:
            event.listen(engine, "before_cursor_execute", count)

    async def tickets(self, count: int) -> list[str]:
        return [await self._ticket() for _ in range(count)]

    async def browsers(self, count: int) -> list[dict[str, str]]:
        """What the browsers of the first so many say with each request."""
        actors, url = self._parvis.part(Actors), self._parvis.settings.public_url
        said = [(cookie_of(number), actors.csrf_token_of(session_of(number))) for number in range(count)]
        return [{"cookie": f"{DEV_COOKIE}={cookie}", "x-csrf-token": token, "origin": url} for cookie, token in said]

    async def _ticket(self) -> str:
        actor = await self._parvis.part(Actors).once_more(credential_of(self._given % self._people))
        self._given += 1
        assert actor is not None
        return await self._parvis.database.write(issue_ticket, actor)


async def serve_by_uvicorn(app: Any, listening: socket.socket) -> None:
    lifespan = "off" if isinstance(app, Bare) else "on"
    bare = {"ws": "websockets-sansio"} if isinstance(app, Bare) else {}
    options: dict[str, Any] = {**SERVER_OPTIONS, **bare, "lifespan": lifespan}
    config = uvicorn.Config(app, log_level="warning", access_log=False, proxy_headers=False, **options)
    await uvicorn.Server(config).serve(sockets=[listening])


async def obey(server: Any, commands: asyncio.StreamReader) -> None:
    answers: dict[str, Callable[..., Awaitable[Any]]] = {"say": say, "cpu": cpu, "tickets": tickets, "people": people}
    answers |= {"browsers": browsers, "talk": talk, "hush": hush, "forget": forget}
    while line := (await commands.readline()).decode().split():
        name, *given = line
        print(json.dumps(await answers[name](server, *map(float, given))), flush=True)


async def say(server: Any, count: float, rate: float) -> list[float]:
    said, began = [], time.monotonic()
    for number in range(int(count)):
        if rate:
            await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
        said.append(time.monotonic())
        await server.say(number)
    return said


async def talk(server: Any, rate: float) -> int:
    """Says something so often until it is hushed."""

    async def go_on() -> None:
        while True:
            await server.say(server.said)
            server.said += 1
            await asyncio.sleep(1 / rate)

    server.talking = asyncio.create_task(go_on())
    return 0


async def hush(server: Any) -> int:
    """How much was said."""
    while server.said == 0:  # noqa: ASYNC110 — it talks in its own time
        await asyncio.sleep(0.01)
    server.talking.cancel()
    said: int = server.said
    return said


async def forget(server: Any) -> None:
    """Whoever comes is known anew, as after a while or by a server that has just started."""
    server.forget()


async def browsers(server: Any, count: float) -> list[dict[str, str]]:
    found: list[dict[str, str]] = await server.browsers(int(count))
    return found


async def cpu(server: Any) -> dict[str, Any]:
    used = resource.getrusage(resource.RUSAGE_SELF)
    held = _pages() * resource.getpagesize() / 1024
    return {
        "cpu": used.ru_utime + used.ru_stime,
        "kilobytes": held,
        "statements": dict(getattr(server, "statements", {})),
    }


def _pages() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1])


async def people(server: Any, count: float) -> None:
    await server.people(int(count))


async def tickets(server: Any, count: float) -> list[str]:
    found: list[str] = await server.tickets(int(count))
    return found


async def main(kind: str, folder: Path) -> None:
    servers: dict[str, Callable[[], Any]] = {
        "broadcast": Broadcast,
        "send_text": lambda: Bare(framed=False),
        "framed": lambda: Bare(framed=True),
        "parvis": lambda: Ours(folder),
    }
    server = servers[kind]()
    listening = socket.create_server(("127.0.0.1", 0), backlog=4096)
    commands = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    serving = asyncio.create_task(server.serve(listening))
    print(json.dumps({PORT_LINE: listening.getsockname()[1]}), flush=True)
    await obey(server, commands)
    serving.cancel()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    with tempfile.TemporaryDirectory() as made:
        import uvloop

        uvloop.run(main(sys.argv[1], Path(made)))
