"""What the paragraphs below a parameter say of it, where its own passage is only its name and type."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from specloom.facts.parameters import parameters
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from specloom.facts.evidence import Evidence
    from specloom.facts.parameters import Parameter
    from specloom.model.passage import Passage

UNTOLD: Final = re.compile(
    r"\W*(?:\(?(?:type:\s*)?(?:integer|int|number|int32|int64)(?:,\s*(?:optional|required))?\)?)?\W*", re.IGNORECASE
)
"""What a parameter says of itself where others say the rest."""
BOUNDS: Final = re.compile(
    r"default|min(?:imum)?|max(?:imum)?|required|optional|type|example|range|allowed", re.IGNORECASE
)
"""What stands before a colon and names no parameter."""


def told_below(parameter: Parameter, evidence: Evidence, passage: Passage) -> Parameter:
    """Add what the paragraphs below say of a parameter whose own passage is only its name and type."""
    if not UNTOLD.fullmatch(parameter.text) or passage.kind is not PassageKind.PARAGRAPH:
        return parameter
    below = takewhile(
        lambda one: one.kind is PassageKind.PARAGRAPH and one.headings == passage.headings and not _defines(one),
        evidence.after(passage, 4),
    )
    rest = list(below)
    text = " ".join([parameter.text, *(one.text for one in rest)])
    return replace(parameter, text=text, ends=rest[-1].end if rest else None)


def _defines(passage: Passage) -> bool:
    return any(not BOUNDS.fullmatch(one.name) for one in parameters(passage))
