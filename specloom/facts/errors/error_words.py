"""What the fields of error bodies are called."""

from __future__ import annotations

import re
from typing import Final

WRAPPERS: Final = ("error", "errors", "fault", "failure", "problem", "exception", "Error", "Errors")
CORE: Final = frozenset(
    {
        "message",
        "messages",
        "msg",
        "error",
        "errors",
        "error_message",
        "errormessage",
        "error_messages",
        "errormessages",
        "errmsg",
        "errormsg",
    }
    | {
        "code",
        "error_code",
        "errorcode",
        "errcode",
        "error_description",
        "title",
        "detail",
        "description",
        "reason",
        "type",
    }
)
"""Names that the body of an error has at least one of."""
TELLING: Final = CORE | frozenset(
    {"details", "status", "status_code", "statuscode", "error_type", "errortype", "error_id", "errornum", "retry_after"}
    | {
        "documentation_url",
        "doc_url",
        "link",
        "instance",
        "param",
        "parameter",
        "field",
        "id",
        "request_id",
        "requestid",
    }
    | {
        "trace_id",
        "name",
        "meta",
        "source",
        "ok",
        "success",
        "data",
        "extras",
        "global",
        "hint",
        "help",
        "url",
        "category",
    }
    | {
        "severity",
        "timestamp",
        "more_info",
        "moreinfo",
        "correlation_id",
        "correlationid",
        "target",
        "subcode",
        "retryable",
    }
    | {"info", "cause", "locations", "path", "extensions"}
)
"""Names that the bodies of errors are made of."""
MESSAGES: Final = frozenset(
    {
        "message",
        "msg",
        "error_message",
        "errormessage",
        "errmsg",
        "errormsg",
        "detail",
        "description",
        "error_description",
    }
)
STATUSES: Final = frozenset({"status", "status_code", "statuscode"})
SHORT: Final = frozenset({"message", "msg", "error", "errors", "errormessages", "errmsg", "errormsg"})
SAYS_ERROR: Final = re.compile(
    r"\berrors?\b|\bfail(?:s|ed|ure)?\b|\b[45]\d\d\b|\b[45]xx\b|problem|\bfaults?\b"
    r"|错误|失败|异常|\bfehler|\berr(?:o|os|ores)\b|\berreurs?\b",
    re.IGNORECASE,
)
HEADING: Final = re.compile(
    r"\berrors?\b|\bfaults?\b|\bproblem|\bfail(?:ed|ures?|ing)\b|\bunsuccessful|\bexceptions?\b|status codes?"
    r"|response codes?|^\W*[45]\d\d\b|错误|失败|异常|\bfehler|\berr(?:o|os|ores)\b|\berreurs?\b",
    re.IGNORECASE,
)
LONE: Final = re.compile(
    r"\b(?:an?|the|one|single)\s+[`\"]?(?P<name>message|error|errors|detail|description|reason|msg|error_message)[`\"]?\s+"
    r"(?:key|field|property|attribute|member|element|node)\b[^.]{0,30}\b(?:response|body|json|payload|answer|object)\b",
    re.IGNORECASE,
)
"""The one member that a sentence on failures names."""
GRAPHQL: Final = frozenset({"locations", "path", "extensions"})
"""What errors of GraphQL have beside their message, by its specification."""

PROBLEM: Final = frozenset({"title", "status", "detail"})
"""What errors by RFC 9457 have beside their type, and those of JSON:API."""


def standard(root: str, fields: tuple[str, ...]) -> bool:
    """Tell errors of GraphQL, JSON:API and RFC 9457, which are errors wherever they stand."""
    names = set(fields)
    if root == "errors":
        return names >= PROBLEM or ("message" in names and bool(names & GRAPHQL))
    return not root and names >= PROBLEM and bool(names & {"type", "instance"})


def meaning(key: str) -> str:
    """Name a field by what is known of it: `errorText` and `developer_hint` are an error and a hint."""
    plain = re.sub(r"[-_]", "_", key).lower()
    if plain in TELLING:
        return plain
    parts = [part.lower() for part in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", key)]
    known = [part for part in (parts[-1:] + parts[:1] if parts else []) if part in TELLING]
    return known[0] if known else plain


def telling(keys: list[str]) -> bool:
    """Tell whether an object with these fields is an error: one names it, and half of them are known."""
    plain = [meaning(key) for key in keys]
    known = [name for name in plain if name in TELLING]
    return (
        bool(CORE & set(plain))
        and len(known) * 2 >= len(plain)
        and (len(known) > 1 or len(plain) == 1 or (len(plain) == 2 and bool(SHORT & set(plain))))
    )
