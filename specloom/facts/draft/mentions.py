"""Where documentation names a call: in headings, tables, labels and sentences, and in example code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from specloom.facts.draft.paths import target_of
from specloom.facts.evidence import Place, lines_within, place
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specloom.facts.draft.paths import Target
    from specloom.facts.speech.whose import Ownership
    from specloom.model.passage import Document, Passage, Row

METHODS: Final = "GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS"
VARIABLES: Final = r"[#$%]?\{[^{}\n]{1,60}\}|<[\w: .-]{1,60}>|\((?:\w+:)?\w+\)"
TARGET: Final = (  # possessive, since a variable could be read as single characters too
    rf"(?P<target>https?://(?:{VARIABLES}|[^\s\"'`<>|)\]])++"
    rf"|/(?:{VARIABLES}|[\w./:$*@,~%+\[\]-])*+(?:\{{[?&][^}}]*\}})?(?:\?[^\s\"'`|)\]]*)?)"
)
CALL: Final = re.compile(rf"(?<![\w/])[`*_]{{0,3}}(?P<method>{METHODS})[`*_]{{0,3}}[\s:|`\[]+{TARGET}")
SAID_CALL: Final = re.compile(
    rf"\b(?P<method>{METHODS})`?\s+(?:HTTP )?(?:request|call)s?\s+(?:to|on|against|at)\s+(?:the\s+)?`{TARGET}`"
)
QUOTED_CALL: Final = re.compile(rf"`(?P<method>{METHODS}) {TARGET}`")
PATH_ONLY: Final = re.compile(rf"[\s`*]*{TARGET}[\s`*]*")
METHOD_ONLY: Final = re.compile(rf"[\s`*]*(?P<method>{METHODS})[\s`*]*")
CURL: Final = re.compile(r"\b(?:curl|wget|xhs?|https?(?= +(?:--\S+ +)*(?:[A-Z]+ +)?http))\b(?P<rest>(?:[^\n]|\\\n)*)")
CURL_METHOD: Final = re.compile(
    rf"(?:-X|--request|--method)[ =]*[\"']?(?P<method>{METHODS})\b|^\s+(?P<bare>{METHODS})\s"
)
CURL_URL: Final = re.compile(rf"https?://(?:{VARIABLES}|[^\s\"'\\<>|)])++")
CURL_BODY: Final = re.compile(r"(?:^|\s)(?:-d|--data(?:-raw|-binary|-urlencode)?|-F|--form|--json)\b")
CURL_GET: Final = re.compile(r"(?:^|\s)(?:-G|--get)\b")
REQUEST_LINE: Final = re.compile(rf"\s*(?P<method>{METHODS})\s+{TARGET}\s*(?P<version>HTTP/[\d.]+)?\s*")
CLIENT: Final = re.compile(
    r"\b(?:requests|httpx|axios|client|session|http)\.(?P<method>get|post|put|patch|delete)\(\s*f?[\"'`](?P<url>https?://[^\"'`]+)"
)
LABELLED_METHOD: Final = re.compile(rf"^\W*(?:http )?(?:method|verb)\W+(?P<method>{METHODS})\b", re.IGNORECASE)
LABELLED_URL: Final = re.compile(rf"^\W*(?:request )?(?:url|path|endpoint|uri|route)\W+?{TARGET}", re.IGNORECASE)
OF_PATHS: Final = re.compile(r"\b(?:resource|route|endpoint|path|uri|url)s?\b", re.IGNORECASE)
ANSWERS: Final = re.compile(
    r"\b(?:returns?|lists?|gets?|retrieves?|fetch(?:es)?|shows?|search(?:es)?|reads?)\b", re.IGNORECASE
)
COMPARED: Final = re.compile(
    r"\b(?:same(?: way)? as|similar(?:ly)? to|analogous(?:ly)? to|equivalent (?:of|to)|as with|unlike)\b[^.`]{0,20}\Z",
    re.IGNORECASE,
)
"""What a call is compared with need not be of this API; where it is, it is described elsewhere."""
EARLY: Final = 40
"""Characters into a sentence after which a call is only mentioned, not introduced."""
MOST_LISTED: Final = 500
HEADING_ABOVE: Final = 60


class Strength(IntEnum):
    """How a call is named: as an example, in passing, or as what is being described."""

    EXAMPLE = 1
    SAID = 2
    DEFINED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A call that a passage names; `heads` tells whether what follows is about it."""

    method: str
    target: Target
    spot: Place
    passage: Passage
    headings: tuple[str, ...]
    strength: Strength
    heads: bool = True


def mentions(document: Document, whose: Ownership) -> Iterator[Mention]:
    """Yield the calls that a document names, in its order; those of other versions and of side issues are left out."""
    heading: tuple[str, ...] = ()
    method = ""
    for passage in document.passages:
        if whose.old(passage) or whose.aside(passage):
            continue
        if passage.headings != heading:
            yield from _in_headings(document, passage, heading, method)
            heading = passage.headings
        yield from _in_passage(passage, method, whose)
        method = _method(passage) or method


def _in_headings(document: Document, passage: Passage, before: Sequence[str], method: str) -> Iterator[Mention]:
    """Read `GET /ships`, `List ships [GET /ships{?page}]`, or a path alone below its method, in what is new above."""
    for depth, heading in enumerate(passage.headings, 1):
        if tuple(before[:depth]) == passage.headings[:depth]:
            continue
        found = CALL.search(heading)
        alone = PATH_ONLY.fullmatch(heading) if method and not found else None
        call = found or alone
        if call is None:
            continue
        spot = _above(document, passage, call["target"])
        headings = passage.headings[:depth]
        verb = found["method"] if found else method
        yield from _made(verb, call["target"], passage, spot, Strength.DEFINED, headings=headings)


def _above(document: Document, passage: Passage, target: str) -> Place:
    """Find the line of the heading above `passage` that holds `target`."""
    for number in range(passage.start, max(0, passage.start - HEADING_ABOVE), -1):
        if target in document.lines[number - 1]:
            return Place(passage.path, number, number)
    return Place(passage.path, passage.start, passage.start)


def _method(passage: Passage) -> str:
    found = LABELLED_METHOD.match(passage.text) or METHOD_ONLY.fullmatch(passage.text)
    return found["method"].upper() if found else ""


def _in_passage(passage: Passage, method: str, whose: Ownership) -> Iterator[Mention]:
    if passage.kind is PassageKind.CODE:
        yield from _in_code(passage, whose)
    elif passage.kind is PassageKind.TABLE:
        yield from _in_table(passage)
    elif (labelled := LABELLED_URL.match(passage.text)) and method:
        yield from _made(method, labelled["target"], passage, place(passage)[0], Strength.DEFINED)
    elif method and (alone := PATH_ONLY.fullmatch(passage.text)):
        yield from _made(method, alone["target"], passage, place(passage)[0], Strength.DEFINED)
    else:
        yield from _in_text(passage)


def _in_text(passage: Passage) -> Iterator[Mention]:
    spot = place(passage)[0]
    first = CALL.search(passage.text)
    early = first if first and first.start() < EARLY else None
    if early:
        yield from _made(early["method"], early["target"], passage, spot, Strength.SAID)
    for pattern in (SAID_CALL, QUOTED_CALL):
        for found in pattern.finditer(passage.text):
            compared = COMPARED.search(passage.text[: found.start()])
            if not compared and (not early or found["target"] != early["target"]):
                heads = pattern is SAID_CALL and not early
                yield from _made(found["method"], found["target"], passage, spot, Strength.SAID, heads=heads)


def _in_table(passage: Passage) -> Iterator[Mention]:
    calls = [(row, *call) for row in passage.rows for call in _in_row(row)]
    of_paths = bool(passage.header) and bool(OF_PATHS.search(passage.header[0]))
    if not calls and of_paths and "method" not in " ".join(passage.header).lower():
        calls = [(row, "GET", row.cells[0].strip("` *")) for row in passage.rows if _only_read(row)]
        calls = calls if len(calls) == len(passage.rows) else []
        strength = Strength.SAID
    else:
        strength = Strength.DEFINED
    alone = len({row.start for row, _, _ in calls}) == 1
    for row, method, target in calls:
        spot = Place(passage.path, row.start, row.end)
        yield from _made(method, target, passage, spot, strength, heads=alone)


def _only_read(row: Row) -> bool:
    """Tell a row of a path and what it returns: with no method said, that is read with GET."""
    told = " ".join(row.cells[1:])
    return bool(PATH_ONLY.fullmatch(row.cells[0])) and bool(ANSWERS.search(told[:60]))


def _in_row(row: Row) -> Iterator[tuple[str, str]]:
    """Yield the calls of a row: the method in one cell and paths in another, or both in one."""
    verbs = [found["method"] for cell in row.cells if (found := METHOD_ONLY.fullmatch(cell))]
    paths = next((cell for cell in row.cells if re.match(r"[\s`*\[]*(?:/|https?://)", cell)), "")
    if verbs and paths:
        for piece in re.findall(r"(?:^|\s)[`*\[]*((?:/|https?://)\S*)", paths):
            if found := PATH_ONLY.fullmatch(piece.rstrip("]`*,;")):
                yield verbs[0], found["target"]
    elif found := CALL.search(" ".join(row.cells)):
        yield found["method"], found["target"]


def _in_code(passage: Passage, whose: Ownership) -> Iterator[Mention]:
    text = passage.text
    listed = [line for line in text.split("\n") if line.strip()]
    lines = [REQUEST_LINE.fullmatch(line) for line in listed[:MOST_LISTED]]
    requests = [line for line in lines if line]
    if len(requests) == len(lines) > 1:
        for request in requests:
            spot = lines_within(passage, re.compile(re.escape(request["target"])))
            yield from _made(request["method"], request["target"], passage, spot, Strength.SAID, heads=False)
        return
    for at, line in enumerate(lines):
        if line and (not at or line["version"]):
            yield from _example(line["method"], line["target"], passage, whose)
    for curl in CURL.finditer(text):
        rest = curl["rest"]
        url = CURL_URL.search(rest)
        if url and not re.search(r"/oauth|/token\b", url.group()):
            given = CURL_METHOD.search(rest)
            sends = CURL_BODY.search(rest) and not CURL_GET.search(rest)
            method = (given["method"] or given["bare"]) if given else "POST" if sends else "GET"
            yield from _example(method, url.group(), passage, whose)
    for call in CLIENT.finditer(text):
        yield from _example(call["method"].upper(), call["url"], passage, whose)
    alone = CURL_URL.fullmatch(text.strip())
    if alone and re.search(r"[?{<]", alone.group()):
        yield from _example("GET", alone.group(), passage, whose)


def _example(method: str, target: str, passage: Passage, whose: Ownership) -> Iterator[Mention]:
    if not whose.calls(target):
        return
    spot = lines_within(passage, re.compile(re.escape(target)))
    for made in _made(method, target, passage, spot, Strength.EXAMPLE):
        written = bool(re.search(r"/:[a-z]|\{|<", target.partition("?")[0]))
        strength = Strength.SAID if written else Strength.EXAMPLE
        yield Mention(
            method=made.method,
            target=made.target,
            spot=spot,
            passage=passage,
            headings=passage.headings,
            strength=strength,
        )


def _made(  # noqa: PLR0913 - a mention has that many parts
    method: str,
    text: str,
    passage: Passage,
    spot: Place,
    strength: Strength,
    *,
    headings: tuple[str, ...] | None = None,
    heads: bool = True,
) -> Iterator[Mention]:
    target = target_of(text, example=strength is Strength.EXAMPLE)
    if target is None or (headings is None and not target.path.fixed):
        return
    yield Mention(
        method=method.upper(),
        target=target,
        spot=spot,
        passage=passage,
        headings=passage.headings if headings is None else headings,
        strength=strength,
        heads=heads,
    )
