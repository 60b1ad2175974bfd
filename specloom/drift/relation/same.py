"""Are two schemas word for word the same, apart from prose and place? The quick way past what nobody touched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.model.schema import NO_RARE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model.api import Parameter
    from specloom.model.schema import Rare, Schema

SAYING: Final = ("x-extensible-enum", "x-sunset", "x-stability-level")
"""Extensions that make a difference."""
DEPTH: Final = 150
"""Nesting past which two schemas count as different; the comparison proper then decides."""


class Sameness:
    """Compares schemas of two sides; `changed` are the names whose target, or a target of it, differs."""

    def __init__(self, base: Mapping[str, Schema], head: Mapping[str, Schema]) -> None:
        self._known: dict[tuple[int, int], bool] = {}
        self.changed = _changed(base, head)

    def __call__(self, base: Schema, head: Schema) -> bool:
        """Tell whether both say the same, references included."""
        pair = (id(base), id(head))
        if pair not in self._known:
            self._known[pair] = _same(base, head, self.changed, 0)
        return self._known[pair]

    def parameters(self, base: tuple[Parameter, ...], head: tuple[Parameter, ...]) -> bool:
        """Tell whether two lists of arguments say the same."""
        return _arguments(base, head, self.changed, 0)


def _changed(base: Mapping[str, Schema], head: Mapping[str, Schema]) -> frozenset[str]:
    """Return the names that differ, directly or through what they refer to."""
    nothing: frozenset[str] = frozenset()
    touched = {name for name in base.keys() | head.keys() if name not in base or name not in head}
    touched |= {name for name in base.keys() & head.keys() if not _same(base[name], head[name], nothing, 0)}
    users: dict[str, set[str]] = {}
    for name, schema in base.items():
        for used in references(schema):
            users.setdefault(used, set()).add(name)
    queue = list(touched)
    while queue:
        for user in users.get(queue.pop(), ()):
            if user not in touched:
                touched.add(user)
                queue.append(user)
    return frozenset(touched)


def references(schema: Schema) -> set[str]:
    """Return the names that a schema refers to, not followed further."""
    found: set[str] = set()
    stack = [schema]
    while stack:
        one = stack.pop()
        if one.ref is not None:
            found.add(one.ref)
        if one.discriminator is not None:
            found.update(one.discriminator.mapping.values())
        stack += one.properties.values()
        stack += one.all_of
        stack += one.any_of
        stack += one.one_of
        if one.items is not None:
            stack.append(one.items)
        if one.additional is not None:
            stack.append(one.additional)
        if one.rare is not NO_RARE:
            stack += inner(one.rare)
    return found


def inner(rare: Rare) -> list[Schema]:
    """Return every schema among the rare keywords."""
    lone = (rare.contains, rare.negation, rare.if_, rare.then, rare.else_, rare.property_names)
    rest = (rare.unevaluated_items, rare.unevaluated_properties, rare.content_schema)
    found = [schema for schema in (*lone, *rest) if schema is not None]
    found += (*rare.prefix_items, *rare.dependent_schemas.values(), *rare.pattern_properties.values())
    return found + [argument.schema for argument in rare.arguments]


def _same(base: Schema, head: Schema, changed: frozenset[str], depth: int) -> bool:
    if base is head:
        return True
    if (
        base.ref != head.ref
        or base.ref in changed
        or base.types != head.types
        or base.nullable is not head.nullable
        or base.format != head.format
        or base.boolean is not head.boolean
        or not _alike(base.enum, head.enum)
        or not _alike(base.default, head.default)
        or not _alike(base.const, head.const)
        or base.required != head.required
        or base.deprecated is not head.deprecated
        or base.read_only is not head.read_only
        or base.write_only is not head.write_only
        or base.discriminator != head.discriminator
        or (base.limits is not head.limits and base.limits != head.limits)
        or (
            (base.extensions or head.extensions)
            and any(base.extensions.get(word) != head.extensions.get(word) for word in SAYING)
        )
        or depth > DEPTH
    ):
        return False
    if base.discriminator is not None and not changed.isdisjoint(base.discriminator.mapping.values()):
        return False
    return _inside(base, head, changed, depth + 1)


def _alike(base: object, head: object) -> bool:
    """Tell whether two values are one as JSON has it: to Python `1` and `true` are equal as well."""
    return base is head or (base == head and repr(base) == repr(head))


def _inside(base: Schema, head: Schema, changed: frozenset[str], depth: int) -> bool:
    return (
        (base.properties is head.properties or _maps(base.properties, head.properties, changed, depth))
        and (base.items is head.items or _maybe(base.items, head.items, changed, depth))
        and (base.additional is head.additional or _maybe(base.additional, head.additional, changed, depth))
        # Empty tuples are one object: most schemas are done here without another call.
        and (base.all_of is head.all_of or _lists(base.all_of, head.all_of, changed, depth))
        and (base.any_of is head.any_of or _lists(base.any_of, head.any_of, changed, depth))
        and (base.one_of is head.one_of or _lists(base.one_of, head.one_of, changed, depth))
        and (base.rare is head.rare or _rares(base.rare, head.rare, changed, depth))
    )


def _maps(base: Mapping[str, Schema], head: Mapping[str, Schema], changed: frozenset[str], depth: int) -> bool:
    if len(base) != len(head):
        return False
    for name, schema in base.items():
        other = head.get(name)
        if other is None or not _same(schema, other, changed, depth):
            return False
    return True


def _lists(base: tuple[Schema, ...], head: tuple[Schema, ...], changed: frozenset[str], depth: int) -> bool:
    if len(base) != len(head):
        return False
    for one, other in zip(base, head, strict=True):  # noqa: SIM110  # a generator would cost more than the comparison
        if not _same(one, other, changed, depth):
            return False
    return True


def _maybe(base: Schema | None, head: Schema | None, changed: frozenset[str], depth: int) -> bool:
    if base is None or head is None:
        return base is head
    return _same(base, head, changed, depth)


_PLAIN: Final = ("min_contains", "max_contains", "content_encoding", "content_media_type", "dynamic_ref")
_LONE: Final = (
    "contains",
    "negation",
    "if_",
    "then",
    "else_",
    "property_names",
    "unevaluated_items",
    "unevaluated_properties",
    "content_schema",
)


def _rares(base: Rare, head: Rare, changed: frozenset[str], depth: int) -> bool:
    return (
        all(getattr(base, name) == getattr(head, name) for name in _PLAIN)
        and dict(base.dependent_required) == dict(head.dependent_required)
        and _lists(base.prefix_items, head.prefix_items, changed, depth)
        and _maps(base.dependent_schemas, head.dependent_schemas, changed, depth)
        and _maps(base.pattern_properties, head.pattern_properties, changed, depth)
        and _arguments(base.arguments, head.arguments, changed, depth)
        and all(_maybe(getattr(base, name), getattr(head, name), changed, depth) for name in _LONE)
    )


def _arguments(base: tuple[Parameter, ...], head: tuple[Parameter, ...], changed: frozenset[str], depth: int) -> bool:
    if len(base) != len(head):
        return False
    return all(
        one.name == other.name
        and one.required is other.required
        and one.deprecated is other.deprecated
        and _same(one.schema, other.schema, changed, depth)
        for one, other in zip(base, head, strict=True)
    )
