"""The response headers that tell a client where it stands: limit, remaining, reset, and when to try again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, lines_within, neighbours_joined, place, statements
from specloom.facts.limits.beyond import asked_of_callers, waits
from specloom.facts.limits.limit_headers import (
    LIMITING,
    TELLING,
    TIMING,
    begins,
    family_of,
    limiting,
    names_limit,
    prefix_of,
    reset_unit,
    role_of,
    spelled_out,
)
from specloom.facts.requests.headers import HEADER
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Place
    from specloom.model.passage import Passage
    from specloom.model.source import Json

ABOUT: Final = re.compile(
    r"rate[\s_-]?limit|throttl|quota|call-limit|Retry-After|[a-z]-(?:remain(?:ing)?|left|used|limit)\b", re.IGNORECASE
)
STRUCTURED: Final = re.compile(
    r"(?<![\w-])RateLimit[`*\"']{0,4}:[^\n;=]{0,60}[;=]\s*\w"
    r"|\bRateLimit[`*]{0,4}\s+(?:(?:response|HTTP)\s+)?(?:header|field)\b"
    r"|^[^\w\n]{0,8}RateLimit[`*]{0,4}\s+\|",
    re.MULTILINE,
)
"""One header for all, whose value has parts: `RateLimit: "hour";r=40;t=900`."""
PARTS: Final = (
    ("remaining", re.compile(r"\br\W{0,2}=|\bremain", re.IGNORECASE)),
    ("reset", re.compile(r"\bt\W{0,2}=|\breset", re.IGNORECASE)),
)
"""What the parts of such a value tell."""
IN_CODE: Final = re.compile(LIMITING.pattern + "|retry-after", re.IGNORECASE)
ENTRY: Final = re.compile(r"[`*\"']{0,4}\s*(?::|\||[–—-]\s)")
"""Behind a name that stands for itself."""
WHOLE: Final = "RateLimit"
TOLD: Final = frozenset({"limit", "remaining", "reset"})
NEAR: Final = 160
"""Characters on each side of a name that tell what it is."""


@dataclass(slots=True)
class _Set:
    """Headers that share a prefix, by role, with where each is named."""

    prefix: str
    roles: dict[str, str] = field(default_factory=dict)
    places: dict[str, list[Place]] = field(default_factory=dict)
    reset_unit: str = ""

    def take(self, other: _Set) -> None:
        """Take the names of another set, which tells what this one does not."""
        self.roles |= other.roles
        self.places |= other.places
        self.reset_unit = self.reset_unit or other.reset_unit


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Gather the limiting headers by their common prefix; each set of names is one fact."""
    sets: dict[str, _Set] = {}
    retry = ""
    passages = [one for one in evidence.about(ABOUT, DETECTOR.queries) if not _elsewhere(evidence, one)]
    for passage in passages:
        named = list(_named(evidence, passage))
        for name, where, text in [] if named and asked_of_callers(evidence, passage) else named:
            role = role_of(name)
            if name.lower() == "retry-after":
                retry = "Retry-After"
            elif role:
                prefix = prefix_of(name)
                one = sets.setdefault(prefix, _Set(prefix))
                one.roles.setdefault(role, name)
                one.places.setdefault(name.lower(), []).append(where)
                one.reset_unit = one.reset_unit or (reset_unit(text) if role == "reset" else "")
    facts = list(_facts([*_joined(sets), *_structured(passages, sets)], retry))
    yield from facts or _waiting(evidence, passages)


def _elsewhere(evidence: Evidence, passage: Passage) -> bool:
    whose = evidence.whose
    if whose.old(passage) or whose.aside(passage) or whose.surface(passage) not in {"", "graphql"}:
        return True
    return passage.kind is not PassageKind.CODE and whose.names_other(passage.text)


def _joined(sets: dict[str, _Set]) -> list[_Set]:
    """Join what tells of time to the only set beside it that counts, where names say which of the two they tell."""
    families: dict[str, list[_Set]] = {}
    for prefix, one in sets.items():
        longer = sets.get(begins(one.roles.get("limit", "")))
        if longer and longer is not one and len(one.roles) == 1 and "limit" not in longer.roles:
            longer.take(one)
            one.roles = {}
        families.setdefault(family_of(prefix), []).append(one)
    for family in families.values():
        counting = [one for one in family if not one.roles.keys() <= TIMING]
        for one in family if len(counting) == 1 else ():
            if one.roles and one.roles.keys() <= TIMING and not counting[0].roles.keys() & one.roles.keys():
                counting[0].take(one)
                one.roles = {}
    return [one for one in sets.values() if one.roles]


def _structured(passages: list[Passage], sets: dict[str, _Set]) -> Iterator[_Set]:
    """Yield the one header that has all in its value, where no header is named for each."""
    one = _Set(WHOLE.lower())
    for passage in passages:
        for statement in statements(passage):
            if found := STRUCTURED.search(statement.text):
                one.roles["header"] = WHOLE
                one.roles |= {role: WHOLE for role, said in PARTS if said.search(passage.text)}
                code = passage.kind is PassageKind.CODE
                where = lines_within(passage, re.compile(re.escape(found[0]))) if code else place(statement)[0]
                one.places.setdefault(WHOLE.lower(), []).append(where)
    mates = [other for prefix, other in sets.items() if prefix == WHOLE.lower()]
    if one.roles and not any(TOLD & other.roles.keys() for other in mates):
        for other in mates:
            one.take(other)
            other.roles = {}
        yield one


def _facts(sets: list[_Set], retry: str) -> Iterator[Candidate]:
    fuller = {one.prefix.removeprefix("x-") for one in sets if len(one.roles) > 1}
    for one in sets:
        if not TELLING & one.roles.keys() or (len(one.roles) == 1 and _misspelled(one, fuller)):
            continue
        value: dict[str, Json] = dict(one.roles.items())
        if retry:
            value.setdefault("retry_after", retry)
        if one.reset_unit:
            value["reset_unit"] = one.reset_unit
        yield Candidate(
            fact_kind="rate_limit_headers",
            value=value,
            places=_best(one.places),
            strength=0.95 if len(one.roles) > 1 else 0.75,
        )


def _misspelled(one: _Set, fuller: set[str]) -> bool:
    """Tell a single name that only lacks, or has beyond the others, the `X-` of a fuller set, or names no role."""
    return names_limit(one.roles.get("limit", "")) or one.prefix.removeprefix("x-") in fuller


def _waiting(evidence: Evidence, passages: list[Passage]) -> Iterator[Candidate]:
    """Tell the header that says when to try again, where there is no other."""
    places: dict[str, list[Place]] = {}
    for name, where in waits(evidence, passages):
        places.setdefault(name, []).append(where)
    if name := max(places, key=lambda one: len(places[one]), default=""):
        yield Candidate(
            fact_kind="rate_limit_headers",
            value={"retry_after": name},
            places=tuple(dict.fromkeys(places[name])),
            strength=0.8,
        )


def _named(evidence: Evidence, passage: Passage) -> Iterator[tuple[str, Place, str]]:
    """Yield the limiting header names of a passage with where they stand and what is said beside them."""
    code = passage.kind is PassageKind.CODE
    opens = not any(one.headings == passage.headings for one in evidence.before(passage))
    for found in HEADER.finditer(passage.headings[-1]) if opens and passage.headings else ():
        if limiting(found[1], passage.text):
            yield found[1], place(passage)[0], passage.text
    inside = lines_within(passage, IN_CODE) if code else None
    for statement in statements(passage):
        text = spelled_out(statement.text)
        for found in HEADER.finditer(text):
            told = "" if code else text[max(0, found.start() - NEAR) : found.end() + NEAR]
            if not limiting(found[1], told) or text.startswith("-*", found.end()):
                continue
            if not names_limit(found[1]) or ENTRY.match(text, found.end()):
                yield found[1], inside or place(statement)[0], told


def _best(found: dict[str, list[Place]]) -> tuple[Place, ...]:
    """Cite the places that name most of the set first."""
    return tuple(neighbours_joined(spot for spots in found.values() for spot in spots))


DETECTOR: Final = Detector(
    fact_kind="rate_limit_headers",
    summary="the response headers that carry the limit, what remains of it, and when it resets or to try again",
    queries=("response headers for rate limit: limit, remaining, reset",),
    detect=detect,
)
