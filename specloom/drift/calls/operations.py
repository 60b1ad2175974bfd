"""One operation against its successor: every part in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.drift.calls import bodies, lifecycle, parameters, responses, security, servers
from specloom.drift.desk import Desk, Seen
from specloom.drift.effect import BOTH
from specloom.drift.pairs import paired
from specloom.drift.spans import Spans

if TYPE_CHECKING:
    from specloom.model.api import Operation
    from specloom.model.policy import Policy


def compare(base: Operation, head: Operation, desk: Desk, *, sides: security.Sides, policy: Policy) -> None:
    """Put everything that differs on the desk; callbacks with every direction turned round."""
    lifecycle.compare(base, head, desk, policy=policy)
    parameters.compare(base, head, desk, policy=policy)
    bodies.compare(base, head, desk)
    responses.compare(base, head, desk, policy=policy)
    security.compare(base, head, desk, sides=sides)
    if base.servers or head.servers:
        here = (base.servers or sides.servers[0], head.servers or sides.servers[1])
        servers.compare(*here, desk, parents=(base.span, head.span))
    if base.callbacks or head.callbacks:
        _callbacks(base, head, desk, sides=sides, policy=policy)


def _callbacks(base: Operation, head: Operation, desk: Desk, *, sides: security.Sides, policy: Policy) -> None:
    matched = paired(base.callbacks, head.callbacks)
    for old, new in (*matched.kept, *matched.moved):
        inner = desk.inside(_label(old), turned=True)
        compare(old, new, inner, sides=sides, policy=policy)
        if old.path != new.path:
            values = {"before": old.path, "after": new.path}
            spans = Spans(base=old.span, head=new.span)
            desk.report(Seen(what="callback-address-changed", effect=BOTH, place=_label(old), values=values, **spans))
    for old in matched.gone:
        _existence("callback-removed", old, (old, head), desk)
    for new in matched.new:
        _existence("callback-added", new, (base, new), desk)


def _existence(what: str, item: Operation, sides: tuple[Operation, Operation], desk: Desk) -> None:
    place = _label(item)
    desk.report(Seen(what=what, base=sides[0].span, head=sides[1].span, place=place, values={"name": place}))


def _label(operation: Operation) -> str:
    """Return the callback's part of a key: what follows the operation that it belongs to."""
    return operation.key.rsplit(" → ", 1)[-1]
