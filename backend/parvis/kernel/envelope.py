"""Around every response: request id, security headers, one log line, one measure, and no traceback ever."""

import re
from time import perf_counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from . import recent
from .config import Settings
from .errors import BadRequest, ParvisError
from .ids import new_id
from .metrics import REQUEST_SECONDS, REQUESTS
from .problems import problem_response
from .tracing import answered, span
from .web import API

if TYPE_CHECKING:
    from opentelemetry.trace import Span

log = structlog.get_logger()

REQUEST_ID = re.compile(r"^[A-Za-z0-9._-]{8,64}$")
REFUSED = {403, 404, 429}
"""Answers whose line in the log says who was refused. What is hidden from somebody is not there (404)."""
NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""The Content-Security-Policy of whatever is not a page of the application."""

HEADERS = {
    "content-security-policy": NOTHING,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "x-frame-options": "DENY",
    "cache-control": "private, no-store",
}
HSTS = "max-age=63072000; includeSubDomains"


def _route(scope: Scope) -> str:
    """The path as it was declared, under the prefix that its router was included with."""
    path: str = getattr(scope.get("route"), "path", "none")
    is_of_api = scope["path"].startswith(f"{API}/") and path != "none" and not path.startswith(API)
    return f"{API}{path}" if is_of_api else path


class Envelope:
    """The outermost ASGI layer of the application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._host = urlsplit(settings.public_url).netloc

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        parent = request.headers.get("traceparent", "") if self._settings.trusted_proxies else ""
        with span(scope["method"], "SERVER", parent=parent, http__request__method=scope["method"]) as told:
            await self._answer(request, receive, send, told)

    async def _answer(self, request: Request, receive: Receive, send: Send, told: "Span | None") -> None:
        scope = request.scope
        given = request.headers.get("x-request-id", "")
        request_id = given if REQUEST_ID.match(given) else new_id().hex
        request.state.request_id = request_id
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started, status = perf_counter(), 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._dress(MutableHeaders(scope=message), request_id)
                if scope["path"].startswith(f"{API}/"):
                    MutableHeaders(scope=message).setdefault("x-robots-tag", "noindex")
            await send(message)

        try:
            refusal = self._wrong_host(request)
            if refusal is not None:
                await refusal(scope, receive, send_with_headers)
            else:
                await self._app(scope, receive, send_with_headers)
        except Exception:
            log.exception("request.failed", method=scope["method"])
            if status:  # The answer has begun: the connection breaks, which the client can see.
                raise
            await problem_response(request, ParvisError())(scope, receive, send_with_headers)
        finally:
            self._account(scope, status, perf_counter() - started)
            if told is not None:
                told.set_attribute("parvis.request_id", request_id)
                answered(told, scope["method"], _route(scope), status)
            structlog.contextvars.clear_contextvars()

    def _dress(self, headers: MutableHeaders, request_id: str) -> None:
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        headers["x-request-id"] = request_id
        if self._settings.secure:
            headers.setdefault("strict-transport-security", HSTS)

    def _wrong_host(self, request: Request) -> ASGIApp | None:
        """Only our own name is answered (a rebound DNS name is not). 127.0.0.1 is sent to localhost, since WebAuthn
        refuses addresses as relying party (W3C WebAuthn section 5.1.2)."""
        host = request.headers.get("host", "")
        if host == self._host or request.url.path.startswith(("/health/", "/metrics")):
            return None
        if not self._settings.secure and host.rpartition(":")[0] in {"127.0.0.1", "[::1]"}:
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"{self._settings.public_url}{request.url.path}{query}", status_code=307)
        return problem_response(
            request,
            BadRequest({"fr": "Ce nom d’hôte n’est pas servi ici.", "en": "This host name is not served here."}),
        )

    def _account(self, scope: Scope, status: int, seconds: float) -> None:
        route = _route(scope)
        REQUESTS.labels(scope["method"], route, str(status)).inc()
        REQUEST_SECONDS.labels(scope["method"], route).observe(seconds)
        recent.answered(scope["method"], route, status, seconds)
        member = scope.get("state", {}).get("member_id")
        refused = {"member": str(member)} if member is not None and status in REFUSED else {}
        log.info("request", method=scope["method"], route=route, status=status, ms=round(seconds * 1000, 1), **refused)
