"""Names of headers that tell a client where it stands: what each says, and which belong together."""

from __future__ import annotations

import re
from typing import Final

LIMITING: Final = re.compile(
    r"rate-?limit|quota|throttl|(?:call|request|api)-?limit"
    r"|limit-(?:remain|left|reset|used|usage)"
    r"|(?:remaining|left|available)-(?:\w+-)?(?:calls|requests)|(?:calls|requests)-(?:remaining|left|used)",
    re.IGNORECASE,
)
"""What a name has that needs no further word."""
NO_HEADER: Final = re.compile(
    r"(?:x-)?rate-?limit(?:s|ing|ed)?|(?:api|request|call|usage|data|http)-?(?:rate-?)?(?:limit|quota)s?"
)
"""Words for the matter as a whole, and the beginning that all names share."""
IN_UNITS: Final = r"(?:-(?:s|secs?|seconds|ms|millis|milliseconds))?$"
ROLES: Final = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        ("reset_after", rf"reset-(?:after|in){IN_UNITS}"),
        ("retry_after", rf"retry-?after{IN_UNITS}"),
        ("remaining", r"remain(?:ing)?(?:-(?:this-)?\w+)?$|left(?:-\w+)?$|available$|remaining-(?:calls|requests)-"),
        ("reset", r"reset(?:time)?(?:-\w+)*$|resets?-at$|expires?$"),
        ("interval", rf"(?:interval|window|period)(?:-(?:size|length|duration))?{IN_UNITS}"),
        ("policy", r"policy$"),
        ("scope", r"scope$"),
        ("bucket", r"bucket$"),
        ("resource", r"resource$"),
        ("used", r"(?:used|usage|current|consumed|count|observed)$"),
        (
            "limit",
            (
                r"(?:limit|max|total|quota|allowed|ceiling)"
                r"(?:-(?:per-)?(?:limit|requests|tokens|max|second|minute|hour|day|month))?$"
            ),
        ),
    )
)
COUNTING: Final = frozenset({"limit", "remaining", "used"})
"""Roles that any header of paging has as well: such a name needs to be told what it counts."""
TIMING: Final = frozenset({"reset", "reset_after", "interval", "retry_after"})
TELLING: Final = frozenset({"limit", "remaining", "reset", "interval", "policy"})
"""Roles of which one must be there: a set without any of them tells no client where it stands."""
OF_PAGES: Final = re.compile(
    r"pag(?:e|ing|ination)|total|content|offset|range|result|record|item|size|length|concurren|batch|age$"
)
COUNTED: Final = re.compile(
    r"\b(?:requests?|calls?|quer(?:y|ies)|hits|credits|points)\b[^.;|]{0,60}\b(?:remain\w*|left|allowed|permitted|available"
    r"|allotted|(?:you )?can (?:still )?(?:make|send)|made|used|so far|limit|quota)\b"
    r"|\b(?:remaining|left|allowed|permitted|available|allotted|(?:daily|monthly|hourly) (?:limit|quota))\b"
    r"[^.;|]{0,40}\b(?:requests?|calls?|quer(?:y|ies)|hits|credits|points)\b",
    re.IGNORECASE,
)
"""What says that a header counts calls."""
RESET_UNITS: Final = (
    ("epoch_ms", r"epoch ms|unix ms|(?:unix|epoch)[^.|]{0,40}milliseconds|milliseconds[^.|]{0,40}(?:epoch|unix)"),
    ("epoch_s", r"\b(?:unix|epoch|utc)\b"),
    ("datetime", r"\biso[- ]?8601\b|\brfc ?3339\b|\bdate-?time\b"),
    ("milliseconds", r"\bmilliseconds?\b|\bin ms\b"),
    ("seconds", r"\bseconds?\b"),
)
UNTIL: Final = re.compile(r"-(?:after|in|at)(?:-(?:s|secs?|seconds|ms|milliseconds))?$")
"""What a name ends with beside its role."""
OF_WINDOW: Final = re.compile(r"-(?:second|minute|hour|day|month|request|token)s?$")
OF_RESET: Final = re.compile(r"(?<=-)reset(?:-\w+)+$")
SUFFIX_UNIT: Final = re.compile(r"-(?:s|secs?|seconds|ms|millis|milliseconds)$")
BARE: Final = re.compile(r"x-(?:\w+-)*rate-?limit")
ROLE_WORDS: Final = r"(?:limit|remaining|reset|used|policy|window)"
JOINED: Final = r"(?:[/|][\s`*-]{0,4}|(?:,|and|or|&|, and)\s{0,2}[`*]{0,2}-)"
SHORTENED: Final = (
    re.compile(
        rf"(?P<first>(?P<stem>\b(?:[a-z]+-){{1,4}}){ROLE_WORDS}\b[`*\s]{{0,3}})"
        rf"(?P<ends>(?:{JOINED}{ROLE_WORDS}\b[`*\s]{{0,3}}(?!-)){{1,5}})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?P<first>)(?P<stem>\b(?:[a-z]+-){{1,4}})"
        rf"[{{(\[<](?P<ends>{ROLE_WORDS}(?:\W{{1,3}}{ROLE_WORDS}){{0,5}})[\])}}>]",
        re.IGNORECASE,
    ),
)
LIMIT_WORD: Final = re.compile(r"^(?:ratelimit|quota|throttl\w*|apilimit|limit)$")


def limiting(name: str, told: str) -> bool:
    """Tell a header that limits by its name or, with a role in the name, by what is `told` beside it."""
    lowered = name.lower()
    if lowered == "retry-after" or (LIMITING.search(name) and re.search(r"[A-Z]|^x-|^rate", name)):
        return True
    written = bool(re.search(r"^x-|[A-Z]\w*-[A-Z]", name)) and not OF_PAGES.search(lowered)
    return written and role_of(name) in COUNTING and bool(COUNTED.search(told))


def role_of(name: str) -> str:
    """Return what a header tells, by its name; nothing where that says nothing."""
    lowered = name.lower()
    if names_limit(name):
        return "limit"
    if "-" not in lowered or NO_HEADER.fullmatch(lowered):
        return ""
    return next((role for role, pattern in ROLES if pattern.search(lowered)), "")


def names_limit(name: str) -> bool:
    """Tell a name that ends with the word for the limit itself, `X-Rate-Limit`, as the beginning of others does."""
    return bool(BARE.fullmatch(name.lower()))


def spelled_out(text: str) -> str:
    """Write out what a text leaves to be completed: `X-RateLimit-Limit/Remaining`, `X-RateLimit-{Limit,Reset}`."""
    for pattern in SHORTENED:
        text = pattern.sub(_completed, text)
    return text


def _completed(found: re.Match[str]) -> str:
    ends = [end for end in re.split(r"[^A-Za-z]+", found["ends"]) if end.lower() not in {"", "and", "or"}]
    return found["first"] + "".join(f", {found['stem']}{end}" for end in ends) + " "


def prefix_of(name: str) -> str:
    """`X-RateLimit-Limit` and `X-RateLimit-Remaining` share `x-ratelimit`; `RateLimit-User-Limit` is another set.

    So is `X-RateLimit-Limit-Minute`, which goes with the other names of the same window.
    """
    plain, span = OF_WINDOW.subn("", UNTIL.sub("", re.sub(r"-retry-?after.*$", "-retry", name.lower())))
    words = _words(OF_RESET.sub("reset", SUFFIX_UNIT.sub("", plain)))
    told = words if words[-1] == "ratelimit" else words[:-1]
    stem = "-".join(told) if len(words) > 2 or words[0] == "ratelimit" else words[0]
    return f"{stem} {name.lower()[len(plain) :]}" if span else stem


def _words(name: str) -> list[str]:
    return re.sub(r"rate-limit", "ratelimit", name.lower()).split("-")


def begins(name: str) -> str:
    """Return the prefix that other names have which begin with this whole one."""
    return "-".join(_words(name))


def family_of(prefix: str) -> str:
    """Return the prefix up to the word for limits: what parts of one set share that are named for what they count."""
    words = prefix.split(" ", 1)[0].split("-")
    at = next((at for at, word in enumerate(words) if LIMIT_WORD.match(word)), len(words))
    return "-".join(words[: at + 1])


def reset_unit(text: str) -> str:
    """Return in what words beside a header say that its time is told."""
    return next((unit for unit, pattern in RESET_UNITS if re.search(pattern, text, re.IGNORECASE)), "")
