"""One exchange against the operation that it called."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from specloom.drift.calls.media import bare
from specloom.drift.effect import Direction, Effect
from specloom.drift.relation.parts import Names
from specloom.drift.traffic import bodies
from specloom.drift.traffic.broken import observations
from specloom.drift.traffic.dialect import Documents
from specloom.drift.traffic.observation import Observation
from specloom.drift.traffic.texts import value_of
from specloom.drift.traffic.undescribed import Walk
from specloom.drift.traffic.validator import TooMuch, Validation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.model.api import Api, MediaType, Operation, Response
    from specloom.model.schema import Schema
    from specloom.model.source import Json
    from specloom.model.traffic import Exchange, Message

BODILESS: Final = frozenset({204, 205, 304})
UNSAID: Final = frozenset({*range(100, 200), 304})
"""Statuses of the protocol itself: they come because of what a client asked for, cached or announced."""
GONE: Final = frozenset({405, 501})
NOT_FOUND: Final = 404
ERROR: Final = 400


@dataclass(frozen=True, slots=True)
class Side:
    """Everything that messages of one direction are held against."""

    names: Names
    documents: Documents
    validation: Validation

    @classmethod
    def of(cls, api: Api, direction: Direction) -> Side:
        """Return the side of an API's requests or answers."""
        documents = Documents(api.schemas, direction)
        return cls(Names(api.schemas), documents, Validation(documents))

    def look(self, schema: Schema, subject: str, value: Json, *, members: bool = True) -> Iterator[Observation]:
        """Yield where a value departs from the schema at a place. Raises `TooMuch`."""
        self.validation.begin()
        document = self.documents.at(schema, subject)
        yield from observations(self.validation.errors(document, value), self.documents)
        if members:
            yield from Walk(self.names, self.documents, self.validation).members([(schema, subject)], value)


@dataclass(slots=True)
class Answers:
    """Holds answers against what is described; `gaps` are the reasons for which something was not looked at."""

    side: Side
    gaps: dict[tuple[str, str], None] = field(default_factory=dict)

    def look(self, exchange: Exchange, operation: Operation) -> Iterator[Observation]:
        """Yield where an answer departs from what is described."""
        status = exchange.status
        if status in UNSAID:
            return
        response = covering(operation, status)
        if response is None:
            yield _status(status, operation)
            return
        place = f"{operation.key} · response {response.status}"
        yield from self._headers(exchange.answer, response, place)
        if exchange.method.upper() == "HEAD" or status in BODILESS:
            return
        yield from self._body(exchange.answer, response, place)

    def _headers(self, answer: Message, response: Response, place: str) -> Iterator[Observation]:
        for header in response.headers:
            came = answer.header(header.name)
            subject = f"{place} header {header.name}"
            if header.name.lower() == "content-type":
                continue
            if came is None:
                if header.required and answer.headers:
                    yield Observation(
                        rule="live-header-missing", subject=subject, span=header.span, values={"name": header.name}
                    )
                continue
            known, value = value_of([came], header.schema, self.side.names, style=header.style, explode=header.explode)
            if known and header.media_type is None:
                yield from self.values(header.schema, subject, value, members=False)

    def _body(self, answer: Message, response: Response, place: str) -> Iterator[Observation]:
        came = answer.header("content-type") or ""
        if answer.gap:
            self.gaps.setdefault((place, answer.gap))
            return
        if answer.body is None:
            if response.content:
                self.gaps.setdefault((place, "the recording does not hold the body"))
            return
        if not response.content:
            if answer.body:
                values = {"after": bare(came) or "an unnamed type"}
                yield Observation(rule="live-body-undocumented", subject=place, span=response.span, values=values)
            return
        listed = ", ".join(item.media_type for item in response.content)
        if not answer.body:
            yield Observation(
                rule="live-body-missing", subject=place, span=response.span.member("content"), values={"before": listed}
            )
            return
        media = bodies.described(response.content, came or response.content[0].media_type)
        if media is None:
            yield Observation(
                rule="live-media-type-undocumented",
                subject=place,
                span=response.span.member("content"),
                detail=bare(came),
                values={"before": listed, "after": bare(came)},
            )
            return
        yield from self.body(answer.body, media, came or media.media_type, place)

    def body(self, body: bytes, media: MediaType, came: str, place: str) -> Iterator[Observation]:
        """Yield where a body of a described media type departs from its schema."""
        subject = f"{place} {media.media_type}"
        lines = media.item_schema is not None and bodies.is_lines(came)
        schema = media.item_schema if lines else media.schema
        if not lines and not bodies.is_json(came):
            if schema is not None or media.item_schema is not None:
                self.gaps.setdefault((subject, f"bodies of {bare(came)} are not looked into"))
            return
        try:
            values = [
                bodies.parsed(line) for line in (body.splitlines() if lines else [body]) if line.strip() or not lines
            ]
        except ValueError:
            yield Observation(
                rule="live-body-malformed", subject=subject, span=media.span, values={"after": bare(came)}
            )
            return
        if schema is None:
            self.gaps.setdefault((subject, "the description gives this body no schema"))
            return
        for value in values:
            yield from self.values(schema, subject, value)

    def values(self, schema: Schema, subject: str, value: Json, *, members: bool = True) -> Iterator[Observation]:
        """Yield where a value departs from its schema; what takes too long becomes a gap."""
        try:
            yield from list(self.side.look(schema, subject, value, members=members))
        except TooMuch:
            self.gaps.setdefault((subject, "a value takes too long to be held against its schema"))


def covering(operation: Operation, status: int) -> Response | None:
    """Return what is described for a status: itself, its class (`4XX`), or the default."""
    known = {item.status: item for item in operation.responses}
    return known.get(str(status)) or known.get(f"{status // 100}XX") or known.get("default")


def _status(status: int, operation: Operation) -> Observation:
    absent = status in GONE or (status == NOT_FOUND and "{" not in operation.path)
    values = {"status": str(status)}
    if absent:
        return Observation(
            rule="live-operation-missing", subject=operation.key, span=operation.span, detail=str(status), values=values
        )
    word = "error" if status >= ERROR else "success"
    return Observation(
        rule=f"live-{word}-status-undocumented",
        subject=f"{operation.key} · response {status}",
        span=operation.span.member("responses"),
        effect=Effect.WIDENS,
        values=values,
    )
