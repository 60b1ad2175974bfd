"""Properties that only one side describes.

A correct caller sends what the description names. So a property that a request no longer describes narrows what may
be sent, even where undeclared members are tolerated: it is refused, or ignored and its effect lost. In answers the
tolerant reader takes a new property for what it is, and whether anybody misses an old optional one, no file tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.drift.effect import Direction, Effect
from specloom.drift.pair import Difference, Pair, at
from specloom.drift.relation.facets import trivial
from specloom.drift.relation.objects import closed, view
from specloom.drift.relation.parts import is_interface

if TYPE_CHECKING:
    from specloom.drift.relation.form import Form, Forms
    from specloom.drift.relation.parts import Node
    from specloom.model.schema import Schema
    from specloom.model.source import Span


def added(pair: Pair, name: str) -> Difference | None:
    """Report a property that only the head declares, together with its duty: one finding."""
    base, head = pair.base.objects, pair.head.objects
    if _in_members(pair.base, pair.lens.base, name):
        return None
    bound = name in base.required and _unnamed(pair.base, pair.lens.base, head.members[name], pair.lens.head, name)
    must = name in head.required and name not in base.required
    effect = Effect.NARROWS if must or bound else Effect.NONE
    effect |= _leftover(pair, name)
    return Difference(
        what="required-property-added" if name in head.required else "property-added",
        effect=effect | (Effect.WIDENS if _ruled_out(pair.base, pair.lens.base, name) else Effect.NONE),
        base=object_span(pair.base),
        head=property_span(head.owner[name], name),
        values={"name": name},
        lasting=True,
        label=f"property {name}",
        owner=head.owner[name],
    )


def removed(pair: Pair, name: str) -> Difference | None:
    """Report a property that only the base declares, together with its duty: one finding."""
    base, head = pair.base.objects, pair.head.objects
    if _in_members(pair.head, pair.lens.head, name):
        return None
    must = name in base.required and name not in head.required
    shut = _ruled_out(pair.head, pair.lens.head, name)
    asking = pair.lens.direction is Direction.REQUEST
    free = other(pair.head, pair.lens.head, name) is not None or not _lists(pair.head)
    lost = shut or (asking and not free)
    loose = name in head.required and _unnamed(pair.head, pair.lens.head, base.members[name], pair.lens.base, name)
    effect = (Effect.WIDENS if must or loose else Effect.NONE) | _leftover(pair, name)
    deprecated = any(part.deprecated for part in pair.lens.base.names.flat(base.members[name]))
    what = "deprecated-property" if deprecated else "required-property" if name in base.required else "property"
    return Difference(
        what=f"{what}-removed",
        effect=effect | (Effect.NARROWS if lost else Effect.NONE),
        base=property_span(base.owner[name], name),
        head=object_span(pair.head),
        values={"name": name},
        lasting=True,
        owner=base.owner[name],
        certain=shut and not must and not asking,
        label=f"property {name}",
    )


def property_span(owner: Schema, name: str) -> Span:
    """Return the lines of a property where its object declares it, even if they stand elsewhere."""
    written = owner.span.inside[:1]  # such properties come first
    if not written or not written[0][0].startswith("properties/"):
        return owner.properties[name].span
    pointer = f"properties/{name}"
    known = any(entry[0] == pointer for entry in owner.span.inside)
    return owner.span.member("properties", name) if known else owner.properties[name].span


def object_span(form: Form) -> Span:
    """Return the lines of the properties where there are some, else those of the schema."""
    for part in form.parts:
        if part.properties:
            return at(part, "properties")
    return form.node[0].span


def other(form: Form, forms: Forms, name: str) -> Node | None:
    """Return what a form says about a member that it does not declare; None where that is nothing."""
    return view(form.parts, name, forms.names)


def folded(pair: Pair, name: str) -> bool:
    """Tell whether a property that only one side declares is told as such, with what the other makes of its value."""
    base, head = pair.base, pair.head
    was, now = name in base.objects.members, name in head.objects.members
    if was is now or name in base.objects.hidden or name in head.objects.hidden:
        return False
    return not (_in_members(head, pair.lens.head, name) if was else _in_members(base, pair.lens.base, name))


def _leftover(pair: Pair, name: str) -> Effect:
    """Return what it does to a property's value that one side describes it, and the other like all undeclared ones."""
    base, head = pair.base.objects.members.get(name), pair.head.objects.members.get(name)
    rest = other(pair.base, pair.lens.base, name) if base is None else other(pair.head, pair.lens.head, name)
    forms = pair.lens.base if base is None else pair.lens.head
    if rest is None or closed(rest) or trivial(forms.form(rest)):
        return Effect.NONE
    return pair.lens.effect(base or rest, head or rest)


def _unnamed(form: Form, forms: Forms, described: Node, describing: Forms, name: str) -> bool:
    """Tell whether a member that must be there may have any value here, and may not where it is described."""
    return other(form, forms, name) is None and not trivial(describing.form(described))


def _ruled_out(form: Form, forms: Forms, name: str) -> bool:
    """Tell whether a member that is not declared may not stand there."""
    leftover = any(
        word == "unevaluatedProperties" and schema.boolean is False for word, schema, _ in form.objects.unevaluated
    )
    return closed(other(form, forms, name)) or (leftover and not form.unions)


def _lists(form: Form) -> bool:
    """Tell whether a form names members at all; one that names none takes any."""
    return bool(form.objects.members or form.objects.hidden)


def _in_members(form: Form, forms: Forms, name: str) -> bool:
    """Tell whether an alternative declares the member: then it has moved, and the alternatives are compared."""
    told = (union for union in form.unions if not is_interface(union.origin))  # whoever implements one has its members
    nodes = [forms.names.node(member) for union in told for member in union.members]
    return any(name in part.properties for node in nodes for part in forms.names.flat(node))
