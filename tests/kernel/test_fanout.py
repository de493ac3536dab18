"""The two ways out of a socket, straight to the connection and by the ASGI interface: what is said and heard by both is
the same, and whoever listens is told once that it is over."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from parvis.kernel.fanout import SERVER_OPTIONS, Direct, Message, Outlet, Plain, outlet_of

WAYS = pytest.mark.parametrize(
    "ws, way",
    [("parvis.kernel.fanout:FramedProtocol", Direct), ("websockets-sansio", Plain)],
    ids=["direct", "plain"],
)
PATIENCE = 20.0


@dataclass
class Talk:
    """One socket, as the application meets it. `fail` and `end` are obeyed, everything else is said back."""

    outlet: Outlet
    texts: list[str | bytes] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    def heard(self, said: str | bytes) -> None:
        self.texts.append(said)
        if said == "fail":
            raise ValueError(said)
        if said == "end":
            self.outlet.end(4002)
        elif isinstance(said, str):
            self.outlet.send(Message(said.encode()))
        else:
            self.outlet.send(Message(said, is_binary=True))

    def gone(self, code: int) -> None:
        self.codes.append(code)
        self.over.set()

    async def end(self) -> list[int]:
        """The codes it was told when it was over, in the hope that it is one."""
        await asyncio.wait_for(self.over.wait(), PATIENCE)
        await asyncio.sleep(0)
        return self.codes


@dataclass
class Line:
    """A server that talks, and those who came."""

    url: str
    server: uvicorn.Server
    talks: list[Talk]

    async def come(self) -> tuple[ClientConnection, Talk]:
        client = await connect(self.url, compression=None, ping_interval=None)
        await client.send("hello")
        assert await client.recv() == "hello"
        return client, self.talks[-1]


@asynccontextmanager
async def talking(ws: str) -> AsyncIterator[Line]:
    talks: list[Talk] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        talk = Talk(outlet_of(scope, receive, send))
        talks.append(talk)
        await talk.outlet.listen(talk)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        options: dict[str, Any] = {**SERVER_OPTIONS, "ws": ws}
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off", **options))
        running = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started:  # noqa: ASYNC110 — the server has no event to wait for
            await asyncio.sleep(0.01)
        try:
            yield Line(f"ws://127.0.0.1:{listening.getsockname()[1]}/", server, talks)
        finally:
            server.should_exit = True
            await asyncio.wait_for(running, PATIENCE)


@WAYS
async def test_what_is_heard_is_what_was_said_however_it_was_cut(ws: str, way: type[Any]) -> None:
    async with talking(ws) as line:
        client, talk = await line.come()
        assert isinstance(talk.outlet, way)
        await client.send(["in ", "three ", "parts, é"])
        pong = await client.ping(b"between")
        await client.send("x" * 60_000)
        await client.send([b"\x00", b"\xff"])
        await client.send(["", ""])
        await asyncio.wait_for(pong, PATIENCE)
        assert [await client.recv() for _ in range(4)] == ["in three parts, é", "x" * 60_000, b"\x00\xff", ""]
        assert talk.texts == ["hello", "in three parts, é", "x" * 60_000, b"\x00\xff", ""]
        await client.close(4999)
        assert await talk.end() == [4999]


@WAYS
async def test_it_is_over_once_whoever_ends_it(ws: str, way: type[Any]) -> None:
    async with talking(ws) as line:
        seen: dict[str, tuple[int | None, list[int]]] = {}
        for said in ("end", "fail"):
            client, talk = await line.come()
            await client.send(said)
            await client.send("after")
            with pytest.raises(ConnectionClosed):
                await client.recv()
            seen[said] = (client.close_code, await talk.end())
            assert talk.outlet.is_over
            assert talk.texts == ["hello", said]
        assert seen == {"end": (4002, [4002]), "fail": (1011, [1011])}
        client, talk = await line.come()
        client.transport.abort()
        assert await talk.end() in ([1005], [1006])
        talk.outlet.send(Message(b"nobody"))
        client, talk = await line.come()
        line.server.should_exit = True
        with pytest.raises(ConnectionClosed):
            await client.recv()
        assert client.close_code == 1012
        assert len(await talk.end()) == 1


async def test_who_asks_and_reads_no_answers_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parvis.kernel.fanout.MOST_BYTES", 2**12)
    async with talking("parvis.kernel.fanout:FramedProtocol") as line:
        client, talk = await line.come()
        client.transport.pause_reading()
        ping = b"\x89\xfd" + bytes(4) + b"x" * 125  # Masked by zeros.
        for _ in range(400):
            if client.transport.is_closing() or talk.over.is_set():
                break
            client.transport.write(ping * 1_000)
            await asyncio.sleep(0.001)
        assert await talk.end() == [1006]
        client.transport.abort()
