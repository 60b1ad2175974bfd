"""Names for client libraries that vendors' extensions give to operations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.model.api import Naming

if TYPE_CHECKING:
    from specloom.model.api import Operation
    from specloom.model.source import Json


def declared(operation: Operation) -> Naming | None:
    """Return the name that Fern's or Speakeasy's extensions give, None where they give no method or no group for it.

    Fern's group is text or a list from outside inwards; Speakeasy's has dots, and its tags stand in for it.
    """
    said = operation.extensions
    span = operation.span
    if isinstance(method := said.get("x-fern-sdk-method-name"), str) and method:
        groups = _words(said.get("x-fern-sdk-group-name"))
        return Naming(resource=groups, method=method, origin=span.member("x-fern-sdk-method-name"))
    if isinstance(method := said.get("x-speakeasy-name-override"), str) and method:
        group = said.get("x-speakeasy-group")
        groups = tuple(part for part in group.split(".") if part) if isinstance(group, str) else operation.tags[:1]
        return Naming(resource=groups, method=method, origin=span.member("x-speakeasy-name-override"))
    return None


def _words(value: Json) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(item for item in items if isinstance(item, str) and item)
