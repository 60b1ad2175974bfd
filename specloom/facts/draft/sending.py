"""What a request carries: parameters in the path, the query and the headers, and the fields of a body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from specloom.facts.draft.citing import CITATIONS, Lines
from specloom.facts.draft.kinds import enum_of, is_required, text_default, type_of
from specloom.facts.draft.paths import VARIABLE
from specloom.facts.draft.sample import schema_of
from specloom.facts.draft.samples import example_of, samples
from specloom.facts.evidence import Statement, place
from specloom.facts.requests.parameters import NAME, Parameter, parameters
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from specloom.facts.draft.endpoints import Endpoint
    from specloom.model.passage import Passage

REQUEST: Final = re.compile(r"\brequest\b|\bbody\b|\bpayload\b|\bparameters?\b|\binput\b|\barguments?\b", re.IGNORECASE)
OF_ANSWER: Final = re.compile(
    r"\brespon|\breturn|\bresult|\battributes?$|\bfields?$|\bobject$|properties|\berrors?\b|\bstatus", re.IGNORECASE
)
OF_PARAMETERS: Final = re.compile(r"param|argument|query|body|field|header|option|attribut|input|name|payload")
LABELS: Final = frozenset(
    {"url", "uri", "body", "method", "parameters", "parameter", "response", "request", "code", "content", "note"}
    | {"statuscode", "status", "auth", "authorization", "example", "returns", "required", "optional", "type", "http"}
    | {"warning", "tip", "important", "default", "see", "endpoint", "path", "description", "errors", "scope", "scopes"}
    | {"synopsis", "noindex", "deprecated", "returns", "raises"}
)
"""Words that stand where names of parameters do, and are none."""
NAMING_COLUMN: Final = re.compile(r"param|argument|name|field|attribute|option|header|key|propert|^\W*$", re.IGNORECASE)
PLACE_COLUMN: Final = re.compile(r"^(?:in|location|where|place|passed|sent|param(?:eter)? type|kind)\b", re.IGNORECASE)
LEAD: Final = re.compile(
    r"\W*(?:(?:required|optional|mandatory|request|query|body|json|form|input|other)\s+){1,3}"
    r"(?:parameters?|params|fields?|attributes?|arguments?|schema)[\s*_]*:[\s*_]*",
    re.IGNORECASE,
)
"""A line that leads in a list of parameters."""
OF_REQUIRED: Final = re.compile(r"\W*(?:required|mandatory)\b", re.IGNORECASE)
QUOTED: Final = re.compile(rf"`(?P<name>{NAME})`")
TYPED: Final = re.compile(
    r"\A[`*]*\((?=[^()]*\b(?:string|int|integer|number|float|bool|boolean|array|list|object|map|required|optional)\b)"
    r"[^()]*\)[`*]*\s*[-–—:.]*\s*",
    re.IGNORECASE,
)
"""A type in parentheses that a description begins with: the schema says it."""
OF_TYPES: Final = re.compile(
    r"^\W*(?:data ?)?(?:types?|required|optional|mandatory|in|location|default)\W*$", re.IGNORECASE
)
PLACES: Final = {
    "query": "query", "querystring": "query", "queryparameter": "query", "queryparam": "query",
    "path": "path", "uri": "path", "url": "path", "param": "path", "parameter": "path", "arg": "path",
    "header": "header", "reqheader": "header", "requestheader": "header", "<header": "header",
    "body": "body", "json": "body", "reqjson": "body", "reqjsonobj": "body", "<json": "body", "<jsonarr": "body",
    "jsonparam": "body", "jsonparameter": "body", "form": "form", "formdata": "form", "formparam": "form",
    "formparameter": "form",
}  # fmt: skip
"""Words for where a parameter travels, and the field names of sphinxcontrib-httpdomain."""
SPOKEN: Final = (
    ("query", re.compile(r"\bquery[- ]?(?:string)?\b")),
    ("header", re.compile(r"\bheaders?\b")),
    ("path", re.compile(r"\b(?:path|url|uri) (?:param|variable|segment|arg)")),
    ("form", re.compile(r"\bform\b")),
    ("body", re.compile(r"\bbody\b|\bpayload\b|\bjson\b")),
)
CARRIED: Final = re.compile(
    r"\b(?:passed|specified|sent|given|provided|set|supplied)\b[^.]{0,30}?\b"
    r"(?:as an? (?P<as>query|path|header|body|form) (?:param|field|variable)"
    r"|in the (?:request )?(?P<in>query string|query|header|body)s?\b)",
    re.IGNORECASE,
)
"""`Specified as part of the URL as a query parameter`."""
WITH_BODY: Final = frozenset({"POST", "PUT", "PATCH"})
HEADER_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*")
IGNORED_HEADERS: Final = frozenset({"accept", "content-type", "authorization"})
"""OpenAPI says these elsewhere, and ignores them as parameters."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A parameter, where it travels (`path`, `query`, `header`, `form`, `body`), whether it is listed as required."""

    name: str
    where: str
    found: Parameter | None
    spots: list[dict[str, Any]]
    kind: str = ""
    headed: bool = False

    def shape(self) -> dict[str, Any]:
        """Return its schema, as far as the docs tell; what stands in a URL is text where nothing is said."""
        told = _schema(self.found) if self.found else {}
        typed = {"type": self.kind, **told} if self.kind else told
        return typed or ({"type": "string"} if self.where == "path" or self.found is None else {})

    @property
    def said(self) -> str:
        """Return its description; of a row, the cells that are for words."""
        if self.found is None:
            return ""
        row, header = self.found.statement.row, self.found.statement.passage.header
        text = self.found.text
        if row and header:
            cells = list(zip(header, row.cells, strict=False))[1:]
            text = " ".join(cell for title, cell in cells if not OF_TYPES.search(title)) or text
        return TYPED.sub("", " ".join(text.split())).strip(" |-–—:")

    @property
    def required(self) -> bool:
        """Tell whether every request has to carry it."""
        return self.where == "path" or self.headed or (self.found is not None and is_required(self.found))


def sent(endpoint: Endpoint, names: Mapping[str, str], lines: Lines) -> list[Sent]:
    """Return what is sent, path variables first; `names` maps the endpoint's own names for them to the path's."""
    out: dict[tuple[str, str], Sent] = {}
    for passage, lead in _led(endpoint.passages):
        if _about_answers(passage) or LEAD.fullmatch(passage.text):
            continue
        for found in (*parameters(passage), *_listed(passage)):
            where = _location(found, passage, endpoint, names, lead)
            if where and found.name.lower() not in LABELS:
                name = names.get(found.name, found.name) if where == "path" else found.name
                headed = bool(OF_REQUIRED.match(lead or passage.text if found.text == "" else lead))
                spots = lines.cited(place(found.statement))
                out.setdefault((where, name), Sent(name, where, found, spots, headed=headed))
    given = lines.cited(endpoint.places[:1])
    bare = {names.get(name, name): kind for name, kind in endpoint.types.items()}
    in_path = []
    for name in names.values():
        known = out.pop(("path", name), Sent(name, "path", None, given))
        in_path.append(Sent(name, "path", known.found, known.spots, bare.get(name, "")))
    for name in endpoint.query:
        if not any(known == name for _, known in out):
            out[("query", name)] = Sent(name, "query", None, given)
    return [*in_path, *(one for one in out.values() if one.where != "path")]


def _led(passages: Iterable[Passage]) -> Iterator[tuple[Passage, str]]:
    """Yield passages with the line that leads in the list or table that they are in, such as `Optional parameters:`."""
    lead = ""
    for passage in passages:
        if passage.kind in {PassageKind.PARAGRAPH, PassageKind.CODE}:
            lead = passage.text if LEAD.fullmatch(passage.text) else ""
        yield passage, lead


def _listed(passage: Passage) -> Iterator[Parameter]:
    """Yield the names in `Required parameters: `a` and `b``."""
    opens = LEAD.match(passage.text) if passage.kind is PassageKind.PARAGRAPH else None
    for found in QUOTED.finditer(passage.text, opens.end()) if opens else ():
        yield Parameter(found["name"], "", Statement(passage.text, passage))


def variables(url: str) -> list[str]:
    """Return the names of the variables in a path, in their order."""
    return [found[1:-1] for found in VARIABLE.findall(url)]


def parameter(one: Sent) -> dict[str, Any]:
    """Return a parameter as OpenAPI writes it."""
    made: dict[str, Any] = {"name": one.name, "in": one.where}
    if one.required:
        made["required"] = True
    if said := one.said:
        made["description"] = said
    return {**made, "schema": one.shape(), CITATIONS: one.spots}


def _about_answers(passage: Passage) -> bool:
    last = passage.headings[-1] if passage.headings else ""
    return bool(OF_ANSWER.search(last)) and not REQUEST.search(last)


def _location(found: Parameter, passage: Passage, endpoint: Endpoint, names: Mapping[str, str], lead: str) -> str:
    """Say where a parameter travels, or nothing where the passage is not about parameters of the request."""
    if found.name in names:
        return "path"
    words = passage.term.split()
    role = words[0].lower() if len(words) > 1 else ""
    if role:
        named = PLACES.get(role, "path")
        return "" if named == "path" or (named == "header" and not _is_header(found.name)) else named
    above = passage.headings[len(endpoint.headings) - 1 :][-2:]
    opened = lead or (passage.text if not found.text else "")
    said = " ".join([*above, *passage.header, passage.term, opened]).lower()
    if not _of_parameters(passage, said):
        return ""
    told = _told(found, passage) or next((place_ for place_, pattern in SPOKEN if pattern.search(said)), "")
    if told == "header":
        return "header" if _is_header(found.name) else ""
    if told == "path" or not re.search(r"[A-Za-z]", found.name):
        return ""  # a variable that the path does not have
    return told or ("body" if endpoint.method in WITH_BODY and found.name not in endpoint.query else "query")


def _told(found: Parameter, passage: Passage) -> str:
    """Read the place from a column for it, or from the description: the words that it begins with, or plain ones."""
    row = found.statement.row
    for at, title in enumerate(passage.header if row else ()):
        if row and PLACE_COLUMN.search(title.strip("` *")) and at < len(row.cells):
            return PLACES.get(row.cells[at].strip("` *").lower().split(" ")[0], "")
    begun = re.match(r"[\s(]*(query|header|path|body|form)\b", found.text.lower())
    if begun:
        return begun[1]
    said = CARRIED.search(" ".join(found.text.split()))
    return PLACES[re.sub(r"\W", "", (said["as"] or said["in"]).lower())] if said else ""


def _is_header(name: str) -> bool:
    return bool(HEADER_NAME.fullmatch(name)) and name.lower() not in IGNORED_HEADERS


def _of_parameters(passage: Passage, said: str) -> bool:
    if passage.header and not NAMING_COLUMN.search(passage.header[0]):
        return False
    return passage.kind is PassageKind.DEFINITION or bool(OF_PARAMETERS.search(said))


def _schema(found: Parameter) -> dict[str, Any]:
    kind = type_of(found)
    if kind == "array":
        return {"type": "array", "items": {}}
    schema: dict[str, Any] = {"type": kind} if kind else {}
    if kind in {"integer", "number", ""}:
        bounds = {"default": found.default, "minimum": found.minimum, "maximum": found.maximum}
        told = {name: value for name, value in bounds.items() if value is not None}
        if told and not kind:
            schema["type"] = "integer" if all(isinstance(value, int) for value in told.values()) else "number"
        if schema.get("type") == "integer":
            told = {name: value for name, value in told.items() if isinstance(value, int)}
        return {**schema, **_consistent(told)}
    if kind == "string" and (values := enum_of(found.text)):
        schema["enum"] = values
    default = text_default(found.text, kind, schema.get("enum"))
    return schema if default is None else {**schema, "default": default}


def _consistent(told: dict[str, Any]) -> dict[str, Any]:
    """Keep bounds that can hold together: a sentence read wrongly shows in a default beyond the maximum."""
    low, high, default = told.get("minimum"), told.get("maximum"), told.get("default")
    known = [value for value in (low, default, high) if value is not None]
    return told if known == sorted(known) else {}


def body(endpoint: Endpoint, given: list[Sent], lines: Lines) -> dict[str, Any]:
    """Put the body's fields and examples together: fields say what is required, examples what it looks like."""
    if endpoint.method not in WITH_BODY:
        return {}
    shown = [one for one in samples(endpoint) if one.sent]
    fields = [one for one in given if one.where in {"body", "form"}]
    if not shown and not fields:
        return {}
    schema: dict[str, Any] = schema_of([one.value for one in shown]) if shown else {"type": "object"}
    if shown:
        schema.pop("required", None)  # an example shows what may be sent, not what must
    if schema.get("type") == "object":
        for one in fields:
            _put(schema, one)
    content: dict[str, Any] = {"schema": schema}
    content |= example_of(shown)
    form = not shown and any(one.where == "form" for one in fields)
    media = "application/x-www-form-urlencoded" if form else "application/json"
    spots = lines.cited(spot for one in shown[:2] for spot in place(one.passage))
    made: dict[str, Any] = {"content": {media: content}}
    return {**made, CITATIONS: spots} if spots else made


def _put(schema: dict[str, Any], one: Sent) -> None:
    """Add a field to the schema of a body, `address.city` and `address[city]` below `address`."""
    parts = [part for part in re.split(r"[.\[\]]+", one.name) if part]
    if not parts:
        return
    inner = schema
    for part in parts[:-1]:
        inner = inner.setdefault("properties", {}).setdefault(part, {"type": "object"})
        if inner.get("type") == "array":
            inner = inner.setdefault("items", {})
        if inner.get("type", "object") != "object":
            return
        inner.setdefault("type", "object")
    shape = one.shape()
    if one.name.endswith("[]"):
        shape = {"type": "array", "items": shape if shape.get("type") != "array" else {}}
    known = inner.setdefault("properties", {}).setdefault(parts[-1], {})
    if known.get("type") in {None, "null"} or (known["type"] == "integer" and shape.get("type") == "number"):
        known.pop("type", None)
        known.update(shape)
    if said := one.said:
        known.setdefault("description", said)
    known[CITATIONS] = one.spots
    if one.required and parts[-1] not in inner.setdefault("required", []):
        inner["required"].append(parts[-1])
