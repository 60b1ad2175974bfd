"""Two versions of an API in, every difference that matters out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.collector import no_collections
from specloom.drift import sdl, unused
from specloom.drift.calls import operations, security, servers
from specloom.drift.desk import Desk, Seen, collect
from specloom.drift.findings import Findings
from specloom.drift.graph import Graph
from specloom.drift.notice import stability, sunset
from specloom.drift.pairs import paired
from specloom.drift.rules.dialects import dialect
from specloom.drift.sites import shared
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
    servers.compare(base.servers, head.servers, whole, parents=(None, _top(head)))
    security.compare_schemes(base, head, whole)
    if base.source.format == head.source.format == "graphql":
        sdl.compare(base, head, findings)
    sides = security.sides_of(base, head)
    matched = paired((*base.operations, *base.webhooks), (*head.operations, *head.webhooks))
    desks, blocks = [], (shared(base), shared(head))
    for old, new in (*matched.kept, *matched.moved):
        desk = Desk(
            graph=graph,
            findings=findings,
            operation=new.key,
            subject=new.key,
            turned=old.kind in OURS,
            shared=blocks,
        )
        if old.key != new.key and (old, new) in matched.moved:
            _existence("operation-moved", old, new, desk)
        operations.compare(old, new, desk, sides=sides, policy=policy)
        desks.append(desk)
    collect(desks, graph, findings)
    for old in matched.gone:
        _gone(old, head, Desk(graph=graph, findings=findings, operation=old.key, subject=old.key), policy)
    for new in matched.new:
        desk = Desk(graph=graph, findings=findings, operation=new.key, subject=new.key)
        what = "webhook-added" if new.kind in OURS else "operation-added"
        desk.report(Seen(what=what, base=None, head=new.span))
    unused.compare(base, head, whole)
    return drift_of(findings, base, head, policy=policy)


def _top(api: Api) -> Span:
    """Return where a description lists its paths, or begins: the parent of what has no nearer one."""
    listed = api.span is not None and "paths" in dict(api.span.members)
    start = api.span.member("paths").start if api.span is not None and listed else 1
    return Span(api.source.path, start, start)


def _existence(what: str, old: Operation, new: Operation, desk: Desk) -> None:
    values = {"before": old.key, "after": new.key}
    desk.report(Seen(what=what, base=old.span, head=new.span, values=values))


def _gone(old: Operation, head: Api, desk: Desk, policy: Policy) -> None:
    """Report a removal by what callers had been told about it."""
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
    parent = sibling.span if sibling else _top(head)
    desk.report(Seen(what=what, base=old.span, head=parent, values=values))
