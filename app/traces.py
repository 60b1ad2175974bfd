"""OpenTelemetry: spans around deliveries, jobs and their steps. Exported where the usual `OTEL_…` variables say so."""

from __future__ import annotations

import importlib
import os
from typing import Final

import structlog
from opentelemetry import trace
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, ConsoleSpanExporter, SpanExporter

OTLP: Final = "opentelemetry.exporter.otlp.proto.http.trace_exporter"

log = structlog.get_logger()
tracer = trace.get_tracer("specloom")


def configure() -> None:
    """Export spans if `OTEL_EXPORTER_OTLP_ENDPOINT` is set, or print them if `OTEL_TRACES_EXPORTER` is `console`."""
    exporter = _exporter()
    if exporter is None:
        return
    provider = TracerProvider(
        resource=Resource.create({"service.name": os.environ.get("OTEL_SERVICE_NAME", "specloom")})
    )
    provider.add_span_processor(BatchSpanProcessor(exporter))
    trace.set_tracer_provider(provider)


def _exporter() -> SpanExporter | None:
    if os.environ.get("OTEL_TRACES_EXPORTER") == "console":
        return ConsoleSpanExporter()
    if not os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT"):
        return None
    try:
        exporter: SpanExporter = importlib.import_module(OTLP).OTLPSpanExporter()
    except ImportError:
        log.warning("traces are not exported; install specloom[otlp]")
        return None
    return exporter
