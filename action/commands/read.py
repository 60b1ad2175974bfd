"""`specloom read`: what a description says, as a summary or as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from typing_extensions import TypedDict

from action.console import console, emit, progress
from action.failures import showing
from action.inputs import AsJson, Root, Spec, locate
from action.shapes import DiagnosticShape, SpanShape, diagnostic_shape, span_shape
from specloom import readers

if TYPE_CHECKING:
    from specloom.model.api import Api, Operation
    from specloom.readers import Reading


class OperationShape(TypedDict):
    """One operation, identified by `key`."""

    key: str
    operation_id: str | None
    summary: str | None
    tags: list[str]
    deprecated: bool
    span: SpanShape


class SchemaShape(TypedDict):
    """One named schema."""

    name: str
    span: SpanShape


class SecurityShape(TypedDict):
    """One security scheme."""

    name: str
    type: str
    location: str | None
    parameter: str | None
    scheme: str | None


class ServerShape(TypedDict):
    """One base URL."""

    url: str
    description: str | None


class ReasonShape(TypedDict):
    """Something that the description leaves out, and what it costs of the hundred points."""

    code: str
    message: str
    count: int
    total: int
    points: float


class ReadShape(TypedDict):
    """What `specloom read --json` prints."""

    title: str
    version: str
    format: str
    files: list[str]
    operations: list[OperationShape]
    schemas: list[SchemaShape]
    security: list[SecurityShape]
    servers: list[ServerShape]
    webhooks: list[OperationShape]
    diagnostics: list[DiagnosticShape]
    score: int
    score_reasons: list[ReasonShape]


JSON: Final = ReadShape
EXAMPLES: Final = (
    "specloom read openapi.yaml",
    "specloom read api/ --json",
    "specloom read v1.2.0:openapi.yaml",
)


def run(spec: Spec, *, as_json: AsJson = False, root: Root = None) -> None:
    """Read a description and say what is in it.

    OpenAPI 2.0 to 3.2, Postman 2.0 and 2.1, GraphQL SDL. Parts that cannot be read are listed, and the rest is
    delivered; the score says how complete the description is, and what is missing.
    """
    found = locate(spec, root=root)
    with progress() as step, showing(found.tree):
        step(f"Reading {found.path}")
        reading = readers.read(found.tree, found.path)
    if as_json:
        emit(shape(reading))
    else:
        _print(reading)


def shape(reading: Reading) -> ReadShape:
    """Return a reading as data."""
    api = reading.api
    return {
        "title": api.title,
        "version": api.version,
        "format": api.source.format,
        "files": list(api.source.files),
        "operations": [_operation(operation) for operation in api.operations],
        "schemas": [{"name": name, "span": span_shape(schema.span)} for name, schema in api.schemas.items()],
        "security": [
            {
                "name": scheme.name,
                "type": scheme.type,
                "location": scheme.location,
                "parameter": scheme.parameter,
                "scheme": scheme.scheme,
            }
            for scheme in api.security_schemes
        ],
        "servers": [{"url": server.url, "description": server.description} for server in api.servers],
        "webhooks": [_operation(operation) for operation in api.webhooks],
        "diagnostics": [diagnostic_shape(item) for item in reading.diagnostics],
        "score": reading.score.value,
        "score_reasons": [
            {
                "code": reason.code,
                "message": reason.message,
                "count": reason.count,
                "total": reason.total,
                "points": reason.points,
            }
            for reason in reading.score.reasons
        ],
    }


def _operation(operation: Operation) -> OperationShape:
    return {
        "key": operation.key,
        "operation_id": operation.operation_id,
        "summary": operation.summary,
        "tags": list(operation.tags),
        "deprecated": operation.deprecated,
        "span": span_shape(operation.span),
    }


def _print(reading: Reading) -> None:
    api, screen = reading.api, console()
    screen.print(f"{api.title} {api.version}".strip(), style="bold")
    screen.print(f"{api.source.format} · {_counts(api)} · score {reading.score.value} of 100")
    for reason in reading.score.reasons:
        screen.print(f"  -{reason.points:g}  {reason.message} ({reason.count} of {reason.total})", style="dim")
    for group, operations in _groups(api).items():
        screen.print(f"\n{group or 'operations'}", style="bold")
        for operation in operations:
            note = " (deprecated)" if operation.deprecated else ""
            screen.print(f"  {operation.key}{note}")
    if reading.diagnostics:
        screen.print("\nnot read", style="bold")
        for item in reading.diagnostics:
            screen.print(f"  {item}", style="yellow")


def _counts(api: Api) -> str:
    counts = {"operation": len(api.operations), "schema": len(api.schemas), "webhook": len(api.webhooks)}
    return " · ".join(f"{count} {name}{'' if count == 1 else 's'}" for name, count in counts.items() if count)


def _groups(api: Api) -> dict[str, list[Operation]]:
    found: dict[str, list[Operation]] = {}
    for operation in (*api.operations, *api.webhooks):
        found.setdefault(operation.tags[0] if operation.tags else "", []).append(operation)
    return found
