"""What the notations of pagination have in common: they name parameters, and paths into the answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.model.facts import Pagination

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model.facts import PropertyPath
    from specloom.model.source import Json, Span
    from specloom.readers.behaviour.exchange import Asked, Exchange

ANSWER: Final = re.compile(r"\$response\.body\.?|\$response\.?|\$\.?")
"""How a path says that it begins at the answer."""

STEP: Final = re.compile(r"\[['\"]([^'\"\]]+)['\"]\]|\[([^\]]*)\]|([^.\[\]]+)")
"""One step of a path: a quoted name, a place in a list, or a name."""

LAST: Final = frozenset({"-1", "(@.length-1)", "(@.length - 1)"})
"""How a path says "the last item"."""


class Unusable(ValueError):  # noqa: N818 - it is the state of a declaration, and never leaves this package
    """A declaration that cannot be followed; the message says why."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What one operation declares: the members of an extension, where it stands, and the description's own ones."""

    exchange: Exchange
    members: Mapping[str, Json]
    span: Span

    def text(self, *keys: str) -> str | None:
        """Return the first of these members that is text and not empty."""
        found = (self.members.get(key) for key in keys)
        return next((item for item in found if isinstance(item, str) and item), None)

    def asked(self, written: str | None) -> Asked:
        """Return the parameter, or the member at the top of the body, that is meant. Raises `Unusable`."""
        name, in_body = _without_prefix(written or "")
        found = [item for item in self.exchange.called(name) if item.place == "body" or not in_body]
        if not found:
            raise Unusable(f"the request has no parameter {name!r} that a client could count on")
        return found[0]

    def limit(self, written: str | None) -> str | None:
        """Return the name of the parameter for a page's length, None where there is none."""
        name = _without_prefix(written or "")[0]
        return name if self.exchange.called(name) else None

    def items(self, written: str | PropertyPath | None) -> PropertyPath:
        """Return the path of the list: the one written, else the only one there is. Raises `Unusable`."""
        path = names_of(written) if isinstance(written, str) else written
        if path is None:
            only = self.exchange.items()
            path = only.path if only else ()
        answer, shapes = self.exchange.answer, self.exchange.shapes
        if answer is not None and ((schema := shapes.at(answer, path)) is None or shapes.items(schema) is None):
            raise Unusable(f"the answer has no list at {'.'.join(path) or 'its top'}")
        return path

    def field(self, written: str | PropertyPath | None) -> PropertyPath | None:
        """Return a path into the answer, None where none is written. Raises `Unusable` where it leads nowhere."""
        path = names_of(written) if isinstance(written, str) else written
        if path and self.exchange.answer is not None and self.exchange.shapes.at(self.exchange.answer, path) is None:
            raise Unusable(f"the answer has no field {'.'.join(path)}")
        return path or None

    def by(self, asked: Asked, items: PropertyPath) -> Pagination:
        """Return a reading by the cursor `asked`, to be completed."""
        return Pagination(
            style="cursor", origin=self.span, items_path=items, request_param=asked.name, request_in=asked.place
        )

    def linked(self, path: PropertyPath, items: PropertyPath) -> Pagination:
        """Return a reading by the next page's URL."""
        return Pagination(style="link", origin=self.span, items_path=items, next_path=path)


def first_page(asked: Asked, written: Json = None) -> int:
    """Return the number of the first page: the one written, else the parameter's default, else 1."""
    known = [value for value in (written, asked.schema.default) if isinstance(value, int)]
    return next((value for value in known if not isinstance(value, bool)), 1)


def names_of(written: str) -> PropertyPath:
    """Return the names that a JSON path, a JSON pointer, `$response.…` or dotted names give."""
    if written.startswith("/"):
        return tuple(part.replace("~1", "/").replace("~0", "~") for part in written[1:].split("/"))
    steps = STEP.finditer(ANSWER.sub("", written, count=1) if written.startswith("$") else written)
    return tuple(name for match in steps if (name := match[1] or match[3]))


def last_item(written: str) -> tuple[str, str] | None:
    """Cut a path into a list's last item into the path of the list and the path from there; None for other paths."""
    for match in STEP.finditer(written):
        if match[2] in LAST:
            return written[: match.start()], written[match.end() :].lstrip(".")
    return None


def _without_prefix(written: str) -> tuple[str, bool]:
    """Return a parameter's name without what says that it is one, and whether it is said to be in the body."""
    name = written.removeprefix("$request.")
    return name.removeprefix("body."), name.startswith("body.")
