"""Documentation without a description becomes a draft of one: OpenAPI 3.1, every element with the lines it comes from.

A draft is a proposal for people. It holds what the docs show and nothing else; what they leave out stays out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from specloom.facts.draft.endpoints import Endpoint, endpoints
from specloom.facts.draft.sample import sample, schema_of
from specloom.facts.evidence import place
from specloom.facts.parameters import parameters
from specloom.facts.whose import ownership
from specloom.model.passage import PassageKind, quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from specloom.facts.evidence import Place
    from specloom.facts.parameters import Parameter
    from specloom.model.inference import Inference
    from specloom.model.passage import Document, Passage

CITATIONS: Final = "x-specloom-citations"
STATUS: Final = re.compile(r"\b(?P<status>[2-5]\d\d)\b")
RESPONSE: Final = re.compile(
    r"\brespon(?:se|ds)|\breturns?\b|\bresult|\boutput\b|\bsuccess|\bcontent example\b", re.IGNORECASE
)
REQUEST: Final = re.compile(r"\brequest\b|\bbody\b|\bpayload\b|\bparameters?\b|\binput\b", re.IGNORECASE)
OF_ANSWER: Final = re.compile(
    r"\brespon|\breturn|\bresult|\battributes?$|\bfields?$|\bobject$|properties", re.IGNORECASE
)
CURL_DATA: Final = re.compile(
    r"(?:-d|--data(?:-raw|-binary)?|--json)\s+(?P<q>['\"])(?P<body>[\[{].*?)(?P=q)(?:\s|$)", re.DOTALL
)
TYPES: Final = (
    ("integer", r"\bint(?:eger)?\b"),
    ("number", r"\b(?:number|float|double|decimal)\b"),
    ("boolean", r"\bbool(?:ean)?\b"),
    ("array", r"\b(?:array|list)\b"),
    ("object", r"\b(?:object|hash|map)\b"),
    ("string", r"\bstring\b"),
)
REQUIRED: Final = re.compile(r"\brequired\b|\bmandatory\b", re.IGNORECASE)
NOT_REQUIRED: Final = re.compile(r"\b(?:not required|optional|required[\s:|=]+(?:no|false))\b", re.IGNORECASE)
OF_PARAMETERS: Final = re.compile(r"param|argument|query|body|field|header|option|attribut|input|name")
LABELS: Final = frozenset(
    [
        "url",
        "uri",
        "body",
        "method",
        "parameters",
        "parameter",
        "response",
        "request",
        "code",
        "content",
        "note",
        "statuscode",
        "status",
        "auth",
        "authorization",
        "example",
    ]
)
"""Words that stand where names of parameters do, and are none."""
NAMING_COLUMN: Final = re.compile(r"param|argument|name|field|attribute|option|header|key|propert|^\W*$", re.IGNORECASE)
WITH_BODY: Final = frozenset({"POST", "PUT", "PATCH"})
SCHEMES: Final = {"http": ("scheme",), "apiKey": ("in", "name")}


def draft(documents: Sequence[Document], inferences: Iterable[Inference], title: str) -> dict[str, Any]:
    """Return an OpenAPI 3.1 document of what `documents` describe; servers and security come from `inferences`."""
    facts = list(inferences)
    lines = {document.path: document.lines for document in documents}
    paths: dict[str, dict[str, Any]] = {}
    known: dict[str, str] = {}
    for endpoint in endpoints(documents, ownership(documents, title)):
        path = known.setdefault(endpoint.key[1], endpoint.path)
        paths.setdefault(path, {})[endpoint.method.lower()] = _operation(endpoint, path, lines)
    made: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "0.0.0-draft"},
        "servers": _servers(facts),
        "paths": paths,
        "components": {"securitySchemes": _schemes(facts), "schemas": _errors(facts)},
    }
    made["components"] = {name: part for name, part in made["components"].items() if part}
    return {name: part for name, part in made.items() if part or name == "paths"}


def _operation(endpoint: Endpoint, path: str, lines: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    summary = next((p.text for p in endpoint.passages if p.kind is PassageKind.PARAGRAPH and len(p.text) > 12), "")
    given = _parameters(endpoint, path, lines)
    body = _body(endpoint, given, lines)
    made: dict[str, Any] = {
        "summary": (endpoint.heading[-1] if endpoint.heading else f"{endpoint.method} {path}")[:120],
        "description": summary,
        "parameters": [one for one in given if one["in"] != "body"],
        "requestBody": body,
        "responses": _responses(endpoint, lines),
        CITATIONS: _cited(endpoint.places[:3], lines),
    }
    return {name: part for name, part in made.items() if part}


def _parameters(endpoint: Endpoint, path: str, lines: Mapping[str, tuple[str, ...]]) -> list[dict[str, Any]]:
    in_path = re.findall(r"\{([^}]+)\}", path)
    out: dict[tuple[str, str], dict[str, Any]] = {}
    for passage in endpoint.passages:
        if passage.headings and OF_ANSWER.search(passage.headings[-1]) and not REQUEST.search(passage.headings[-1]):
            continue
        for found in parameters(passage):
            where = _location(found, passage, endpoint, in_path)
            if where and found.name.lower() not in LABELS and not found.name.isdigit():
                out.setdefault((where, found.name), _parameter(found, where, lines))
    for name in endpoint.query:
        out.setdefault(("query", name), _bare(name, "query", endpoint.places[0], lines))
    for name in in_path:
        out.setdefault(("path", name), _bare(name, "path", endpoint.places[0], lines))
    return list(out.values())


def _location(found: Parameter, passage: Passage, endpoint: Endpoint, in_path: list[str]) -> str:
    """Say where a parameter travels, or nothing where the passage is not about parameters of the request."""
    said = f"{' '.join(passage.headings[-2:])} {' '.join(passage.header)} {passage.term}".lower()
    declared = re.match(r"[\s(]*(query|header|path|body|form)\b", found.text.lower())
    if found.name in in_path:
        return "path"
    if not _of_parameters(passage, said):
        return ""
    if declared:
        return {"form": "body"}.get(declared[1], declared[1])
    if "header" in said and "-" in found.name:
        return "header"
    sent = endpoint.method in WITH_BODY and "query" not in said and found.name not in endpoint.query
    return "body" if sent or re.search(r"\bbody\b|\bpayload\b|\bjson\b|\bform\b", said) else "query"


def _of_parameters(passage: Passage, said: str) -> bool:
    if passage.header and not NAMING_COLUMN.search(passage.header[0]):
        return False
    return passage.kind is PassageKind.DEFINITION or bool(OF_PARAMETERS.search(said))


def _parameter(found: Parameter, where: str, lines: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    kind = next((name for name, pattern in TYPES if re.search(pattern, found.text[:80], re.IGNORECASE)), "")
    schema: dict[str, Any] = {"type": kind} if kind else {}
    if kind in {"integer", "number"}:
        bounds = {"default": found.default, "maximum": found.maximum, "minimum": found.minimum}
        schema.update({name: value for name, value in bounds.items() if value is not None})
    required = where == "path" or (bool(REQUIRED.search(found.text)) and not NOT_REQUIRED.search(found.text))
    made: dict[str, Any] = {
        "name": found.name,
        "in": where,
        "schema": schema,
        "description": " ".join(found.text.split()),
    }
    if required:
        made["required"] = True
    return {**made, CITATIONS: _cited(place(found.statement), lines)}


def _bare(name: str, where: str, spot: Place, lines: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    made: dict[str, Any] = {"name": name, "in": where, "schema": {"type": "string"}}
    if where == "path":
        made["required"] = True
    return {**made, CITATIONS: _cited([spot], lines)}


def _body(endpoint: Endpoint, given: list[dict[str, Any]], lines: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """Put the body's fields and examples together: fields say what is required, examples what it looks like."""
    if endpoint.method not in WITH_BODY:
        return {}
    samples = [(value, passage) for passage, value in _examples(endpoint) if _of_request(passage)]
    fields = [one for one in given if one["in"] == "body"]
    if not samples and not fields:
        return {}
    schema: dict[str, Any] = schema_of([value for value, _ in samples]) if samples else {"type": "object"}
    for one in fields:
        known = schema.setdefault("properties", {}).setdefault(one["name"], dict(one["schema"]))
        known.setdefault("description", one["description"])
        known[CITATIONS] = one[CITATIONS]
    schema["required"] = [one["name"] for one in fields if one.get("required")]
    content: dict[str, Any] = {"schema": {name: part for name, part in schema.items() if part != []}}
    if samples:
        content["example"] = samples[0][0]
    spots = [spot for _, passage in samples[:2] for spot in place(passage)]
    made: dict[str, Any] = {"content": {"application/json": content}}
    return {**made, CITATIONS: _cited(spots, lines)} if spots else made


def _responses(endpoint: Endpoint, lines: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    out: dict[str, dict[str, Any]] = {}
    for passage, value in _examples(endpoint):
        if _of_request(passage):
            continue
        status = _status(endpoint, passage)
        kept = out.setdefault(
            status,
            {
                "description": "",
                "content": {"application/json": {"schema": schema_of([value]), "example": value}},
                CITATIONS: [],
            },
        )
        kept[CITATIONS].extend(_cited(place(passage), lines))
    for passage in endpoint.passages:
        for row in passage.rows:
            found = STATUS.match(row.cells[0].strip("`* ")) if row.cells else None
            if found:
                kept = out.setdefault(found["status"], {"description": "", CITATIONS: []})
                kept["description"] = kept["description"] or " ".join(row.cells[1:]).strip()
                kept[CITATIONS].extend(_cited(place(passage), lines)[:1])
    for status, made in out.items():
        made["description"] = made["description"] or f"Answer with status {status}"
    return dict(sorted(out.items())) or {"default": {"description": "The documentation shows no answer"}}


def _examples(endpoint: Endpoint) -> list[tuple[Passage, Any]]:
    out = []
    for passage in endpoint.passages:
        if passage.kind is not PassageKind.CODE:
            continue
        data = CURL_DATA.search(passage.text)
        value = sample(data["body"] if data else passage.text) if data or "curl" not in passage.text else None
        if isinstance(value, dict | list) and value:
            out.append((passage, value))
    return out


def _of_request(passage: Passage) -> bool:
    """Tell an example of what is sent from one of what comes back, by the call in it or the heading above it."""
    if CURL_DATA.search(passage.text):
        return True
    last = passage.headings[-1] if passage.headings else ""
    return bool(REQUEST.search(last)) and not RESPONSE.search(last)


def _status(endpoint: Endpoint, passage: Passage) -> str:
    """Read the status from the example, the heading, or the words just before; 200 where none is given."""
    at = next((i for i, other in enumerate(endpoint.passages) if other is passage), 0)
    previous = endpoint.passages[at - 1] if at else None
    before = previous.text[-80:] if previous and previous.kind is PassageKind.PARAGRAPH else ""
    for text in (
        passage.text[:60] if passage.text.startswith("HTTP") else "",
        passage.headings[-1] if passage.headings else "",
        before,
    ):
        if found := STATUS.search(text):
            return found["status"]
    return "200"


def _servers(facts: Iterable[Inference]) -> list[dict[str, Any]]:
    return [
        {
            "url": fact.value["url"],
            **({"description": str(fact.value["env"])} if "env" in fact.value else {}),
            CITATIONS: _of(fact),
        }
        for fact in facts
        if fact.fact_kind == "base_url"
    ]


def _schemes(facts: Iterable[Inference]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for fact in facts:
        kind = str(fact.value.get("type"))
        if fact.fact_kind == "auth" and kind in SCHEMES and isinstance(fact.value.get("name", ""), str):
            chosen = {key: fact.value[key] for key in SCHEMES[kind] if key in fact.value}
            name = "_".join(re.sub(r"\W+", "_", str(part)) for part in (kind, *chosen.values()))
            out[name] = {"type": kind, **chosen, CITATIONS: _of(fact)}
    return out


def _errors(facts: Iterable[Inference]) -> dict[str, Any]:
    """Make a schema of the error body, so that people can refer to it."""
    for fact in facts:
        fields = fact.value.get("fields")
        if fact.fact_kind == "error_format" and isinstance(fields, list):
            inner: dict[str, Any] = {"type": "object", "properties": {str(name): {} for name in fields}}
            root = fact.value.get("root")
            whole = {"type": "object", "properties": {str(root): inner}} if root else inner
            return {"Error": {**whole, CITATIONS: _of(fact)}}
    return {}


def _of(fact: Inference) -> list[dict[str, Any]]:
    return [
        {"file": one.file, "line_start": one.line_start, "line_end": one.line_end, "quote": one.quote}
        for one in fact.citations[:3]
    ]


def _cited(spots: Iterable[Place], lines: Mapping[str, tuple[str, ...]]) -> list[dict[str, Any]]:
    return [
        {
            "file": spot.path,
            "line_start": spot.start,
            "line_end": spot.end,
            "quote": quote(lines[spot.path], spot.start, spot.end),
        }
        for spot in spots
    ]
