"""JSON as documentation shows it: with comments, dots for what is left out, and names without quotes."""

from __future__ import annotations

import json
import re
from typing import Final

LONGEST: Final = 20_000
"""Characters. No example that people read is longer."""
PYTHON: Final = {"None": "null", "True": "true", "False": "false"}
QUOTES: Final = {ord("“"): '"', ord("”"): '"', ord("„"): '"'}
"""What editors of prose make of quotes."""
TYPE: Final = (
    r"(?:string|number|boolean|bool|integer|int|object|any|unknown|null|Record<[\w, ]+>|[A-Z]\w*)(?:\[\])?(?![\w(\[.])"
)
"""What stands for a value where an example shows types."""
MOST_PATHS: Final = 500


def parsed(text: str) -> object:
    """Return the first JSON value in `text`, comments, ellipses, bare names and a missing end forgiven; else None."""
    at = min((i for i in (text.find("{"), text.find("[")) if i >= 0), default=-1)
    if at < 0 or len(text) > LONGEST:
        return None
    cleaned = re.sub(r"(:\s*)<([^<>\n\"]*)>", r'\1"\2"', text[at:].translate(QUOTES))
    cleaned = re.sub(r"(:\s*)\[([A-Z][A-Za-z]*(?: [A-Za-z]+){0,4})\](?=\s*[,}\n])", r'\1"\2"', cleaned)
    cleaned = re.sub(r"(?m)(?<=[\s,])#+\s[^\n\"]*$", "", cleaned)
    cleaned = re.sub(r"(?m)(?<![:\"])//[^\n\"]*$|,?\s*\.\.\.,?|,?\s*…,?|(?<=\s)\. \. \.", "", cleaned)
    cleaned = re.sub(r",(\s*[}\]])", r"\1", cleaned)
    cleaned = re.sub(r"(?m)^(\s*)([A-Za-z_]\w*)(\s*:)", r'\1"\2"\3', cleaned)
    tries = (cleaned, _closed(cleaned), _quoted(cleaned), _typed(cleaned), _quoted(_named(cleaned)), _arrowed(cleaned))
    return next((body for text in tries if (body := _decoded(text)) is not None), None)


def paths(text: str) -> list[str]:
    """Return the dotted paths of the members of a JSON example, arrays passed through."""
    out: list[str] = []
    stack: list[tuple[str, object]] = [("", parsed(text))]
    while stack and len(out) < MOST_PATHS:
        prefix, node = stack.pop()
        if isinstance(node, list) and node:
            stack.append((prefix, node[0]))
        elif isinstance(node, dict):
            for key, child in node.items():
                out.append(f"{prefix}{key}")
                stack.append((f"{prefix}{key}.", child))
    return out


def _decoded(text: str) -> object:
    try:
        return json.JSONDecoder(strict=False).raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None


def _quoted(text: str) -> str:
    """Turn what a Python shell prints into JSON."""
    text = re.sub(r"'([^'\"\n]*)'", r'"\1"', text)
    return re.sub(r"\b(None|True|False)\b", lambda found: PYTHON[found[1]], text)


def _named(text: str) -> str:
    """Quote the names of an object that stands on one line: `{ code: 401, message: '…' }`."""
    return re.sub(r"([{,]\s*)([A-Za-z_]\w*)(\s*:)", r'\1"\2"\3', text)


def _arrowed(text: str) -> str:
    """Turn what Ruby prints into JSON: `{ :error => "invalid" }`."""
    return _quoted(re.sub(r"(?:[\"'](\w+)[\"']|:(\w+))\s*=>", lambda found: f'"{found[1] or found[2]}":', text))


def _typed(text: str) -> str:
    """Turn the type of an object, as TypeScript has it, into an example of one: `{ code: string; }`."""
    text = re.sub(r"(?m)^(\s*)[\"']?([A-Za-z_]\w*)[\"']?\??(\s*:)", r'\1"\2"\3', text)
    text = re.sub(rf"(?<=:)(\s*)({TYPE}(?:\s*\|\s*{TYPE})*)\s*[;,]?[ \t]*(?=\n|$)", r'\1"\2",', text)
    return re.sub(r",(\s*[}\]])", r"\1", re.sub(r"([}\]]);", r"\1,", text))


def _closed(text: str) -> str:
    """Close what an example that breaks off leaves open."""
    still_open: list[str] = []
    for char in re.sub(r'"(?:\\.|[^"\\])*"', "", text):
        if char in "{[":
            still_open.append("}" if char == "{" else "]")
        elif char in "}]" and still_open:
            still_open.pop()
    return text.rstrip().rstrip(",") + "".join(reversed(still_open))
