"""What requests are counted by: the address, the key, the user …, said without a number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, place
from specloom.facts.limits.rates import rates_in
from specloom.facts.speech.whose import HYPOTHETICAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence

ABOUT: Final = re.compile(
    r"rate[\s_-]?limit|throttl|\bquotas?\b|\blimits? (?:on|of|for) (?:the |our )?(?:api|requests|calls)\b",
    re.IGNORECASE,
)
SCOPES: Final = {
    "ip": r"(?:(?:source|client|remote|caller'?s?)\s+)?ips?(?:[ -]address(?:es)?)?",
    "key": r"(?:api[ -]?|access )?keys?",
    "token": r"(?:api |access |personal |bearer |oauth2? |service )*tokens?",
    "user": r"(?:authenticated )?users?",
    "account": r"accounts?",
    "organization": r"organi[sz]ations?",
    "workspace": r"workspaces?",
    "project": r"projects?",
    "app": r"(?:client )?app(?:lication)?s?",
    "endpoint": r"endpoints?",
}
SCOPE: Final = "|".join(f"(?P<{name}>{pattern})" for name, pattern in SCOPES.items())
COUNTED: Final = re.compile(
    r"\b(?:(?:we|apis?|service|servers?|requests?|calls?|traffic|usage)\s+(?:\w+\s+){0,5}?(?:rate[\s-]?limit(?:s|ed)?|throttle[ds]?)"
    r"|(?:requests?|calls?)\s+(?:is|are)\s+limited"
    r"|(?:rate[\s-]?limit(?:s|ations?)?|rate[\s-]?limiting|throttling"
    r"|limits (?:on|of|for) (?:the |our )?(?:api|requests|calls))\s+(?:(?:is|are)\s+tracked|is|are|appl(?:y|ies)|works?"
    r"|counts?))\b(?:\s+[\w'’-]+){0,3}?"
    r"\s+(?:on an?\s+)?(?:by|per|based on|for each|to each)[\s-](?:(?:the|your|each|an?|individual)\s+)?"
    rf"(?:{SCOPE})\b",
    re.IGNORECASE,
)
OWN: Final = re.compile(
    rf"\b(?:each|every)\s+(?:{SCOPE})\s+has\s+(?:its|their|an?)\s+(?:own|separate|individual)\s+"
    r"(?:rate[\s-]?limit|quota|bucket|allowance|limits?)\b",
    re.IGNORECASE,
)
"""`Each token has its own quota`."""
NEGATED: Final = re.compile(r"\b(?:not|nothing|none|never|n't|no longer|cannot|can't|isn't|aren't)\b", re.IGNORECASE)
HOOKS: Final = re.compile(r"web[\s_-]?hook", re.IGNORECASE)


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Read sentences that say what is counted; one with a number is a rate limit, which has its scope with it."""
    for statement in evidence.stated(ABOUT, DETECTOR.queries):
        text = statement.text
        found = COUNTED.search(text) or OWN.search(text)
        if not found or any(rates_in(statement)) or NEGATED.search(text[: found.end()]):
            continue
        if HYPOTHETICAL.search(text) or HOOKS.search(text) or evidence.whose.foreign(statement):
            continue
        scope = next(name for name in SCOPES if found[name])
        yield Candidate(fact_kind="rate_limit_scope", value={"scope": scope}, places=place(statement), strength=0.8)


DETECTOR: Final = Detector(
    fact_kind="rate_limit_scope",
    summary="what requests are counted by",
    queries=("rate limits apply per IP address, per user or per API key",),
    detect=detect,
)
