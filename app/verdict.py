"""A verdict on a fact put into a config file as text, so that comments and layout stay as people wrote them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import yaml

from specloom.config import load_config
from specloom.errors import UserError

if TYPE_CHECKING:
    from specloom.config import Config
    from specloom.model.generator import Generator

Verdict: TypeAlias = Literal["accept", "reject"]
"""The key under `facts` that a fact's ID stands below."""

OPPOSITE: Final[dict[Verdict, Verdict]] = {"accept": "reject", "reject": "accept"}
MOST_REMOVALS: Final = 5
"""An ID stands in a list once; more often than this, the file is not one that a person wrote."""

ALONE: Final = re.compile(r"[ \t]*(?:-[ \t]+)?(?P<quote>[\"']?)[0-9a-f]{8}(?P=quote)[ \t]*,?[ \t]*(?:#.*)?")
"""A line that holds one entry of a list and nothing else but a comment on it."""

COMMA: Final = re.compile(r"[ \t]*,[ \t]*")


def with_verdict(text: str, identity: str, *, verdict: Verdict, generators: tuple[Generator, ...]) -> str | None:
    """Return `text` with the fact's ID in the verdict's list and not in the opposite one.

    It is the same text where it says so already, and None where no edit leads to a config that says so and is otherwise
    the same.
    """
    try:
        before = load_config(text.encode(), generators=generators)
        edited = _with(_cleared(text, identity, OPPOSITE[verdict]), identity, verdict)
        after = load_config(edited.encode(), generators=generators)
    except (UserError, yaml.YAMLError, RecursionError):
        return None
    return edited if after == _decided(before, identity, verdict) else None


def _decided(config: Config, identity: str, verdict: Verdict) -> Config:
    accepted, rejected = config.accepted_facts - {identity}, config.rejected_facts - {identity}
    if verdict == "accept":
        return replace(config, accepted_facts=accepted | {identity}, rejected_facts=rejected)
    return replace(config, accepted_facts=accepted, rejected_facts=rejected | {identity})


def _with(text: str, identity: str, verdict: Verdict) -> str:
    """Append the ID to its list; the list, and `facts`, are made where there is none."""
    entry = f'"{identity}"'
    _, facts = _found(yaml.compose(text, Loader=yaml.SafeLoader), "facts")
    if facts is None:
        return _line_added(text, len(text), f"facts:\n  {verdict}:\n    - {entry}")
    _, listed = _found(facts, verdict)
    if listed is None:
        return _with_list(text, facts, f"{verdict}:", entry)
    if any(item.value == identity for item in listed.value):
        return text
    if not _in_brackets(listed):
        return _line_added(text, _end(listed), f"{' ' * listed.start_mark.column}- {entry}")
    if not listed.value:
        return _put(text, listed.start_mark.index + 1, entry)
    return _put(text, _end(listed.value[-1]), f", {entry}")


def _with_list(text: str, facts: yaml.Node, key: str, entry: str) -> str:
    """Add a list of one entry to `facts`: last, so that no comment above another list comes to stand above it."""
    if not facts.value:
        return _put(text, facts.start_mark.index + 1, f"{key} [{entry}]")
    last = facts.value[-1][1]
    if _in_brackets(facts):
        return _put(text, last.end_mark.index, f", {key} [{entry}]")
    indent = " " * facts.start_mark.column
    return _line_added(text, _end(last), f"{indent}{key}\n{indent}  - {entry}")


def _cleared(text: str, identity: str, verdict: Verdict) -> str:
    for _ in range(MOST_REMOVALS):
        shorter = _without(text, identity, verdict)
        if shorter == text:
            break
        text = shorter
    return text


def _without(text: str, identity: str, verdict: Verdict) -> str:
    """Take the ID out of a list once, with the comment that stands behind it; an emptied list becomes `[]`."""
    _, facts = _found(yaml.compose(text, Loader=yaml.SafeLoader), "facts")
    key, listed = _found(facts, verdict)
    items = listed.value if listed else []
    position = next((at for at, item in enumerate(items) if item.value == identity), None)
    if key is None or listed is None or position is None:
        return text
    start, end = items[position].start_mark.index, items[position].end_mark.index
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end) + 1 or len(text)
    if ALONE.fullmatch(text[first:last].rstrip("\r\n")):
        shorter = text[:first] + text[last:]
        emptied = not _in_brackets(listed) and len(items) == 1
        return _put(shorter, text.index(":", key.end_mark.index) + 1, " []") if emptied else shorter
    if comma := COMMA.match(text, end):
        end = comma.end()
    elif position:
        start = items[position - 1].end_mark.index
    return text[:start] + text[end:]


def _found(node: yaml.Node | None, name: str) -> tuple[yaml.Node | None, yaml.Node | None]:
    """Return the nodes of a key and of its value, if they are there."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next(((key, value) for key, value in pairs if key.value == name), (None, None))


def _in_brackets(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _end(node: yaml.Node) -> int:
    """Return where a node's own text ends; the parser's mark of a block is where the next one begins."""
    if isinstance(node, yaml.SequenceNode) and not _in_brackets(node) and node.value:
        node = node.value[-1]
    return int(node.end_mark.index)


def _put(text: str, at: int, inserted: str) -> str:
    return text[:at] + inserted + text[at:]


def _line_added(text: str, at: int, lines: str) -> str:
    """Add lines below the one that `at` is in, with the line ends that the file has."""
    end = text.find("\n", at) + 1 or len(text)
    gap = "" if end == 0 or text[end - 1] == "\n" else "\n"
    added = f"{gap}{lines}\n"
    return _put(text, end, added.replace("\n", "\r\n") if "\r\n" in text else added)
