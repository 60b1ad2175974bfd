"""The object side of a normal form: what each member may be, whoever of the conjunction says so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from specloom.drift.relation.parts import says_nothing
from specloom.drift.relation.patterns import matches
from specloom.model.schema import Rare, Schema
from specloom.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from specloom.drift.relation.parts import Names, Node

ANYTHING: Final = Schema(span=Span("", 0, 0), boolean=True)


@dataclass(slots=True, kw_only=True)
class Objects:
    """Members of objects.

    `hidden` ones do not travel in this direction and appear nowhere else; `banned` ones may not be there at all.
    `additional` is what undeclared members must be: None where anything goes, a node otherwise. `owner` and
    `demander` name the schema that declares, or requires, a member.
    """

    members: dict[str, Node]
    owner: dict[str, Schema]
    demander: dict[str, Schema]
    hidden: dict[str, Node]
    banned: frozenset[str]
    additional: Node | None
    limiter: Schema | None
    patterns: dict[str, tuple[Schema, Schema]]
    names: tuple[Schema, ...]
    needs: dict[tuple[str, str], Schema]
    branches: dict[str, Schema]
    unevaluated: tuple[tuple[str, Schema, Schema], ...]
    clauses: tuple[Schema, ...]

    @property
    def required(self) -> frozenset[str]:
        """The members that must be there, in this direction."""
        return frozenset(self.demander)


def object_side(parts: tuple[Schema, ...], names: Names, *, hidden: Callable[[Node], bool]) -> Objects:
    """Gather the object side of `parts`; `hidden` tells which members stay away in this direction."""
    declared = dict.fromkeys(name for part in parts for name in part.properties)
    banned = frozenset(name for part in parts for name, one in part.properties.items() if one.boolean is False)
    if len(parts) == 1 and not parts[0].rare.pattern_properties:
        nodes = {name: names.node(one) for name, one in parts[0].properties.items() if name not in banned}
    else:
        nodes = {name: view(parts, name, names) or () for name in declared if name not in banned}
    concealed = {name: node for name, node in nodes.items() if hidden(node)}
    return Objects(
        members={name: node for name, node in nodes.items() if name not in concealed},
        owner={name: part for part in reversed(parts) for name in part.properties if name in nodes},
        demander={name: part for part in reversed(parts) for name in part.required if name not in concealed},
        hidden=concealed,
        banned=banned,
        additional=_join([one for part in parts if (one := part.additional) is not None and not free(one)], names),
        limiter=next((part for part in parts if part.additional is not None and not free(part.additional)), None),
        patterns={
            text: (schema, part)
            for part in reversed(parts)
            for text, schema in part.rare.pattern_properties.items()
            if schema is not ANYTHING
        },
        names=tuple(part for part in parts if part.rare.property_names is not None),
        needs=_needs(parts),
        branches={
            name: part
            for part in reversed(parts)
            for name, schema in part.rare.dependent_schemas.items()
            if not free(schema)
        },
        unevaluated=_unevaluated(parts),
        clauses=tuple(part for part in parts if part.properties or part.rare.pattern_properties or part.additional),
    )


def settled(parts: tuple[Schema, ...], node: Node, names: Names) -> tuple[Schema, ...]:
    """Return `parts` with each `unevaluatedProperties` that is known to see its members put as `additionalProperties`.

    The first part sees all the others; any other only what it is made of itself.
    """
    leaving = [part for part in parts[1:] if part.rare.unevaluated_properties is not None]
    found = [closing for part in leaving if (closing := _closing(part, names.whole(part))) is not None]
    if len(node) == 1 and (closing := _closing(parts[0], parts)) is not None:
        found.insert(0, closing)
    return (*parts, *found) if found else parts


def _closing(part: Schema, scope: tuple[Schema, ...]) -> Schema | None:
    rest = part.rare.unevaluated_properties
    if rest is None or free(rest) or not scope or any(map(_branching, scope)):
        return None
    if any(one.additional is not None for one in scope):
        return None  # every member is described already
    names = dict.fromkeys((name for one in scope for name in one.properties), ANYTHING)
    patterns = dict.fromkeys((text for one in scope for text in one.rare.pattern_properties), ANYTHING)
    return Schema(span=part.span, properties=names, additional=rest, rare=Rare(pattern_properties=patterns))


def _branching(part: Schema) -> bool:
    """Tell whether it depends on the value which members a schema describes."""
    unions = len(part.any_of) > 1 or len(part.one_of) > 1
    return unions or part.rare.if_ is not None or bool(part.rare.dependent_schemas) or part.rare.dynamic_ref is not None


def view(parts: tuple[Schema, ...], name: str, names: Names) -> Node | None:
    """Return what the conjunction asks of the member `name`, or None where it may be anything."""
    found: list[Schema] = []
    for part in parts:
        own: list[Schema] = [part.properties[name]] if name in part.properties else []
        own += [schema for pattern, schema in part.rare.pattern_properties.items() if matches(pattern, name)]
        if not own and part.additional is not None:
            own = [part.additional]
        found += own
    return _join(found, names)


def _join(schemas: list[Schema], names: Names) -> Node | None:
    nodes = [inner for schema in schemas for inner in names.node(schema)]
    telling = {id(schema): schema for schema in nodes if schema.boolean is not True}
    if nodes and not telling:
        return (nodes[0],)
    return tuple(telling.values()) or None


def free(schema: Schema) -> bool:
    """Tell whether undeclared members are free; `true`, `{}` and nothing at all mean the same."""
    return schema.boolean is True or (schema.boolean is None and schema.ref is None and says_nothing(schema))


def _needs(parts: tuple[Schema, ...]) -> dict[tuple[str, str], Schema]:
    dependent: Mapping[str, tuple[str, ...]]
    found: dict[tuple[str, str], Schema] = {}
    for part in parts:
        dependent = part.rare.dependent_required
        found.update({(name, other): part for name, others in dependent.items() for other in others})
    return found


def only_requires(schema: Schema) -> bool:
    """Tell whether a schema asks for the presence of members, and for nothing else."""
    return bool(schema.required) and schema.ref is None and says_nothing(replace(schema, required=()))


def closed(node: Node | None) -> bool:
    """Tell whether a node is the schema of nothing."""
    return node is not None and any(schema.boolean is False for schema in node)


def _unevaluated(parts: tuple[Schema, ...]) -> tuple[tuple[str, Schema, Schema], ...]:
    found = []
    for part in parts:
        for keyword, schema in (
            ("unevaluatedProperties", part.rare.unevaluated_properties),
            ("unevaluatedItems", part.rare.unevaluated_items),
        ):
            if schema is not None and not free(schema) and not any(other.additional is schema for other in parts):
                found.append((keyword, schema, part))
    return tuple(found)
