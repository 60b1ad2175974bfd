"""The lines that would undo a change, where one keyword was edited: offered in reviews as a suggestion."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from specloom.lines import LINE
from specloom.model.change import Change, Severity
from specloom.model.source import Span

if TYPE_CHECKING:
    from specloom.model.source import SourceTree

LONGEST: Final = 300
"""Characters of a line that somebody wants to see again."""
KEYWORD: Final = re.compile(
    r"(?P<indent> *(?:- +)?)(?P<quote>[\"']?)(?P<key>[A-Za-z]+)(?P=quote) *: *"
    r"(?P<value>[^\s{\[|>&*!#,][^{\[#\n]*?)(?P<comma>,?)\s*"
)
"""A keyword with a plain value on one line, in YAML or JSON."""


def with_suggestions(changes: tuple[Change, ...], base: SourceTree, head: SourceTree) -> tuple[Change, ...]:
    """Return the changes, those that are not safe with what would undo them where that is one line of one keyword."""
    files: dict[tuple[str, str], list[str]] = {}

    def line(side: str, span: Span) -> str:
        tree, known = (base if side == "base" else head), (side, span.path)
        if known not in files:
            content = tree.read(span.path) or b""
            files[known] = [] if b"\r" in content else LINE.findall(content.decode("utf-8", "replace"))
        lines = files[known]
        text = lines[span.start - 1] if 1 <= span.start <= len(lines) else ""
        return text if len(text) <= LONGEST else ""

    return tuple(
        _restored(change, line("base", change.base), line("head", change.head))
        if change.base and change.head and change.severity is not Severity.SAFE and change.approved is None
        else change
        for change in changes
    )


def _restored(change: Change, before: str, after: str) -> Change:
    old, new = KEYWORD.fullmatch(before), KEYWORD.fullmatch(after)
    if new is None or change.head is None or _kebab(new["key"]) not in change.rule:
        return change
    if old is not None and old["key"] == new["key"] and old["value"] != new["value"]:
        start = after[: new.start("value")]
        text = f"{start}{old['value']}{new['comma']}"
    elif change.rule.endswith("-added") and _whole(new, change.head.path):
        text = ""
    else:
        return change
    here = Span(change.head.path, change.head.start, change.head.start)
    return replace(change, suggestion=text, head=here)


def _whole(line: re.Match[str], path: str) -> bool:
    """Tell whether a line can go without leaving a comma, a dash or an empty mapping wrong behind it."""
    if "-" in line["indent"]:
        return False
    return bool(line["comma"]) if path.endswith(".json") else not line["comma"]


def _kebab(word: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", word).lower()
