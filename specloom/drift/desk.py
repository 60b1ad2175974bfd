"""Where the comparison of one operation puts what it finds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from specloom.drift.effect import Direction, Effect, clamp, severity
from specloom.drift.findings import BOTH_SIDES, Finding, Findings
from specloom.drift.graph import Way
from specloom.drift.pair import Child
from specloom.drift.table import BY_ID, rule_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.drift.graph import Graph, Spot
    from specloom.drift.pair import Difference
    from specloom.model.schema import Schema
    from specloom.model.source import Span

SINGLE: Final = (
    "property-removed",
    "property-added",
    "enum-value-removed",
    "enum-value-added",
    "property-became-optional",
    "property-became-required",
    "union-member-added",
    "union-member-removed",
)
"""Ends of the names of edits that are a line of their own on one side, whatever stands around it on the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An edit outside of schemas: its rule without prefix, and what it does to the messages.

    `sides` are those whose lines tell it from others, where the rule's name does not say which.
    """

    what: str
    base: Span | None
    head: Span | None
    effect: Effect = Effect.NONE
    direction: Direction = Direction.REQUEST
    place: str = ""
    detail: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    undecided: str = ""
    sides: frozenset[str] | None = None


@dataclass(slots=True, kw_only=True)
class Desk:
    """One operation, or a callback of one. `turned` means that our server calls: every direction is reversed."""

    graph: Graph
    findings: Findings
    operation: str | None
    subject: str
    turned: bool = False
    roots: list[int] = field(default_factory=list)

    def inside(self, label: str, *, turned: bool = False) -> Desk:
        """Return a desk for a callback of this operation; what it finds counts for the operation."""
        return replace(self, subject=f"{self.subject} · {label}", turned=self.turned is not turned)

    def way(self, direction: Direction) -> Direction:
        """Return a direction as the API's caller sees it."""
        return direction.opposite if self.turned else direction

    def report(self, seen: Seen) -> None:
        """Put down an edit of the operation, a parameter, a body, a response or a header."""
        twin = f"callback-{seen.what}"
        rule = rule_of(twin if self.turned and twin in BY_ID else seen.what)
        grave = rule.severity or severity(seen.effect, self.way(seen.direction))
        finding = Finding(
            rule=rule.id,
            family=seen.what,
            severity=clamp(grave, floor=rule.floor, cap=rule.cap),
            subject=f"{self.subject} · {seen.place}" if seen.place else self.subject,
            place=seen.place,
            base=seen.base,
            head=seen.head,
            detail=seen.detail,
            values=seen.values,
            undecided=seen.undecided,
            sides=seen.sides or _sides(seen.what),
        )
        self.findings.add(finding, self.operation)

    def schemas(self, label: str, base: Schema, head: Schema, *, direction: Direction, textual: bool = False) -> None:
        """Have two schemas compared; what differs is collected once the whole API has been seen."""
        nodes = self.graph.base.node(base), self.graph.head.node(head)
        child = Child(label=label, base=nodes[0], head=nodes[1], sites=(base.span, head.span))
        root = self.graph.add(child, self.subject, Way(direction=self.way(direction), textual=textual))
        if root is not None:
            self.roots.append(root)


def _sides(what: str) -> frozenset[str]:
    """Return the sides whose lines tell an edit from others: those of the parent of what came or went do not."""
    if what.endswith(("-removed", "-became-optional")):
        return frozenset({"base"})
    return frozenset({"head"}) if what.endswith(("-added", "-became-required")) else BOTH_SIDES


def collect(desks: list[Desk], graph: Graph, findings: Findings) -> None:
    """Put down what the schemas of all operations lead to, each difference once with everybody whom it reaches."""
    telling = graph.telling()
    reached: dict[int, list[str | None]] = {}
    for desk in desks:
        for number in graph.reachable(desk.roots, telling):
            reached.setdefault(number, []).append(desk.operation)
    for number, operations in reached.items():
        for one in graph.spots[number].found:
            findings.add(schema_finding(graph.spots[number], one, graph), *operations)


def schema_finding(spot: Spot, one: Difference, graph: Graph) -> Finding:
    """Judge one difference of two schemas by the law and the table."""
    direction = one.direction or spot.way.direction
    effect = one.effect.mirrored if spot.way.mirrored and one.direction is None else one.effect
    directed = f"{direction.value}-{one.what}"
    rule = rule_of(directed if directed in BY_ID else one.what)
    grave = rule.severity or severity(effect, direction)
    home = graph.home(one.owner, spot.subject)
    subject = f"{home} · {one.label}" if one.label else home
    return Finding(
        rule=rule.id,
        family=one.what,
        severity=clamp(grave, floor=None if one.certain else rule.floor, cap=rule.cap),
        subject=subject,
        place=" · ".join(subject.split(" · ")[-2:]),
        base=one.base,
        head=one.head,
        detail=one.detail,
        values=one.values,
        undecided=one.undecided if Effect.UNKNOWN in effect else "",
        sides=_sides(one.what) if one.what.endswith(SINGLE) else BOTH_SIDES,
    )
