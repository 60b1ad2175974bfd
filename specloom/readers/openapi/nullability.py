"""Four ways to say "or null", folded into one.

Swagger's `x-nullable`, 3.0's `nullable`, 3.1's `null` among the types, and null as a member of an `enum` or of a union.
Where somebody took the trouble to say that null is fine, it is, even if a keyword beside it forgot (an `enum` without
null beside `nullable: true`): that is what people mean and what their servers send.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.model.schema import ABSENT

if TYPE_CHECKING:
    from specloom.model.schema import Schema
    from specloom.model.source import Json

_NULL: Final = ("null",)


def is_null_alone(schema: Schema) -> bool:
    """Tell whether `schema` accepts null and nothing else."""
    return schema.types == _NULL


def says_only_null(written: Json) -> bool:
    """Tell whether a schema, as it is written, accepts null and nothing else."""
    if not isinstance(written, dict):
        return False
    is_null_type = "type" in written and written["type"] in (None, "null", ["null"])
    return is_null_type or written.get("enum") == [None] or ("const" in written and written["const"] is None)


def fold_types(types: list[str]) -> tuple[tuple[str, ...], bool]:
    """Return types without null, and whether null was among them; null alone stays."""
    rest = tuple(dict.fromkeys(name for name in types if name != "null"))
    return (rest or _NULL if types else ()), "null" in types


def fold_enum(values: list[Json]) -> tuple[tuple[Json, ...], bool]:
    """Return an enum's values without null, and whether null was among them."""
    rest = tuple(value for value in values if value is not None)
    return rest, len(rest) < len(values)


def fold_union(members: tuple[Schema, ...]) -> tuple[tuple[Schema, ...], bool]:
    """Return a union's members without those that are only null, and whether there were such."""
    rest = tuple(member for member in members if not is_null_alone(member))
    return rest, len(rest) < len(members)


def fold(fields: dict[str, object], *, nullable: bool) -> None:
    """Rewrite the keywords of one schema in place so that null is said once, by `nullable`."""
    constrained = bool(fields.keys() - _ANNOTATIONS)
    if fields.get("const", ABSENT) is None:
        del fields["const"]
        fields["types"] = _NULL
        nullable = True
    for key in ("any_of", "one_of"):
        members = fields.get(key)
        if isinstance(members, tuple):
            rest, had_null = fold_union(members)
            nullable = nullable or had_null
            fields[key] = rest
            if not rest:
                fields["types"] = _NULL
    if nullable and constrained:
        fields["nullable"] = True


_ANNOTATIONS: Final = frozenset(
    {"span", "title", "description", "default", "examples", "deprecated", "read_only", "write_only", "extensions"}
)
