"""Base addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.drift.desk import Desk, Seen
from specloom.drift.spans import Spans

if TYPE_CHECKING:
    from specloom.model.api import Server
    from specloom.model.source import Span

_HOST: Final = re.compile(r"^[A-Za-z+.-]*:?//[^/{}]*")


def compare(
    base: tuple[Server, ...], head: tuple[Server, ...], desk: Desk, *, parents: tuple[Span | None, Span | None]
) -> None:
    """Report addresses that came or went, and values of their variables."""
    before, after = {_address(item): item for item in base}, {_address(item): item for item in head}
    if not (base and head):
        # Nothing said means the place that serves the description.
        before.pop("/", None)
        after.pop("/", None)
    for url, old in before.items():
        if url not in after:
            desk.report(
                Seen(what="server-removed", base=old.span, head=parents[1], place=f"server {url}", values={"url": url})
            )
        else:
            _variables(old, after[url], desk)
    for url, new in after.items():
        if url not in before:
            desk.report(
                Seen(what="server-added", base=parents[0], head=new.span, place=f"server {url}", values={"url": url})
            )


def _address(server: Server) -> str:
    """Return the URL as programs compare it: scheme and host know no case, the last slash says nothing."""
    return _HOST.sub(lambda found: found[0].lower(), server.url.rstrip("/")) or "/"


def _variables(old: Server, new: Server, desk: Desk) -> None:
    after = {item.name: item for item in new.variables}
    for item in old.variables:
        other = after.get(item.name)
        if other is None:
            continue
        spans = Spans(base=old.span.member("variables"), head=new.span.member("variables"))
        place = f"server {old.url} variable {item.name}"
        for value in item.enum:
            if other.enum and value not in other.enum:
                values = {"name": item.name, "value": value}
                desk.report(
                    Seen(what="server-variable-value-removed", place=place, detail=value, values=values, **spans)
                )
        if item.default != other.default:
            values = {"name": item.name, "before": item.default, "after": other.default}
            desk.report(Seen(what="server-variable-default-changed", place=place, values=values, **spans))
