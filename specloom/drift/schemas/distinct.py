"""Alternatives that are none of the others by their words, though each of their values fits one of those.

That a member counts as absent where an object does not name it is for the edits of one object: there the member is
what was edited. Of two alternatives, one that leaves a member free takes what the other refuses, and whoever reads a
union by its discriminator knows only the names that were there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.drift.effect import Effect
from specloom.drift.relation.facets import trivial

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.drift.pair import Pair
    from specloom.drift.relation.form import Form, Forms
    from specloom.drift.relation.parts import Node


def distinct(pair: Pair, node: Node, others: Iterable[Node], *, gone: bool) -> bool:
    """Tell whether `node`, which is on one side only, is none of the alternatives that the other side has."""
    lens = pair.lens
    mine, yours = (lens.base, lens.head) if gone else (lens.head, lens.base)
    form = mine.form(node)
    if form.kinds != {"object"} or form.unions:
        return False
    if _called(pair, node, mine):
        return True
    wanted = Effect.NARROWS if gone else Effect.WIDENS
    taking = [one for one in others if wanted not in (lens.effect(node, one) if gone else lens.effect(one, node))]
    return bool(taking) and all(_freer(form, yours.form(one), yours) for one in taking)


def _called(pair: Pair, node: Node, mine: Forms) -> bool:
    """Tell whether both sides tell alternatives by the same member, and this one by its own name."""
    marks = [form.discriminator for form in (pair.base, pair.head)]
    return (
        mine.names.name(node) is not None
        and marks[0] is not None
        and marks[1] is not None
        and marks[0][0].property_name == marks[1][0].property_name
    )


def _freer(form: Form, other: Form, others: Forms) -> bool:
    """Tell whether an object leaves a member free for which the other has a word."""
    objects = form.objects
    if objects.additional is not None or objects.patterns:
        return False
    known = objects.members.keys() | objects.hidden.keys() | objects.banned
    return any(name not in known and not trivial(others.form(inner)) for name, inner in other.objects.members.items())
