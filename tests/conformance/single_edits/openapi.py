"""What can be edited in an OpenAPI or Swagger description, wherever a reference leads to."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from single_edits.texts import File

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from single_edits.texts import Edit, Node

    Choice = Callable[[], Edit | None]

METHODS: Final = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})
OTHER: Final = {"string": "boolean", "integer": "string", "number": "boolean", "boolean": "string", "array": "string"}
BOUNDS: Final = {
    "minimum": {"integer", "number"},
    "maximum": {"integer", "number"},
    "minLength": {"string"},
    "maxLength": {"string"},
    "minItems": {"array"},
    "maxItems": {"array"},
}
HOPS: Final = 9
INNER: Final = ("items", "additionalProperties")
LISTS: Final = ("allOf", "oneOf", "anyOf")
PROSE: Final = frozenset({"title", "description", "summary", "example", "examples"})


class Places:
    """The edits of one description, by kind; `files` are parsed when a reference leads there."""

    def __init__(self, files: Mapping[str, bytes], root: str) -> None:
        self._contents = files
        self._files: dict[str, File] = {}
        self._seen: set[tuple[int, str]] = set()
        self.kinds: defaultdict[str, list[Choice]] = defaultdict(list)
        self._root(self.file(root))

    def file(self, path: str) -> File:
        """Return a file of the description."""
        if path not in self._files:
            self._files[path] = File.of(path, self._contents[path].decode("utf-8-sig"))
        return self._files[path]

    def _put(self, kind: str, choice: Choice) -> None:
        self.kinds[kind].append(choice)

    def _target(self, file: File, node: Node) -> tuple[File, Node] | None:
        """Follow a reference; None where it leads nowhere that we know."""
        hops = 0
        while (reference := node.text("$ref")) is not None and hops < HOPS:
            hops += 1
            found = self._at(file, reference)
            if found is None:
                return None
            file, node = found
        return file, node

    def _at(self, file: File, reference: str) -> tuple[File, Node] | None:
        resource, _, pointer = reference.partition("#")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(file.path), unquote(resource)))
        if resource and path not in self._contents:
            return None
        file = self.file(path) if resource else file
        found: Node | None = file.root
        for step in pointer.split("/")[1:]:
            name = unquote(step).replace("~1", "/").replace("~0", "~")
            listed = found is not None and found.kind == "list" and name.isdecimal() and int(name) < len(found.items)
            found = found.items[int(name)] if listed else found.get(name) if found is not None else None
        return None if found is None else (file, found)

    def _enter(self, file: File, node: Node | None, kind: str) -> tuple[File, Node] | None:
        """Follow references; None for what has been walked as this before, or is no mapping."""
        found = self._target(file, node) if node is not None else None
        if found is None or found[1].kind != "map" or (id(found[1].members), kind) in self._seen:
            return None
        self._seen.add((id(found[1].members), kind))
        return found

    def _drop(self, kind: str, file: File, around: Node, index: int, *, most: int | None = 1) -> None:
        self._put(kind, lambda: file.drop(kind, around, index, most=most))

    def _change(self, kind: str, file: File, node: Node, value: object, *, most: int | None = 1) -> None:
        self._put(kind, lambda: file.change(kind, node, value, most=most))

    def _add(  # noqa: PLR0913  # what an edit is made of
        self, kind: str, file: File, around: Node, new: str, *, key: str = "", most: int | None = 1
    ) -> None:
        self._put(kind, lambda: file.add(kind, around, new, key=key, most=most))

    def _root(self, file: File) -> None:
        root = file.root
        for word in ("paths", "webhooks", "x-webhooks"):
            self._paths(file, root.get(word))
        components = root.get("components") or root
        where = self._target(file, components) or (file, components)
        for name in ("schemas", "definitions"):
            for _, schema in _members(where[1].get(name)):
                self._schema(where[0], schema)
        for word in ("securitySchemes", "securityDefinitions"):
            for _, scheme in _members(where[1].get(word)):
                self._scheme(where[0], scheme)
        self._servers(file, root)
        self._security(file, root, "root-")
        for word in ("host", "basePath"):
            if (node := root.get(word)) is not None:
                self._change(f"~{word}", file, node, "/moved" if word == "basePath" else "moved.example", most=2)

    def _paths(self, file: File, node: Node | None) -> None:
        found = self._enter(file, node, "paths")
        if found is None:
            return
        file, paths = found
        for index, (key, item) in enumerate(paths.members):
            if key.value.startswith("x-"):
                continue
            target = self._target(file, item)
            count = sum(name.lower() in METHODS for name in (target[1] if target else item).named())
            self._drop("-path", file, paths, index, most=count)
            self._change("~path", file, key, f"{key.value}/moved", most=max(1, count) * 2)
            self._item(file, item)

    def _item(self, file: File, node: Node) -> None:
        found = self._enter(file, node, "item")
        if found is None:
            return
        file, item = found
        self._parameters(file, item)
        for index, (key, operation) in enumerate(item.members):
            if key.value.lower() in METHODS:
                self._drop("-operation", file, item, index)
                self._operation(file, operation)

    def _operation(self, file: File, node: Node) -> None:
        found = self._enter(file, node, "operation")
        if found is None:
            return
        file, operation = found
        self._parameters(file, operation)
        self._security(file, operation, "")
        self._servers(file, operation)
        if operation.get("deprecated") is None:
            self._add("+deprecated", file, operation, "true", key="deprecated")
        if (name := operation.get("operationId")) is not None:
            self._change("~operationId", file, name, f"{name.value}Moved")
        tags = operation.get("tags")
        for index, tag in enumerate(tags.items if tags is not None and tags.kind == "list" else []):
            self._drop("-tag", file, tags, index)
            self._change("~tag", file, tag, f"{tag.value} moved", most=2)
        for index, (key, _) in enumerate(operation.members):
            if key.value == "requestBody":
                self._drop("-requestBody", file, operation, index)
        self._body(file, operation.get("requestBody"))
        self._responses(file, operation.get("responses"))
        for index, (_, callback) in enumerate(_members(operation.get("callbacks"))):
            self._drop("-callback", file, operation.get("callbacks"), index, most=None)
            self._paths(file, callback)

    def _parameters(self, file: File, owner: Node) -> None:
        parameters = owner.get("parameters")
        if parameters is None or parameters.kind != "list":
            return
        for index, item in enumerate(parameters.items):
            found = self._target(file, item)
            place = found[1].text("in") if found else None
            if place in {"query", "header", "cookie", "formData"}:
                self._drop("-parameter", file, parameters, index)
                if (reference := item.get("$ref")) is not None and place != "formData":
                    self._retarget(file, reference, "~parameter $ref")
            self._parameter(file, item)
        self._add("+parameter", file, parameters, '{"name": "zz", "in": "query", "schema": {"type": "string"}}')

    def _parameter(self, file: File, node: Node) -> None:
        found = self._enter(file, node, "parameter")
        if found is None:
            return
        file, parameter = found
        place, name = parameter.text("in"), parameter.get("name")
        if place in {"query", "header", "formData"} and name is not None:
            self._change("~parameter name", file, name, f"{name.value}_moved", most=2)
            required = parameter.get("required")
            if required is None:
                self._add("+parameter required", file, parameter, "true", key="required")
            else:
                self._change("~parameter required", file, required, value=required.value != "true")
        if place == "query":
            self._change("~parameter in", file, parameter.get("in"), "header")
        if place != "body" and parameter.get("schema") is None and parameter.get("content") is None:
            self._schema(file, parameter, inline=True)
        self._schema(file, parameter.get("schema"))
        self._content(file, parameter.get("content"), "parameter")

    def _body(self, file: File, node: Node | None) -> None:
        found = self._enter(file, node, "body")
        if found is None:
            return
        file, body = found
        required = body.get("required")
        if required is None:
            self._add("+body required", file, body, "true", key="required")
        else:
            self._change("~body required", file, required, value=required.value != "true")
        self._content(file, body.get("content"), "body")

    def _content(self, file: File, node: Node | None, where: str) -> None:
        found = self._enter(file, node, "content")
        if found is None:
            return
        file, content = found
        for index, (key, media) in enumerate(content.members):
            if where != "parameter":
                self._drop(f"-{where} media type", file, content, index)
                self._change(f"~{where} media type", file, key, "application/x-moved", most=2)
            inner = self._enter(file, media, "media")
            if inner is not None:
                self._schema(inner[0], inner[1].get("schema"))

    def _responses(self, file: File, node: Node | None) -> None:
        found = self._enter(file, node, "responses")
        if found is None:
            return
        file, responses = found
        # Where `default` or a range was said, a status of its own is another promise than the one before.
        wide = {"default", "4XX", "4xx"} & responses.named().keys()
        kind, most = ("+status of a range", None) if wide else ("+status", 1)
        self._add(kind, file, responses, '{"description": "new"}', key="418", most=most)
        for index, (key, response) in enumerate(responses.members):
            if key.value.startswith("x-"):
                continue
            self._drop("-status", file, responses, index)
            self._change("~status", file, key, "419", most=2)
            self._response(file, response)

    def _response(self, file: File, node: Node) -> None:
        found = self._enter(file, node, "response")
        if found is None:
            return
        file, response = found
        self._content(file, response.get("content"), "response")
        self._schema(file, response.get("schema"))
        if response.get("headers") is None:
            self._add("+header", file, response, '{"X-New": {"schema": {"type": "string"}}}', key="headers")
        for index, (key, header) in enumerate(_members(response.get("headers"))):
            if key.value.lower() == "content-type":
                continue
            self._drop("-header", file, response.get("headers"), index)
            inner = self._enter(file, header, "header")
            if inner is not None:
                self._schema(inner[0], inner[1].get("schema") or inner[1], inline=inner[1].get("schema") is None)
        for index, (_, _link) in enumerate(_members(response.get("links"))):
            self._drop("-link", file, response.get("links"), index)

    def _schema(self, file: File, node: Node | None, *, inline: bool = False) -> None:
        if node is None:
            return
        if not inline and (reference := node.get("$ref")) is not None and len(node.members) == 1:
            self._retarget(file, reference, "~$ref")
        found = self._enter(file, node, "schema")
        if found is None:
            return
        file, schema = found
        self._values(file, schema, inline=inline)
        self._properties(file, schema)
        for word in LISTS:
            for index, member in enumerate(_items(schema.get(word))):
                if len(schema.get(word).items) > 1:
                    self._drop(f"-{word} member", file, schema.get(word), index, most=None)
                self._schema(file, member)
            # Beside a type, a further alternative of another type says nothing.
            if word != "allOf" and len(_items(schema.get(word))) > 1 and schema.get("type") is None:
                self._add(f"+{word} member", file, schema.get(word), '{"type": "boolean"}')
        for word in INNER:
            self._schema(file, schema.get(word))
        for index, _ in enumerate(_members((schema.get("discriminator") or schema).get("mapping"))):
            self._drop("-mapping", file, schema.get("discriminator").get("mapping"), index)

    def _values(self, file: File, schema: Node, *, inline: bool) -> None:
        kind, enum = schema.text("type"), schema.get("enum")
        if kind in OTHER and enum is None and not (kind == "array" and inline):
            self._change("~type", file, schema.get("type"), OTHER[kind])
        if enum is None:
            self._bounds(file, schema, kind)
        elif kind == "string" and len(_items(enum)) > 1:
            self._add("+enum value", file, enum, '"zz_new"')
            for index, value in enumerate(enum.items):
                if value.kind == "text" and value.value:
                    self._drop("-enum value", file, enum, index)
                    self._change("~enum value", file, value, f"{value.value}_moved", most=2)
        for index, (key, value) in enumerate(schema.members):
            if key.value == "pattern" and kind == "string":
                self._drop("-pattern", file, schema, index)
            if key.value == "nullable" and kind:
                self._change("~nullable", file, value, value.value != "true")

    def _bounds(self, file: File, schema: Node, kind: str | None) -> None:
        form, default = schema.get("format"), schema.get("default")
        patterned = schema.get("pattern") is not None  # which may say more about lengths than a bound does
        for word, kinds in BOUNDS.items():
            bound = schema.get(word)
            if bound is not None and kind in kinds and bound.value.isdecimal() and not (kind == "string" and patterned):
                self._change("~bound", file, bound, int(bound.value) + (2 if word.startswith("max") else 1))
            elif word == "maxLength" and bound is None and kind == "string" and not (form or patterned):
                self._add("+bound", file, schema, "7", key=word)
        if form is not None and form.value in {"date-time", "uuid", "email", "int32"}:
            self._change("~format", file, form, "int64" if form.value == "int32" else "date")
        if default is not None and kind == "string" and default.value:
            self._change("~default", file, default, "zz")

    def _properties(self, file: File, schema: Node) -> None:
        properties, required = schema.get("properties"), schema.get("required")
        names = [] if properties is None else [key.value for key, _ in properties.members]
        for index, (key, inner) in enumerate(_members(properties)):
            self._drop("-property", file, properties, index)
            self._change("~property name", file, key, f"{key.value}_moved", most=3)
            self._schema(file, inner)
        if names:
            self._add("+property", file, properties, '{"type": "string"}', key="zz_new")
        listed = [item.value for item in _items(required)]
        for index, name in enumerate(listed):
            if name in names and listed.count(name) == 1:
                self._drop("-required", file, required, index)
        more = [name for name in names if name not in listed]
        if listed and more:
            self._add("+required", file, required, f'"{more[len(more) // 2]}"')
        if (rest := schema.get("additionalProperties")) is not None and rest.kind == "text":
            self._change("~additionalProperties", file, rest, rest.value != "true", most=1)
        if names and rest is None and schema.text("type") == "object":
            self._add("+additionalProperties", file, schema, "false", key="additionalProperties")

    def _retarget(self, file: File, reference: Node, kind: str) -> None:
        """Point a reference to the next neighbour of what it leads to that says something else."""
        home, _, name = reference.value.rpartition("/")
        if "#/" not in home:
            return
        around = self._at(file, home)
        named = {} if around is None else around[1].named()
        if name not in named:
            return
        names, own = [*named], _meaning(named[name])
        index = names.index(name)
        for other in (*names[index + 1 :], *names[:index]):
            if _meaning(named[other]) != own:
                escaped = other.replace("~", "~0").replace("/", "~1")
                self._change(kind, file, reference, f"{home}/{escaped}", most=None)
                return

    def _security(self, file: File, owner: Node, prefix: str) -> None:
        security = owner.get("security")
        for index, requirement in enumerate(_items(security)):
            self._drop(f"-{prefix}security", file, security, index, most=None if prefix else 1)
            for _, scopes in _members(requirement):
                for number, scope in enumerate(_items(scopes)):
                    self._drop(f"-{prefix}scope", file, scopes, number)
                    self._change(f"~{prefix}scope", file, scope, f"{scope.value}:moved")

    def _servers(self, file: File, owner: Node) -> None:
        for item in _items(owner.get("servers")):
            found = self._target(file, item)
            if found is None:
                continue
            if (url := found[1].get("url")) is not None:
                self._change("~server", found[0], url, f"https://moved.example/{url.start}", most=2)
            for _, variable in _members(found[1].get("variables")):
                if (default := variable.get("default")) is not None:
                    self._change("~server variable", found[0], default, f"{default.value}2")
                values = variable.get("enum")
                for index, _ in enumerate(_items(values)):
                    self._drop("-server variable value", found[0], values, index)

    def _scheme(self, file: File, node: Node) -> None:
        found = self._enter(file, node, "scheme")
        if found is None:
            return
        file, scheme = found
        if scheme.text("type") == "apiKey" and (name := scheme.get("name")) is not None:
            self._change("~scheme name", file, name, f"{name.value}-Moved", most=None)
        flows = [scheme, *(flow for _, flow in _members(scheme.get("flows")))]
        for flow in flows:
            for word in ("tokenUrl", "authorizationUrl"):
                if (url := flow.get(word)) is not None:
                    self._change("~oauth url", file, url, "https://moved.example/token")
            for index, _ in enumerate(_members(flow.get("scopes"))):
                self._drop("-oauth scope", file, flow.get("scopes"), index)


def _meaning(node: Node) -> tuple[object, ...]:
    """Return what a node says, without what is there for people to read."""
    members = [(key.value, _meaning(item)) for key, item in node.members if key.value not in PROSE]
    return node.value, sorted(members), [_meaning(item) for item in node.items]


def _members(node: Node | None) -> list[tuple[Node, Node]]:
    return [] if node is None else node.members


def _items(node: Node | None) -> list[Node]:
    return [] if node is None else node.items
