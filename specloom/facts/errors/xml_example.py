"""XML as documentation shows it, read as the members and values that JSON would have."""

from __future__ import annotations

import re
from typing import Final

TAG: Final = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z_][\w:.-]*)(?P<rest>[^<>]*)>")
LONGEST: Final = 20_000
MOST_TAGS: Final = 200
DEEPEST: Final = 8


def parsed_xml(text: str) -> dict[str, object] | None:
    """Return the first element of `text` with its children by name; None where there is none or it is not closed."""
    if not text.lstrip().startswith("<") or len(text) > LONGEST:
        return None
    top: dict[str, object] = {}
    stack: list[tuple[str, dict[str, object]]] = [("", top)]
    for count, tag in enumerate(TAG.finditer(text)):
        if count > MOST_TAGS or len(stack) > DEEPEST:
            return None
        name = tag["name"].split(":")[-1]
        if tag["close"]:
            if stack[-1][0] != name:
                return None
            stack.pop()
            if len(stack) == 1:
                return top
            continue
        children: dict[str, object] = {}
        stack[-1][1].setdefault(name, children)
        if not tag["rest"].endswith("/"):
            stack.append((name, children))
    return None
