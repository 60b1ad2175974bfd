"""Which alternative of the base became which of the head."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.drift.effect import Effect
from specloom.drift.relation.parts import is_interface, only_unions

if TYPE_CHECKING:
    from specloom.drift.pair import Pair
    from specloom.drift.relation.form import Form, Forms, Union
    from specloom.drift.relation.parts import Node
    from specloom.model.schema import Schema


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


def interfaces(pair: Pair) -> bool:
    """Tell whether GraphQL's interfaces meet: which types implement one is told at those types."""
    return all(any(is_interface(part) for part in form.parts) for form in (pair.base, pair.head))


def by_name(pair: Pair) -> bool:
    """Tell whether interfaces or unions of GraphQL meet, whose alternatives are told apart by name."""
    return interfaces(pair) or all(published(form) is not None for form in (pair.base, pair.head))


def listed_by_name(form: Form, forms: Forms) -> list[Node]:
    """Return the members of a union of GraphQL, even if it is one: queries ask for them by name."""
    union = published(form)
    return [forms.names.node(member) for member in (*union.any_of, *union.one_of)] if union is not None else []


def published(form: Form) -> Schema | None:
    """Return the union of GraphQL that a form is."""
    return next((part for part in form.parts if part.extensions.get("x-graphql-kind") == "union"), None)


def sides(pair: Pair) -> tuple[tuple[Form, Forms], tuple[Form, Forms]]:
    """Return the form of each side with what made it."""
    return (pair.base, pair.lens.base), (pair.head, pair.lens.head)


def matched(pair: Pair) -> Matched | None:
    """Pair the members; None where a union only came or went as a further rule on the same values."""
    key = (id(pair.base), id(pair.head))
    if key not in pair.lens.matches:
        pair.lens.matches[key] = _matched(pair)
    return pair.lens.matches[key]


def _matched(pair: Pair) -> Matched | None:
    base, head = pair.base.unions, pair.head.unions
    if all(named := [listed_by_name(form, forms) for form, forms in sides(pair)]):
        found = Matched(pairs=[], gone=named[0], new=named[1], whole=not (base and head))
        _take(found, lambda a, b: same_name(pair, a, b))
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
        for form, forms in sides(pair)
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
    if not _bare(pair.head, union):
        return None
    new = _alternatives(pair.head, pair.lens.head, whole=_typed(pair.head))
    best = _closest(pair.base, [pair.lens.head.form(node) for node in new])
    if best is None:
        return None
    return Matched(pairs=[(pair.base.node, new[best])], gone=[], new=[*new[:best], *new[best + 1 :]], whole=True)


def _unwrapped(pair: Pair, union: Union) -> Matched | None:
    if not _bare(pair.base, union):
        return None
    old = _alternatives(pair.base, pair.lens.base, whole=_typed(pair.base))
    best = _closest(pair.head, [pair.lens.base.form(node) for node in old])
    if best is None:
        return None
    return Matched(pairs=[(old[best], pair.head.node)], gone=[*old[:best], *old[best + 1 :]], new=[], whole=True)


def _bare(form: Form, union: Union) -> bool:
    """Tell whether a schema says nothing but its union (a shared type apart)."""
    return union.origin in form.parts and all(only_unions(part, typed=True) for part in form.parts)


def _typed(form: Form) -> bool:
    """Tell whether a type stands beside the union."""
    return any(part.types for part in form.parts)


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
    _take(found, lambda a, b: same_name(pair, a, b))
    if len(found.gone) * len(found.new) <= PAIRS:
        _take(found, lambda a, b: pair.lens.effect(a, b) is Effect.NONE)
    _alike(pair, found)
    return found


def _alike(pair: Pair, found: Matched) -> None:
    """Pair what is left by likeness, the most alike first; less than half alike is another thing."""
    if len(found.gone) * len(found.new) > PAIRS * 10:
        return
    base, head = pair.lens.base, pair.lens.head
    gone_forms = [(base.form(node), *_named(node, base, head)) for node in found.gone]
    new_forms = [(head.form(node), *_named(node, head, base)) for node in found.new]
    scored = sorted(
        (-_likeness(old, new), i, j)
        for i, (old, called, lives) in enumerate(gone_forms)
        for j, (new, name, known) in enumerate(new_forms)
        # Two components of which one lives on under its own name are two things, however alike.
        if not (called and name and (lives or known))
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


def same_name(pair: Pair, old: Node, new: Node) -> bool:
    """Tell whether two nodes are one component."""
    name = pair.lens.base.names.name(old)
    return name is not None and name == pair.lens.head.names.name(new)


def _named(node: Node, mine: Forms, yours: Forms) -> tuple[bool, bool]:
    """Tell whether a node is a component, and whether the other side has one of its name."""
    name = mine.names.name(node)
    return name is not None, name in yours.names.schemas
