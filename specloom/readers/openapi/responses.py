"""Responses: what comes back, with headers and links."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from specloom.model.api import Example, Link, MediaType, Response
from specloom.readers.openapi.media_types import item_of
from specloom.readers.openapi.swagger_bodies import media_types_of

if TYPE_CHECKING:
    from specloom.readers.openapi.media_types import MediaTypes
    from specloom.readers.openapi.part import Part
    from specloom.readers.openapi.schemas import Schemas

_STATUS: Final = re.compile(r"[1-9](?:[0-9]{2}|[xX]{2})")
_HTTP_METHODS: Final = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"})


class Responses:
    """Reads the responses of one description, those that operations share once."""

    def __init__(self, schemas: Schemas, media_types: MediaTypes, root: Part) -> None:
        self._schemas = schemas
        self._media_types = media_types
        self._root = root
        self._shared: dict[tuple[int, str, tuple[str, ...]], Response] = {}
        self._of_operations: dict[int, tuple[Response, ...]] = {}

    def read(self, operation: Part) -> tuple[Response, ...]:
        """Return the responses of `operation`, in order."""
        known = self._of_operations.get(id(operation.value))
        if known is None:
            is_swagger = operation.context.dialect.is_swagger
            produces = media_types_of(operation, self._root, "produces") if is_swagger else []
            known = tuple(
                self._one(name, part, produces) for name, part in operation.members("responses", extensible=True)
            )
            self._of_operations[id(operation.value)] = known
        return known

    def _one(self, status: str, part: Part, produces: list[str]) -> Response:
        key = (id(part.value), status, tuple(produces))
        if key not in self._shared:
            self._shared[key] = self._response(status, part, produces)
        known = self._shared[key]
        return replace(known, site=part.site) if part.site else known

    def _response(self, status: str, part: Part, produces: list[str]) -> Response:
        is_swagger = part.context.dialect.is_swagger and "content" not in part.value
        return Response(
            status=_status(status, part),
            span=part.span,
            description=part.text("description") or part.text("summary") or "",
            content=self._swagger_content(part, produces) if is_swagger else self._media_types.read(part),
            headers=self._media_types.headers(part),
            links=tuple(_link(name, inner) for name, inner in part.members("links")),
            extensions=part.extensions,
        )

    def _swagger_content(self, part: Part, produces: list[str]) -> tuple[MediaType, ...]:
        schema = self._schemas.of(part, "schema")
        examples = part.value.get("examples")
        by_type = examples if isinstance(examples, dict) else {}
        usual = "application/octet-stream" if _is_file(part) else "application/json"
        names = dict.fromkeys(produces or by_type or [usual])
        if schema is None:
            names = dict.fromkeys(name for name in by_type if "/" in name)
        return tuple(
            MediaType(
                media_type=name,
                span=part.span,
                schema=schema,
                item_schema=item_of(name, schema),
                examples=(Example(name="", value=by_type[name]),) if name in by_type else (),
            )
            for name in names
        )


def _is_file(part: Part) -> bool:
    """Tell whether the answer is a file, which Swagger 2.0 has a type of its own for."""
    schema = part.value.get("schema")
    return isinstance(schema, dict) and schema.get("type") == "file"


def _status(written: str, part: Part) -> str:
    """Return three digits, a range in upper case, or `default`."""
    status = written.strip()
    if status.lower() == "default":
        return "default"
    if _STATUS.fullmatch(status):
        return status.upper()
    part.context.problems.warning("unknown-status", f"`{written}` is no HTTP status; it is kept as it is", part.span)
    return status


def _link(name: str, part: Part) -> Link:
    reference, operation_id = part.text("operationRef"), part.text("operationId")
    parameters = part.value.get("parameters")
    return Link(
        name=name,
        target=operation_key(reference) if reference else operation_id,
        span=part.span,
        parameters=parameters if isinstance(parameters, dict) else {},
        request_body=part.value.get("requestBody"),
        description=part.text("description"),
        site=part.site,
    )


def operation_key(reference: str) -> str:
    """Return the key of the operation that a local reference points at; the reference itself where it is not one."""
    resource, _, pointer = reference.partition("#/paths/")
    path, _, method = pointer.rpartition("/")
    if resource or method.lower() not in _HTTP_METHODS:
        return reference
    return f"{method.upper()} {path.replace('~1', '/').replace('~0', '~')}"
