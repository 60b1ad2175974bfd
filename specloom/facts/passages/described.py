"""The prose inside machine-readable descriptions: the `description` texts of OpenAPI and its kin, in YAML or JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from specloom.facts.passages.description_tree import List, Map, Scalar, tree_of
from specloom.facts.passages.error_schemas import error_schemas
from specloom.facts.passages.markdown import cut_markdown
from specloom.model.passage import Passage, PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specloom.facts.passages.description_tree import Node

PROSE = frozenset({"description", "summary", "x-description"})
METHODS = frozenset(["get", "put", "post", "delete", "options", "head", "patch", "trace"])
OF_DATA = frozenset(
    {
        "properties",
        "schemas",
        "schema",
        "definitions",
        "items",
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "additionalProperties",
    }
    | {"example", "examples", "patternProperties", "$defs", "scopes"}
)
"""Below these keys the data is described, not the API."""
PAGE_LINES = 12
FLOWS = {
    "authorizationCode": "authorization code",
    "clientCredentials": "client credentials",
    "implicit": "implicit",
    "password": "password",
}
SHOWN_RULES = ("default", "minimum", "maximum", "enum", "example")


def cut_described(text: str, path: str) -> list[Passage]:
    """Return the prose, the parameters and the servers of a description; nothing where the file is not well-formed."""
    try:
        root = tree_of(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return []
    lines = text.split("\n")
    passages = [*_walk(root, path, lines), *error_schemas(root, path)]
    return [passage for passage in passages if passage.end <= len(lines)]


def _walk(root: Node | None, path: str, lines: Sequence[str]) -> Iterator[Passage]:
    stack: list[tuple[Node | None, tuple[str, ...]]] = [(root, ())]
    while stack:
        node, headings = stack.pop()
        if isinstance(node, List):
            stack.extend((item, headings) for item in reversed(node.items))
        elif isinstance(node, Map):
            here = (*headings, name) if (name := _heading(node)) else headings
            yield from _passages(node, here, path, lines)
            inner = [
                (child, (*here, shown) if (shown := _key_heading(key)) else here)
                for key, child in node.entries
                if key not in OF_DATA
            ]
            stack.extend(reversed([pair for pair in inner if not isinstance(pair[0], Scalar)]))


def _heading(node: Map) -> str:
    return node.get("name") or node.get("title")


def _key_heading(key: str) -> str:
    if key.startswith("/") or key.lower() in METHODS:
        return key.upper() if key.lower() in METHODS else key
    return key if re.fullmatch(r"[1-5](?:\d\d|XX)|webhooks?|callbacks|info|responses", key) else ""


def _passages(node: Map, headings: tuple[str, ...], path: str, lines: Sequence[str]) -> Iterator[Passage]:
    if node.get("in") and node.get("name"):
        yield _parameter(node, headings, path)
        return
    for server in _servers(node) if node.get("openapi") or node.get("swagger") else ():
        yield _server(server, headings, path)
    yield from _security(node, headings, path)
    for name, header in node.sub("headers").entries:
        if isinstance(header, Map) and header.get("description"):
            yield _header(name, header, headings, path)
    for key, child in node.entries:
        if isinstance(child, Scalar) and child.value.strip() and (key in PROSE or _written(child)):
            yield from _prose(child, headings, path, lines)


def _written(scalar: Scalar) -> bool:
    """Tell a page of Markdown, whatever its key: descriptions may be kept in a file of their own."""
    return scalar.block and scalar.end - scalar.start > PAGE_LINES and "\n\n" in scalar.value and "## " in scalar.value


def _prose(scalar: Scalar, headings: tuple[str, ...], path: str, lines: Sequence[str]) -> Iterator[Passage]:
    """Read a block scalar from its own lines, so that each passage keeps its own; any other text has one place."""
    if scalar.block:
        raw = lines[scalar.start + 1 : scalar.end]
        indent = min((len(line) - len(line.lstrip()) for line in raw if line.strip()), default=0)
        text = "\n".join(line[indent:] for line in raw)
        yield from cut_markdown(text, path, first=scalar.start + 2, headings=headings)
        return
    last = max(scalar.start, scalar.end if scalar.end < len(lines) else scalar.start) + 1
    for passage in cut_markdown(scalar.value, path, first=2, headings=headings):
        yield Passage(
            path=path,
            start=scalar.start + 1,
            end=last,
            kind=passage.kind,
            text=passage.text,
            headings=passage.headings,
            language=passage.language,
            header=passage.header,
            term=passage.term,
            links=passage.links,
            rows=tuple(type(row)(cells=row.cells, start=scalar.start + 1, end=last) for row in passage.rows),
        )


def _parameter(node: Map, headings: tuple[str, ...], path: str) -> Passage:
    schema = node.sub("schema")
    rules = [f"{key}: {value}" for key in SHOWN_RULES if (value := schema.get(key) or node.get(key))]
    details = ", ".join([node.get("in"), *rules])
    said = " ".join(node.get("description").split())
    return Passage(
        path=path,
        start=node.start + 1,
        end=max(node.start + 1, _last(node) + 1),
        kind=PassageKind.DEFINITION,
        term=node.get("name"),
        text=f"`{node.get('name')}` ({details}): {said}",
        headings=headings[:-1],
    )


def _security(node: Map, headings: tuple[str, ...], path: str) -> Iterator[Passage]:
    """Say in words what a security scheme declares, so that it is found like any other statement."""
    said = " ".join(node.get("description").split())
    if node.get("type") == "http" and node.get("scheme"):
        scheme = node.get("scheme").capitalize()
        text = f"Authenticate requests with HTTP {scheme} auth in the `Authorization` header. {said}".strip()
        yield _scheme(node, text, headings, path)
    for name, flow in node.sub("flows").entries if node.get("type") == "oauth2" else ():
        if isinstance(flow, Map) and name in FLOWS:
            urls = " ".join(f"`{url}`" for url in (flow.get("authorizationUrl"), flow.get("tokenUrl")) if url)
            yield _scheme(flow, f"OAuth 2.0 {FLOWS[name]} flow: {urls}", headings, path)


def _scheme(node: Map, text: str, headings: tuple[str, ...], path: str) -> Passage:
    return Passage(
        path=path,
        start=node.start + 1,
        end=max(node.start, _last(node)) + 1,
        kind=PassageKind.DEFINITION,
        term="security scheme",
        text=text,
        headings=(*headings, "Security"),
    )


def _header(name: str, node: Map, headings: tuple[str, ...], path: str) -> Passage:
    text = f"`{name}` (header): {' '.join(node.get('description').split())}"
    return Passage(
        path=path,
        start=max(1, node.start),
        end=_last(node) + 1,
        kind=PassageKind.DEFINITION,
        term=name,
        text=text,
        headings=headings,
    )


def _last(node: Map) -> int:
    """Return the last line of the scalars in `node` and one level below."""
    ends = []
    for _, child in node.entries:
        if isinstance(child, Scalar):
            ends.append(child.end - 1 if child.block else child.end)
        elif isinstance(child, Map):
            ends.extend(
                inner.end - 1 if inner.block else inner.end for _, inner in child.entries if isinstance(inner, Scalar)
            )
    return max(ends, default=node.start)


def _servers(node: Map) -> list[Map]:
    """Return the members of `servers`, or Swagger 2.0's host and base path as one of them."""
    listed = next((child for key, child in node.entries if key == "servers" and isinstance(child, List)), None)
    if listed:
        return [item for item in listed.items if isinstance(item, Map) and item.get("url")]
    host = next((child for key, child in node.entries if key == "host" and isinstance(child, Scalar)), None)
    if host is None or not node.get("swagger"):
        return []
    url = Scalar(f"https://{host.value}{node.get('basePath').rstrip('/')}", host.start, host.end, block=False)
    return [Map(host.start, [("url", url)])]


def _server(node: Map, headings: tuple[str, ...], path: str) -> Passage:
    said = " ".join(node.get("description").split())
    text = f"Server URL: `{node.get('url')}` {said}".strip()
    return Passage(
        path=path,
        start=node.start + 1,
        end=node.start + 1,
        kind=PassageKind.DEFINITION,
        term="server",
        text=text,
        headings=(*headings, "Servers"),
    )
