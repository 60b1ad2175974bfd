"""Errors in docs that show none as such: what every answer tells of success, bodies that say so, and single members."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.errors.error_fields import LIMITED, Shape
from specloom.facts.errors.error_words import HEADING, MESSAGES, SAYS_ERROR, SHORT, WRAPPERS, meaning, telling
from specloom.facts.errors.json_example import parsed
from specloom.facts.errors.leads import lead_of
from specloom.facts.evidence import sentences
from specloom.facts.requests.parameters import parameters
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence
    from specloom.facts.requests.parameters import Parameter
    from specloom.model.passage import Passage

CODE: Final = re.compile(r"(?:\w*_)?(?:code|status)|\w+(?:Code|Status)|errno", re.IGNORECASE)
SUCCESS: Final = re.compile(
    r"success|succeed|fail|\berror|错误|失败|成功|状态码|erfolg|fehler|sucesso|\berro\b|éxito|succès|échec|erreur",
    re.IGNORECASE,
)
"""What the code of an answer is described by, in the languages that docs are written in most."""
OF_CALL: Final = re.compile(r"\bcode|\bhttp\b|\berror|状态码|错误|\brequest|\bcall\b", re.IGNORECASE)
MESSAGE: Final = re.compile(r"(?:\w*_)?(?:msg|message)|\w+(?:Msg|Message)", re.IGNORECASE)
SENT: Final = re.compile(r"request|query|web-?hook|notification|callback|event", re.IGNORECASE)
DELIVERED: Final = re.compile(r"web-?hook|notification|callback|\bevents?\b", re.IGNORECASE)
FAILED: Final = re.compile(
    r"(?:^|[{,\s])[\"']?(?:ok|success|successful)[\"']?\s*:\s*false\b|[\"']status[\"']\s*:\s*[\"'](?:error|fail|failure)[\"']",
    re.IGNORECASE,
)
LIMIT_BODY: Final = re.compile(r"\bbody\b|\brespon[sd]", re.IGNORECASE)
OF_LIMIT: Final = re.compile(r"retry|limit|reset|remaining|wait", re.IGNORECASE)
"""A member that only the body of a rate limit has."""
INLINE: Final = re.compile(r"`(?P<body>\{[^`]{10,2000}\})`")
STATUS: Final = re.compile(r"^Response\s+[45]\d\d\b")
ATTRIBUTE: Final = re.compile(r"^(?P<name>[A-Za-z_]\w*)\s*(?::|\(|$)")
PROBLEM_DETAILS: Final = re.compile(
    r"\bRFC[ -]?(?:7807|9457)\b|\bapplication/problem\+json\b|\bproblem details? (?:for|format|object|standard)",
    re.IGNORECASE,
)
JSON_API: Final = re.compile(r"\bJSON[ :]?API\b", re.IGNORECASE)
ARRAY: Final = re.compile(r"\b(?:array|list) of errors?\b", re.IGNORECASE)
BESIDE: Final = 2
"""Items on each side of a code among which the message is."""
WHY: Final = re.compile(
    r"\bwent wrong\b|\berror message\b|\b(?:describ\w+|reason|details?) (?:of|for|what)\b", re.IGNORECASE
)
ONE_MEMBER: Final = re.compile(
    r"\b(?:object|dict(?:ionary)?|body|payload|json|hash|map)\b[^.`]{0,30}\b(?:with|has|have|contain\w*|includ\w*|holds?)\b"
    r"[^.`]{0,20}(?:`{1,2}(?P<name>\w+)`{1,2}\s+(?:field|key|property|attribute|member|element)"
    r"|\b(?:field|key|property|attribute|member|element)\s+(?:called |named )?`{1,2}(?P<after>\w+)`{1,2})",
    re.IGNORECASE,
)
"""`Errors are an object with a detail field`: one member is named, so one is documented."""
MOST_NAMES: Final = 12


def alone(evidence: Evidence) -> Iterator[tuple[Shape, Passage]]:
    """Yield each way in which such docs tell of an error, with the first passage that does."""
    found: dict[Shape, Passage] = {}
    for passage in evidence.passages:
        if evidence.whose.aside(passage) or evidence.whose.old(passage) or evidence.whose.surface(passage):
            continue
        for shape in _shapes(evidence, passage):
            found.setdefault(shape, passage)
    yield from found.items()


def _shapes(evidence: Evidence, passage: Passage) -> list[Shape]:
    match passage.kind:
        case PassageKind.TABLE:
            read = [_table(passage)]
        case PassageKind.CODE:
            read = [_body(evidence, passage)]
        case _:
            read = [attributes(passage), *_inline(passage), _member(passage), _items(passage), _run(evidence, passage)]
    return [shape for shape in read if shape]


def _table(passage: Passage) -> Shape | None:
    """Read a code that tells success from failure, and the message beside it, from what all answers have."""
    if SENT.search(" ".join(passage.headings[-1:])):
        return None
    members = list(parameters(passage))
    code = next((one for one in members if CODE.fullmatch(one.name) and _tells(one)), None)
    message = next((one for one in members if MESSAGE.fullmatch(one.name)), None)
    return Shape("", (code.name, message.name), listed=False) if code and message else None


def _run(evidence: Evidence, passage: Passage) -> Shape | None:
    """Read the same from a list: a code that tells success from failure, and beside it what went wrong."""
    if passage.kind is not PassageKind.LIST_ITEM or SENT.search(" ".join(passage.headings[-1:])):
        return None
    near = [*evidence.before(passage, BESIDE), *evidence.after(passage, BESIDE)]
    code = next((one for one in parameters(passage) if CODE.fullmatch(one.name) and _tells(one)), None)
    items = [one for one in near if code and one.kind is PassageKind.LIST_ITEM and one.headings == passage.headings]
    members = [one for item in items for one in parameters(item)]
    said = next((one for one in members if MESSAGE.fullmatch(one.name) or _says_why(one)), None)
    return Shape("", (code.name, said.name), listed=False) if code and said else None


def _says_why(parameter: Parameter) -> bool:
    return meaning(parameter.name) in SHORT and bool(WHY.search(parameter.text))


def _tells(parameter: Parameter) -> bool:
    """Tell a code of success and failure from the status of a thing, which may have failed, too."""
    of_call = parameter.name.lower() != "status" or OF_CALL.search(parameter.text)
    return bool(of_call and SUCCESS.search(parameter.text))


def _body(evidence: Evidence, passage: Passage) -> Shape | None:
    body = parsed(passage.text)
    where = " ".join([passage.path, *passage.headings])
    if not isinstance(body, dict) or len(body) > MOST_NAMES or DELIVERED.search(where):
        return None
    if set(body) == {"data", "errors"} and isinstance(body["errors"], list):
        return Shape("errors", (), listed=True)
    said = lead_of(evidence, passage)
    limited = LIMITED.search(" ".join([*passage.headings, said])) and LIMIT_BODY.search(said)
    general = limited and not any(OF_LIMIT.search(name) for name in body)
    if telling(list(body)) and (FAILED.search(passage.text) or general):
        return Shape("", tuple(body), listed=False)
    return None


def attributes(passage: Passage) -> Shape | None:
    """Read the attributes of a response with the status of an error, as API Blueprint lists them."""
    lines = [line.strip() for line in passage.text.split("\n")]
    if not STATUS.match(lines[0]) or "Attributes" not in lines[1:2]:
        return None
    names = [found["name"] for line in lines[2:] if (found := ATTRIBUTE.match(line))][:MOST_NAMES]
    root = names[0] if len(names) > 1 and names[0] in WRAPPERS else ""
    fields = names[1:] if root else names
    return Shape(root, tuple(fields), listed=bool(root)) if fields and telling(fields) else None


def _member(passage: Passage) -> Shape | None:
    for sentence in sentences(passage.text):
        if by_standard := _by_standard(passage, sentence):
            return by_standard
        found = ONE_MEMBER.search(sentence)
        name = (found["name"] or found["after"]) if found else ""
        headed = HEADING.search(" ".join(passage.headings[-1:])) or SAYS_ERROR.search(sentence.replace(name, ""))
        if name and headed and (name in WRAPPERS or meaning(name) in MESSAGES) and not LIMITED.search(sentence):
            return Shape(name, (), listed=True) if name.lower() == "errors" else Shape("", (name,), listed=False)
    return None


def _by_standard(passage: Passage, sentence: str) -> Shape | None:
    """Read that errors are as a standard has them, whose members are known."""
    if not (HEADING.search(" ".join(passage.headings[-1:])) or SAYS_ERROR.search(PROBLEM_DETAILS.sub(" ", sentence))):
        return None
    if PROBLEM_DETAILS.search(sentence):
        return Shape("", ("type", "title", "status", "detail", "instance"), listed=False)
    return Shape("errors", (), listed=True) if JSON_API.search(sentence) and SAYS_ERROR.search(sentence) else None


def _items(passage: Passage) -> Shape | None:
    """Read `errors`, described as an array of them."""
    held: list[Parameter] = [one for one in parameters(passage) if one.name in WRAPPERS and ARRAY.search(one.text)]
    return Shape(held[0].name, (), listed=True) if held and passage.kind is PassageKind.LIST_ITEM else None


def _inline(passage: Passage) -> Iterator[Shape]:
    """Read bodies that stand in a sentence, below a heading about errors or saying so themselves."""
    headed = HEADING.search(" ".join(passage.headings[-1:]))
    for found in INLINE.finditer(passage.text):
        body = parsed(found["body"]) if headed or FAILED.search(found["body"]) else None
        if not isinstance(body, dict) or not telling(list(body)) or len(body) > MOST_NAMES:
            continue
        if len(body) > 1 or SHORT & {meaning(name) for name in body}:
            yield Shape("", tuple(body), listed=False)
