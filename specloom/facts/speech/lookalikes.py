"""Names that look like others: what a program sends or calls is written in ASCII, whatever the docs show.

Names of headers are tokens (RFC 9110, section 5.6.2), addresses are ASCII (RFC 3986, section 2), and letters of other
scripts that look the same make another name of either. Nothing is claimed of those; people are told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.model.diagnostic import Diagnostic, Level
from specloom.model.source import Span

if TYPE_CHECKING:
    from specloom.facts.evidence import Candidate
    from specloom.model.source import Json

IN_WORDS: Final = frozenset({"applies_to", "plan", "scope", "tier", "unit"})
"""Keys of values that people read, in whichever language the docs are."""


def is_ascii(value: Json) -> bool:
    """Tell whether everything in `value` that programs use is ASCII."""
    if isinstance(value, dict):
        return all(name.isascii() and (name in IN_WORDS or is_ascii(item)) for name, item in value.items())
    if isinstance(value, list):
        return all(map(is_ascii, value))
    return not isinstance(value, str) or value.isascii()


def lookalike(candidate: Candidate) -> Diagnostic:
    """Say why nothing is claimed."""
    where = candidate.places[0]
    kind = candidate.fact_kind.replace("_", " ")
    message = f"a name or address of {kind} has letters outside ASCII, so nothing is concluded; write it in ASCII"
    return Diagnostic(Level.WARNING, "docs-lookalike", message, Span(where.path, where.start, where.end))
