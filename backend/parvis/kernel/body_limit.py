"""How many bytes a request may bring, on every route.

The framework has such a limit, but answers to an announced length by itself: in plain text, through an exception that
our handlers take for a failure. Here a body too large is a problem like any other, raised where the body is read.
"""

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyLimit:
    """ASGI layer that refuses bodies of more than `limit` bytes, or than the route's `max_body_size`."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = _announced(scope)
        received = 0

        async def receive_within_limit() -> Message:
            nonlocal received
            limit = getattr(scope.get("route"), "max_body_size", None) or self._limit
            if announced > limit:
                raise HTTPException(413)
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(413)
            return message

        await self._app(scope, receive_within_limit, send)


def _announced(scope: Scope) -> int:
    length = dict(scope["headers"]).get(b"content-length", b"")
    return int(length) if length.isdigit() else 0
