"""Base addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from specloom.drift.desk import Desk, Seen
from specloom.drift.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model.api import Server
    from specloom.model.source import Span

_SITE: Final = re.compile(r"^[^/]*//[^/]*")
_HOST: Final = re.compile(r"^[A-Za-z+.-]*:?//[^/{}]*")


def compare(
    base: tuple[Server, ...],
    head: tuple[Server, ...],
    desk: Desk,
    *,
    parents: tuple[Span | None, Span | None],
    roots: tuple[str, str] = ("", ""),
) -> None:
    """Report addresses that came or went, and values of their variables.

    `roots` are the ends of the addresses that the paths say on the other side.
    """
    before, after = _by_address(base, roots[0]), _by_address(head, roots[1])
    if not (base and head):
        # Nothing said means the place that serves the description.
        before.pop("/", None)
        after.pop("/", None)
    for url, old in before.items():
        if url not in after:
            spans = Spans(base=_edited(old, after), head=parents[1])
            desk.report(Seen(what="server-removed", place=f"server {url}", values={"url": url}, **spans))
        else:
            _variables(old, after[url], desk)
    for url, new in after.items():
        if url not in before:
            spans = Spans(base=parents[0], head=_edited(new, before))
            desk.report(Seen(what="server-added", place=f"server {url}", values={"url": url}, **spans))


def root(servers: tuple[Server, ...]) -> str:
    """Return the path that all servers share."""
    paths = {_SITE.sub("", server.url.rstrip("/")) for server in servers}
    return paths.pop() if len(paths) == 1 else ""


def _address(server: Server, root: str) -> str:
    """Return the URL as programs compare it: scheme and host know no case, the last slash says nothing."""
    url = server.url.rstrip("/").removesuffix(root)
    return _HOST.sub(lambda found: found[0].lower(), url) or "/"


def _by_address(servers: tuple[Server, ...], root: str) -> dict[str, Server]:
    """Return the servers by URL, without `root`; of those that differ in their variables only, the later numbered."""
    found: dict[str, Server] = {}
    for server in servers:
        url = _address(server, root)
        number = sum(known == url or known.startswith(f"{url} #") for known in found)
        found[f"{url} #{number + 1}" if number else url] = server
    return found


def _edited(server: Server, others: Mapping[str, Server]) -> Span:
    """Return the lines of a server; of one that is put together, those of the part that is otherwise elsewhere."""
    own, parts = urlsplit(server.url), {name for name, _ in server.span.members}
    rest = [urlsplit(other.url) for other in others.values()]
    if "basePath" in parts and any(url[:2] == own[:2] for url in rest):
        return server.span.member("basePath")
    if "schemes" in parts and any(url[1:] == own[1:] for url in rest):
        return server.span.member("schemes")
    return server.span


def _variables(old: Server, new: Server, desk: Desk) -> None:
    after = {item.name: item for item in new.variables}
    for item in old.variables:
        other = after.get(item.name)
        if other is None:
            continue
        where = ("variables", item.name)
        place = f"server {old.url} variable {item.name}"
        for index, value in enumerate(item.enum):
            if other.enum and value not in other.enum:
                values = {"name": item.name, "value": value}
                spans = Spans(base=old.span.member(*where, "enum", index), head=new.span.member(*where, "enum"))
                desk.report(
                    Seen(what="server-variable-value-removed", place=place, detail=value, values=values, **spans)
                )
        if item.default != other.default:
            values = {"name": item.name, "before": item.default, "after": other.default}
            spans = Spans(base=old.span.member(*where, "default"), head=new.span.member(*where, "default"))
            desk.report(Seen(what="server-variable-default-changed", place=place, values=values, **spans))
