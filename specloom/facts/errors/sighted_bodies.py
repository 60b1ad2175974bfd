"""Objects of examples that could be errors: JSON, XML, what is nearly JSON, and code that reads an answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.errors.error_fields import Shape
from specloom.facts.errors.error_words import CORE, MESSAGES, SHORT, meaning
from specloom.facts.errors.json_example import parsed
from specloom.facts.errors.schema_example import described, described_in_yaml
from specloom.facts.errors.xml_example import parsed_xml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FIELD: Final = re.compile(r"[A-Za-z_$@][\w.$@-]{0,40}", re.ASCII)
LIKELY: Final = re.compile(
    r"err|fault|fail|messages?\b|msg|code|detail|status|title|reason|descr|success\b", re.IGNORECASE
)
"""A block without any of these shows no error."""
OBJECT: Final = re.compile(r"[{\[]")
TOKEN: Final = re.compile(r'\\.|"|[{\[]|[}\]]|\n')
INLINE: Final = re.compile(r"\{[^{}\n]{4,600}(?:\{[^{}\n]{0,600}\}[^{}\n]{0,600})?\}")
READ: Final = re.compile(
    r"(?:json\(\)|\b(?:err(?:or)?|body|data|resp\w*|json|e)\b)"
    r"(?:\[[\"'](?P<key>\w{2,30})[\"']\]|\.get\([\"'](?P<got>\w{2,30})[\"'])",
    re.ASCII,
)
"""Code that reads a member of an answer."""
LINE: Final = re.compile(r"^(?P<indent>[ \t]*)[\"'](?P<name>[A-Za-z_][\w-]{0,40})[\"']\s*:", re.ASCII | re.MULTILINE)
"""A member on a line of its own, whatever stands behind it."""
SPREAD: Final = re.compile(r"\n\{[ \t]*\n")
STATES: Final = frozenset({"status", "result"})
DEEPEST: Final = 3
MOST_FIELDS: Final = 16
MOST_OBJECTS: Final = 6
MOST_IN_ENVELOPE: Final = 4


def bodies(text: str) -> Iterator[tuple[int, object]]:
    """Yield the values that a block shows one after the other, with where each begins."""
    if schema := described_in_yaml(text):
        yield 0, schema
        return
    if text.lstrip().startswith("<"):
        if tree := parsed_xml(text):
            yield 0, tree
        return
    at = 0
    for _ in range(MOST_OBJECTS):
        found = OBJECT.search(text, at)
        if not found:
            return
        at = _closing(text, found.start())
        shown = text[found.start() : at]
        body: object = parsed(shown) or members_by_line(shown)
        if isinstance(body, (dict, list)) and body:
            yield found.start(), body


def shapes(body: object, root: str = "", depth: int = 0) -> Iterator[tuple[Shape, tuple[str, ...]]]:
    """Yield the shapes of an object and of those in it, each with its plain values as `name=value`."""
    listed = isinstance(body, list)
    if isinstance(body, list):
        if root and meaning(_last(root)) in CORE and body and all(isinstance(one, str) for one in body):
            yield Shape(root, (), listed=True), tuple(map(str, body[:3]))
        body = body[0] if body else None
    if not isinstance(body, dict):
        return
    body = described(body) or body
    names = [name for name in body if isinstance(name, str) and FIELD.fullmatch(name)]
    if len(names) == len(body) and could(names):
        yield Shape(root, tuple(names), listed), _plain(body)
    elif root and meaning(_last(root)) in {"error", "errors"}:
        yield Shape(root, (), listed=listed), _plain(body)
    if {"data", "errors"} <= set(names) and len(names) <= MOST_IN_ENVELOPE and not depth:
        yield Shape("errors", (), listed=True), _plain(body)
    for name in names[:MOST_FIELDS] if depth < DEEPEST else ():
        if isinstance(body[name], (dict, list)):
            yield from shapes(body[name], f"{root}.{name}" if root else name, depth + 1)


def could(names: list[str]) -> bool:
    """Tell whether an object with these members could be an error at all."""
    known = {meaning(name) for name in names}
    if len(names) == 1:
        return bool(known & (MESSAGES | SHORT | {"reason", "code"}))
    return 0 < len(names) <= MOST_FIELDS and bool(known & (CORE | STATES))


def read_members(text: str) -> list[str]:
    """Return the members of an answer that code reads, where they could be those of an error."""
    names = dict.fromkeys(found["key"] or found["got"] for found in READ.finditer(text))
    return list(names) if could(list(names)) else []


def members_by_line(text: str) -> dict[str, object] | None:
    """Return the outermost members of an object that is no JSON, as far as each has a line."""
    found = list(LINE.finditer(text))
    least = min((len(one["indent"]) for one in found), default=0)
    return {one["name"]: "" for one in found if len(one["indent"]) == least} or None


def spread_body(text: str) -> tuple[str, str]:
    """Return what stands before an object that a paragraph or an item has over several lines, and the object."""
    found = SPREAD.search(text)
    return (text[: found.start()], text[found.start() + 1 :]) if found else ("", "")


def _closing(text: str, at: int) -> int:
    """Return where the bracket at `at` is closed, or the end."""
    depth, quoted = 0, False
    for found in TOKEN.finditer(text, at):
        match found[0]:
            case '"':
                quoted = not quoted
            case "\n":
                quoted = False
            case "{" | "[" if not quoted:
                depth += 1
            case "}" | "]" if not quoted:
                depth -= 1
                if depth <= 0:
                    return found.end()
    return len(text)


def _last(root: str) -> str:
    return root.rsplit(".", 1)[-1]


def _plain(body: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(f"{name}={str(value)[:120]}" for name, value in body.items() if not isinstance(value, (dict, list)))
