"""Named schemas that no operation reaches: nobody's messages change with them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from specloom.drift.desk import Desk, schema_finding
from specloom.drift.effect import BOTH, Direction, Effect
from specloom.drift.findings import Finding
from specloom.drift.graph import Way
from specloom.drift.pair import Child
from specloom.drift.relation.same import references
from specloom.drift.sdl import KIND
from specloom.drift.table import rule_of
from specloom.model.change import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from specloom.model.api import Api, MediaType, Operation
    from specloom.model.schema import Schema
    from specloom.model.source import Span


def unused(api: Api) -> set[str]:
    """Return the names that no operation, webhook or callback leads to."""
    queue = [
        name for item in (*api.operations, *api.webhooks) for schema in _schemas(item) for name in references(schema)
    ]
    # A schema that stands in a use itself, not behind a reference, is used as well.
    direct = {id(schema) for item in (*api.operations, *api.webhooks) for schema in _schemas(item)}
    queue += [name for name, schema in api.schemas.items() if id(schema) in direct]
    seen: set[str] = set()
    while queue:
        name = queue.pop()
        if name not in seen and name in api.schemas:
            seen.add(name)
            queue += references(api.schemas[name])
    return set(api.schemas) - seen


def _schemas(operation: Operation) -> Iterator[Schema]:
    for parameter in (*operation.parameters, *operation.strays):
        yield parameter.schema
    if operation.request_body is not None:
        yield from _carried(operation.request_body.content)
    for response in operation.responses:
        yield from _carried(response.content)
        for header in response.headers:
            yield header.schema
    for callback in operation.callbacks:
        yield from _schemas(callback)


def _carried(content: tuple[MediaType, ...]) -> Iterator[Schema]:
    for media in content:
        for schema in (media.schema, media.item_schema):
            if schema is not None:
                yield schema
        for encoding in media.encodings.values():
            for header in encoding.headers:
                yield header.schema


def compare(base: Api, head: Api, desk: Desk) -> None:
    """Report what became of them: safe, or, where a description holds schemas only, as others may use them.

    Types of GraphQL are published by name, whoever leads to them, and keep the grades that they have everywhere.
    """
    if not desk.graph.same.changed:
        return
    library = not (base.operations or base.webhooks or head.operations or head.webhooks)
    before, after = unused(base) - _roots(head), unused(head) - _roots(base)
    for name in sorted(before - head.schemas.keys()):
        gone = _named("schema-removed", name, base.schemas[name].span, None)
        desk.findings.add(replace(gone, severity=Severity.RISKY) if library else gone)
    for name in sorted(after - base.schemas.keys()):
        desk.findings.add(_named("schema-added", name, None, head.schemas[name].span))
    named = base.source.format == head.source.format == "graphql"
    for name in sorted(before & after):
        _changed(name, base, head, desk, None if named else _by_others if library else _by_nobody)


def _roots(api: Api) -> set[str]:
    """Return the types of GraphQL that are no schemas because their fields are operations."""
    roots = api.extensions.get("x-graphql-roots")
    return {str(name) for name in roots.values()} if isinstance(roots, dict) else set()


def _changed(name: str, base: Api, head: Api, desk: Desk, judge: Callable[[Effect], Severity] | None) -> None:
    graph = desk.graph
    child = Child(label="", base=graph.base.node(base.schemas[name]), head=graph.head.node(head.schemas[name]))
    output = head.schemas[name].extensions.get(KIND, "input") != "input"
    direction = Direction.RESPONSE if output else Direction.REQUEST
    root = graph.add(child, f"schema {name}", Way(direction=direction, textual=False))
    for number in graph.reachable([root], graph.telling()) if root is not None else ():
        for one in graph.spots[number].found:
            finding = schema_finding(graph.spots[number], one, graph)
            desk.findings.add(finding if judge is None else replace(finding, severity=judge(one.effect)))


def _by_others(effect: Effect) -> Severity:
    """Judge an edit for requests and answers alike: what is neither narrower nor wider breaks both."""
    if effect is Effect.NONE:
        return Severity.SAFE
    return Severity.BREAKING if effect is BOTH else Severity.RISKY


def _by_nobody(_: Effect) -> Severity:
    return Severity.SAFE


def _named(rule: str, name: str, base: Span | None, head: Span | None) -> Finding:
    return Finding(
        rule=rule_of(rule).id,
        family=rule,
        severity=Severity.SAFE,
        subject=f"schema {name}",
        place="",
        base=base,
        head=head,
    )
