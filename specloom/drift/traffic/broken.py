"""From what the validator says to what a person wants to hear: one observation per cause, at the deepest place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from specloom.drift.effect import Effect
from specloom.drift.relation.values import shown
from specloom.drift.traffic.observation import Observation, pointer
from specloom.drift.traffic.showing import is_name, quantity, sketch, type_of, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jsonschema.exceptions import ValidationError

    from specloom.drift.traffic.dialect import Documents, Origin
    from specloom.model.source import Json

UNIONS: Final = frozenset({"anyOf", "oneOf"})
BOUNDS: Final = frozenset(
    {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "uniqueItems"}
    | {f"{end}{what}" for end in ("min", "max") for what in ("Length", "Items", "Properties")}
)
TEXTS: Final = frozenset({"format", "pattern"})
LISTED: Final = 5
"""Values of a list that a message names."""


def observations(errors: Iterable[ValidationError], documents: Documents) -> Iterator[Observation]:
    """Yield what the errors of one value mean; where the type is wrong, the rest about that place is noise."""
    leaves = [leaf for error in errors for leaf in _leaves(error, documents)]
    mistyped = {tuple(leaf.absolute_path) for leaf in leaves if leaf.validator == "type"}
    seen: set[tuple[str, str, str, str]] = set()
    for leaf in leaves:
        if leaf.validator != "type" and tuple(leaf.absolute_path) in mistyped:
            continue
        made = _observation(leaf, documents)
        if made is not None:
            mark = (made.rule, made.subject, made.detail, made.pointer)
            if mark not in seen:
                seen.add(mark)
                yield made


def _leaves(error: ValidationError, documents: Documents) -> list[ValidationError]:
    """Follow a union that nothing fits into the alternative that was meant, where that is plain."""
    if error.validator not in UNIONS or not error.context:
        return [error]
    branches: dict[object, list[ValidationError]] = {}
    for inner in error.context:
        branches.setdefault(inner.relative_schema_path[0], []).append(inner)
    meant = _meant(error, branches, documents)
    if meant is None:
        return [error]
    return [leaf for inner in meant for leaf in _leaves(inner, documents)]


def _meant(
    error: ValidationError, branches: dict[object, list[ValidationError]], documents: Documents
) -> list[ValidationError] | None:
    origin = documents.origin(error.schema)
    named = _named(error, origin) if origin else None
    if named is not None:
        return branches.get(named)
    plausible = [found for found in branches.values() if not any(map(_rules_out, found))]
    return plausible[0] if len(plausible) == 1 else None


def _named(error: ValidationError, origin: Origin) -> int | None:
    """Return the branch that the discriminator's value names."""
    mark = origin.schema.discriminator
    if mark is None or not isinstance(error.instance, dict):
        return None
    value = error.instance.get(mark.property_name)
    target = mark.mapping.get(value, value) if isinstance(value, str) else None
    group = origin.schema.any_of if error.validator == "anyOf" else origin.schema.one_of
    return next((index for index, member in enumerate(group) if target is not None and member.ref == target), None)


def _rules_out(error: ValidationError) -> bool:
    """Tell whether an error says that another alternative was meant: another type, or another mark."""
    depth = len(error.relative_path)
    return (error.validator == "type" and depth == 0) or (error.validator in {"const", "enum"} and depth <= 1)


def _observation(error: ValidationError, documents: Documents) -> Observation | None:
    origin = documents.origin(error.schema)
    if origin is None:
        return None
    way = f"live-{documents.direction.value}"
    word_ = str(error.validator)
    steps = list(error.absolute_path)
    member = next((step for step in reversed(steps) if isinstance(step, str)), "")
    value: Any = error.instance
    if word_ in {"required", "additionalProperties"}:
        return _member(error, origin, way, steps)
    rule, detail, values = _said(word_, error, value, member)
    return Observation(
        rule=f"{way}-{rule}",
        subject=origin.subject,
        span=origin.schema.span.member("type" if word_ == "type" else word_),
        detail=detail,
        pointer=pointer(steps),
        value=values.get("after", "") if rule in {"value-undocumented", "out-of-bounds"} else sketch(value),
        values=values,
    )


def _said(word_: str, error: ValidationError, value: Any, member: str) -> tuple[str, str, dict[str, str]]:  # noqa: ANN401  a JSON value
    """Return the rule, what tells it apart at one place, and the words that its message needs."""
    wanted: Any = error.validator_value
    inner = list(error.context or ())
    if word_ in UNIONS and all(one.validator == "type" and not one.relative_path for one in inner):
        word_, wanted = "type", sorted({str(name) for one in inner for name in cast("list[str]", one.validator_value)})
    if word_ == "type":
        names = {"before": " or ".join(wanted), "after": type_of(value)}
        return ("null-undocumented" if value is None else "type-wrong"), "", names
    if word_ in {"enum", "const"}:
        return _unlisted(wanted if word_ == "enum" else [wanted], value, member)
    if word_ in BOUNDS:
        before = "" if word_ == "uniqueItems" else shown(wanted)
        return "out-of-bounds", word_, {"keyword": word_, "before": before, "after": quantity(value, member)}
    if word_ in TEXTS:
        return "format-wrong", word_, {"keyword": word_, "before": str(wanted)}
    if word_ in UNIONS:
        return "union-unmatched", word_, {"before": str(len(wanted))}
    return "condition-broken", word_, {"keyword": word_}


def _unlisted(listed: list[Json], value: Json, member: str) -> tuple[str, str, dict[str, str]]:
    before = ", ".join(shown(item) for item in listed[:LISTED]) + (" …" if len(listed) > LISTED else "")
    if value is None:
        return "null-undocumented", "", {"before": f"one of {before}"}
    return "value-undocumented", "", {"before": before, "after": word(value, member)}


def _member(error: ValidationError, origin: Origin, way: str, steps: list[str | int]) -> Observation:
    """Tell of a member that is not there though it must be, or is there though it must not."""
    name, schema = error.message, origin.schema
    whole = cast("dict[str, Json]", error.instance)
    label = name if is_name(name) else "*"
    if error.validator == "required":
        known = schema.properties.get(name)
        return Observation(
            rule=f"{way}-property-missing",
            subject=f"{origin.subject} · property {name}",
            span=known.span if known else schema.span.member("required"),
            pointer=pointer(steps),
            value=sketch(whole),
            values={"name": name},
        )
    return Observation(
        rule=f"{way}-property-undocumented",
        subject=f"{origin.subject} · property {label}",
        span=schema.span.member("additionalProperties"),
        effect=Effect.WIDENS,
        pointer=pointer([*steps, name]),
        value=sketch(whole[name]),
        values={"name": label},
    )
