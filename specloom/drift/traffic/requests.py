"""Recorded requests that succeeded, against what the description allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlsplit

from specloom.drift.calls.media import bare
from specloom.drift.traffic import bodies
from specloom.drift.traffic.observation import Observation
from specloom.drift.traffic.showing import is_name, sketch
from specloom.drift.traffic.texts import value_of
from specloom.model.api import Location

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.drift.traffic.judge import Answers
    from specloom.drift.traffic.routes import Called
    from specloom.model.api import Api, Operation, Parameter
    from specloom.model.traffic import Exchange

UNRECORDED: Final = frozenset({"authorization", "cookie", "accept", "content-type", "host", "user-agent"})
"""Headers that recorders strip or that the standard has no parameters for."""


@dataclass(frozen=True, slots=True)
class Requests:
    """Holds requests against what is described, with the means that answers are held with, turned round."""

    api: Api
    means: Answers

    def look(self, exchange: Exchange, called: Called, operation: Operation) -> Iterator[Observation]:
        """Yield where a request that succeeded departs from what is described."""
        query = parse_qs(urlsplit(exchange.url).query, keep_blank_values=True, max_num_fields=2000)
        yield from self._parameters(exchange, called, operation, query)
        yield from self._strangers(operation, query)
        yield from self._body(exchange, operation)

    def _parameters(
        self, exchange: Exchange, called: Called, operation: Operation, query: dict[str, list[str]]
    ) -> Iterator[Observation]:
        for item in operation.parameters:
            subject = f"{operation.key} · {item.location.value} {item.name}"
            texts = _texts(item, exchange, called, query)
            if texts is None:
                continue
            if not texts:
                if item.required and not _spread(item):
                    yield Observation(
                        rule="live-parameter-missing", subject=subject, span=item.span, values={"name": item.name}
                    )
                continue
            names = self.means.side.names
            known, value = value_of(texts, item.schema, names, style=item.style, explode=item.explode)
            if known and item.media_type is None:
                yield from self.means.values(item.schema, subject, value, members=False)

    def _strangers(self, operation: Operation, query: dict[str, list[str]]) -> Iterator[Observation]:
        """Yield query parameters that nobody described; keys to the API are described elsewhere."""
        listed = [item for item in operation.parameters if item.location is Location.QUERY]
        if any(_spread(item) for item in listed) or any(
            item.location is Location.QUERYSTRING for item in operation.parameters
        ):
            return
        known = {item.name.removesuffix("[]") for item in listed}
        known |= {one.parameter or "" for one in self.api.security_schemes if one.location == "query"}
        for name, texts in query.items():
            if name.split("[", 1)[0] not in known and name not in known:
                label = name if is_name(name) else "*"
                yield Observation(
                    rule="live-parameter-undocumented",
                    subject=f"{operation.key} · query {label}",
                    span=operation.span.member("parameters"),
                    value=sketch(texts[0]),
                    values={"name": label},
                )

    def _body(self, exchange: Exchange, operation: Operation) -> Iterator[Observation]:
        wanted, sent = operation.request_body, exchange.request
        place = f"{operation.key} · request body"
        if wanted is None or sent.gap:
            return
        if not sent.body:
            if wanted.required and sent.body is not None:
                yield Observation(rule="live-request-body-missing", subject=place, span=wanted.span)
            return
        came = sent.header("content-type") or ""
        media = bodies.described(wanted.content, came or wanted.content[0].media_type) if wanted.content else None
        if media is None:
            listed = ", ".join(item.media_type for item in wanted.content)
            yield Observation(
                rule="live-request-media-type-undocumented",
                subject=place,
                span=wanted.span.member("content"),
                detail=bare(came),
                values={"before": listed, "after": bare(came) or "an unnamed type"},
            )
            return
        yield from self.means.body(sent.body, media, came or media.media_type, place)


def _texts(item: Parameter, exchange: Exchange, called: Called, query: dict[str, list[str]]) -> list[str] | None:
    """Return what was sent for a parameter, nothing where it was left out, None where no recording can tell."""
    if item.location is Location.PATH:
        return [called.parameters[item.name]] if item.name in called.parameters and item.style == "simple" else None
    if item.location is Location.QUERY:
        return query.get(item.name) or query.get(f"{item.name}[]") or []
    if item.location is Location.HEADER and exchange.request.headers and item.name.lower() not in UNRECORDED:
        value = exchange.request.header(item.name)
        return [] if value is None else [value]
    return None


def _spread(item: Parameter) -> bool:
    """Tell whether a parameter appears in the query under other names than its own."""
    return item.style == "deepObject" or (item.explode and item.style == "form" and "object" in item.schema.types)
