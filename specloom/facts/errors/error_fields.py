"""Fields of an error that the docs list: in a table, in a list, or one below the other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from specloom.facts.errors.error_words import HEADING, MESSAGES, SHORT, meaning, telling
from specloom.facts.errors.leads import THEIRS
from specloom.facts.evidence import Place
from specloom.facts.requests.parameters import parameters
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.facts.evidence import Evidence
    from specloom.model.passage import Passage

ANNOUNCED: Final = re.compile(
    r"\b(?:fields|properties|attributes|keys|members|elements|contains?|includes?|has|have|consists?"
    r"|follow(?:s|ing)?|forms?|formats?|shapes?|structures?|schema|returns?|with(?=\s*:))\b[^.]*:\s*$",
    re.IGNORECASE,
)
FIELDS: Final = re.compile(r"(?:\w+ ){0,2}(?:fields|properties|attributes|members|parameters)", re.IGNORECASE)
PRESENTED: Final = re.compile(
    r"\berrors?\b[^.:;]{0,30}\b(?:payloads?|bod(?:y|ies)|objects?|responses?|formats?|structures?|schema"
    r"|messages?)\b[^.]{0,80}:\W*$"
    r"|^\W*(?:example|sample)(?: of)?(?: an?)? errors?\s+"
    r"(?:responses?|bod(?:y|ies)|objects?|messages?|payloads?|answers?)\b[^.]{0,60}$"
    r"|\b(?:error|failed|unsuccessful)\s+(?:requests?|calls?|responses?)\b[^.]{0,60}"
    r"\b(?:look|return|respond|contain|follow|have|has|is|are)\w*\b[^.]{0,60}:\W*$",
    re.IGNORECASE,
)
"""What leads to the example of an error wherever it stands: `the error payload is as follows:`."""
UNDER: Final = re.compile(
    r"\b(?:under|in|inside|within)\s+(?:an?|the|its)?\s*`(errors?|fault|problem)`\s+(?:object|key|field"
    r"|property|attribute|member)",
    re.IGNORECASE,
)
"""Where the fields of a table stand."""
WITHIN: Final = re.compile(
    r"`(errors?|fault|problem)`\s+(?:object|key|field|property|attribute|member)\b[^.]*"
    r"\b(?:following|children|contains?|with|these)\b[^.]*:\s*$",
    re.IGNORECASE,
)
"""``Errors have an `error` object with these members:``."""
CALLED: Final = re.compile(
    r"\b(?:property|field|key|member|object)\s+(?:named|called)\s+[`\"']?(errors?|fault|problem)\b(?=[^.]{0,40}\.\s+(?:This|The|Its?|That)\b)",
    re.IGNORECASE,
)
"""`It has a property named error. This object has these members:`."""
ITSELF: Final = re.compile(
    r"(?:the )?(?:api |standard |general )?errors?"
    r"(?: (?:objects?|responses?|bod(?:y|ies)|models?|formats?|schema|payloads?|attributes|fields))?(?: \(object\))?",
    re.IGNORECASE,
)
"""A heading of nothing but an error, below which its members stand at once."""
OF_CODES: Final = re.compile(r"\b(?:errors?|faults?|status|codes?|reasons?)\b", re.IGNORECASE)
"""The column of a table of errors, not of the fields of one."""
LIMITED: Final = re.compile(r"\b429\b|rate[\s-]?limit|throttl", re.IGNORECASE)
TYPE_ALONE: Final = re.compile(r"\W*(?:object|json|array|body)\W*", re.IGNORECASE)
"""What may stand between a lead and its list."""
SHORTENED: Final = re.compile(r"\b(i)\.(e)\.|\b(e)\.(g)\.", re.IGNORECASE)
"""Full stops that end no sentence."""
MOST_FIELDS: Final = 12


@dataclass(frozen=True, slots=True)
class Shape:
    """What the body of an error looks like: the member that holds it, its fields, and whether it holds several."""

    root: str
    fields: tuple[str, ...]
    listed: bool


def undotted(names: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the member that paths like `errors.code` lead through, or nothing, and the names below it."""
    plain = [name.replace("[]", "") for name in names]
    roots = {name.split(".")[0] for name in plain}
    below = tuple(dict.fromkeys(name.split(".", 1)[1] for name in plain if "." in name))
    if len(roots) == 1 and len(below) > 1 and not any("." in name for name in below):
        return roots.pop(), below
    return "", tuple(names)


def field_table(evidence: Evidence, passage: Passage) -> Shape | None:
    """Read a table of the fields of an error object."""
    heading = passage.headings[-1] if passage.headings else ""
    said = next((p.text for p in evidence.before(passage) if p.headings == passage.headings), "")
    if passage.kind is not PassageKind.TABLE or not (HEADING.search(heading) or _presented(said)):
        return None
    if THEIRS.search(said) or any(OF_CODES.search(name) for name in passage.header[:1]):
        return None
    names = [parameter.name for parameter in parameters(passage)]
    root, fields = undotted(names)
    if len(names) < 2 or len(names) != len(passage.rows) or not telling(list(fields)):
        return None
    under = UNDER.search(said) or WITHIN.search(said) or CALLED.search(said)
    return Shape(root or (under[1] if under and under[1] not in names else ""), fields, listed=False)


def field_items(evidence: Evidence, passage: Passage) -> list[tuple[Shape, Place]]:
    """Read the fields of an error object one below the other, from the first on, below what announces them."""
    heading = passage.headings[-1] if passage.headings else ""
    lead = _lead(evidence, passage)
    at_once = lead == "" and passage.kind is not PassageKind.PARAGRAPH and bool(ITSELF.fullmatch(heading))
    if lead is None:
        return []
    headed = bool(FIELDS.fullmatch(heading)) and any(HEADING.search(above) for above in passage.headings[-2:-1])
    presented = _presented(lead)
    if not (headed or presented or at_once or (HEADING.search(heading) and ANNOUNCED.search(lead))):
        return []
    rest = takewhile(
        lambda one: _defines(one) and one.headings == passage.headings, evidence.after(passage, MOST_FIELDS)
    )
    items = [passage, *rest]
    names = [parameter.name for item in items for parameter in parameters(item)]
    lone = presented and len(names) == 1 and meaning(names[0]) in MESSAGES | SHORT
    if not len(set(names)) == len(names) == len(items) or not (lone or (len(names) > 1 and telling(names))):
        return []
    under = WITHIN.search(lead) or CALLED.search(lead)
    root = under[1] if under and under[1] not in names else ""
    return [(Shape(root, tuple(names), listed=False), Place(passage.path, passage.start, items[-1].end))]


def _lead(evidence: Evidence, passage: Passage) -> str | None:
    """Return what stands before the first of several definitions; nothing where they are the first of their section."""
    if not _defines(passage):
        return None
    before = [one for one in reversed(evidence.before(passage, 2)) if not TYPE_ALONE.fullmatch(one.text)]
    if not before or before[0].headings != passage.headings:
        return (
            before[0].text if before and not ITSELF.fullmatch(passage.headings[-1] if passage.headings else "") else ""
        )
    return None if _defines(before[0]) else before[0].text


def _defines(passage: Passage) -> bool:
    """Tell an item of a list, or a definition however it is set; a paragraph has to begin with its name."""
    if passage.kind in {PassageKind.LIST_ITEM, PassageKind.DEFINITION}:
        return True
    named = passage.kind is PassageKind.PARAGRAPH and passage.text.startswith("`")
    return named and not TYPE_ALONE.fullmatch(passage.text) and any(parameters(passage))


def _presented(said: str) -> bool:
    """Tell a sentence that leads to the fields of an error wherever it stands."""
    said = SHORTENED.sub(r"\1\2\3\4", said)
    return bool(PRESENTED.search(said) and ANNOUNCED.search(said)) and not LIMITED.search(said)
