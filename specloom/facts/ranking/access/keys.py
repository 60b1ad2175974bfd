"""Names that may be those of credentials, and where in a request each would stand."""

from __future__ import annotations

import re
from bisect import bisect
from itertools import islice
from typing import TYPE_CHECKING, Final

from specloom.facts.access.credential_places import AS_SCHEME, negated
from specloom.facts.evidence import place
from specloom.facts.ranking.access.surroundings import CALL, LONGEST
from specloom.facts.ranking.access.ways import SIGNS, Mention, Way, line_of
from specloom.facts.speech import tongues

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Statement
    from specloom.model.passage import Passage

NAME: Final = re.compile(r"(?<![\w-])[A-Za-z_][A-Za-z0-9_-]{0,38}[A-Za-z0-9](?![\w-])")
FAMILY: Final = re.compile(
    r"key|token|auth|secret|session|pass|credential|sid\b|app_?id|client|user|account|merchant"
    r"|partner|ticket|jwt|access|licen[sc]e|api[-_]|_id\b|viewer|signature|hmac",
    re.IGNORECASE,
)
NEVER: Final = re.compile(
    r"csrf|xsrf|nonce|timestamp|signature|sign$|hmac|hash$|digest|idempot|page|cursor|continu|refresh|webhook|cache|primary|foreign|version|user-?agent"
    r"|^(?:proxy-)?auth(?:orization|entication)$|^author(?!i[sz])|access-control",
    re.IGNORECASE,
)
KEY: Final = re.compile(r"\b(?:api|access|auth\w*|project|personal)[\s_-]?(?:key|token)s?\b", re.IGNORECASE)
VARIABLE: Final = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
"""Of a program's surroundings; in a request it stands for a value."""
WORD: Final = re.compile(
    r"(?:key|token|auth|secret|session|password|user|users|account|accounts|client|access|ticket|author|username"
    r"|keys|tokens|keyword|keywords|partner|merchant|license|credentials)",
    re.IGNORECASE,
)
"""A name that is a word of English, too."""
FILLED: Final = re.compile(
    r"your|my[-_ ]|<|\{|xxx|\.\.\.|[A-Z]{3,}_|api[-_ ]?key|token|secret|abc123|\b(?=\w*\d)(?=\w*[a-z])\w{12,}",
    re.IGNORECASE,
)
AUTHORIZATION: Final = re.compile(r"\bauthorization\b[\"']?\s*[:,=]", re.IGNORECASE)
IN_VALUE: Final = re.compile(r"auth(?:orization|entication)[\"'`*]{0,3}\s*(?::|=>|=|,|\|)[^\n|]{0,60}$", re.IGNORECASE)
"""What is a part of another header's value: `Authorization: Acme key="…"`."""
WORDS: Final = {
    "header": re.compile(rf"\bheaders?\b|{tongues.HEADER}", re.IGNORECASE),
    "query": re.compile(rf"\bquery|\burl\b|\bGET\b|\bparam|{tongues.PARAMETER}", re.IGNORECASE),
    "body": re.compile(
        r"\bbody\b|\bpayload\b|\bform\b|form-?data|\bPOST\b|\bfields?\b|\battribut|\bpropert|\bjson\b|urlencoded",
        re.IGNORECASE,
    ),
    "cookie": re.compile(r"\bcookies?\b", re.IGNORECASE),
    "path": re.compile(r"\bpath\b|in the url\b", re.IGNORECASE),
}
"""What is said of a place."""
OF_BODY: Final = re.compile(r"\bbody\b|\bpayload\b|\bform\b|form-?data|\bPOST\b|urlencoded", re.IGNORECASE)
OF_QUERY: Final = re.compile(r"\bquery|\burl\b|\bGET\b", re.IGNORECASE)
"""Parameters are those of the query, where nothing is said of a body."""
NOUNS: Final = {
    "header": rf"(?:headers?\b|{tongues.HEADER})",
    "query": rf"(?:param(?:eter)?s?\b|arguments?\b|query\b|variables?\b|{tongues.PARAMETER})",
    "body": r"(?:fields?\b|param(?:eter)?s?\b|attributes?\b|propert(?:y|ies)\b|in the (?:\w+ )?body\b|body\b)",
    "cookie": r"cookies?\b",
    "path": r"(?:path|segment)",
}
BETWEEN: Final = (
    r"(?:HTTP|request|custom|query|url|GET|POST|string|body|form|JSON|required|authentication|auth|fields?|in|as|an?|the"
    r"|your|each|all|every)"
)
BEHIND: Final = {
    where: re.compile(
        rf"[`\"'*”’)]{{0,3}}(?:[:=][^`\"'*]{{0,24}}[`\"'*]{{1,2}})?[\s-]+(?:{BETWEEN}[\s-]+){{0,5}}{noun}",
        re.IGNORECASE,
    )
    for where, noun in NOUNS.items()
}
"""`X-Key` as a request header."""
AHEAD: Final = {
    where: re.compile(
        rf"{noun}(?:\s+fields?)?(?:\s+(?:with|named|called|is|of|the|name|key|a|an|and|set|to|value)){{0,6}}"
        r"\s*[:=]?\s*[`\"'*“(]{0,3}$",
        re.IGNORECASE,
    )
    for where, noun in NOUNS.items()
}
"""A header named `X-Key`."""
OPENING: Final = frozenset("`\"'*\u201c\u2018")
NEAR: Final = 45
ASSIGNED: Final = re.compile(r"[\"'`\]]{0,2}\s{0,4}(?::|=>?|,|\)\s*\.)\s*[\"'`f]?")
FLAGS: Final = {
    "header": re.compile(r"(?:-H|--header)[ =]*[\"']?$"),
    "cookie": re.compile(r"(?:-b|--cookie|Cookie:)\s*[\"']?[^\"'\n]*$"),
    "body": re.compile(r"(?:-d|-F|--data\S{0,12}|--form)[ =]*[\"']?[^\"'\n]{0,120}$"),
}
"""Options of curl."""
HEADERS: Final = re.compile(r"headers?\b", re.IGNORECASE)
BODY_BEFORE: Final = re.compile(r"\bdata\b|\bbody\b|params")
PARAMS: Final = re.compile(r"param\w{0,8}\s*[=:(]+\s*[{\[]?[^}\])]*$")
PATH_VALUE: Final = re.compile(r"/[<{\[:$A-Z]|/[A-Za-z0-9_-]{20,}")
BACK, ON = 300, 80
"""Characters before and behind a name in an example that tell where it stands."""
MOST_NAMES, MOST_OF_A_NAME = 60, 3


def shown_keys(passage: Passage, signs: frozenset[str]) -> Iterator[Mention]:
    """Yield the names in an example, each with the places that the syntax around it gives it."""
    text = passage.text[:LONGEST]
    found = list(_shown(text))
    calls = [call.start() for call in CALL.finditer(text)]
    headers = [match.start() for match, where, _ in found if where == "header"]
    headers += [match.start() for match in AUTHORIZATION.finditer(text)]
    with_header = {bisect(calls, at) for at in headers}
    seen: set[tuple[str, str]] = set()
    for match, where, how in found:
        name = match.group()
        if (name.lower(), where) in seen or not _fits(name, where, how):
            continue
        seen.add((name.lower(), where))
        beside = {
            "filled": FILLED.search(text, match.end(), match.end() + 60),
            "second": where != "header" and bisect(calls, match.start()) in with_header,
        }
        more = {sign for sign, holds in beside.items() if holds}
        yield Mention(Way("key", name, where), line_of(passage, match.start()), signs | more | {how})


def _shown(text: str) -> Iterator[tuple[re.Match[str], str, str]]:
    count: dict[str, int] = {}
    for found in NAME.finditer(text):
        name = found.group()
        if not _may_be(name, text, found.start()) or (name not in count and len(count) >= MOST_NAMES):
            continue
        count[name] = count.get(name, 0) + 1
        if count[name] <= MOST_OF_A_NAME:
            before = text[max(0, found.start() - BACK) : found.start()]
            for where, how in _shown_in(name, before, text[found.end() : found.end() + ON]):
                yield found, where, how


def told_keys(statement: Statement, signs: frozenset[str], lead: str) -> Iterator[Mention]:
    """Yield the names in a sentence or a row, each with the places that are spoken of."""
    text = statement.text
    if not FAMILY.search(text):
        return
    cells = [cell.strip("`*\"' :") for cell in statement.row.cells[:3]] if statement.row else []
    spoken = _spoken_of(statement, lead, headed="headed" in signs)
    spot = place(statement)[0]
    seen: set[tuple[str, str]] = set()
    for found in islice(_names_told(text, cells), MOST_NAMES):
        name = found.group()
        for where, how in _told_in(found, text, spoken):
            if (name.lower(), where) not in seen and _fits(name, where, how):
                seen.add((name.lower(), where))
                yield Mention(Way("key", name, where), spot, signs | {how} | _beside(text, found, where))


def _names_told(text: str, cells: list[str]) -> Iterator[re.Match[str]]:
    for found in NAME.finditer(text):
        if (
            (_may_be(found.group(), text, found.start()) or _is_key(found, text))
            and _named(found, text, cells)
            and not AS_SCHEME.match(text, found.end())
            and not negated(text, found)
        ):
            yield found


def _is_key(found: re.Match[str], text: str) -> bool:
    """Tell a quoted name of any kind where a sentence about a key says its place: ``the `ak` query parameter``."""
    quoted = text[max(0, found.start() - 1) : found.start()] == "`"
    return quoted and bool(KEY.search(text) and not NEVER.search(found.group()) and _tight(found, text))


def _tight(found: re.Match[str], text: str) -> set[str]:
    """Return the places that stand right behind a name or right before it."""
    before = text[max(0, found.start() - NEAR) : found.start()]
    behind = {where for where, words in BEHIND.items() if words.match(text, found.end(), found.end() + NEAR)}
    return behind | {where for where, words in AHEAD.items() if words.search(before)}


def _may_be(name: str, text: str, at: int) -> bool:
    return (
        bool((FAMILY.search(name) and not NEVER.search(name)) or SIGNS.search(name))
        and not VARIABLE.fullmatch(name)
        and not IN_VALUE.search(text[max(0, at - 90) : at])
    )


def _fits(name: str, where: str, how: str) -> bool:
    """Tell whether a name can stand in a place: one in capitals or with `X-` is a header's."""
    dashed = name[:2].lower() == "x-" or ("-" in name and name != name.lower())
    return where == "header" or how == "url" or not (name.isupper() or dashed)


def _shown_in(name: str, before: str, behind: str) -> list[tuple[str, str]]:
    """Return the places that the syntax around a name gives it, each with how."""
    in_address = _in_address(before, behind)
    if in_address or not ASSIGNED.match(behind):
        return [(in_address, "url")] if in_address else []
    line = before[before.rfind("\n") + 1 :]
    if flagged := next((where for where, flag in FLAGS.items() if flag.search(line)), ""):
        return [(flagged, "flag")]
    if _in_headers(name, before, line, behind):
        return [("header", "line")]
    if PARAMS.search(before):
        return [("query", "dict")]
    either = before[-1:] in {'"', "'"} or behind[:1] == "="
    return [("body", "dict"), ("query", "guess")] if either else [("body", "guess")]


def _in_address(before: str, behind: str) -> str:
    if before[-1:] in {"?", "&"} and behind[:1] == "=":
        return "query"
    in_path = (before[-1:] == "/" and PATH_VALUE.match(behind)) or re.search(r"/[{:<$\[]{1,2}$", before[-3:])
    return "path" if in_path else ""


def _in_headers(name: str, before: str, line: str, behind: str) -> bool:
    """Tell a line that is a header, and an entry of what is called headers and still open."""
    starts = [found.end() for found in HEADERS.finditer(before)]
    since = before[starts[-1] :] if starts else ""
    if starts and not re.search(r"[}\])]", since) and not BODY_BEFORE.search(since[-120:]):
        return True
    own_line = not line.strip(" \t>*$#") and re.match(r"\s*:", behind)
    return bool(own_line) and ("-" in name or name[0].isupper())


def _named(found: re.Match[str], text: str, cells: list[str]) -> bool:
    """Tell a name from a word of the sentence: it is quoted, a cell, or written as no word is."""
    name, before, behind = found.group(), text[max(0, found.start() - 1) : found.start()], text[found.end() :][:12]
    if before in {"/", ".", "@", "#"}:
        return False
    if before in OPENING or name in cells or (before in {"?", "&"} and behind[:1] == "="):
        return True
    if re.match(r"\s*(?:\||:|=)", behind) and not WORD.fullmatch(name):
        return True
    dashed = "-" in name and (name != name.lower() or name.startswith("x-"))
    return dashed or "_" in name or bool(re.search(r"[a-z][A-Z]", name)) or text.strip("`*\"' :") == name


def _spoken_of(statement: Statement, lead: str, *, headed: bool) -> list[tuple[str, str]]:
    """Return the places that are spoken of nearest to the names of a statement."""
    passage = statement.passage
    cells = statement.row.cells if statement.row else ()
    said = " ".join(cell for cell in cells if not _is_name(cell)) if cells else statement.text
    sources = {"said": said, "column": " ".join(passage.header), "heading": " / ".join(passage.headings[-2:])}
    for how, words in (*sources.items(), ("lead", lead)):
        places = [where for where, of_place in WORDS.items() if of_place.search(words)]
        if OF_BODY.search(words) and not OF_QUERY.search(words) and "query" in places:
            places.remove("query")
        if places:
            return [(where, how) for where in places]
    return [(where, "guess") for where in ("query", "body", "header")] if cells or headed else []


def _is_name(cell: str) -> bool:
    bare = cell.strip("`*\"' :")
    return bool(NAME.fullmatch(bare) and FAMILY.search(bare))


def _told_in(found: re.Match[str], text: str, spoken: list[tuple[str, str]]) -> list[tuple[str, str]]:
    name = found.group()
    if text[max(0, found.start() - 1) : found.start()] in {"?", "&"} and text[found.end() : found.end() + 1] == "=":
        return [("query", "url")]
    if re.search(r"/[{:<$\[]{1,2}$", text[max(0, found.start() - 4) : found.start()]):
        return [("path", "url")]
    if name[:2].lower() == "x-" or ("-" in name and name != name.lower()):
        return [("header", next((how for where, how in spoken if where == "header"), "shape"))]
    return spoken


def _beside(text: str, found: re.Match[str], where: str) -> set[str]:
    signs = {
        "near": WORDS[where].search(text, max(0, found.start() - 60), found.end() + 40),
        "tight": where in _tight(found, text),
        "filled": FILLED.search(text, found.end(), found.end() + 40),
    }
    return {sign for sign, holds in signs.items() if holds}
