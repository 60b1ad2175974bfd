"""Schemas that are made of themselves (`A: {allOf: [A]}`), which mean nothing and would send every reader in circles.

Recursion through properties, items and the like is fine: there a value ends it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.model.schema import Schema
    from specloom.readers.openapi.problems import Problems

_MEMBERS: Final = ("all_of", "any_of", "one_of")


def without_cycles(schemas: dict[str, Schema], problems: Problems) -> dict[str, Schema]:
    """Return `schemas` with the references that close such a circle taken out, each with a diagnostic.

    Schemas are visited by name, so that the same reference goes whatever their order.
    """
    cut = _closing_references({name: tuple(sorted(set(_made_of(schema)))) for name, schema in schemas.items()})
    for name, targets in sorted(cut.items()):
        message = f"the schema `{name}` is made of itself, through {', '.join(sorted(targets))}; that part is left out"
        problems.error("circular-schema", message, schemas[name].span)
    return {name: _without(schema, cut[name]) if name in cut else schema for name, schema in schemas.items()}


def _made_of(schema: Schema) -> Iterator[str]:
    """Yield the names of the schemas that `schema` cannot be understood without."""
    if schema.ref is not None:
        yield schema.ref
    for key in _MEMBERS:
        for member in getattr(schema, key):
            yield from _made_of(member)


def _closing_references(edges: dict[str, tuple[str, ...]]) -> dict[str, set[str]]:
    """Return, by schema, the references that lead back to where a walk along `edges` came from."""
    cut: dict[str, set[str]] = {}
    done: set[str] = set()
    for start in sorted(edges):
        trail: dict[str, Iterator[str]] = {}
        if start not in done:
            trail[start] = iter(edges[start])
        while trail:
            here = next(reversed(trail))
            for there in trail[here]:
                if there in trail:
                    cut.setdefault(here, set()).add(there)
                elif there not in done and there in edges:
                    trail[there] = iter(edges[there])
                    break
            else:
                done.add(here)
                del trail[here]
    return cut


def _without(schema: Schema, names: set[str]) -> Schema:
    kept = {
        key: tuple(_without(member, names) for member in getattr(schema, key) if not _is_only(member, names))
        for key in _MEMBERS
    }
    return replace(schema, ref=None if schema.ref in names else schema.ref, **kept)  # type: ignore[arg-type]  # by name


def _is_only(member: Schema, names: set[str]) -> bool:
    return member.ref in names and not any(getattr(member, key) for key in _MEMBERS) and not member.properties
