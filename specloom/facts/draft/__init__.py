"""Documentation without a description becomes a draft of one: OpenAPI 3.1, every element with the lines it comes from.

A draft is a proposal for people. It holds what the docs show and nothing else; what they leave out stays out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from specloom.facts.draft.answering import responses
from specloom.facts.draft.citing import CITATIONS, Lines
from specloom.facts.draft.endpoints import Endpoint, endpoints
from specloom.facts.draft.mentions import CALL, PATH_ONLY
from specloom.facts.draft.sending import body, parameter, sent, variables
from specloom.facts.draft.whole import base_of, called, errors, schemes, servers
from specloom.facts.evidence import sentences
from specloom.facts.speech.whose import ownership
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from specloom.model.inference import Inference
    from specloom.model.passage import Document

__all__ = ["CITATIONS", "draft"]

LONGEST_SUMMARY: Final = 120
LABELLED: Final = re.compile(r"\W*\w[\w -]{1,24}\W*:\s*\S+(?:\s+\S+){0,4}\Z")
"""`Method: GET`, which says nothing that the draft does not say elsewhere."""
SHORTEST_SENTENCE: Final = 12
"""Characters; what is shorter is a label, not a description."""


def draft(documents: Sequence[Document], inferences: Iterable[Inference], title: str) -> dict[str, Any]:
    """Return an OpenAPI 3.1 document of what `documents` describe; servers and security come from `inferences`."""
    facts = list(inferences)
    lines = Lines({document.path: document.lines for document in documents})
    named = servers(facts)
    found = endpoints(documents, ownership(documents, title), base_of(named))
    secured, error = schemes(facts), errors(facts)
    made: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "0.0.0-draft"},
        "servers": named or called(found, lines),
        "security": [{name: []} for name in secured],
        "paths": _paths(found, lines, error_schema=bool(error)),
        "components": {name: part for name, part in (("securitySchemes", secured), ("schemas", error)) if part},
    }
    return {name: part for name, part in made.items() if part or name == "paths"}


def _paths(found: Sequence[Endpoint], lines: Lines, *, error_schema: bool) -> dict[str, Any]:
    """Put the operations of one path together; its variables have the names of the first."""
    paths: dict[str, dict[str, Any]] = {}
    known: dict[tuple[str, ...], str] = {}
    for endpoint in found:
        url = known.setdefault(endpoint.path.shape, endpoint.url)
        operation = _operation(endpoint, url, lines, error_schema=error_schema)
        paths.setdefault(url, {})[endpoint.method.lower()] = operation
    return paths


def _operation(endpoint: Endpoint, url: str, lines: Lines, *, error_schema: bool) -> dict[str, Any]:
    names = dict(zip(variables(endpoint.url), variables(url), strict=True))
    given = sent(endpoint, names, lines)
    described = _described(endpoint)
    made: dict[str, Any] = {
        "summary": _summary(endpoint, described) or f"{endpoint.method} {url}",
        "description": described,
        "parameters": [parameter(one) for one in given if one.where not in {"body", "form"}],
        "requestBody": body(endpoint, given, lines),
        "responses": responses(endpoint, lines, error_schema=error_schema),
        CITATIONS: lines.cited(endpoint.places[:3]),
    }
    return {name: part for name, part in made.items() if part}


def _described(endpoint: Endpoint) -> str:
    """Return the first paragraph that says something; one that ends in a colon only announces what follows."""
    for passage in endpoint.passages:
        text = passage.text.strip()
        if passage.term == "synopsis":
            return text.removeprefix("synopsis:").strip()
        if passage.kind is PassageKind.PARAGRAPH and len(text) > SHORTEST_SENTENCE and not text.endswith(":"):
            bare = text.strip("`* ")
            named = PATH_ONLY.fullmatch(bare) or CALL.fullmatch(bare) or LABELLED.match(text)
            if not named:
                return text
    return ""


def _summary(endpoint: Endpoint, described: str) -> str:
    """Return the heading without the call in it, or the first sentence where the heading is nothing else."""
    heading = endpoint.headings[-1] if endpoint.headings else ""
    told = re.sub(r"[\s\[(:`*–—-]*$", "", CALL.sub("", heading)).strip(" ])")
    sentence = next(iter(sentences(described)), "") if described else ""
    return (told if re.search(r"\w", told) else sentence)[:LONGEST_SUMMARY]
