"""Saved responses of merged requests → responses, schemas from what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.model.api import Header, MediaType, Response
from specloom.model.schema import Schema
from specloom.model.source import Reference
from specloom.readers.postman.bodies import LANGUAGES, Contents, named_type, sniffed
from specloom.readers.postman.fields import as_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.model.source import Json
    from specloom.readers.postman.fields import Notebook, Pair
    from specloom.readers.postman.requests import Request

TELLING: Final = frozenset({"link", "location", "retry-after", "etag", "last-modified", "deprecation", "sunset"})
"""Standard headers that say something about the API rather than about one exchange."""

ANYTHING: Final = "*/*"

PREFIXES: Final = ("x-", "ratelimit")
"""Starts of the names of an API's own headers, and of the rate-limit headers of the IETF draft."""


def responses(requests: Sequence[Request], notebook: Notebook) -> tuple[Response, ...]:
    """Return one response for each status that was saved, in order of first appearance.

    Where no successful one was saved, the last response is `2XX` with anything in it: not to know what comes back is
    not the same as nothing coming back.
    """
    by_status: dict[str, list[dict[str, Json]]] = {}
    for request in requests:
        for answer in request.answers:
            by_status.setdefault(_status(answer.get("code")), []).append(answer)
    saved = [_response(status, answers, notebook) for status, answers in by_status.items()]
    if not any(response.status.startswith("2") for response in saved):
        saved.append(_unknown(requests[0]))
    return tuple(saved)


def _unknown(request: Request) -> Response:
    """Return the answer that nothing is known of but, perhaps, the type that the request accepts."""
    media_type = named_type(request.headers, ANYTHING, header="accept")
    content = MediaType(media_type=media_type, span=request.span, schema=Schema(span=request.span))
    return Response(status="2XX", span=request.span, description="Not saved in the collection.", content=(content,))


def _status(code: Json) -> str:
    """Return a status of three digits; an answer without one stands for `default`."""
    written = as_text(code)
    return written if len(written) == len("200") and written.isascii() and written.isdigit() else "default"


def _response(status: str, answers: Sequence[dict[str, Json]], notebook: Notebook) -> Response:
    contents = Contents(notebook)
    headers: dict[str, Header] = {}
    for answer in answers:
        span = notebook.document.span(answer)
        pairs = notebook.pairs(answer.get("header"), span.member("header"))
        for pair in pairs:
            if _tells(pair):
                schema = Schema(span=pair.span, types=("string",))
                headers.setdefault(pair.key.lower(), Header(name=pair.key, schema=schema, span=pair.span))
        if body := as_text(answer.get("body")):
            default = LANGUAGES.get(as_text(answer.get("_postman_previewlanguage")), sniffed(body))
            contents.add_text(body, named_type(pairs, default), as_text(answer.get("name")), span.member("body"))
    span = notebook.document.span(answers[0])
    return Response(
        status=status,
        span=span,
        site=Reference(span.member("code"), f"{span.path}#{span.number}"),
        description=as_text(answers[0].get("name") or answers[0].get("status")),
        content=contents.media_types(),
        headers=tuple(headers.values()),
    )


def _tells(pair: Pair) -> bool:
    name = pair.key.lower()
    return name in TELLING or name.startswith(PREFIXES)
