"""The OpenTelemetry library, as `tracing` uses it. Imported only where a collector is configured."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from parvis import __version__

from .config import Settings
from .tracing import Kind, Value

SECONDS_TO_SEND = 3
LONGEST_STATEMENT = 2_000


class Collector:
    """What is open while traces are told."""

    def __init__(self, settings: Settings, role: str) -> None:
        self._propagator = TraceContextTextMapPropagator()
        self.provider = TracerProvider(
            resource=Resource.create(
                {
                    "service.name": settings.otel_service_name,
                    "service.version": __version__,
                    "parvis.role": role,
                }
            ),
            sampler=ParentBased(TraceIdRatioBased(settings.otel_traces_sampler_arg)),
        )
        endpoint = f"{settings.otel_exporter_otlp_endpoint.rstrip('/')}/v1/traces"
        exporter = OTLPSpanExporter(endpoint=endpoint, headers=_headers(settings), timeout=SECONDS_TO_SEND)
        self.provider.add_span_processor(BatchSpanProcessor(exporter))
        self.tracer = self.provider.get_tracer("parvis", __version__)

    @contextmanager
    def span(self, name: str, kind: Kind, parent: str, attributes: dict[str, Value]) -> Iterator[trace.Span]:
        context = self._propagator.extract({"traceparent": parent}) if parent else None
        of_kind = trace.SpanKind[kind]
        with self.tracer.start_as_current_span(
            name, context, kind=of_kind, attributes=attributes, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield span
            except Exception as error:
                self.fail(span, type(error).__name__)
                raise

    def fail(self, span: trace.Span, what: str) -> None:
        span.set_attribute("error.type", what)
        span.set_status(trace.StatusCode.ERROR)

    def current(self) -> trace.Span:
        return trace.get_current_span()

    def begin_statement(
        self, _connection: Any, _cursor: Any, statement: str, _parameters: Any, context: Any, _many: bool
    ) -> None:
        if context is None or not self.current().is_recording():
            return
        operation = statement.split(None, 1)[0].upper() if statement.strip() else "SQL"
        context.parvis_span = self.tracer.start_span(
            operation,
            kind=trace.SpanKind.CLIENT,
            attributes={
                "db.system.name": context.dialect.name,
                "db.operation.name": operation,
                "db.query.text": statement[:LONGEST_STATEMENT],
            },
        )

    def end_statement(
        self, _connection: Any, _cursor: Any, _statement: str, _parameters: Any, context: Any, _many: bool
    ) -> None:
        span = getattr(context, "parvis_span", None)
        if span is not None:
            span.end()

    def fail_statement(self, context: Any) -> None:
        span = getattr(context.execution_context, "parvis_span", None)
        if span is not None:
            self.fail(span, type(context.original_exception).__name__)
            span.end()


def _headers(settings: Settings) -> dict[str, str]:
    """`name=value,name=value`, values percent-encoded, as the standard writes them."""
    given = settings.otel_exporter_otlp_headers
    pairs = given.get_secret_value().split(",") if given else []
    named = (pair.partition("=") for pair in pairs if "=" in pair)
    return {name.strip().lower(): unquote(value.strip()) for name, _, value in named}
