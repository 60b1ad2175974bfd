"""Two versions of an API in, every difference that matters out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.collector import no_collections
from specloom.drift import sdl, unused
from specloom.drift.calls import operations, security, servers
from specloom.drift.desk import Desk, Seen, collect
from specloom.drift.findings import Findings
from specloom.drift.graph import Graph
from specloom.drift.notice import stability, sunset
from specloom.drift.pairs import paired, shape
from specloom.drift.rules.dialects import dialect
from specloom.drift.spans import Spans, inside, said
from specloom.drift.verdict import drift_of
from specloom.model.api import OperationKind
from specloom.model.policy import DEFAULT, Policy
from specloom.model.source import Span

if TYPE_CHECKING:
    from specloom.model.api import Api, Operation
    from specloom.model.change import Drift

OURS = frozenset({OperationKind.WEBHOOK, OperationKind.CALLBACK})
"""Kinds of operations where the API's server is the caller."""


def compare(base: Api, head: Api, *, policy: Policy = DEFAULT) -> Drift:
    """Return what changed from `base` to `head`, each root cause once; equal inputs give equal output.

    Operations are paired once, schemas pair by pair; `policy` turns findings into what a team wants to see.
    """
    with no_collections():
        return _compare(base, head, policy)


def _compare(base: Api, head: Api, policy: Policy) -> Drift:
    graph, findings = Graph.of(base, head, policy), Findings(dialect(base, head))
    whole = Desk(graph=graph, findings=findings, operation=None, subject="API")
    roots = servers.root(base.servers), servers.root(head.servers)
    matched = paired((*base.operations, *base.webhooks), (*head.operations, *head.webhooks), roots=roots)
    parents = _top(base, _ADDRESS), _top(head, _ADDRESS)
    cut = roots if matched.rerooted else ("", "")
    servers.compare(base.servers, head.servers, whole, parents=parents, roots=cut)
    security.compare_schemes(base, head, whole)
    if base.source.format == head.source.format == "graphql":
        sdl.compare(base, head, findings)
    sides = security.sides_of(base, head)
    desks = []
    before, after = ({shape(item.path) for item in api.operations} for api in (base, head))
    for old, new in (*matched.kept, *matched.moved):
        turned = old.kind in OURS
        desk = Desk(graph=graph, findings=findings, operation=new.key, subject=new.key, turned=turned)
        if old.key != new.key and (old, new) in matched.moved:
            _moved(old, new, desk, renamed=not (shape(old.path) in after or shape(new.path) in before))
        operations.compare(old, new, desk, sides=sides, policy=policy)
        desks.append(desk)
    collect(desks, graph, findings)
    for old in matched.gone:
        desk = Desk(graph=graph, findings=findings, operation=old.key, subject=old.key)
        _gone(old, head, after, desk, policy)
    for new in matched.new:
        desk = Desk(graph=graph, findings=findings, operation=new.key, subject=new.key)
        what = "webhook-added" if new.kind in OURS else "operation-added"
        desk.report(Seen(what=what, base=None, head=_place(new, before)))
    unused.compare(base, head, whole)
    return drift_of(findings, base, head, policy=policy)


_ADDRESS: Final = ("servers", "host", "basePath", "paths")


def _top(api: Api, words: tuple[str, ...] = ("paths",)) -> Span:
    """Return the line of the first of `words` that a description has, or of its beginning: the parent of the rest."""
    known = dict(api.span.members) if api.span is not None else {}
    start = next((known[word] for word in words if word in known), 1)
    return Span(api.source.path, start, start)


def _moved(old: Operation, new: Operation, desk: Desk, *, renamed: bool) -> None:
    """Report an operation with a new address; of a path that was renamed as a whole, or is its own, at the path."""
    spans = Spans(base=said(old), head=said(new))
    own = old.entry is not None and not inside(old.span, old.entry) and old.entry.path == old.span.path
    if (renamed or own) and old.entry is not None and new.entry is not None:
        spans = Spans(base=_first(old.entry), head=_first(new.entry))
    desk.report(Seen(what="operation-moved", values={"before": old.key, "after": new.key}, **spans))


def _first(span: Span) -> Span:
    return Span(span.path, span.start, span.start)


def _place(operation: Operation, others: set[str]) -> Span:
    """Return where an operation is said; of an address that is not among `others`, and written elsewhere, there."""
    entry = operation.entry
    if entry is None or shape(operation.path) in others:
        return said(operation)
    return said(operation) if inside(operation.span, entry) else entry


def _gone(old: Operation, head: Api, paths: set[str], desk: Desk, policy: Policy) -> None:
    """Report a removal by what callers had been told about it; `paths` are those that are left."""
    day = sunset(old.extensions)
    level = stability(old.extensions)
    what = "webhook-removed" if old.kind in OURS else "operation-removed"
    if level in policy.unstable:
        what = "unstable-operation-removed"
    elif old.deprecated and day is not None and policy.today is not None:
        what = "operation-removed-after-sunset" if day <= policy.today else "operation-removed-before-sunset"
    elif old.deprecated:
        what = "operation-removed-after-deprecation"
    values = {"day": str(day), "level": level}
    sibling = next((item for item in head.operations if item.path == old.path and item.path), None)
    parent = _top(head)
    if sibling is not None:
        around = sibling.entry is not None and inside(sibling.span, sibling.entry)
        parent = sibling.entry if sibling.entry is not None and around else sibling.span
    desk.report(Seen(what=what, base=_place(old, paths), head=parent, values=values))
