"""An entry for `drift.accept` put into a config file as text, so that comments and order stay as people wrote them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from specloom.config import load_config
from specloom.errors import UserError

if TYPE_CHECKING:
    from specloom.model.generator import Generator

DRIFT: Final = re.compile(r"^drift:[ \t]*(#.*)?$", re.MULTILINE)
ACCEPT: Final = re.compile(r"^(?P<indent>[ ]+)accept:[ \t]*(#.*)?$", re.MULTILINE)
TOP_LEVEL: Final = re.compile(r"^[^\s#]", re.MULTILINE)


def with_acceptance(text: str, *, fingerprint: str, reason: str, generators: tuple[Generator, ...]) -> str | None:
    """Return `text` with the entry, or None where no edit leads to a config that says so and is otherwise the same."""
    for candidate in _candidates(text, fingerprint, json.dumps(reason, ensure_ascii=False)):
        try:
            before = load_config(text.encode(), generators=generators)
            after = load_config(candidate.encode(), generators=generators)
        except UserError:
            continue
        known = [item.fingerprint for item in before.policy.accepted]
        if sorted([*map(str, known), fingerprint]) == sorted(str(item.fingerprint) for item in after.policy.accepted):
            return candidate
    return None


def _candidates(text: str, fingerprint: str, reason: str) -> list[str]:
    """Return edits to try: under the list that is there, under `drift`, or at the end."""
    drift = DRIFT.search(text)
    if drift is None:
        gap = "" if not text or text.endswith("\n") else "\n"
        return [f"{text}{gap}drift:\n  accept:\n{_entry('    ', fingerprint, reason)}"]
    following = TOP_LEVEL.search(text, drift.end() + 1)
    block_end = following.start() if following else len(text)
    accept = ACCEPT.search(text, drift.end(), block_end)
    if accept is None:
        return [_inserted(text, drift.end(), f"  accept:\n{_entry('    ', fingerprint, reason)}")]
    indent = accept["indent"]
    return [_inserted(text, accept.end(), _entry(indent + extra, fingerprint, reason)) for extra in ("  ", "", "    ")]


def _entry(indent: str, fingerprint: str, reason: str) -> str:
    return f'{indent}- fingerprint: "{fingerprint}"\n{indent}  reason: {reason}\n'


def _inserted(text: str, at: int, entry: str) -> str:
    head, tail = text[:at], text[at:]
    return f"{head}\n{entry}{tail.removeprefix(chr(10))}"
