"""What the paragraphs below a parameter say of it, where its own passage is only its name and type."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Statement
from specloom.facts.requests.parameters import Parameter, parameters
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from specloom.facts.evidence import Evidence
    from specloom.model.passage import Passage

UNTOLD: Final = re.compile(
    r"\W*(?:\(?(?:type:\s*)?(?:integer|int|number|int32|int64|string)(?:,\s*(?:optional|required))?\)?)?\W*",
    re.IGNORECASE,
)
"""What a parameter says of itself where others say the rest."""
BOUNDS: Final = re.compile(
    r"default|min(?:imum)?|max(?:imum)?|required|optional|type|example|range|allowed", re.IGNORECASE
)
"""What stands before a colon and names no parameter."""
HEADING_NAME: Final = re.compile(r"`?(?P<name>[a-z$_][\w$.-]*(?:\[[\w-]*\])*)`?(?:\s*\(.*\))?")
"""A heading that is the name of a parameter as calls spell it."""


def headed(evidence: Evidence, passage: Passage) -> Parameter | None:
    """Return the parameter that the heading above names, with what the paragraphs of its section say of it."""
    found = HEADING_NAME.fullmatch(passage.headings[-1].strip()) if passage.headings else None
    before = evidence.before(passage)
    if not found or passage.kind is not PassageKind.PARAGRAPH or (before and before[0].headings == passage.headings):
        return None
    rest = takewhile(
        lambda one: one.kind is PassageKind.PARAGRAPH and one.headings == passage.headings, evidence.after(passage, 4)
    )
    whole = [passage, *rest]
    said = " ".join(one.text for one in whole)
    return Parameter(found["name"], said, Statement(passage.text, passage), whole[-1].end)


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
