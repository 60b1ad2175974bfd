"""Idempotency keys that a header parameter declares."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.model.api import Location
from specloom.model.facts import IdempotencyKey
from specloom.readers.behaviour.roles import plain

if TYPE_CHECKING:
    from specloom.model.api import Extensions, Operation

NAME: Final = re.compile(r"([a-z0-9]+_){0,3}idempoten(cy|t|ce)(_(key|token|id))?|idempoten(cy|t|ce)key")
"""`Idempotency-Key`, `X-Idempotency-Key`, `X-Acme-Idempotency-Token`, `IdempotencyKey` …"""

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
"""Methods that change nothing, so that repeating them needs no key (RFC 9110, section 9.2.1)."""


def declared(operation: Operation, root: Extensions) -> IdempotencyKey | None:
    """Return the one header by which `operation` recognises a repeated request.

    It is declared by a parameter, or by Fern's `x-fern-idempotent` with the headers listed in the description's own
    extensions `root`.
    """
    if operation.method in SAFE:
        return None
    found = [
        item
        for item in operation.parameters
        if item.location is Location.HEADER and NAME.fullmatch(plain(item.name)) and not item.deprecated
    ]
    if len(found) == 1:
        return IdempotencyKey(header=found[0].name, origin=found[0].span)
    if operation.extensions.get("x-fern-idempotent") is True and (header := _fern(root)):
        return IdempotencyKey(header=header, origin=operation.span.member("x-fern-idempotent"))
    return None


def _fern(root: Extensions) -> str | None:
    listed = root.get("x-fern-idempotency-headers")
    headers = [item.get("header") for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    return headers[0] if len(headers) == 1 and isinstance(headers[0], str) else None
