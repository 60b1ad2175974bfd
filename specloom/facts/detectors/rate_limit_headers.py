"""The response headers that tell a client where it stands: limit, remaining, reset."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, lines_within, neighbours_joined, place, statements
from specloom.facts.requests.headers import HEADER
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Place
    from specloom.model.passage import Passage
    from specloom.model.source import Json

ABOUT: Final = re.compile(r"rate[\s_-]?limit|throttl|quota|call-limit|Retry-After", re.IGNORECASE)
LIMITING: Final = re.compile(
    r"rate-?limit|quota|throttl|call-limit|request-limit"
    r"|(?:remaining|left|available)-(?:\w+-)?(?:calls|requests)|(?:calls|requests)-(?:remaining|left)",
    re.IGNORECASE,
)
ROLES: Final = (
    ("reset_after", r"reset-after$|reset-in$"),
    ("retry_after", r"retry-after(?:-(?:s|secs?|seconds|ms|milliseconds))?$"),
    ("remaining", r"remaining(?:-\w+)?$|left$|available$|remaining-(?:calls|requests)-"),
    ("reset", r"reset(?:-\w+)*$|resets?-at$|expires?$"),
    ("interval", r"(?:interval|window|period)$"),
    ("policy", r"policy$"),
    ("scope", r"scope$"),
    ("bucket", r"bucket$"),
    ("resource", r"resource$"),
    ("used", r"(?:used|usage|current|consumed|count)$"),
    ("limit", r"(?:limit|max|total|quota|allowed|ceiling)(?:-(?:limit|requests|tokens|max|minute|second|hour|day))?$"),
)
UNTIL: Final = re.compile(r"-(?:after|in|at)(?:-(?:s|secs?|seconds|ms|milliseconds))?$")
"""What a name ends with beside its role."""
RESET_UNITS: Final = (
    ("epoch_ms", r"epoch ms|unix ms|(?:unix|epoch)[^.|]{0,40}milliseconds|milliseconds[^.|]{0,40}(?:epoch|unix)"),
    ("epoch_s", r"\b(?:unix|epoch|utc)\b"),
    ("datetime", r"\biso[- ]?8601\b|\brfc ?3339\b|\bdate-?time\b"),
    ("milliseconds", r"\bmilliseconds?\b|\bin ms\b"),
    ("seconds", r"\bseconds?\b"),
)


@dataclass(slots=True)
class _Set:
    """Headers that share a prefix, by role, with where each is named."""

    roles: dict[str, str] = field(default_factory=dict)
    places: dict[str, list[Place]] = field(default_factory=dict)
    reset_unit: str = ""


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Gather the limiting headers by their common prefix; each set of names is one fact."""
    sets: dict[str, _Set] = {}
    retry: list[Place] = []
    for passage in evidence.about(ABOUT, DETECTOR.queries):
        if _elsewhere(evidence, passage):
            continue
        for name, where, text in _named(passage):
            role = _role(name)
            if name.lower() == "retry-after":
                retry.append(where)
            elif role:
                one = sets.setdefault(_prefix(name), _Set())
                one.roles.setdefault(role, name)
                one.places.setdefault(name.lower(), []).append(where)
                one.reset_unit = one.reset_unit or (_reset_unit(text) if role == "reset" else "")
    yield from _facts(sets, retry)


def _elsewhere(evidence: Evidence, passage: Passage) -> bool:
    whose = evidence.whose
    if whose.old(passage) or whose.aside(passage) or whose.surface(passage) not in {"", "graphql"}:
        return True
    return passage.kind is not PassageKind.CODE and whose.names_other(passage.text)


def _facts(sets: dict[str, _Set], retry: list[Place]) -> Iterator[Candidate]:
    fullest = max((len(one.roles) for one in sets.values()), default=0)
    for one in sets.values():
        lonely = len(one.roles) == 1 and fullest > 1
        if lonely or not {"limit", "remaining", "reset", "interval"} & set(one.roles):
            continue
        value: dict[str, Json] = dict(one.roles.items())
        if retry:
            value.setdefault("retry_after", "Retry-After")
        if one.reset_unit:
            value["reset_unit"] = one.reset_unit
        yield Candidate(
            fact_kind="rate_limit_headers",
            value=value,
            places=_best(one.places),
            strength=0.95 if len(one.roles) > 1 else 0.75,
        )


def _named(passage: Passage) -> Iterator[tuple[str, Place, str]]:
    """Yield the limiting header names of a passage with where they stand and what is said beside them."""
    if passage.kind is PassageKind.CODE:
        for found in HEADER.finditer(passage.text):
            if _limiting(found[1]):
                yield found[1], lines_within(passage, re.compile(LIMITING.pattern + "|retry-after", re.IGNORECASE)), ""
        return
    for statement in statements(passage):
        for found in HEADER.finditer(statement.text):
            if _limiting(found[1]) and not statement.text[found.end() : found.end() + 2].startswith("-*"):
                yield found[1], place(statement)[0], statement.text


def _limiting(name: str) -> bool:
    return bool(LIMITING.search(name) and re.search(r"[A-Z]|^x-|^rate", name)) or name.lower() == "retry-after"


def _role(name: str) -> str:
    lowered = name.lower()
    if not re.search(r"-", lowered) or lowered in {
        "rate-limit",
        "rate-limits",
        "rate-limiting",
        "rate-limited",
        "x-rate-limit",
        "x-ratelimit",
    }:
        return ""
    return next((role for role, pattern in ROLES if re.search(pattern, lowered)), "")


def _prefix(name: str) -> str:
    """`X-RateLimit-Limit` and `X-RateLimit-Remaining` share `x-ratelimit`; `RateLimit-User-Limit` is another set.

    So is `X-RateLimit-Limit-Minute`, which goes with the other names of the same window.
    """
    plain, span = re.subn(
        r"-(?:second|minute|hour|day|month|request|token)s?$",
        "",
        UNTIL.sub("", re.sub(r"-retry-after.*$", "-retry", name.lower())),
    )
    words = re.sub(r"rate-limit", "ratelimit", plain).split("-")
    stem = "-".join(words[:-1]) if len(words) > 2 or words[0] == "ratelimit" else words[0]
    return f"{stem} {name.lower()[len(plain) :]}" if span else stem


def _reset_unit(text: str) -> str:
    return next((unit for unit, pattern in RESET_UNITS if re.search(pattern, text, re.IGNORECASE)), "")


def _best(found: dict[str, list[Place]]) -> tuple[Place, ...]:
    """Cite the places that name most of the set first."""
    return tuple(neighbours_joined(spot for spots in found.values() for spot in spots))


DETECTOR: Final = Detector(
    fact_kind="rate_limit_headers",
    summary="the response headers that carry the limit, what remains of it, and when it resets",
    queries=("response headers for rate limit: limit, remaining, reset",),
    detect=detect,
)
