"""How complete a description is, and why not more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from specloom.model.api import Api, MediaType, Operation
    from specloom.model.schema import Schema
    from specloom.model.source import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Something that generators and people miss in the description.

    `code` is kebab-case and stable; `count` of `total` places lack it; `span` is the first of them; `points` is what it
    costs of the hundred.
    """

    code: str
    message: str
    count: int
    total: int
    points: float
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """Completeness from 0 to 100, with the reasons for what is missing, the most expensive first."""

    value: int
    reasons: tuple[Reason, ...] = ()


_Places: TypeAlias = "list[tuple[Span | None, bool]]"
"""Every place that could say something, and whether it does."""


@dataclass(frozen=True, slots=True)
class _Check:
    code: str
    message: str
    weight: int
    places: Callable[[Api], _Places]
    formats: tuple[str, ...] = ("",)


def score(api: Api) -> Score:
    """Return how much of what generators and readers need `api` says, as far as its format can say it.

    Each check costs its weight times the share of places that fail it; checks without any place cost nothing.
    """
    reasons: list[Reason] = []
    for check in _CHECKS:
        places = check.places(api) if api.source.format.startswith(check.formats) else []
        missing = [span for span, said in places if not said]
        if missing:
            points = round(check.weight * len(missing) / len(places), 1)
            reasons.append(
                Reason(
                    code=check.code,
                    message=check.message.format(count=len(missing), total=len(places)),
                    count=len(missing),
                    total=len(places),
                    points=points,
                    span=missing[0],
                )
            )
    reasons.sort(key=lambda reason: (-reason.points, reason.code))
    value = max(0, round(100 - sum(reason.points for reason in reasons)))
    return Score(value, tuple(reasons))


def _every(says: Callable[[Operation], bool]) -> Callable[[Api], _Places]:
    return lambda api: [(operation.span, says(operation)) for operation in api.operations]


def _servers(api: Api) -> _Places:
    has_own = bool(api.operations) and all(operation.servers for operation in api.operations)
    return [(None, bool(api.servers) or has_own or not api.operations)]


def _authentication(api: Api) -> _Places:
    is_open = api.security == ()  # said, and not merely forgotten
    return [(None, bool(api.security_schemes) or is_open or not api.operations)]


def _parameters(api: Api) -> _Places:
    return [(p.span, bool(p.description)) for operation in api.operations for p in operation.parameters]


def _properties(api: Api) -> _Places:
    return [
        (inner.span, bool(inner.description or inner.title or inner.ref))
        for schema in api.schemas.values()
        for inner in schema.properties.values()
    ]


def _examples(api: Api) -> _Places:
    named = {name for name, schema in api.schemas.items() if _shows(schema)}
    known: dict[int, bool] = {}
    places: _Places = []
    for media in (media for operation in api.operations for media in _bodies(operation)):
        if id(media) not in known:
            known[id(media)] = _has_example(media, named)
        places.append((media.span, known[id(media)]))
    return places


def _bodies(operation: Operation) -> list[MediaType]:
    sent = operation.request_body.content if operation.request_body else ()
    return [*sent, *(media for response in operation.responses for media in response.content)]


def _has_example(media: MediaType, named: Collection[str]) -> bool:
    schema = media.schema or media.item_schema
    if media.examples or schema is None:
        return bool(media.examples)
    return schema.ref in named or _shows(schema)


def _shows(schema: Schema) -> bool:
    return bool(schema.examples) or any(inner.examples for inner in schema.properties.values())


def _says_success(operation: Operation) -> bool:
    return any(response.status.startswith(("1", "2", "3", "d")) for response in operation.responses)


def _says_failure(operation: Operation) -> bool:
    return any(response.status.startswith(("4", "5", "d")) for response in operation.responses)


def _typed(api: Api) -> _Places:
    return [
        (media.span, media.schema is not None or media.item_schema is not None)
        for operation in api.operations
        for media in _bodies(operation)
    ]


_OPENAPI: Final = ("swagger", "openapi")
_HTTP: Final = (*_OPENAPI, "postman")

_CHECKS: Final = (
    _Check("no-authentication", "no security scheme says how callers authenticate", 15, _authentication),
    _Check("no-servers", "no server is given, so callers have to be told the base URL", 10, _servers, _HTTP),
    _Check(
        "no-operation-id",
        "{count} of {total} operations have no operationId, so their names are derived from paths",
        15,
        _every(lambda operation: bool(operation.operation_id)),
        _OPENAPI,
    ),
    _Check(
        "no-error-response",
        "{count} of {total} operations describe no error, so callers cannot tell failures apart",
        15,
        _every(_says_failure),
        _HTTP,
    ),
    _Check("no-success-response", "{count} of {total} operations have no success", 10, _every(_says_success), _HTTP),
    _Check("no-schema", "{count} of {total} bodies have no schema, so they are untyped", 10, _typed),
    _Check(
        "no-description",
        "{count} of {total} operations have neither summary nor description",
        10,
        _every(lambda operation: bool(operation.summary or operation.description)),
    ),
    _Check("no-parameter-description", "{count} of {total} parameters have no description", 5, _parameters),
    _Check("no-property-description", "{count} of {total} properties have no description", 5, _properties),
    _Check("no-example", "{count} of {total} bodies have no example", 5, _examples, _HTTP),
)
"""Weights add up to a hundred; formats that have no words for something are not asked for it."""
