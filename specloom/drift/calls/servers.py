"""Base addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from specloom.drift.desk import Desk, Seen
from specloom.drift.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.model.api import Server, ServerVariable
    from specloom.model.source import Span

_SITE: Final = re.compile(r"^[^/]*//[^/]*")
_DEFAULT_PORT: Final = re.compile(r"^(?:(https://[^/]*):443|(http://[^/]*):80)(?=/|$)")
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
    """Return the URL as programs compare it: a host knows no case, its usual port and the last slash say nothing."""
    url = server.url.rstrip("/").removesuffix(root)
    plain = _HOST.sub(lambda found: found[0].lower(), url) or "/"
    return _DEFAULT_PORT.sub(lambda found: found[1] or found[2], plain)


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
        for what, detail, spans in _values(item, other, (old.span, new.span)):
            values = {"name": item.name, "value": detail}
            desk.report(Seen(what=what, place=place, detail=detail, values=values, **spans))
        if item.default != other.default:
            values = {"name": item.name, "before": item.default, "after": other.default}
            spans = Spans(base=old.span.member(*where, "default"), head=new.span.member(*where, "default"))
            desk.report(Seen(what="server-variable-default-changed", place=place, values=values, **spans))


def _values(old: ServerVariable, new: ServerVariable, within: tuple[Span, Span]) -> Iterator[tuple[str, str, Spans]]:
    """Yield the values that came or went, or that a list of them did: a variable without one takes any."""
    where = ("variables", old.name)
    if bool(old.enum) is not bool(new.enum):
        what = "server-variable-enum-added" if new.enum else "server-variable-enum-removed"
        word = ("enum",) if new.enum else ()
        yield what, "", Spans(base=within[0].member(*where, *word), head=within[1].member(*where, *word))
        return
    for index, value in enumerate(old.enum):
        if value not in new.enum:
            spans = Spans(base=within[0].member(*where, "enum", index), head=within[1].member(*where, "enum"))
            yield "server-variable-value-removed", value, spans
    for index, value in enumerate(new.enum):
        if value not in old.enum:
            spans = Spans(base=within[0].member(*where, "enum"), head=within[1].member(*where, "enum", index))
            yield "server-variable-value-added", value, spans
