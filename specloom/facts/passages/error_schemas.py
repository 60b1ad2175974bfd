"""The bodies of errors that a description declares: the schema of answers with such a status, as an example of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import orjson

from specloom.facts.passages.description_tree import List, Map, last_line
from specloom.model.passage import Passage, PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.passages.description_tree import Node
    from specloom.model.source import Json

STATUS: Final = re.compile(r"[45](?:\d\d|XX)", re.IGNORECASE)
DEFAULT: Final = "default"
METHODS: Final = frozenset({"get", "put", "post", "delete", "options", "head", "patch"})
MEDIA: Final = re.compile(r"\bjson\b|^\*/\*$", re.IGNORECASE)
ERROR: Final = re.compile(
    r"(?:api|generic|http|base|common|standard|default)?[_.-]?errors?(?:[_.-]?(?:response|body|object|model|dto|envelope|result|info"
    r"|details?|payload|message|schema))*|problem(?:[_.-]?details?)?",
    re.IGNORECASE,
)
WHOLE: Final = re.compile(r"response|body|envelope|payload|result", re.IGNORECASE)
LONGEST: Final = 40
"""Lines of a schema that are cited."""
DEEPEST: Final = 4
MOST_ANSWERS: Final = 2_000
MOST_TARGETS: Final = 100
"""References that are followed; descriptions declare a handful of errors."""
MOST_MEMBERS: Final = 20
MOST_SCHEMAS: Final = 3


def error_schemas(root: Node | None, path: str) -> Iterator[Passage]:
    """Yield the schemas that most errors have, each as the example of a body, on its own lines."""
    if not isinstance(root, Map) or not (root.get("openapi") or root.get("swagger")):
        return
    described = _Described(root)
    counted: dict[int, tuple[Map, int]] = {}
    for schema in [*described.declared()] or described.named():
        counted[id(schema)] = (schema, counted.get(id(schema), (schema, 0))[1] + 1)
    for schema, _ in sorted(counted.values(), key=lambda pair: -pair[1])[:MOST_SCHEMAS]:
        body = described.example(schema)
        if isinstance(body, dict) and body:
            yield Passage(
                path=path,
                start=schema.start + 1,
                end=min(last_line(schema) + 1, schema.start + LONGEST),
                kind=PassageKind.CODE,
                text=orjson.dumps(body, option=orjson.OPT_INDENT_2).decode(),
                headings=("Errors",),
                language="json",
            )


@dataclass
class _Described:
    """A description, and where its references lead."""

    root: Map
    targets: dict[str, Map] = field(default_factory=dict)

    def declared(self) -> Iterator[Map]:
        """Yield the schema of every answer with the status of an error."""
        operations = (
            operation
            for _, item in self.root.sub("paths").entries
            for method, operation in (item.entries if isinstance(item, Map) else ())
            if method in METHODS and isinstance(operation, Map)
        )
        left = MOST_ANSWERS
        for operation in operations:
            answers = operation.sub("responses").entries
            fine = any(status.startswith("2") for status, _ in answers)
            for status, answer in answers[: max(0, left)]:
                left -= 1
                if isinstance(answer, Map) and (STATUS.fullmatch(status) or (fine and status == DEFAULT)):
                    yield from self._schema(self._followed(answer))

    def named(self) -> list[Map]:
        """Return the schema whose name says that it is an error, that of a whole answer first."""
        schemas = [*self.root.sub("components").sub("schemas").entries, *self.root.sub("definitions").entries]
        found = [(name, one) for name, one in schemas if ERROR.fullmatch(name) and isinstance(one, Map)]
        return [one for _, one in sorted(found, key=lambda pair: not WHOLE.search(pair[0]))][:1]

    def _schema(self, answer: Map) -> Iterator[Map]:
        media = next((one for name, one in answer.sub("content").entries if MEDIA.search(name)), answer)
        schema = self._followed(media.sub("schema")) if isinstance(media, Map) else answer
        if schema is not answer and schema.entries:
            yield schema

    def example(self, schema: Map, depth: int = DEEPEST) -> Json:
        """Return a value of a schema, with the names that it declares."""
        schema = self._followed(schema)
        if not depth:
            return ""
        parts = [self.example(one, depth - 1) for one in _alternatives(schema)]
        body: dict[str, Json] = {}
        for part in parts:
            body |= part if isinstance(part, dict) else {}
        members = schema.sub("properties").entries[:MOST_MEMBERS]
        body |= {name: self.example(child, depth - 1) for name, child in members if isinstance(child, Map)}
        if body:
            return body
        items = schema.sub("items")
        return [self.example(items, depth - 1)] if items.entries else schema.get("example")

    def _followed(self, node: Map) -> Map:
        """Follow references within the file, as far as they lead to maps."""
        for _ in range(DEEPEST):
            target = node.get("$ref")
            if not target.startswith("#/") or (target not in self.targets and len(self.targets) >= MOST_TARGETS):
                return node
            if target not in self.targets:
                self.targets[target] = self._found(target)
            node = self.targets[target]
        return node

    def _found(self, target: str) -> Map:
        node = self.root
        for part in target[2:].split("/"):
            node = node.sub(part.replace("~1", "/").replace("~0", "~"))
        return node


def _alternatives(schema: Map) -> Iterator[Map]:
    """Yield all parts of a schema that is put together, and the first of those that it may be."""
    for key, child in schema.entries:
        if isinstance(child, List) and key in {"allOf", "anyOf", "oneOf"}:
            found = [one for one in child.items if isinstance(one, Map)]
            yield from found if key == "allOf" else found[:1]
