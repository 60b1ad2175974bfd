"""Facts about how an API behaves that a generator needs and most descriptions only hint at.

Each knows its origin: `declared` in the description (a span) or `inferred` from the documentation (an `Inference`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from specloom.model.inference import Inference
    from specloom.model.source import Span

Origin: TypeAlias = "Span | Inference"
"""Why we believe a fact: the lines of the description that declare it, or the cited inference."""

PropertyPath: TypeAlias = tuple[str, ...]
"""Names from the root of a JSON body inwards; `()` is the body itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pagination:
    """How an operation hands out a long list piece by piece.

    `cursor`: `request_param` carries a token taken from `next_path` of the answer, or from the last item's `id_path`.
    `offset`: `request_param` counts items to skip. `page`: `request_param` counts pages from `first_page`.
    `link`: the next URL comes in the `Link` header (RFC 8288), or in `next_path` of the answer.

    `request_in` says where `request_param` and `limit_param` go (`argument` is GraphQL's); `items_path` leads to the
    list in the answer; `has_more_path` and `total_path` lead to the fields that end the iteration, where there are any.
    """

    style: Literal["cursor", "offset", "page", "link"]
    origin: Origin
    items_path: PropertyPath = ()
    request_param: str | None = None
    request_in: Literal["query", "body", "header", "path", "argument"] = "query"
    limit_param: str | None = None
    next_path: PropertyPath | None = None
    id_path: PropertyPath | None = None
    has_more_path: PropertyPath | None = None
    total_path: PropertyPath | None = None
    first_page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class IdempotencyKey:
    """The header by which the server recognises a repeated request (IETF draft-ietf-httpapi-idempotency-key-header)."""

    header: str
    origin: Origin
