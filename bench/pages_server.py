"""What passes frames on to everybody else in the room, and does nothing more: the least that writing together costs."""

from contextlib import suppress

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

there: set[WebSocket] = set()


async def ready(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("")


async def relay(socket: WebSocket) -> None:
    await socket.accept(subprotocol="parvis.pages.v1")
    there.add(socket)
    try:
        with suppress(WebSocketDisconnect):
            while True:
                said = await socket.receive_bytes()
                for other in tuple(there):
                    if other is not socket:
                        await other.send_bytes(said)
    finally:
        there.discard(socket)


app = Starlette(routes=[Route("/ready", ready), WebSocketRoute("/relay", relay)])
