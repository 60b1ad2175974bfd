"""JSON as documentation shows it: with comments, dots for what is left out, and names without quotes."""

from __future__ import annotations

import json
import re


def parsed(text: str) -> object:
    """Return the first JSON value in `text`, comments, ellipses and bare names forgiven; None where there is none."""
    at = min((i for i in (text.find("{"), text.find("[")) if i >= 0), default=-1)
    if at < 0 or len(text) > 20_000:
        return None
    cleaned = re.sub(r"(?m)(?<![:\"])//[^\n\"]*$|,?\s*\.\.\.,?|,?\s*…,?", "", text[at:])
    cleaned = re.sub(r",(\s*[}\]])", r"\1", cleaned)
    cleaned = re.sub(r"(?m)^(\s*)([A-Za-z_]\w*)(\s*:)", r'\1"\2"\3', cleaned)
    try:
        return json.JSONDecoder(strict=False).raw_decode(cleaned)[0]
    except (ValueError, RecursionError):
        return None
