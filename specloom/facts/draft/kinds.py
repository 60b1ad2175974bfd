"""What the words about a parameter tell of its type, whether it is required, and which values it may have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.facts.requests.parameters import Parameter

TYPES: Final = {
    "integer": "integer", "int": "integer", "int32": "integer", "int64": "integer", "long": "integer",
    "number": "number", "float": "number", "double": "number", "decimal": "number", "numeric": "number",
    "boolean": "boolean", "bool": "boolean", "array": "array", "list": "array", "object": "object", "hash": "object",
    "map": "object", "dict": "object", "dictionary": "object", "json": "object", "string": "string", "str": "string",
    "text": "string", "uuid": "string", "datetime": "string", "date": "string", "timestamp": "string", "url": "string",
    "email": "string", "enum": "string",
}  # fmt: skip
"""Words for types; `number` in docs often means an integer, and allows one."""
TYPE_COLUMN: Final = re.compile(r"^\W*(?:data ?)?types?\b", re.IGNORECASE)
REQUIRED_COLUMN: Final = re.compile(r"^\W*(?:required|mandatory)\b", re.IGNORECASE)
OPTIONAL_COLUMN: Final = re.compile(r"^\W*optional\b", re.IGNORECASE)
YES: Final = re.compile(r"^\W*(?:yes|y|true|required|mandatory|always|✓|✔|✅|x)\W*$", re.IGNORECASE)
MARKS: Final = frozenset("✓✔✅☑")
NO: Final = re.compile(r"^\W*(?:no|n|false|optional|never)?\W*$", re.IGNORECASE)
LEADING_TYPE: Final = re.compile(
    r"^[\s|`*_(\[:–—-]*(?:(?:optional|required|nullable|an?|the|query|path|header|body|form)\b[\s,|`*_)\]:.–—-]*){0,3}"
    r"(?P<type>\[\]|[A-Za-z]+\d{0,2})(?P<after>\[\]|\b)",
    re.IGNORECASE,
)
WORD_AFTER: Final = re.compile(r"^[`*_]*\s+(?:of|to|that|which|for|in|is|the|ids?|name|number)\b", re.IGNORECASE)
REQUIRED: Final = re.compile(
    r"(?:^|[(|,.;:*\[`<>]\s*|^\w+ )(?:required|mandatory)\b"
    r"(?![\s*_`]*(?:if|when|unless|for|by|to|in|only|scopes?|permissions?)\b)"
    r"|\b(?:is|are) (?:always )?(?:required|mandatory)\b(?!\s+(?:if|when|unless|for|only|to|in|by)\b)",
    re.IGNORECASE,
)
NOT_REQUIRED: Final = re.compile(r"\b(?:not required|optional|required[\s:|=]+(?:no|false))\b", re.IGNORECASE)
ONE_OF: Final = re.compile(
    r"\b(?:one of|either|(?:valid|allowed|possible|accepted|supported) (?:values?|options?)|options?)"
    r"(?: are| is| include)?\s*:?\s*"
    r"(?P<values>[`'\"][^.;|]{1,300})",
    re.IGNORECASE,
)
VALUE: Final = re.compile(
    r"[`'\"]+(?P<value>[^`'\"\s]{1,40})[`'\"]+(?P<between>[\s,/|]*(?:(?:or|and)\b)?\s*)(?=[`'\"]|)"
)
TEXT_DEFAULT: Final = re.compile(
    r"\bdefaults?(?: value)?(?: is| to|:| =|=)+\s*[`'\"]+(?P<value>[\w.:-]{1,40})[`'\"]", re.IGNORECASE
)
MOST_VALUES: Final = 60


def type_of(found: Parameter) -> str:
    """Return the type that a column, the term or the first words give, or nothing."""
    row = found.statement.row
    header = found.statement.passage.header
    for at, title in enumerate(header if row else ()):
        if row and TYPE_COLUMN.search(title) and at < len(row.cells):
            return _named(row.cells[at])
    for word in found.statement.passage.term.split()[:-1]:
        if word.lower() in TYPES:
            return TYPES[word.lower()]
    return _leading(found.text)


def _named(cell: str) -> str:
    """Read the cell of a type: `string`, `[]string`, `integer (int64)`, `array of strings`."""
    text = cell.strip("` *").lower()
    if text.startswith("[]") or re.match(r"[\w<> ]+\\?\[\\?\]", text) or re.match(r"(?:array|list)\b", text):
        return "array"
    word = re.match(r"[a-z]+\d{0,2}", text)
    return TYPES.get(word.group(), "") if word else ""


def _leading(text: str) -> str:
    found = LEADING_TYPE.match(text[:80])
    if found is None:
        return ""
    kind = "array" if "[]" in (found["type"], found["after"]) else TYPES.get(found["type"].lower(), "")
    spoken = WORD_AFTER.match(text[found.end() :]) and kind not in {"array", ""}
    plain = not re.match(r"[\s`*_]*(?:[).,|:;<\]–—-]|$)", text[found.end() :])
    return "" if spoken or (plain and kind in {"array", "object"} and not _marked(text)) else kind


def _marked(text: str) -> bool:
    return bool(re.match(r"\s*[(`\[]|\W*(?:(?:required|optional)\W+)?(?:array|list) of\b", text, re.IGNORECASE))


def is_required(found: Parameter) -> bool:
    """Tell whether the docs say that a request has to carry it: in a column, a heading, or in so many words."""
    row = found.statement.row
    for at, title in enumerate(found.statement.passage.header if row else ()):
        if row and at < len(row.cells):
            cell = row.cells[at]
            if REQUIRED_COLUMN.search(title):
                return bool(YES.match(cell)) or bool(MARKS & set(cell))
            if OPTIONAL_COLUMN.search(title):
                return bool(NO.match(cell)) and cell.strip() != "" and not MARKS & set(cell)
    if NOT_REQUIRED.search(found.text[:200]):
        return False
    headings = found.statement.passage.headings
    headed = bool(headings) and bool(re.match(r"\W*(?:required|mandatory)\b", headings[-1], re.IGNORECASE))
    return headed or bool(REQUIRED.search(found.text))


def enum_of(text: str) -> list[str]:
    """Return the values that a text lists as the only ones."""
    found = ONE_OF.search(text)
    values: list[str] = []
    at = 0
    while found and (one := VALUE.match(found["values"], at)):
        values.append(one["value"])
        at = one.end()
        if not one["between"].strip():
            break
    return list(dict.fromkeys(values)) if 1 < len(values) <= MOST_VALUES else []


def text_default(text: str, kind: str, values: Sequence[str] | None) -> Any | None:  # noqa: ANN401 - a JSON value
    """Return the default of a text or a truth value."""
    found = TEXT_DEFAULT.search(text)
    if not found:
        return None
    word = found["value"]
    if kind == "boolean":
        return {"true": True, "false": False}.get(word.lower())
    return word if kind == "string" and (not values or word in values) else None
