"""Traces of requests, jobs, statements and outgoing fetches, sent to an OpenTelemetry collector (OTLP over HTTP).

Only where one is configured: else `span` does nothing, and the library is not even imported. A span holds which route,
job or statement it was and how it ended; never an address with what it asks for, a value of a statement, or a person.
"""

import asyncio
from collections.abc import MutableMapping
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Engine, event

from .config import Settings

if TYPE_CHECKING:
    from opentelemetry.trace import Span

    from .collector import Collector

Kind = Literal["SERVER", "CLIENT", "CONSUMER", "INTERNAL"]
Value = str | int | float | bool

NOTHING: AbstractContextManager[None] = nullcontext()


_open: "Collector | None" = None


def begin(settings: Settings, role: str) -> None:
    """From here on traces of this process are told, if a collector is configured."""
    global _open  # noqa: PLW0603 — like the log, it is of the process
    if not settings.otel_exporter_otlp_endpoint or _open is not None:
        return
    from .collector import Collector  # noqa: PLC0415 — what it stands on is not loaded for nothing

    _open = Collector(settings, role)
    event.listen(Engine, "before_cursor_execute", _open.begin_statement)
    event.listen(Engine, "after_cursor_execute", _open.end_statement)
    event.listen(Engine, "handle_error", _open.fail_statement)


async def end() -> None:
    """Sends what is left to be sent."""
    global _open
    if _open is None:
        return
    ended, _open = _open, None
    event.remove(Engine, "before_cursor_execute", ended.begin_statement)
    event.remove(Engine, "after_cursor_execute", ended.end_statement)
    event.remove(Engine, "handle_error", ended.fail_statement)
    await asyncio.to_thread(ended.provider.shutdown)


def span(
    name: str, kind: Kind = "INTERNAL", *, parent: str = "", **attributes: Value
) -> "AbstractContextManager[Span | None]":
    """Around a piece of work; a span of the work around it, or of `parent` (W3C traceparent). `a__b` is written `a.b`.
    None where no traces are told."""
    if _open is None:
        return NOTHING
    return _open.span(name, kind, parent, {key.replace("__", "."): value for key, value in attributes.items()})


def answered(span: "Span | None", method: str, route: str, status: int) -> None:
    """Says how a request was answered, once its route is known."""
    if span is None or _open is None:
        return
    span.update_name(f"{method} {route}")
    span.set_attributes({"http.route": route, "http.response.status_code": status})
    if status >= 500:
        _open.fail(span, str(status))


def stamp(_logger: Any, _method: str, event_dict: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Has log lines say of which trace they are."""
    if _open is not None and (context := _open.current().get_span_context()).is_valid:
        event_dict["trace_id"] = f"{context.trace_id:032x}"
        event_dict["span_id"] = f"{context.span_id:016x}"
    return event_dict
