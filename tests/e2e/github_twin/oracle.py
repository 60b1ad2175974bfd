"""Hold requests and answers against GitHub's own OpenAPI description (trimmed; see `openapi/trim.py`)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import jsonschema
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

DESCRIPTION: Final = Path(__file__).with_name("openapi") / "github.json"
SPANS_SLASHES: Final = frozenset({"path", "ref", "basehead", "branch"})


@dataclass(frozen=True, slots=True)
class Route:
    """One operation with the pattern that its path answers to."""

    operation_id: str
    method: str
    pattern: re.Pattern[str]
    operation: dict[str, Any]


def _json_schema(node: Any) -> Any:  # noqa: ANN401  # any JSON
    """Turn OpenAPI 3.0's dialect into JSON Schema 2020-12: only `nullable` and boolean bounds differ in use."""
    if isinstance(node, list):
        return [_json_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    schema = {key: _json_schema(value) for key, value in node.items()}
    if schema.pop("nullable", None) is True:
        if "enum" in schema and None not in schema["enum"]:
            schema["enum"] = [*schema["enum"], None]
        return {"anyOf": [schema, {"type": "null"}]}
    return schema


class Oracle:
    """Validates traffic, and keeps what was wrong in `violations`."""

    def __init__(self) -> None:
        self.violations: list[str] = []
        self.seen: set[str] = set()
        self.routes, self._registry = _load()

    def route(self, method: str, path: str) -> Route | None:
        """Return the operation behind a request, the one with the longest literal path first."""
        return next((r for r in self.routes if r.method == method and r.pattern.fullmatch(path)), None)

    def request(self, method: str, path: str, query: dict[str, str], body: bytes) -> Route | None:
        """Check a request; note what GitHub's description does not allow."""
        route = self.route(method, path)
        if route is None:
            self.violations.append(f"{method} {path}: not an operation in use (add it to openapi/trim.py)")
            return None
        self.seen.add(route.operation_id)
        where = f"request {route.operation_id}"
        known = {p["name"]: p for p in map(self._resolve, route.operation.get("parameters", ())) if p["in"] == "query"}
        for name, text in query.items():
            if name not in known:
                self.violations.append(f"{where}: query parameter {name!r} is unknown")
            else:
                self._check(where, known[name]["schema"], _from_text(text, known[name]["schema"]))
        content = self._resolve(route.operation.get("requestBody", {})).get("content", {}).get("application/json")
        if content and body:
            self._check(where, content["schema"], json.loads(body))
        elif content is None and body not in {b"", b"{}"}:
            self.violations.append(f"{where}: takes no body")
        elif content and self._resolve(route.operation["requestBody"]).get("required") and not body:
            self.violations.append(f"{where}: needs a body")
        return route

    def answer(self, route: Route, status: int, body: Any) -> None:  # noqa: ANN401  # any JSON
        """Check an answer of the twin: a status that is described, and a body that fits it."""
        where = f"answer {status} {route.operation_id}"
        response = route.operation["responses"].get(str(status))
        if response is None:
            if status not in {401, 403, 404, 422, 429, 500, 502, 503, 301, 304}:
                self.violations.append(f"{where}: status is not described")
            return
        content = self._resolve(response).get("content", {}).get("application/json")
        if content and status != 304:
            self._check(where, content["schema"], body)

    def _check(self, where: str, schema: dict[str, Any], value: Any) -> None:  # noqa: ANN401  # any JSON
        validator = jsonschema.Draft202012Validator(schema, registry=self._registry)
        for error in validator.iter_errors(value):
            at = "/".join(map(str, error.absolute_path)) or "(root)"
            self.violations.append(f"{where}: {at}: {error.message[:300]}")

    def _resolve(self, node: dict[str, Any]) -> dict[str, Any]:
        return self._registry.resolver("urn:github").lookup(node["$ref"]).contents if "$ref" in node else node


def _from_text(text: str, schema: dict[str, Any]) -> Any:  # noqa: ANN401  # any JSON
    if schema.get("type") == "integer" and re.fullmatch(r"-?\d+", text):
        return int(text)
    if schema.get("type") == "boolean" and text in {"true", "false"}:
        return text == "true"
    return text


def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"\{([^}]+)\}", path)
    named = [
        ("(.+)" if part in SPANS_SLASHES else "([^/]+)") if i % 2 else re.escape(part) for i, part in enumerate(parts)
    ]
    return re.compile("".join(named))


@lru_cache(maxsize=1)
def _load() -> tuple[tuple[Route, ...], Registry[Any]]:
    document = json.loads(DESCRIPTION.read_text())
    converted = _json_schema(document)
    absolute = json.loads(json.dumps(converted).replace('"#/', '"urn:github#/'))
    registry: Registry[Any] = Registry().with_resource("urn:github", Resource(absolute, DRAFT202012))
    paths = sorted(absolute["paths"], key=lambda p: (-len(re.sub(r"\{[^}]+\}", "", p)), p))
    routes = tuple(
        Route(operation["operationId"], method.upper(), _pattern(path), operation)
        for path in paths
        for method, operation in absolute["paths"][path].items()
    )
    return routes, registry
