"""Path, query, header and cookie values of merged requests → parameters."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from specloom.model.api import Example, Location, Parameter
from specloom.model.schema import ABSENT, Schema
from specloom.readers.postman.auth import is_credential
from specloom.readers.postman.fields import Pair
from specloom.readers.postman.values import PLACEHOLDERS, schema_of_texts
from specloom.readers.postman.variables import is_templated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from specloom.model.source import Span
    from specloom.readers.postman.requests import Request

REQUIRED: Final = "(required)"
"""What converters write before the description of what must be given."""

SAID_ELSEWHERE: Final = frozenset(
    {"content-type", "accept", "authorization", "cookie", "host", "content-length", "connection", "transfer-encoding"}
)
"""Headers that media types, security or the HTTP client account for (OpenAPI, "Parameter Object", names the first)."""


@dataclass(slots=True)
class Filled:
    """One key as all merged requests fill it in."""

    name: str
    span: Span
    samples: list[str] = field(default_factory=list)
    description: str | None = None
    repeated: bool = False
    required: bool = False

    def add(self, pairs: Sequence[Pair]) -> None:
        """Add how one request fills in the key."""
        self.samples.extend(pair.value for pair in pairs)
        said = next((pair.description for pair in pairs if pair.description), None)
        self.required |= bool(said and said.lower().startswith(REQUIRED))
        self.description = self.description or said
        self.repeated |= sum(not pair.disabled for pair in pairs) > 1


def gather(requests: Iterable[Sequence[Pair]], *, fold: bool = False) -> list[Filled]:
    """Return each key once, in order of first appearance; `fold` takes keys that differ only in case for one."""
    found: dict[str, Filled] = {}
    for pairs in requests:
        by_key: dict[str, list[Pair]] = {}
        for pair in pairs:
            by_key.setdefault(pair.key.lower() if fold else pair.key, []).append(pair)
        for key, same in by_key.items():
            found.setdefault(key, Filled(same[0].key, same[0].span)).add(same)
    return list(found.values())


def parameters(requests: Sequence[Request], values: Mapping[str, str]) -> tuple[Parameter, ...]:
    """Return the parameters of `requests`, which share method and path; `values` are the collection's variables."""
    first = requests[0].url
    headers = gather((_headers(request) for request in requests), fold=True)
    cookies = gather(_cookies(request) for request in requests)
    return (
        *(_path(name, place, requests, values) for place, name in enumerate(first.names)),
        *(_given(item, Location.QUERY) for item in gather(request.url.query for request in requests)),
        *(_given(item, Location.HEADER) for item in headers),
        *(_given(item, Location.COOKIE) for item in cookies),
    )


def _path(name: str, place: int, requests: Sequence[Request], values: Mapping[str, str]) -> Parameter:
    """Return the path parameter that is `name` in the first request and stands at the same `place` in all."""
    named = [(request.url.names[place], request) for request in requests]
    pairs = [pair for other, request in named if (pair := request.url.variables.get(other))]
    filled = Filled(name, pairs[0].span if pairs else requests[0].url.span)
    filled.add(pairs)
    configured = next((values[other] for other, _ in named if other in values), ABSENT)
    schema = Schema(span=filled.span, types=("string",), default=configured)
    return replace(_parameter(filled, Location.PATH, schema), required=True, style="simple", explode=False)


def _given(filled: Filled, location: Location) -> Parameter:
    schema = schema_of_texts(filled.samples, filled.span)
    if location is not Location.QUERY:
        schema = Schema(span=filled.span, types=("string",))
    if filled.repeated:
        schema = Schema(span=filled.span, types=("array",), items=schema)
    style, explode = ("simple", False) if location is Location.HEADER else ("form", True)
    return replace(_parameter(filled, location, schema), style=style, explode=explode)


def _parameter(filled: Filled, location: Location, schema: Schema) -> Parameter:
    samples = dict.fromkeys(
        sample for sample in filled.samples if sample and sample not in PLACEHOLDERS and not is_templated(sample)
    )
    return Parameter(
        name=filled.name,
        location=location,
        schema=schema,
        span=filled.span,
        required=filled.required,
        description=filled.description,
        examples=tuple(Example(name=f"example{n}", value=sample) for n, sample in enumerate(samples, 1)),
    )


def _headers(request: Request) -> list[Pair]:
    """Return the headers that are parameters; a credential is one only while it is switched off."""
    told = [pair for pair in request.headers if pair.key.lower() not in SAID_ELSEWHERE]
    return [pair for pair in told if pair.disabled or not is_credential(pair)]


def _cookies(request: Request) -> list[Pair]:
    """Return the cookies of Cookie headers: `a=1; b={{c}}`."""
    lines = [pair for pair in request.headers if pair.key.lower() == "cookie"]
    return [
        Pair(key=key, value=value, span=pair.span, disabled=pair.disabled)
        for pair in lines
        for key, _, value in (piece.strip().partition("=") for piece in pair.value.split(";"))
        if key
    ]
