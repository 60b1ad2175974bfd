"""Where a difference of two schemas stands, of several that hold together, and which of them says it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from specloom.drift.pair import at
from specloom.drift.schemas.presence import object_span
from specloom.drift.spans import inside

if TYPE_CHECKING:
    from specloom.drift.pair import Child, Difference, Pair
    from specloom.drift.relation.form import Form
    from specloom.drift.relation.parts import Names
    from specloom.model.schema import Schema
    from specloom.model.source import Span


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two forms of a pair, and what its schemas are called."""

    form: Form
    names: Names

    def name(self, part: Schema | None) -> str | None:
        """Return the component that a part is."""
        return None if part is None else self.names.name_of.get(id(part))

    def around(self, span: Span) -> Schema | None:
        """Return the part that says what stands at `span`: by its number, or the closest around; None where two are."""
        parts = [part for part in self.form.parts if inside(span, part.span)]
        own = [part for part in parts if span.number and part.span.number == span.number]
        if own:
            return own[0]
        parts.sort(key=lambda part: part.span.end - part.span.start)
        tied = len(parts) > 1 and (parts[0].span.start, parts[0].span.end) == (parts[1].span.start, parts[1].span.end)
        return parts[0] if parts and not tied else None

    def saying(self, owner: Schema | None, span: Span) -> Schema | None:
        """Return `owner` where it is a part, else the part that says what stands at `span`."""
        return next((part for part in self.form.parts if part is owner), None) or self.around(span)

    def whole(self) -> Span:
        """Return where the parts of the form are listed."""
        return at(self.form.node[0], "allOf", "oneOf", "anyOf", "properties")

    def part(self, name: str) -> Schema | None:
        """Return the part that is the component `name`."""
        return next((part for part in self.form.parts if self.name(part) == name), None)

    def place(self, part: Schema) -> tuple[str | None, int]:
        """Return the component before a part, and how many parts after that it comes: the same on both sides."""
        index = next(index for index, one in enumerate(self.form.parts) if one is part)
        for back in range(index + 1):
            name = self.name(self.form.parts[index - back])
            if name is not None:
                return name, back
        return None, index

    def at_place(self, place: tuple[str | None, int]) -> Schema | None:
        """Return the part at a place of the other side."""
        return next((part for part in self.form.parts if self.place(part) == place), None)

    def reference(self, name: str) -> Span | None:
        """Return where the parts of the conjunction refer to a component."""
        return next((part.span for part in self.form.parts if part.ref == name), None)


class Placing:
    """Finds the lines of what differs in one pair."""

    def __init__(self, pair: Pair, base: Names, head: Names) -> None:
        self._pair = pair
        self._base = Side(pair.base, base)
        self._head = Side(pair.head, head)

    def owned(self, child: Child) -> Child:
        """Return a child with the schema that holds it."""
        if child.owner is None:
            owner = self._owner(self._base.around(child.base[0].span), self._head.around(child.head[0].span))
            return child if owner is None else replace(child, owner=owner)
        return child

    def placed(self, one: Difference) -> Difference:
        """Return a difference with the schema that says it, and its lines on both sides.

        What stands on one side only is shown, on the other, at the schema that takes the place of the one that says
        it. What a conjunction has gained or lost with a component is shown where it refers to that.
        """
        if one.base is None or one.head is None:
            return one
        base, head = one.base, one.head
        before, after = self._base.saying(one.owner, base), self._head.saying(one.owner, head)
        vague = (_mark(base) in self._vague(0), _mark(head) in self._vague(1))
        if vague == (True, False) and after is not None:
            before = self._base.at_place(self._head.place(after))
            base = _parent(before, head, after) if before is not None else self._base.whole()
        elif vague == (False, True) and before is not None:
            after = self._head.at_place(self._base.place(before))
            head = _parent(after, base, before) if after is not None else self._head.whole()
        lost, gained = self._lone(self._base, self._head, before), self._lone(self._head, self._base, after)
        if lost is not None:
            base, before = lost, None
        if gained is not None:
            head, after = gained, None
        sites = self._pair.sites
        return replace(one, base=sites[0] or base, head=sites[1] or head, owner=self._owner(before, after))

    def _vague(self, side: int) -> tuple[object, object]:
        """Return the lines that stand for the whole pair, because there are no better ones."""
        pair = self._pair
        spans = (pair.head_span, object_span(pair.head)) if side else (pair.base_span, object_span(pair.base))
        return _mark(spans[0]), _mark(spans[1])

    def _owner(self, before: Schema | None, after: Schema | None) -> Schema | None:
        name = self._base.name(before)
        return after if name is not None and name == self._head.name(after) else None

    def _lone(self, mine: Side, yours: Side, part: Schema | None) -> Span | None:
        """Return the reference to the component, taken in by one side and known to both, that `part` comes with."""
        for one in mine.form.parts if part is not None and len(mine.form.parts) > 1 else ():
            name = mine.name(one)
            alone = name is not None and name in yours.names.schemas and yours.part(name) is None
            if name is not None and alone and any(inner is part for inner in mine.names.flat((one,))):
                return mine.reference(name)
        return None


def _mark(span: Span) -> object:
    """Return what tells a span from others, in a file of one line as well."""
    return span.path, span.start, span.end, span.number


def _parent(part: Schema, span: Span, other: Schema) -> Span:
    """Return where something that stands at `span` in `other` would stand in `part`."""
    listed = at(other, "properties")
    return at(part, "properties") if listed != other.span and inside(span, listed) else part.span
