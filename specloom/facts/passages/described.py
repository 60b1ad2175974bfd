"""The prose inside machine-readable descriptions: the `description` texts of OpenAPI and its kin, in YAML or JSON.

The file is read as a stream of events, so that aliases are never expanded and depth costs nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import yaml

from specloom.facts.passages.markdown import cut_markdown
from specloom.model.passage import Passage, PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
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


@dataclass(slots=True)
class _Scalar:
    value: str
    start: int
    end: int
    block: bool


@dataclass(slots=True)
class _Map:
    start: int
    entries: list[tuple[str, _Node]] = field(default_factory=list)

    def get(self, key: str) -> str:
        return next((node.value for name, node in self.entries if name == key and isinstance(node, _Scalar)), "")

    def sub(self, key: str) -> _Map:
        return next((node for name, node in self.entries if name == key and isinstance(node, _Map)), _Map(self.start))


@dataclass(slots=True)
class _List:
    start: int
    items: list[_Node] = field(default_factory=list)


_Node: TypeAlias = "_Scalar | _Map | _List"


def cut_described(text: str, path: str) -> list[Passage]:
    """Return the prose, the parameters and the servers of a description; nothing where the file is not well-formed."""
    try:
        root = _tree(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return []
    lines = text.split("\n")
    return [passage for passage in _walk(root, path, lines) if passage.end <= len(lines)]


def _tree(text: str) -> _Node | None:
    """Build maps, lists and scalars with their lines; an alias becomes an empty scalar."""
    root: _Node | None = None
    stack: list[tuple[_Map | _List, str | None]] = []
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            stack.pop()
            continue
        node = _node(event)
        if node is None:
            continue
        if stack:
            owner, key = stack[-1]
            if isinstance(owner, _List):
                owner.items.append(node)
            elif key is None:
                stack[-1] = (owner, node.value if isinstance(node, _Scalar) else "")
            else:
                owner.entries.append((key, node))
                stack[-1] = (owner, None)
        root = root or node
        if isinstance(node, _Map | _List):
            stack.append((node, None))
    return root


def _node(event: yaml.Event) -> _Node | None:
    start, end = event.start_mark, event.end_mark
    if start is None or end is None:
        return None
    if isinstance(event, yaml.ScalarEvent):
        return _Scalar(event.value, start.line, end.line, event.style in {"|", ">"})
    if isinstance(event, yaml.AliasEvent):
        return _Scalar("", start.line, end.line, block=False)
    if isinstance(event, yaml.MappingStartEvent):
        return _Map(start.line)
    if isinstance(event, yaml.SequenceStartEvent):
        return _List(start.line)
    return None


def _walk(root: _Node | None, path: str, lines: Sequence[str]) -> Iterator[Passage]:
    stack: list[tuple[_Node | None, tuple[str, ...]]] = [(root, ())]
    while stack:
        node, headings = stack.pop()
        if isinstance(node, _List):
            stack.extend((item, headings) for item in reversed(node.items))
        elif isinstance(node, _Map):
            here = (*headings, name) if (name := _heading(node)) else headings
            yield from _passages(node, here, path, lines)
            inner = [
                (child, (*here, shown) if (shown := _key_heading(key)) else here)
                for key, child in node.entries
                if key not in OF_DATA
            ]
            stack.extend(reversed([pair for pair in inner if not isinstance(pair[0], _Scalar)]))


def _heading(node: _Map) -> str:
    return node.get("name") or node.get("title")


def _key_heading(key: str) -> str:
    if key.startswith("/") or key.lower() in METHODS:
        return key.upper() if key.lower() in METHODS else key
    return key if re.fullmatch(r"[1-5](?:\d\d|XX)|webhooks?|callbacks|info|responses", key) else ""


def _passages(node: _Map, headings: tuple[str, ...], path: str, lines: Sequence[str]) -> Iterator[Passage]:
    if node.get("in") and node.get("name"):
        yield _parameter(node, headings, path)
        return
    for server in _servers(node) if node.get("openapi") or node.get("swagger") else ():
        yield _server(server, headings, path)
    yield from _security(node, headings, path)
    for name, header in node.sub("headers").entries:
        if isinstance(header, _Map) and header.get("description"):
            yield _header(name, header, headings, path)
    for key, child in node.entries:
        if isinstance(child, _Scalar) and child.value.strip() and (key in PROSE or _written(child)):
            yield from _prose(child, headings, path, lines)


def _written(scalar: _Scalar) -> bool:
    """Tell a page of Markdown, whatever its key: descriptions may be kept in a file of their own."""
    return scalar.block and scalar.end - scalar.start > PAGE_LINES and "\n\n" in scalar.value and "## " in scalar.value


def _prose(scalar: _Scalar, headings: tuple[str, ...], path: str, lines: Sequence[str]) -> Iterator[Passage]:
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


def _parameter(node: _Map, headings: tuple[str, ...], path: str) -> Passage:
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


def _security(node: _Map, headings: tuple[str, ...], path: str) -> Iterator[Passage]:
    """Say in words what a security scheme declares, so that it is found like any other statement."""
    said = " ".join(node.get("description").split())
    if node.get("type") == "http" and node.get("scheme"):
        scheme = node.get("scheme").capitalize()
        text = f"Authenticate requests with HTTP {scheme} auth in the `Authorization` header. {said}".strip()
        yield _scheme(node, text, headings, path)
    for name, flow in node.sub("flows").entries if node.get("type") == "oauth2" else ():
        if isinstance(flow, _Map) and name in FLOWS:
            urls = " ".join(f"`{url}`" for url in (flow.get("authorizationUrl"), flow.get("tokenUrl")) if url)
            yield _scheme(flow, f"OAuth 2.0 {FLOWS[name]} flow: {urls}", headings, path)


def _scheme(node: _Map, text: str, headings: tuple[str, ...], path: str) -> Passage:
    return Passage(
        path=path,
        start=node.start + 1,
        end=max(node.start, _last(node)) + 1,
        kind=PassageKind.DEFINITION,
        term="security scheme",
        text=text,
        headings=(*headings, "Security"),
    )


def _header(name: str, node: _Map, headings: tuple[str, ...], path: str) -> Passage:
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


def _last(node: _Map) -> int:
    """Return the last line of the scalars in `node` and one level below."""
    ends = []
    for _, child in node.entries:
        if isinstance(child, _Scalar):
            ends.append(child.end - 1 if child.block else child.end)
        elif isinstance(child, _Map):
            ends.extend(
                inner.end - 1 if inner.block else inner.end for _, inner in child.entries if isinstance(inner, _Scalar)
            )
    return max(ends, default=node.start)


def _servers(node: _Map) -> list[_Map]:
    """Return the members of `servers`, or Swagger 2.0's host and base path as one of them."""
    listed = next((child for key, child in node.entries if key == "servers" and isinstance(child, _List)), None)
    if listed:
        return [item for item in listed.items if isinstance(item, _Map) and item.get("url")]
    host = next((child for key, child in node.entries if key == "host" and isinstance(child, _Scalar)), None)
    if host is None or not node.get("swagger"):
        return []
    url = _Scalar(f"https://{host.value}{node.get('basePath').rstrip('/')}", host.start, host.end, block=False)
    return [_Map(host.start, [("url", url)])]


def _server(node: _Map, headings: tuple[str, ...], path: str) -> Passage:
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
