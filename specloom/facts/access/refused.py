"""What the docs say is not needed or not accepted: no credentials at all, or schemes that are refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, place
from specloom.facts.speech import tongues
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Statement
    from specloom.model.source import Json

NONE: Final = re.compile(
    r"\b(?:do(?:es)? not|don'?t|doesn'?t|no)\b(?:\s+(?:currently"
    r"|need(?:ed)?|requir(?:e[sd]?|ing)|any|an|to|use|have|want|unnecessarily|burden"
    r"|developers|ourselves|\(or|\)|with|be|provide|form of|kind of|type of"
    r"|deal|worry|bother|about|special|cumbersome|user|the|your|for|or|and)\b[\s()]*){0,12}\s*"
    r"(?:authentication|authorization|authenticate|authenticated (?:access|requests?|calls?)"
    r"|api[\s-](?:keys?|tokens?)|credentials?"
    r"|access tokens?|log ?in|registration|sign(?:ing)?[ -]?up)\b(?!\s+(?:header|failed|error|support|or basic"
    r"|(?:(?:was|were|is|has been|have been|being) )?(?:provided|sent|given|supplied|found"
    r"|specified|passed|included|set)))"
    r"|\b(?:do(?:es)? not|don'?t|doesn'?t|no) (?:need"
    r"|have|require[ds]?|needed) to be (?:authenticated|authorized|logged in|signed in)\b"
    r"|\bnot (?:required|necessary|needed|mandatory) to (?:send|make|use) (?:an? )?authenticated (?:requests?|calls?)\b"
    r"|\bapi is (?:publicly|freely) (?:available|accessible)\b"
    r"|\brequires? no (?:api )?(?:key|token|account)\b"
    r"|\bno (?:key|token|account) (?:is )?(?:required|needed|necessary)\b"
    r"|\bno (?:[\w.]+ ){0,2}?(?:key|token|credential)s? (?:needs?|ha(?:s|ve)) to be"
    r" (?:supplied|sent|provided|passed|given|included)"
    r"|\bauth(?:entication|orization)?\s*(?:is\s+)?(?:required|needed)\W{0,8}(?:false|no\b|none)"
    r"|\b(?:authentication|authorization|(?:api )?(?:key|token)s?) (?:is|are) (?:not"
    r"|never|n't) (?:required|needed|necessary)"
    r"|\b(?:access(?:ed|ible)?|us(?:e|ed|able)|call(?:ed)?|available|quer(?:y|ied)|brows(?:e|ed)|read)\b[^.;]{0,40}"
    r"\bwithout (?:(?:using|providing|sending|supplying|giving|needing|presenting|requiring|an?|any"
    r"|your) )*(?:auth\w*|api[\s-]?keys?|access tokens?|tokens?|credentials?|account|log(?:ging)? ?in)\b"
    r"|\b(?:endpoints?|routes?|apis?|methods?|resources?)\b[^.;]{0,20}\b(?:can|may) be (?:freely accessed"
    r"|accessed freely|used freely)\b"
    r"|\b(?:endpoints?|routes?|apis?|methods?|resources?) (?:is|are) freely accessible\b"
    r"|\b(?:users?|clients?|requests?|calls?|callers?) (?:can|may) be (?:either )?(?:made |sent )?"
    r"(?:anonymous(?:ly)?|unauthenticated)\b"
    r"|\b(?:anonymous|unauthenticated) (?:access|requests?|calls?|users?|use)\b[^.;]{0,12}\b(?:is|are)"
    r" (?:also )?(?:allowed|supported|possible|permitted|accepted)\b"
    r"|\bauthentication is (?:\w+ly )?optional\b"
    r"|\b(?:endpoints?|routes?|api|calls|requests) (?:is|are) (?:all )?(?:unauthenticated"
    r"|public(?:ly accessible)?|open)\b[^.]{0,30}\b(?:no|without)\b",
    re.IGNORECASE,
)
NOT_NONE: Final = re.compile(
    r"\bauthorization (?:for|to)\b|\bpermissions?\b|\b(?:share|expose|commit"
    r"|leak|publish|if (?:you(?! (?:are )?(?:just|only)\b)|no|the|your)|fail|invalid"
    r"|error|40[13]|reject|unauthorized|denied|without (?:a )?(?:valid|proper)|wrong|missing"
    r"|will not|cannot|can'?t|must|should not|refuse|redirect|webhook|restart"
    r"|refresh|expire|password|closed|prevent\w*|stopped|no longer|abuse|to (?:access|view|read|see|use) the (?:\w+ )?"
    r"(?:index|docs|documentation|schema|explorer|playground|sandbox))\b",
    re.IGNORECASE,
)
ALL_EXCEPT: Final = re.compile(
    r"\bany (?:\w+ )?(?:action|call|endpoint|method|operation|request)s? (?:except|other than|apart from)\b"
    r"|\ball (?:routes|endpoints|requests|methods|resources|calls)?\s*(?:except|other than|apart from|but)\b"
    r"|\ball (?:\w+ )?(?:routes|endpoints|requests|methods|resources|calls)\b[^.,]{0,40}"
    r"\b(?:except|other than|apart from)\b",
    re.IGNORECASE,
)
CREDENTIAL: Final = (
    r"(?:authenticati(?:on|ng)|authori[sz]ation|(?:(?:api|access|auth)[\s-]?)?(?:keys?|tokens?)|credentials|account)"
)
ANY: Final = r"(?:(?:using|providing|sending|supplying|giving|needing|an?|any|your|the) )*"
CALL: Final = r"(?:requests?|calls?|quer(?:y|ies)|endpoints?|apis?)"
OPTIONAL: Final = re.compile(
    rf"\b{CALL}\b[^.;]{{0,30}}\bwithout {ANY}{CREDENTIAL}\b[^.;]{{0,12}}\b(?:won['’]?t|will not|do not|don['’]t) fail\b"
    rf"|\b{CALL}\b[^.;]{{0,20}}\bworks? (?:also |even |fine )?without {ANY}{CREDENTIAL}\b"
    rf"|\bwithout {ANY}{CREDENTIAL},? (?:you|clients?|callers?|users?|anyone) (?:can|may)\b(?: (?:still|also|only))? "
    rf"(?:make|send|call|use|quer(?:y|ies)|access)\b"
    rf"|\b{CALL} (?:made |sent )?without {ANY}{CREDENTIAL} (?:are|is|have|get)\b(?: \w+){{0,3}}? "
    r"(?:(?:rate[\s-]?)?limited|throttled|allowed|accepted|lower|reduced|treated)\b"
    r"|\b(?:authentication|(?:an |the )?(?:api|access)[\s-](?:keys?|tokens?)) (?:is|are) (?:\w+ly )?"
    r"(?:optional|(?:not|n['’]t) (?:mandatory|obligatory|compulsory))\b"
    rf"|\b(?:does|do)(?: not|n['’]t) (?:generally|usually|normally|typically|always|necessarily) (?:require|need) {ANY}"
    rf"(?:authentication )?{CREDENTIAL}\b"
    rf"|\bif (?:(?:you are |the \w+ is )?not authenticated\b"
    rf"|no {CREDENTIAL} (?:is|are) (?:given|provided|sent|supplied|set)\b)[^.;]*"
    r"\b(?:limits? (?:will |are )?(?:be )?appl(?:y|ies|ied)"
    r"|treated as anonymous|(?:rate[\s-]?)?limited to)\b"
    rf"|\b{CALL} (?:can|may) (?:also )?be (?:used|called|accessed|queried|made) anonymously\b"
    rf"|\b(?:public|open)\b[^.;]{{0,20}}\band can be (?:used|called|accessed|queried) anonymously\b",
    re.IGNORECASE,
)
"""Calls that go through without a key, though there are keys, which lift limits."""
SOME: Final = re.compile(
    r"^\W*(?:only )?(?:some|certain|a few)(?: of (?:the|our|these))? (?:\w+ )?"
    r"(?:endpoints|calls|requests|methods|operations|routes|resources)"
    rf" (?:need|require) (?:an? |the |you to )?(?:{CREDENTIAL}|authorization header|authenticate|be authenticated)"
    r"(?=\s*(?:[.,;:(]|$|and\b|but\b|while\b))"
    r"|\b(?:anonymous|unauthenticated) (?:access|requests?|calls?|users?|clients?)\b[^.;]{0,12}\b(?:is|are|have|get)"
    r"(?: \w+)? (?:limited|restricted|subject|throttled|capped)\b"
    rf"|\baccess (?:to the \w+ )?without (?:any )?(?:additional )?{CREDENTIAL} (?:is|are) "
    r"(?:subject|limited|restricted)\b",
    re.IGNORECASE,
)
"""Calls for which alone a key is needed, or that are allowed less without one."""
NO_KEY_YET: Final = re.compile(
    r"\b(?:projects?|accounts?|users?|workspaces?|organi[sz]ations?|apps?|applications?|you)\b[^.;]{0,30}"
    r"\b(?:do(?:es)? not|don['’]t|doesn['’]t) (?:currently |yet )?have (?:an?|any)\b",
    re.IGNORECASE,
)
"""Who has no key, and should make one."""
NOT_OPTIONAL: Final = re.compile(
    r"\b(?:reject\w*|refus\w*|den(?:y|ied)|40[13]|errors?|unauthori[sz]ed|blocked|forbidden|must|docs"
    r"|documentation|web[\s-]?hooks?|parameter|field|name)\b",
    re.IGNORECASE,
)
NONE_ELSEWHERE: Final = re.compile(tongues.NEEDS_NONE, re.IGNORECASE)
KEYLESS: Final = re.compile(
    r"\W*(?:without|no) (?:an? )?(?:api[\s-]?|access )?(?:key|token|authentication)\W*", re.IGNORECASE
)
"""The cell of a table of limits that says for whom a row is."""
ALLOWED: Final = re.compile(r"\d.*(?:\bper\b|/)", re.IGNORECASE)
OF_CALLS: Final = re.compile(
    r"\b(?:api|apis|requests?|endpoints?|calls?|resources?|routes?|methods?|quer(?:y|ies)|operations?|access\w*|service"
    r"|data|everyone|anyone|public(?:ly)?|auth\w* (?:is|are|required|needed))\b",
    re.IGNORECASE,
)
SCHEMES: Final[tuple[tuple[str, dict[str, Json]], ...]] = (
    (r"(?:HTTP[\s-]+)?Basic\b(?:[\s-]+(?:access\s+|HTTP\s+)*auth\w*)?", {"type": "http", "scheme": "basic"}),
    (r"(?:HTTP[\s-]+)?Digest\b(?:[\s-]+(?:access\s+|HTTP\s+)*auth\w*)?", {"type": "http", "scheme": "digest"}),
    (r"OAuth[\s-]*1(?:\.0a?|a)?\b", {"type": "oauth1"}),
    (r"OAuth[\s-]*2(?:\.0)?\b", {"type": "oauth2"}),
    (r"(?:session|cookie)(?:[\s-]*based)?[\s-]+auth\w*", {"type": "session"}),
    (r"user ?names? (?:and|or|/|&|with) passwords?(?: auth\w*)?", {"type": "http", "scheme": "basic"}),
)
SCHEME: Final = re.compile("|".join(f"(?P<s{at}>{words})" for at, (words, _) in enumerate(SCHEMES)), re.IGNORECASE)
AFTER: Final = re.compile(
    r"\s*(?:\w+\s+){0,3}?(?:is|are|was|were)?\s*(?:not|no longer|isn'?t|aren'?t|never)\s+(?:\w+\s+)?"
    r"(?:support|accept|allow|possible|available|permitted)|\s+(?:is|are)\s+unsupported\b"
    r"|\s*(?:\w+\s+){0,2}?(?:ha(?:s|ve) been|was|were)\s+(?:removed|disabled|discontinued)\b"
    r"|\s*(?:does|do)(?:n'?t| not)\s+work\b",
    re.IGNORECASE,
)
"""What follows a scheme that is refused: `is not supported`."""
BEFORE: Final = re.compile(
    r"\b(?:not|no longer|doesn'?t|don'?t|never)\s+(?:currently\s+)?(?:support|accept|allow|permit|use)(?:ed|s)?\s+"
    r"(?:the\s+|any\s+|plain\s+|using\s+|use of\s+|access (?:via|with)\s+)*$",
    re.IGNORECASE,
)
"""What precedes one: `we do not support`."""


def needs_none(statement: Statement, *, headed: bool) -> Iterator[Candidate]:
    """Read that calls need no credentials; what something else lacks (`an asset has no login`) is not that."""
    text = statement.text
    none = NONE.search(text) if headed or OF_CALLS.search(text) else None
    exempt = ALL_EXCEPT.search(text) and re.search(r"key|token|auth", text, re.IGNORECASE)
    none = none or (NONE_ELSEWHERE.search(text) if headed else None)
    optional = OPTIONAL.search(text) and not NOT_OPTIONAL.search(text)
    some = SOME.search(text) and not NOT_OPTIONAL.search(text)
    needless = none and not NOT_NONE.search(text) and not NO_KEY_YET.search(text)
    if needless or exempt or optional or some or _keyless(statement):
        yield Candidate(fact_kind="auth", value={"type": "none"}, places=place(statement), strength=0.82)


def _keyless(statement: Statement) -> bool:
    """Tell a row that limits the calls of those who send no key."""
    cells = statement.row.cells if statement.row else ()
    return bool(cells) and bool(KEYLESS.fullmatch(cells[0])) and any(ALLOWED.search(cell) for cell in cells[1:])


def refused(statement: Statement) -> Iterator[Candidate]:
    """Read the schemes that are refused: the one just before `is not supported`, the one after `we don't accept`."""
    if statement.passage.kind is PassageKind.CODE:
        return
    text = statement.text
    for found in SCHEME.finditer(text):
        if AFTER.match(text, found.end()) or BEFORE.search(text[: found.start()]):
            value = next(value for at, (_, value) in enumerate(SCHEMES) if found[f"s{at}"])
            yield Candidate(fact_kind="auth_unsupported", value=value, places=place(statement), strength=0.85)
