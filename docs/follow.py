"""Follow what happens to you in Parvis, as a mobile client would: docs/events.md, in one file.

    PARVIS_URL=https://… PARVIS_TOKEN=parvis_pat_… python docs/follow.py

The token needs `events:read`, `events:write`, and the scopes of what it is to be told of. Packages: httpx, websockets.
"""

import asyncio
import json
import os
import random
import sys
from collections.abc import Callable
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake, WebSocketException

Event = dict[str, Any]


class Over(Exception):
    """The session or token is over, or lacks a scope."""


class Follower:
    """Tells `begin` where things stand, at first and whenever too much was missed, then `hear` each event, in order.

    `cursor` is how far it was told: give it again after a restart, with what was held at that point. One that follows
    for many gives each an `http` that knows its token, over the same connections.
    """

    def __init__(
        self,
        url: str,
        token: str,
        begin: Callable[[dict[str, Any]], None],
        hear: Callable[[Event], None],
        cursor: str | None = None,
        http: httpx.AsyncClient | None = None,
    ) -> None:
        self.url, self.begin, self.hear, self.cursor = url, begin, hear, cursor
        self.http = http or httpx.AsyncClient(
            base_url=f"{url}/api/v1", headers={"authorization": f"Bearer {token}"}, timeout=httpx.Timeout(40)
        )
        self.failures = 0
        self.retry = 0.0

    async def run(self) -> None:
        """Until the session or token is over."""
        async with self.http:
            while True:
                try:
                    if self.cursor is None:
                        await self.sync()
                    try:
                        await self.listen()
                    except InvalidHandshake:  # Something between lets no socket through.
                        await self.poll()
                except Over:
                    return
                except (OSError, TimeoutError, WebSocketException, httpx.TransportError):
                    pass
                await asyncio.sleep(self.retry + random.uniform(0.2, min(30, 2**self.failures)))
                self.failures, self.retry = self.failures + 1, 0.0

    async def ask(self, method: str, path: str, **query: Any) -> Any:
        reply = await self.http.request(method, path, params=query)
        if reply.status_code in {401, 403}:
            raise Over
        if reply.is_error:
            self.retry = float(reply.headers.get("retry-after", 0))
            raise OSError(reply.text)
        return reply.json()

    async def sync(self) -> None:
        snapshot = await self.ask("GET", "/sync")
        self.begin(snapshot)
        self.cursor = snapshot["cursor"]

    async def listen(self) -> None:
        """One socket, from hello to its end."""
        ticket = (await self.ask("POST", "/realtime/tickets"))["ticket"]
        address = f"{self.url.replace('http', 'ws', 1)}/api/v1/realtime"
        async with connect(address, subprotocols=["parvis.v1"], ping_interval=None) as socket:
            await say(socket, type="hello", ticket=ticket, since=self.cursor)
            silence = 40
            while True:
                frame = json.loads(await asyncio.wait_for(socket.recv(), silence))
                match frame["type"]:
                    case "ready":
                        silence, self.failures = frame["silence_seconds"], 0
                    case "events":
                        self.apply(frame["items"])
                    case "event":
                        self.apply([frame["event"]])
                    case "live":
                        self.cursor = frame["cursor"]
                    case "ping":
                        self.cursor = frame["cursor"] or self.cursor
                        await say(socket, type="pong", cursor=self.cursor)
                    case "resync":
                        await self.sync()
                        await say(socket, type="hello", since=self.cursor)
                    case "bye":
                        self.retry = frame["retry_ms"] / 1000

    async def poll(self) -> None:
        """One long poll."""
        news = await self.ask("GET", "/events", since=self.cursor, wait=25)
        self.apply(news["items"])
        self.cursor, self.failures = None if news["resync"] else news["cursor"], 0

    def apply(self, events: list[Event]) -> None:
        for event in events:
            self.hear(event)
            self.cursor = event["id"]


async def say(socket: ClientConnection, **frame: Any) -> None:
    await socket.send(json.dumps(frame))


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    following = Follower(
        os.environ["PARVIS_URL"],
        os.environ["PARVIS_TOKEN"],
        begin=lambda snapshot: tell(f"here {snapshot['viewer']['name']}"),
        hear=lambda event: tell(f"{event['type']} {json.dumps(event['data'])}"),
    )
    asyncio.run(following.run())
