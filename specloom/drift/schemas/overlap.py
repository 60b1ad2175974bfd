"""Members of a union that share values: `oneOf` refuses those, `anyOf` takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.drift.relation.apart import exclusive as told_apart

if TYPE_CHECKING:
    from specloom.drift.pair import Lens, Pair
    from specloom.drift.relation.form import Forms, Union
    from specloom.drift.relation.parts import Node


def exclusive(pair: Pair) -> bool:
    """Tell whether `anyOf` and `oneOf` say the same, for the members of one side at least."""
    lens = pair.lens
    for form, forms in ((pair.base, lens.base), (pair.head, lens.head)):
        nodes = [forms.names.node(member) for member in form.unions[0].members]
        pairs = [(one, other) for i, one in enumerate(nodes) for other in nodes[i + 1 :]]
        if len(pairs) <= 400 and all(_split(lens, one, other, forms) for one, other in pairs):  # noqa: PLR2004  # 28 members
            return True
    return False


def _split(lens: Lens, one: Node, other: Node, forms: Forms) -> bool:
    """Tell whether no value fits both."""
    return told_apart(forms.form(one), forms.form(other), forms) or lens.apart(one, other, forms)


def clashing(lens: Lens, node: Node, union: Union, forms: Forms) -> bool:
    """Tell whether a member of a `oneOf` shares values with another: what both take, the whole refuses.

    Objects are told apart by more than their schemas say, and so are texts of several formats.
    """
    if union.keyword != "oneOf":
        return False
    form = forms.form(node)
    others = [forms.names.node(member) for member in union.members if forms.names.node(member) != node]
    return any(
        form.kinds & other.kinds - {"object", "array"}
        and not (form.formats or other.formats or form.kinds & other.kinds & {"object", "array"})
        and not _split(lens, node, seen, forms)
        for seen, other in ((seen, forms.form(seen)) for seen in others)
    )
