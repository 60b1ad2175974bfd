"""`anyOf` and `oneOf`: members that came, went or changed, and values that were put among alternatives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.drift.apart import exclusive
from specloom.drift.effect import Effect
from specloom.drift.pair import Child, Difference, Pair, at
from specloom.drift.parts import is_interface
from specloom.drift.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.drift.form import Form, Forms, Union
    from specloom.drift.parts import Node
    from specloom.model.schema import Schema
    from specloom.model.source import Span


PAIRS: Final = 2500
"""Pairs of members past which they are matched by name and likeness only."""
ALIKE: Final = 0.5


@dataclass(slots=True, kw_only=True)
class Matched:
    """What became of the unions of a pair. `whole` says that one side is a union and the other one of its members."""

    pairs: list[tuple[Node, Node]]
    gone: list[Node]
    new: list[Node]
    whole: bool = False


def differences(pair: Pair) -> Iterator[Difference]:
    """Yield members that came or went, unions that were added or dropped, and `anyOf` that became `oneOf`."""
    base, head = pair.base.unions, pair.head.unions
    if not present(pair) or interfaces(pair):
        return
    spans = Spans(base=_span(pair.base), head=_span(pair.head))
    found = matched(pair)
    if found is None:
        gained = len(head) > len(base)
        what, effect = ("union-added", Effect.NARROWS) if gained else ("union-removed", Effect.WIDENS)
        yield Difference(what=what, effect=effect, **spans)
        return
    yield from _members(pair, found)
    if not found.whole and base[0].keyword != head[0].keyword:
        loose = head[0].keyword == "anyOf"
        if not _exclusive(pair):
            what = "one-of-became-any-of" if loose else "any-of-became-one-of"
            effect = Effect.WIDENS if loose else Effect.NARROWS
            # The relation reads `oneOf` as "one of these", so it cannot see this.
            yield Difference(what=what, effect=effect, unseen=True, **spans)


def present(pair: Pair) -> bool:
    """Tell whether there are alternatives on a side."""
    return bool(pair.base.unions or pair.head.unions or _named(*_sides(pair)[0]))


def children(pair: Pair) -> Iterator[Child]:
    """Yield the members that belong together."""
    found = matched(pair)
    for old, new in found.pairs if found else ():
        if interfaces(pair) and not _name(pair, old, new):
            continue
        yield Child(label=_label(pair, old, new), base=old, head=new)


def interfaces(pair: Pair) -> bool:
    """Tell whether GraphQL's interfaces meet: which types implement one is told at those types."""
    return all(any(is_interface(part) for part in form.parts) for form in (pair.base, pair.head))


def _named(form: Form, forms: Forms) -> list[Node]:
    """Return the members of a union of GraphQL, even if it is one: queries ask for them by name."""
    union = _published(form)
    return [forms.names.node(member) for member in (*union.any_of, *union.one_of)] if union is not None else []


def _published(form: Form) -> Schema | None:
    return next((part for part in form.parts if part.extensions.get("x-graphql-kind") == "union"), None)


def _sides(pair: Pair) -> tuple[tuple[Form, Forms], tuple[Form, Forms]]:
    return (pair.base, pair.lens.base), (pair.head, pair.lens.head)


def matched(pair: Pair) -> Matched | None:
    """Pair the members; None where a union only came or went as a further rule on the same values."""
    base, head = pair.base.unions, pair.head.unions
    if all(named := [_named(form, forms) for form, forms in _sides(pair)]):
        found = Matched(pairs=[], gone=named[0], new=named[1], whole=not (base and head))
        _take(found, lambda a, b: _name(pair, a, b))
        return found
    if base and head:
        moved = _hoisted(pair)
        old = _alternatives(pair.base, pair.lens.base, whole=moved)
        new = _alternatives(pair.head, pair.lens.head, whole=moved)
        return _pair_up(pair, old, new) if len(base) == len(head) else None
    if len(head) == 1 and not base:
        return _wrapped(pair, head[0])
    if len(base) == 1 and not head:
        return _unwrapped(pair, base[0])
    return None


def _hoisted(pair: Pair) -> bool:
    """Tell whether properties moved from beside a union into its members, or out of them."""
    beside = [form.objects.members.keys() | form.objects.hidden.keys() for form in (pair.base, pair.head)]
    within = [
        {
            name
            for node in _alternatives(form, forms, whole=False)
            for part in forms.names.flat(node)
            for name in part.properties
        }
        for form, forms in _sides(pair)
    ]
    return bool((beside[0] - beside[1]) & within[1] or (beside[1] - beside[0]) & within[0])


def _alternatives(form: Form, forms: Forms, *, whole: bool) -> list[Node]:
    """Return the members of all unions; as a `whole`, each together with what stands beside its union."""
    found = []
    for union in form.unions:
        beside = tuple(forms.names.without_unions(part) if part is union.origin else part for part in form.parts)
        found += [(*forms.names.node(member), *(beside if whole else ())) for member in union.members]
    return found


def _wrapped(pair: Pair, union: Union) -> Matched | None:
    """Find the base among the members of the head, which is a union."""
    new = [pair.lens.head.names.node(member) for member in union.members]
    if not _bare(pair.head, union):
        return None
    best = _closest(pair.base, [pair.lens.head.form(node) for node in new])
    if best is None:
        return None
    return Matched(pairs=[(pair.base.node, new[best])], gone=[], new=[*new[:best], *new[best + 1 :]], whole=True)


def _unwrapped(pair: Pair, union: Union) -> Matched | None:
    old = [pair.lens.base.names.node(member) for member in union.members]
    if not _bare(pair.base, union):
        return None
    best = _closest(pair.head, [pair.lens.base.form(node) for node in old])
    if best is None:
        return None
    return Matched(pairs=[(old[best], pair.head.node)], gone=[*old[:best], *old[best + 1 :]], new=[], whole=True)


def _bare(form: Form, union: Union) -> bool:
    """Tell whether a schema says nothing but its union (a shared type apart)."""
    objects = form.objects
    return union.origin in form.parts and not (
        form.bounds or form.patterns or form.formats or form.items or objects.members or objects.demander
    )


def _closest(form: Form, others: list[Form]) -> int | None:
    scores = [_likeness(form, other) for other in others]
    best = max(range(len(scores)), key=lambda index: scores[index], default=None)
    return best if best is not None and scores[best] > 0 else None


def _likeness(one: Form, other: Form) -> float:
    """How alike two members are: 0 for nothing in common, 1 for the same kinds, more for each shared property."""
    if not one.kinds & other.kinds:
        return 0
    if one.kinds != other.kinds:
        return 0.5
    mine, yours = one.objects.members.keys(), other.objects.members.keys()
    if not mine and not yours:
        return 1.5 if one.formats.keys() == other.formats.keys() else 1
    shared = len(mine & yours) / max(len(mine | yours), 1)
    titles = {part.title for part in one.parts if part.title} & {part.title for part in other.parts if part.title}
    return shared + (1 if titles else 0)


def _pair_up(pair: Pair, old: list[Node], new: list[Node]) -> Matched:
    found = Matched(pairs=[], gone=list(old), new=list(new))
    _take(found, lambda a, b: _name(pair, a, b))
    if len(found.gone) * len(found.new) <= PAIRS:
        _take(found, lambda a, b: pair.lens.effect(a, b) is Effect.NONE)
    _alike(pair, found)
    return found


def _alike(pair: Pair, found: Matched) -> None:
    """Pair what is left by likeness, the most alike first; less than half alike is another thing."""
    if len(found.gone) * len(found.new) > PAIRS * 10:
        return
    scored = sorted(
        (
            (-_likeness(pair.lens.base.form(old), pair.lens.head.form(new)), i, j)
            for i, old in enumerate(found.gone)
            for j, new in enumerate(found.new)
            if not _both_named(pair, old, new)
        )
    )
    gone, new = dict(enumerate(found.gone)), dict(enumerate(found.new))
    for score, i, j in scored:
        if -score < ALIKE:
            break
        if i in gone and j in new:
            found.pairs.append((gone.pop(i), new.pop(j)))
    found.gone, found.new = list(gone.values()), list(new.values())


def _take(found: Matched, same: object) -> None:
    for old in list(found.gone):
        for new in found.new:
            if same(old, new):  # type: ignore[operator]  # a predicate over two nodes
                found.pairs.append((old, new))
                found.gone = [node for node in found.gone if node is not old]
                found.new = [node for node in found.new if node is not new]
                break


def _name(pair: Pair, old: Node, new: Node) -> bool:
    name = pair.lens.base.names.name(old)
    return name is not None and name == pair.lens.head.names.name(new)


def _both_named(pair: Pair, old: Node, new: Node) -> bool:
    """Two components that live on under their own names are two things, however alike."""
    one, other = pair.lens.base.names.name(old), pair.lens.head.names.name(new)
    if one is None or other is None:
        return False
    return one in pair.lens.head.names.schemas or other in pair.lens.base.names.schemas


def _members(pair: Pair, found: Matched) -> Iterator[Difference]:
    spans = Spans(base=_span(pair.base), head=_span(pair.head))
    named = bool(_named(*_sides(pair)[0]))
    for node in found.gone:
        name = _title(pair.lens.base.names.name(node), node)
        inside = pair.lens.effect(node, pair.head.node) & Effect.NARROWS
        yield Difference(
            what="union-member-removed",
            effect=Effect.NARROWS if named else inside,
            unseen=named,
            base=_member_span(node, pair.base, pair.lens.base),
            head=spans["head"],
            detail=name,
            values={"name": name},
        )
    for node in found.new:
        name = _title(pair.lens.head.names.name(node), node)
        inside = pair.lens.effect(pair.base.node, node) & Effect.WIDENS
        yield Difference(
            what="union-member-added",
            effect=Effect.WIDENS if named else inside,
            unseen=named,
            base=spans["base"],
            head=_member_span(node, pair.head, pair.lens.head),
            detail=name,
            values={"name": name},
        )


def _member_span(node: Node, form: Form, forms: Forms) -> Span:
    """Return the lines of a member in its union: of a component, those of the reference."""
    written = (member for union in form.unions for member in union.members if forms.names.node(member)[0] is node[0])
    found = next(written, None)
    return found.span if found is not None else _span(form)


def _title(name: str | None, node: Node) -> str:
    schema = node[0]
    return name or schema.title or " or ".join(schema.types) or "a schema"


def _label(pair: Pair, old: Node, new: Node) -> str:
    if old is pair.base.node:  # the head put it among alternatives: the new member has the telling name
        old, new = new, old
    names = (pair.lens.base.names.name(old), pair.lens.head.names.name(old), old[0].title)
    name = next((one for one in names if one), None) or pair.lens.head.names.name(new)
    return f"alternative {name or ' or '.join(old[0].types) or 'schema'}"


def _span(form: Form) -> Span:
    named = _published(form)
    if named is not None:
        return named.span
    if form.unions:
        return at(form.unions[0].origin, form.unions[0].keyword)
    return form.node[0].span


def _exclusive(pair: Pair) -> bool:
    lens = pair.lens
    for form, forms in ((pair.base, lens.base), (pair.head, lens.head)):
        members = [forms.form(forms.names.node(member)) for member in form.unions[0].members]
        pairs = [(one, other) for i, one in enumerate(members) for other in members[i + 1 :]]
        if len(pairs) <= 400 and all(exclusive(one, other, forms) for one, other in pairs):  # noqa: PLR2004  # 28 members
            return True
    return False
