"""Spans for OpenTelemetry, where a setting names a collector; without one nothing is imported and nothing is sent.

Spans are made here and not by the instrumentation of the web framework, which would send addresses with the words of
searches in them. A span has the template of the route, status, request id, kind of question; never words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

from starlette.datastructures import Headers
from starlette.types import Scope

from assistant.watch.call import Call, spans
from corpus.errors import MissingPart

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SpanExporter

__all__ = ["Tracing", "tracing"]

_PATH = "/v1/traces"
Ended = Callable[[str, int, Call], None]


class Tracing:
    """Opens spans and sends them through `provider`; stages open theirs by `assistant.watch.call.stage`."""

    def __init__(self, provider: TracerProvider) -> None:
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        self._provider = provider
        self._tracer = provider.get_tracer("chitieu")
        self._propagator = TraceContextTextMapPropagator()
        spans(self._stage)

    @contextmanager
    def request(self, scope: Scope) -> Iterator[Ended]:
        """A span around a request, within the trace that its `traceparent` names; call what it gives at the end."""
        from opentelemetry.trace import SpanKind, StatusCode

        carried = {key: value for key, value in Headers(scope=scope).items() if key in ("traceparent", "tracestate")}
        within = self._propagator.extract(carried)
        with self._tracer.start_as_current_span(
            str(scope["method"]), within, SpanKind.SERVER, record_exception=False, set_status_on_exception=False
        ) as span:

            def ended(route: str, status: int, call: Call) -> None:
                span.update_name(f"{scope['method']} {route}")
                span.set_attributes({"http.request.method": scope["method"], "http.route": route})
                span.set_attributes({"http.response.status_code": status, "chitieu.request": call.id})
                if call.answered is not None:
                    span.set_attributes(
                        {"chitieu.kind": call.kind or "unknown", "chitieu.abstained": not call.answered}
                    )
                if status >= 500:
                    span.set_status(StatusCode.ERROR)

            yield ended

    def flush(self) -> None:
        """Sends what was not sent yet, for at most two seconds."""
        self._provider.force_flush(2000)

    def close(self) -> None:
        """Ends the sending; stages open no spans any more."""
        spans(None)
        self._provider.shutdown()

    def _stage(self, name: str) -> AbstractContextManager[Any]:
        return self._tracer.start_as_current_span(name, record_exception=False)


def tracing(endpoint: str | None, exporter: SpanExporter | None = None) -> Tracing | None:
    """What sends spans to the OTLP/HTTP collector at `endpoint`, or through `exporter`; None where there is neither.

    Raises:
        MissingPart: the packages of the extra `otel` are not installed.
    """
    if endpoint is None and exporter is None:
        return None
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor
    except ImportError as error:
        raise MissingPart(
            f"otel_endpoint cần phần chưa cài ({error.name}); hãy chạy: pip install 'chitieu[otel]', hoặc bỏ thiết lập"
        ) from None
    provider = TracerProvider(resource=Resource({"service.name": "chitieu"}), shutdown_on_exit=False)
    if exporter is not None:
        provider.add_span_processor(SimpleSpanProcessor(exporter))
    elif endpoint is not None:
        where = endpoint if endpoint.endswith(_PATH) else endpoint.rstrip("/") + _PATH
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=where, timeout=5)))
    return Tracing(provider)
