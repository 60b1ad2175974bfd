"""The relation of two schemas: is every value of the one a value of the other? Proved, or not claimed.

Members that an open object does not declare count as absent: a correct caller sends what the description names. So a
described member fits only where it is described as well, or where members are free.
Recursion is sound by coinduction: a pair that is being looked at is taken to hold until it is refuted, and whatever
was concluded from that assumption is forgotten with it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeAlias

from specloom.drift.apart import apart
from specloom.drift.facets import bounded, counted, described, formatted, needed, stepped, trivial
from specloom.drift.form import Form, Forms, at_least
from specloom.drift.limits import NUMBERS
from specloom.drift.member import admits
from specloom.drift.objects import only_requires, view
from specloom.drift.patterns import implies

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.drift.parts import Node
    from specloom.model.schema import Rare, Schema

Same: TypeAlias = "Callable[[Schema, Schema], bool]"
"""Tells whether a schema of the small side is word for word one of the large side."""

STEPS: Final = 1500
"""Pairs looked at for one question; past that, the answer is "not proved"."""
ALL_STEPS: Final = 120_000
"""Pairs looked at in a whole comparison; past that, each question gets `FEW_STEPS`."""
FEW_STEPS: Final = 60
DEPTH: Final = 60
CASES: Final = 64


class Containment:
    """Answers "is every value of `small` one of `large`?" for nodes of two given sides."""

    def __init__(self, small: Forms, large: Forms, same: Same, *, mirror: Containment | None = None) -> None:
        self.small = small
        self.large = large
        self.same = same
        self._left = ALL_STEPS
        self._known: dict[tuple[tuple[int, ...], tuple[int, ...]], bool] = {}
        self._steps = STEPS
        self._depth = 0
        self._mirror = mirror

    @property
    def mirror(self) -> Containment:
        """The opposite question, with its own memory."""
        if self._mirror is None:
            self._mirror = Containment(self.large, self.small, lambda one, other: self.same(other, one), mirror=self)
        return self._mirror

    def holds(self, small: Node, large: Node) -> bool:
        """Return True where it is proved."""
        if len(small) == len(large) and all(self.same(one, other) for one, other in zip(small, large, strict=True)):
            return True
        if self._depth == 0:
            self._left -= STEPS - self._steps
            self._steps = STEPS if self._left > 0 else FEW_STEPS
        pair = (tuple(map(id, small)), tuple(map(id, large)))
        if pair in self._known:
            return self._known[pair]
        if self._steps <= 0 or self._depth >= DEPTH:
            return False
        self._steps -= 1
        self._known[pair] = True
        size = len(self._known)
        self._depth += 1
        try:
            answer = self._forms(self.small.form(small), self.large.form(large))
        finally:
            self._depth -= 1
        if not answer:
            # What was learnt meanwhile may rest on the assumption that has just failed.
            for stale in list(self._known)[size:]:
                if self._known[stale]:
                    del self._known[stale]
            self._known[pair] = False
        return answer

    def _forms(self, small: Form, large: Form) -> bool:
        if self._depth >= DEPTH:
            return False
        self._depth += 1
        try:
            return self._sets(small, large)
        finally:
            self._depth -= 1

    def _sets(self, small: Form, large: Form) -> bool:
        if small.never or (small.null and not large.null) or not small.kinds:
            return not small.null or large.null
        if small.values is not None:
            return all(admits(self.large, large, value) for value in small.values.values())
        if small.unions:
            return self._cases(small, large)
        if large.unions and len(small.kinds) > 1:
            parts = (replace(small, kinds=frozenset({one})) for one in sorted(small.kinds))
            return all(self._forms(part, large) for part in parts)
        return (
            small.kinds <= large.kinds
            and self._facets(small, large)
            and all(self._some(small, union.members) for union in large.unions)
        )

    def _cases(self, small: Form, large: Form) -> bool:
        """Each alternative on its own must fit."""
        union, *_ = small.unions
        return len(union.members) <= CASES and all(
            self._spend() and self._forms(self.small.case(small, union, member), large) for member in union.members
        )

    def _some(self, small: Form, members: tuple[Schema, ...]) -> bool:
        if len(members) > CASES:
            return False
        nodes = [self.large.names.node(member) for member in members]
        own = {self.small.names.name_of.get(id(part)) for part in small.parts} - {None}
        nodes.sort(key=lambda node: self.large.names.name(node) not in own)
        plain = replace(small, null=False)
        return any(self._spend() and self._forms(plain, self.large.form(node)) for node in nodes)

    def _spend(self) -> bool:
        self._steps -= 1
        return self._steps > 0

    def _facets(self, small: Form, large: Form) -> bool:
        if large.values is not None:
            every = counted(small)
            return every is not None and all(admits(self.large, large, value) for value in every)
        if not bounded(small, large):
            return False
        return (
            stepped(small, large)
            and self._strings(small, large)
            and ("array" not in small.kinds or self._arrays(small, large))
            and ("object" not in small.kinds or self._objects(small, large))
            and self._rest(small, large)
        )

    def _strings(self, small: Form, large: Form) -> bool:
        if "string" not in small.kinds and not small.kinds & NUMBERS:
            return True
        if not formatted(small, large):
            return False
        if "string" not in small.kinds:
            return True
        if any(small.content.get(name) != text for name, text in large.content.items()):
            return False
        if not all(any(self._inside(own, part) for own in small.inside) for part in large.inside):
            return False
        return all(any(implies(own, wanted) for own in small.patterns) for wanted in large.patterns)

    def _inside(self, own: Schema, wanted: Schema) -> bool:
        one, other = own.rare.content_schema, wanted.rare.content_schema
        return one is not None and other is not None and self._maybe(one, other)

    def _arrays(self, small: Form, large: Form) -> bool:
        if large.unique is not None and small.unique is None:
            top = small.bounds.get("max_items")
            if top is None or top.value > 1:
                return False
        if not all(self._contained(part, small) for part in large.contains):
            return False
        for index in range(max(len(small.prefix), len(large.prefix))):
            mine = small.prefix[index] if index < len(small.prefix) else small.items
            yours = large.prefix[index] if index < len(large.prefix) else large.items
            if not self._optional(mine, yours):
                return False
        return self._optional(small.items, large.items) and self._unevaluated("unevaluatedItems", small, large)

    def _optional(self, small: Node | None, large: Node | None) -> bool:
        """Compare two nodes of which None, or an empty one, accepts anything."""
        if not large:
            return True
        if not small:
            return trivial(self.large.form(large))
        return self.holds(small, large)

    def _contained(self, part: Schema, small: Form) -> bool:
        wanted = part.rare
        return any(
            own.rare.contains is not None and wanted.contains is not None and self._as_often(own.rare, wanted)
            for own in small.contains
        )

    def _as_often(self, own: Rare, wanted: Rare) -> bool:
        """At least as many of what is wanted, and at most as many."""
        if own.contains is None or wanted.contains is None:
            return False
        one, other = self.small.names.node(own.contains), self.large.names.node(wanted.contains)
        least = wanted.min_contains == 0 or (at_least(own) >= at_least(wanted) and self.holds(one, other))
        if wanted.max_contains is None:
            return least
        most = own.max_contains is not None and own.max_contains <= wanted.max_contains
        return least and most and self.mirror.holds(other, one)

    def _objects(self, small: Form, large: Form) -> bool:
        mine, yours = small.objects, large.objects
        if not yours.required <= mine.required or not described(small, large, self.small.direction):
            return False
        for name in sorted({*mine.members, *yours.members, *yours.banned}):
            if name in mine.hidden or name in yours.hidden:
                continue
            own = mine.members[name] if name in mine.members else view(small.parts, name, self.small.names)
            if name not in mine.members and own is None and name not in mine.required:
                continue  # undeclared and open: absent, as far as a correct caller goes
            wanted = yours.members[name] if name in yours.members else view(large.parts, name, self.large.names)
            if not self._optional(own, wanted):
                return False
        further = yours.additional is None or (
            mine.additional is not None and self.holds(mine.additional, yours.additional)
        )
        return further and self._odd_objects(small, large)

    def _odd_objects(self, small: Form, large: Form) -> bool:
        mine, yours = small.objects, large.objects
        if not all(needed(mine, name, other) for name, other in yours.needs):
            return False
        for pattern, (schema, _) in yours.patterns.items():
            own = mine.patterns.get(pattern)
            node = self.small.names.node(own[0]) if own else mine.additional
            if node is None or not self.holds(node, self.large.names.node(schema)):
                return False
        for pattern in mine.patterns.keys() - yours.patterns.keys():
            if yours.additional and not self.holds(self.small.names.node(mine.patterns[pattern][0]), yours.additional):
                return False
        return (
            self._names(mine.names, yours.names)
            and self._branches(small, large)
            and self._unevaluated("unevaluatedProperties", small, large)
        )

    def _names(self, mine: tuple[Schema, ...], yours: tuple[Schema, ...]) -> bool:
        small = [self.small.names.node(part.rare.property_names) for part in mine if part.rare.property_names]
        large = [self.large.names.node(part.rare.property_names) for part in yours if part.rare.property_names]
        return all(any(self.holds(own, wanted) for own in small) for wanted in large)

    def _branches(self, small: Form, large: Form) -> bool:
        mine = small.objects
        for name, part in large.objects.branches.items():
            own = mine.branches.get(name)
            schema = part.rare.dependent_schemas[name]
            if only_requires(schema) and all(needed(mine, name, other) for other in schema.required):
                continue
            wanted = self.large.names.node(schema)
            node = self.small.names.node(own.rare.dependent_schemas[name]) if own else small.node
            if not self.holds(node, wanted):
                return False
        return True

    def _unevaluated(self, keyword: str, small: Form, large: Form) -> bool:
        rest = small.items if keyword == "unevaluatedItems" else small.objects.additional
        for word, inner, part in large.objects.unevaluated:
            if word != keyword:
                continue
            own = [self.small.names.node(one) for other, one, _ in small.objects.unevaluated if other == keyword]
            # Of an object, only what the schema itself describes is out of its `unevaluatedProperties`.
            parts = self.large.names.flat((part,))
            seen = {name for one in parts for name in (*one.properties, *one.rare.pattern_properties)}
            told = {*small.objects.members, *small.objects.patterns} - large.objects.hidden.keys()
            if keyword == "unevaluatedProperties" and not told <= seen:
                return False
            own += [rest] if rest else []
            if not any(self.holds(node, self.large.names.node(inner)) for node in own):
                return False
        return True

    def _rest(self, small: Form, large: Form) -> bool:
        """Compare negations, conditions and dynamic references, mostly by their text."""
        if not set(large.dynamic) <= set(small.dynamic):
            return False
        return all(self._excluded(negation, small) for negation, _ in large.negations) and all(
            any(self._implied(own, part) for own in small.conditions) for part in large.conditions
        )

    def _excluded(self, negation: Schema, small: Form) -> bool:
        """Below a `not`, what is larger excludes more."""
        no = self.large.names.node(negation)
        own = [self.small.names.node(inner) for inner, _ in small.negations]
        return apart(small, self.large.form(no)) or any(self.mirror.holds(no, node) for node in own)

    def _implied(self, own: Schema, wanted: Schema) -> bool:
        mine, yours = own.rare, wanted.rare
        if mine.if_ is None or yours.if_ is None:
            return False
        one, other = self.small.names.node(mine.if_), self.large.names.node(yours.if_)
        if not self.holds(one, other) or not self.mirror.holds(other, one):
            return False
        return self._maybe(mine.then, yours.then) and self._maybe(mine.else_, yours.else_)

    def _maybe(self, own: Schema | None, wanted: Schema | None) -> bool:
        if own is None or wanted is None:
            return wanted is None
        return self.holds(self.small.names.node(own), self.large.names.node(wanted))
