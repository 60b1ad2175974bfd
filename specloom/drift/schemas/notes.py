"""What is written beside a schema and changes no set: defaults, deprecation, discriminators, extensible enums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.drift.effect import BOTH, Effect
from specloom.drift.notice import STABILITY, SUNSET, Stage, notices, until
from specloom.drift.pair import Difference, Pair, at
from specloom.drift.relation.values import key, shown
from specloom.drift.schemas.values import extensible
from specloom.drift.spans import Spans
from specloom.model.schema import ABSENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.drift.relation.form import Form
    from specloom.drift.relation.parts import Names
    from specloom.model.schema import Discriminator, Schema
    from specloom.model.source import Json, Span


def differences(pair: Pair) -> Iterator[Difference]:
    """Yield these differences; they count even where both sides accept the same."""
    yield from _default(pair)
    yield from _deprecated(pair)
    yield from _notices(pair)
    yield from _discriminator(pair)
    yield from extensible(pair)


def _default(pair: Pair) -> Iterator[Difference]:
    old, new = _holder(pair.base), _holder(pair.head)
    before = None if old is None else key(old.default)  # type: ignore[arg-type]  # a holder has one
    after = None if new is None else key(new.default)  # type: ignore[arg-type]  # likewise
    if before == after:
        return
    what = "added" if old is None else "removed" if new is None else "changed"
    values = {
        "before": "nothing" if old is None else shown(old.default),  # type: ignore[arg-type]  # likewise
        "after": "nothing" if new is None else shown(new.default),  # type: ignore[arg-type]  # likewise
    }
    yield Difference(
        what=f"default-{what}",
        effect=Effect.NONE,
        base=at(old, "default") if old else pair.base_span,
        head=at(new, "default") if new else pair.head_span,
        values=values,
        lasting=True,
    )


def _holder(form: Form) -> Schema | None:
    return next((part for part in form.parts if part.default is not ABSENT), None)


def _deprecated(pair: Pair) -> Iterator[Difference]:
    before, after = any(part.deprecated for part in pair.base.parts), any(part.deprecated for part in pair.head.parts)
    if before is after:
        return
    yield Difference(
        what="schema-deprecated" if after else "schema-reactivated",
        effect=Effect.NONE,
        base=_place(pair.base),
        head=_place(pair.head),
        values={"until": until(_stage(pair.head).extensions)},
        lasting=True,
    )


def _notices(pair: Pair) -> Iterator[Difference]:
    """Yield what was said anew about sunset and stability."""
    for one in notices(_stage(pair.base), _stage(pair.head), pair.lens.policy):
        yield Difference(
            what=one.what,
            effect=Effect.NONE,
            base=_saying(pair.base, one.keyword),
            head=_saying(pair.head, one.keyword),
            values=one.values,
            lasting=True,
        )


def _stage(form: Form) -> Stage:
    deprecated = any(part.deprecated for part in form.parts)
    return Stage(deprecated, {**_said(form, SUNSET), **_said(form, STABILITY)})


def _said(form: Form, keyword: str) -> dict[str, Json]:
    return next(({keyword: part.extensions[keyword]} for part in form.parts if keyword in part.extensions), {})


def _saying(form: Form, keyword: str) -> Span:
    part = next((part for part in form.parts if keyword in part.extensions), None)
    return at(part, keyword) if part is not None else form.node[0].span


def _place(form: Form) -> Span:
    marked = next((part for part in form.parts if part.deprecated), form.node[0])
    return at(marked, "deprecated", "x-deprecated")


def _discriminator(pair: Pair) -> Iterator[Difference]:
    old, new = _telling(pair.base), _telling(pair.head)
    if old is None and new is None:
        return
    spans = Spans(
        base=at(old[1], "discriminator") if old else pair.base_span,
        head=at(new[1], "discriminator") if new else pair.head_span,
    )
    if old is None or new is None:
        what, found = ("added", new) if old is None else ("removed", old)
        if found is not None and found[0].property_name == "__typename":
            return  # GraphQL has it in every union and interface
        yield Difference(what=f"discriminator-{what}", effect=Effect.NONE, lasting=True, **spans)
        return
    if old[0].property_name != new[0].property_name:
        values = {"before": old[0].property_name, "after": new[0].property_name}
        yield Difference(what="discriminator-property-changed", effect=BOTH, values=values, unseen=True, **spans)
        return
    yield from _mapping(pair)


def _telling(form: Form) -> tuple[Discriminator, Schema] | None:
    """Return the discriminator, unless its union has but one alternative left to tell."""
    found = form.discriminator
    lone = found is not None and len(found[1].one_of or found[1].any_of) == 1
    return None if lone else found


def _mapped(form: Form, value: str) -> Span:
    """Return the line of a value of the discriminator, or that of the discriminator."""
    found = form.discriminator
    if found is None:
        return form.node[0].span
    steps = ("mapping", value) if value in found[0].mapping else ()
    return found[1].span.member("discriminator", *steps)


def _mapping(pair: Pair) -> Iterator[Difference]:
    before = _targets(pair.base, pair.lens.base.names)
    after = _targets(pair.head, pair.lens.head.names)
    # A member that came or went with its value is reported as such, once.
    members = _members(pair.base, pair.lens.base.names) ^ _members(pair.head, pair.lens.head.names)
    for value in sorted(before.keys() | after.keys()):
        one, other = before.get(value), after.get(value)
        if one == other or (one and other and _renamed(pair, one, other)):
            continue
        if (one is None or other is None) and (one or other) in members:
            continue
        what = "added" if one is None else "removed" if other is None else "changed"
        effect = {"added": Effect.WIDENS, "removed": Effect.NARROWS, "changed": BOTH}[what]
        values = {"value": value, "before": one or "nothing", "after": other or "nothing"}
        spans = Spans(base=_mapped(pair.base, value), head=_mapped(pair.head, value))
        yield Difference(
            what=f"discriminator-mapping-{what}", effect=effect, detail=value, values=values, unseen=True, **spans
        )


def _members(form: Form, names: Names) -> set[str]:
    found = {names.name(names.node(member)) for union in form.unions for member in union.members}
    return {name for name in found if name is not None}


def _renamed(pair: Pair, one: str, other: str) -> bool:
    """Tell whether a component goes on under a new name, the old one gone: the same target."""
    base, head = pair.lens.base.names.schemas, pair.lens.head.names.schemas
    return one in base and other in head and one not in head and other not in base


def _targets(form: Form, names: Names) -> dict[str, str]:
    """Return value → schema, the implicit ones included: a member answers to its own name, mapped or not."""
    found = form.discriminator
    if found is None:
        return {}
    discriminator: Discriminator = found[0]
    mapped = dict(discriminator.mapping)
    for union in form.unions:
        for member in union.members:
            name = names.name(names.node(member))
            if name is not None:
                mapped.setdefault(name, name)
    return mapped
