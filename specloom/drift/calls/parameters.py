"""Parameters: existence, duty, place, and the way they are written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.drift.calls.lifecycle import announce
from specloom.drift.calls.media import alike, textual
from specloom.drift.desk import Desk, Seen
from specloom.drift.effect import BOTH, Direction, Effect
from specloom.drift.notice import sunset, until
from specloom.drift.relation.objects import free
from specloom.drift.spans import Spans, inside, said
from specloom.model.api import Location

if TYPE_CHECKING:
    from specloom.drift.relation.parts import Names
    from specloom.model.api import Operation, Parameter
    from specloom.model.policy import Policy
    from specloom.model.schema import Schema
    from specloom.model.source import Span

IGNORED: Final = frozenset({"accept", "content-type", "authorization"})
"""Header parameters that OpenAPI tells everybody to ignore (3.1, "Parameter Object")."""
COMPOUND: Final = frozenset({"array", "object"})


def compare(base: Operation, head: Operation, desk: Desk, *, policy: Policy) -> None:
    """Pair the parameters by place and name (path parameters by position) and report what changed."""
    before, after = _named(base), _named(head)
    gone = {name: item for name, item in before.items() if name not in after}
    new = {name: item for name, item in after.items() if name not in before}
    for name in list(gone):
        other = next((mark for mark, item in new.items() if _same_name(item, gone[name])), None)
        if other is not None:
            _moved(gone.pop(name), new.pop(other), desk)
    for item in gone.values():
        spans = Spans(base=_place(item, base, head), head=_parent(item, base, head))
        _removed(item, spans, desk, policy)
    for item in new.values():
        spans = Spans(base=_parent(item, head, base), head=_place(item, head, base))
        _added(item, spans, desk)
    for name, item in before.items():
        if name in after:
            _changed(item, after[name], desk)
            announce(item, after[name], desk, policy=policy, place=label(item))
    strays = {item.name: item for item in head.strays}
    for item in base.strays:  # whether one is there is nobody's business: it cannot be sent
        if item.name in strays:
            _changed(item, strays[item.name], desk)


def _place(item: Parameter, mine: Operation, other: Operation) -> Span:
    """Return where a parameter of one side is said; of one that has another name on the other side, its name."""
    twin = _twin(item, mine, other)
    return item.span.member("name") if twin is not None and twin.name != item.name else said(item)


def _twin(item: Parameter, mine: Operation, other: Operation) -> Parameter | None:
    """Return what stands in the place of a parameter: behind the same reference, or at the same position."""
    if item.site is not None:
        target = item.site.target
        return next((one for one in other.parameters if one.site is not None and one.site.target == target), None)
    index = mine.parameters.index(item)
    same = len(mine.parameters) == len(other.parameters) and other.parameters[index].site is None
    return other.parameters[index] if same else None


def _parent(item: Parameter, mine: Operation, other: Operation) -> Span:
    """Return where a parameter of one side would stand on the other: what a whole path shares has one such place."""
    twin = _twin(item, mine, other)
    if twin is not None and twin.name != item.name:
        return twin.span.member("name")
    shared = not inside(said(item), mine.span) and other.entry is not None and other.entry.path == said(item).path
    return other.entry if shared and other.entry is not None else other.span.member("parameters")


def _named(operation: Operation) -> dict[tuple[str, str], Parameter]:
    """Return the parameters by place and name; in the path the name is nobody's business, its position is."""
    holes = re.findall(r"\{([^}]*)\}", operation.path)
    found: dict[tuple[str, str], Parameter] = {}
    for item in operation.parameters:
        name = item.name.lower() if item.location is Location.HEADER else item.name
        if item.location is Location.HEADER and name in IGNORED:
            continue
        if item.location is Location.PATH and item.name in holes:
            name = f"{{{holes.index(item.name)}}}"
        found[item.location.value, name] = item
    return found


def _same_name(one: Parameter, other: Parameter) -> bool:
    return one.name.lower() == other.name.lower()


def label(item: Parameter) -> str:
    """Return a parameter as subjects name it."""
    return f"{item.location} {item.name}"


def _removed(item: Parameter, spans: Spans, desk: Desk, policy: Policy) -> None:
    word = "deprecated-" if item.deprecated else "required-" if item.required else ""
    what, day = f"{word}parameter-removed", sunset(item.extensions)
    if item.deprecated and day is not None and policy.today is not None and policy.today < day:
        what = "parameter-removed-before-sunset"
    effect = BOTH if item.required else Effect.NARROWS
    values = {**_values(item), "day": str(day)}
    desk.report(Seen(what=what, effect=effect, place=label(item), values=values, **spans))


def _added(item: Parameter, spans: Spans, desk: Desk) -> None:
    what = "required-parameter-added" if item.required else "parameter-added"
    effect = Effect.NARROWS if item.required else Effect.NONE
    desk.report(Seen(what=what, effect=effect, place=label(item), values=_values(item), **spans))


def _moved(old: Parameter, new: Parameter, desk: Desk) -> None:
    values = {**_values(old), "before": old.location.value, "after": new.location.value}
    what = "parameter-moved" if not (old.required or new.required) else "required-parameter-moved"
    spans = Spans(base=said(old), head=said(new))
    if (old.site.target if old.site else None) == (new.site.target if new.site else None):
        spans = Spans(base=old.span.member("in"), head=new.span.member("in"))
    desk.report(Seen(what=what, effect=BOTH, place=label(old), values=values, **spans))


def _values(item: Parameter) -> dict[str, str]:
    # GraphQL's arguments are no parameters to anybody who writes a query.
    kind = item.location.value if item.location is Location.ARGUMENT else f"{item.location.value} parameter"
    return {"name": item.name, "place": kind}


def _changed(old: Parameter, new: Parameter, desk: Desk) -> None:
    place, values = label(old), _values(old)
    if old.required is not new.required:
        what = "parameter-became-required" if new.required else "parameter-became-optional"
        spans = Spans(base=at_parameter(old, "required"), head=at_parameter(new, "required"))
        effect = Effect.NARROWS if new.required else Effect.WIDENS
        desk.report(Seen(what=what, effect=effect, place=place, values=values, **spans))
    if old.deprecated is not new.deprecated:
        what = "parameter-deprecated" if new.deprecated else "parameter-reactivated"
        spans = Spans(base=at_parameter(old, "deprecated"), head=at_parameter(new, "deprecated"))
        last = {**values, "until": until(new.extensions)}
        desk.report(Seen(what=what, place=place, values=last, **spans))
    if _listed(old, new, desk):
        return
    _writing(old, new, desk)
    as_text = textual(old.media_type) and textual(new.media_type) and old.location is not Location.ARGUMENT
    desk.schemas(place, old.schema, new.schema, direction=Direction.REQUEST, textual=as_text)


def _listed(old: Parameter, new: Parameter, desk: Desk) -> bool:
    """Report that a list of values took the place of one, or the reverse: written out, `a=1` is a list of one."""
    before, after = _items(old, desk.graph.base), _items(new, desk.graph.head)
    single = (old.schema, desk.graph.base) if before is None else (new.schema, desk.graph.head)
    if (before is None) is (after is None) or compound(*single):
        return False
    if old.media_type or new.media_type or old.location is not Location.QUERY or {old.style, new.style} != {"form"}:
        return False
    what, effect = ("became-list", Effect.WIDENS) if before is None else ("no-longer-list", Effect.NARROWS)
    spans = Spans(base=at_parameter(old, "schema"), head=at_parameter(new, "schema"))
    desk.report(Seen(what=f"parameter-{what}", effect=effect, place=label(old), values=_values(old), **spans))
    pair = (before or old.schema, after or new.schema)
    desk.schemas(label(old), *pair, direction=Direction.REQUEST, textual=True)
    return True


def _items(item: Parameter, names: Names) -> Schema | None:
    """Return what a list holds whose items are each written as a pair of their own, if one will do."""
    parts = names.flat(names.node(item.schema))
    few = all((part.limits.min_items or 0) <= 1 for part in parts)
    if not (item.explode and few and len(parts) == 1 and {*parts[0].types} - {"null"} == {"array"}):
        return None
    return parts[0].items


def at_parameter(item: Parameter, word: str) -> Span:
    """Return the line of a keyword of a parameter, or the parameter's lines."""
    return item.span.member(word)


def _writing(old: Parameter, new: Parameter, desk: Desk) -> None:
    written = (old.style, old.explode) != (new.style, new.explode)
    parted = [compound(old.schema, desk.graph.base), compound(new.schema, desk.graph.head)] if written else [False]
    place = label(old)
    if not alike(old.media_type, new.media_type):
        values = {
            **_values(old),
            "before": old.media_type or "a plain value",
            "after": new.media_type or "a plain value",
        }
        spans = Spans(base=at_parameter(old, "content"), head=at_parameter(new, "content"))
        desk.report(Seen(what="parameter-media-type-changed", effect=BOTH, place=place, values=values, **spans))
        return
    if old.media_type is not None:
        return
    if old.style != new.style and (any(parted) or {old.style, new.style} & {"label", "matrix"}):
        values = {**_values(old), "before": old.style, "after": new.style}
        spans = Spans(base=_styled(old), head=_styled(new))
        desk.report(Seen(what="parameter-style-changed", effect=BOTH, place=place, values=values, **spans))
    elif old.explode is not new.explode and all(parted) and not _bare_list(old, new, desk):
        values = {**_values(old), "before": str(old.explode).lower(), "after": str(new.explode).lower()}
        spans = Spans(base=at_parameter(old, "explode"), head=at_parameter(new, "explode"))
        desk.report(Seen(what="parameter-explode-changed", effect=BOTH, place=place, values=values, **spans))
    for word, before, after in (
        ("allowReserved", old.allow_reserved, new.allow_reserved),
        ("allowEmptyValue", old.allow_empty_value, new.allow_empty_value),
    ):
        if before is not after:
            name = "allow-reserved" if word == "allowReserved" else "allow-empty"
            spans = Spans(base=at_parameter(old, word), head=at_parameter(new, word))
            effect = Effect.WIDENS if after else Effect.NARROWS
            what = f"parameter-{name}-{'added' if after else 'removed'}"
            desk.report(Seen(what=what, effect=effect, place=place, values=_values(old), **spans))


def _bare_list(old: Parameter, new: Parameter, desk: Desk) -> bool:
    """Tell whether a list is written with nothing but commas (`simple`), exploded or not."""
    names = ((old, desk.graph.base), (new, desk.graph.head))
    kinds = {kind for item, side in names for part in side.flat(side.node(item.schema)) for kind in part.types}
    return old.style == new.style == "simple" and kinds == {"array"}


def _styled(item: Parameter) -> Span:
    named = {word for word, _ in item.span.members}
    return item.span.member("collectionFormat" if "collectionFormat" in named else "style")


def compound(schema: Schema, names: Names) -> bool:
    """Tell whether a value can have parts, so that `explode` makes a difference; unions of lists count.

    Where nothing is said of the value at all, it may be a list.
    """
    if free(schema):
        return True
    stack, seen = [schema], set()
    while stack:
        for part in names.flat((stack.pop(),)):
            if id(part) in seen:
                continue
            seen.add(id(part))
            if COMPOUND & {*part.types} or part.properties or part.items is not None:
                return True
            stack += (*part.any_of, *part.one_of)
    return False
