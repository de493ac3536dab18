"""Traces, as a collector receives them: read by OpenTelemetry's own messages. Nothing of anybody is in them."""

import asyncio
import io
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
import structlog
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from parvis.kernel import tracing
from parvis.kernel.config import Settings
from parvis.kernel.envelope import Envelope
from parvis.kernel.fetch import Fetcher, FetchRefused
from parvis.kernel.jobs import enqueue
from parvis.kernel.logging import configure_logging
from parvis.kernel.runtime import Parvis
from tests.conftest import client_of, serving

ON_SQLITE = pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
PARENT = f"00-{'ab' * 16}-{'cd' * 8}-01"


class Collector:
    """Takes traces in over HTTP."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.keys: set[str | None] = set()
        self.services: set[str] = set()

    def take(self, path: str, key: str | None, body: bytes) -> None:
        assert path == "/v1/traces"
        self.keys.add(key)
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            self.services.add(attributes(resource.resource)["service.name"])
            self.spans += [span for scope in resource.scope_spans for span in scope.spans]

    def named(self, name: str) -> Span:
        [found] = [span for span in self.spans if span.name == name]
        return found


def attributes(of: object) -> dict[str, str]:
    pairs = of.attributes  # type: ignore[attr-defined]
    return {pair.key: str(getattr(pair.value, pair.value.WhichOneof("value"))) for pair in pairs}


@contextmanager
def collecting() -> Iterator[tuple[str, Collector]]:
    collector = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            collector.take(self.path, self.headers["x-key"], body)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", collector
    finally:
        server.shutdown()
        server.server_close()


@ON_SQLITE
async def test_requests_statements_jobs_and_fetches_are_traced_without_what_they_hold(settings: Settings) -> None:
    kept, lines = structlog.get_config(), io.StringIO()
    with collecting() as (address, collector):
        own = settings.model_copy(
            update={
                "otel_exporter_otlp_endpoint": address,
                "otel_exporter_otlp_headers": SecretStr("x-key=a%20secret"),
                "embedded_worker": False,
            }
        )
        configure_logging(own, lines)
        tracing.begin(own, "server")
        try:
            async with serving(own) as app, client_of(app) as client:
                await _ask(client)
                await _do_and_fetch(app.state.parvis)
        finally:
            structlog.configure(**kept)
            await tracing.end()
    asked = collector.named("GET /api/v1/session")
    assert attributes(asked)["http.response.status_code"] == "200"
    statements = [span for span in collector.spans if "db.query.text" in attributes(span)]
    assert {attributes(span)["db.system.name"] for span in statements} == {"sqlite"}
    job = collector.named("job nobody.does")
    assert (job.status.code, attributes(job)["error.type"]) == (Status.STATUS_CODE_ERROR, "KeyError")
    fetch = next(span for span in collector.spans if attributes(span).get("server.address") == "127.0.0.1")
    assert attributes(fetch)["error.type"] == "FetchRefused"
    assert (collector.keys, collector.services) == ({"a secret"}, {"parvis"})
    told = "".join(str(span) for span in collector.spans)
    for secret in ("hunter2-the-secret", "zoe.secret@univ.example", "path-of-a-push"):
        assert secret not in told
    [line] = [json.loads(one) for one in lines.getvalue().splitlines() if '"/api/v1/session"' in one]
    assert (line["trace_id"], line["span_id"]) == (asked.trace_id.hex(), asked.span_id.hex())


async def _ask(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/v1/session?token=hunter2-the-secret")).status_code == 200
    given = {"email": "zoe.secret@univ.example", "password": "hunter2-the-secret"}
    assert (await client.post("/api/v1/sessions", json=given)).status_code == 401


async def _do_and_fetch(parvis: Parvis) -> None:
    async def leave(session: AsyncSession) -> None:
        await enqueue(session, "nobody.does", {})

    await parvis.database.write(leave)
    await parvis.jobs.run_once(only=["nobody.does"])
    fetcher = Fetcher(ports=frozenset({80, 9}))
    with pytest.raises(FetchRefused):
        await fetcher._send("GET", httpx.URL("http://127.0.0.1:9/path-of-a-push"), {}, b"")
    await fetcher.close()


async def test_whoever_is_no_declared_proxy_names_no_trace() -> None:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("well")(scope, receive, send)

    with collecting() as (address, collector):
        for proxies in (0, 1):
            settings = Settings.model_validate(
                {"secret_key": "-" * 32, "otel_exporter_otlp_endpoint": address, "trusted_proxies": proxies}
            )
            tracing.begin(settings, "server")
            transport = httpx.ASGITransport(Envelope(answer, settings))
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
                assert (await client.get("/", headers={"traceparent": PARENT})).text == "well"
            await tracing.end()
    joined = [(span.trace_id.hex() == "ab" * 16, span.parent_span_id.hex() == "cd" * 8) for span in collector.spans]
    assert joined == [(False, False), (True, True)]


async def test_where_no_collector_is_named_nothing_of_it_is_imported() -> None:
    script = "import sys, parvis.app; print(*sys.modules)"
    run = await asyncio.create_subprocess_exec(sys.executable, "-c", script, stdout=subprocess.PIPE)
    loaded = (await run.communicate())[0].decode().split()
    assert "parvis.kernel.tracing" in loaded
    assert [name for name in loaded if "otlp" in name or name in {"parvis.kernel.collector", "google.protobuf"}] == []
    with tracing.span("x") as span:
        assert span is None
