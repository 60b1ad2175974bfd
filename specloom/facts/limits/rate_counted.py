"""What a limit counts where it is not calls: by the words behind its number, or by the name of the limit before it."""

from __future__ import annotations

import re
from typing import Final

REQUESTS: Final = (
    r"(?:requests?|reqs?|calls?|quer(?:y|ies)|hits|times|invocations|lookups"
    r"|searches|polls?|transactions|operations|api[- ]calls?)"
)
CALLED: Final = re.compile(rf"\b{REQUESTS}\b", re.IGNORECASE)
BYTES: Final = re.compile(r"\s?(?P<unit>(?-i:[KMGT]i?B|[kmg]b)|(?:kilo|mega|giga)?bytes)\b", re.IGNORECASE)
"""`300 MB every 5 minutes`."""
NOT_COUNTED: Final = (
    r"(?:(?:milli)?seconds?|secs?|mins?|minutes?|hours?|hrs?|days?|weeks?|months?|years?|times|units?|or|and|per|is|was"
    r"|has|this|plus|less|users?|accounts|minus|across|as|always|its|access|success)\b"
)
COUNTED: Final = re.compile(
    rf"\s+(?P<unit>(?:(?!{NOT_COUNTED})[a-z][a-z-]*\s+){{0,2}}(?!{NOT_COUNTED})[a-z][a-z-]{{2,}}s)"
    r"(?=,?\s+(?:per|every|each|within)\b|\s?/)",
    re.IGNORECASE,
)
"""`300 new orders per account per day`."""
NAME: Final = r"(?P<name>(?:[A-Z][\w-]*\s+){0,3}[A-Z][\w-]*s)(?:\s+per(?:\s+[A-Z][\w-]*){1,3})?"
NAMED: Final = re.compile(
    rf"(?<![\w-]){NAME}"
    r"(?:\W{0,3}\s+(?:[Rr]ate )?[Ll]imit\W{0,3}\s*(?:\bis\b|\bof\b|:)?\s*|\W{0,3}\s*\()\W{0,3}$"
)
"""`The Failed Validations limit is 60`, `Boats per Harbour (50 per week)`."""
BEFORE: Final = 80
"""Characters before a number in which the name of its limit stands."""


def counted(text: str, start: int, end: int) -> str:
    """Return in small letters what the number at `start` to `end` counts, or nothing where that may be calls."""
    if found := BYTES.match(text, end) or COUNTED.match(text, end):
        return "" if CALLED.search(found["unit"]) else found["unit"].lower()
    named = NAMED.search(text[max(0, start - BEFORE) : start])
    if not named or CALLED.search(named["name"]) or re.fullmatch(NOT_COUNTED, named["name"].split()[-1].lower()):
        return ""
    return named["name"].removeprefix("The ").lower()
