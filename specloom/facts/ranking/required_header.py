"""Headers that calls should carry though they authenticate nobody: every header that is named is weighed."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.facts.access.credential_examples import CREDENTIAL
from specloom.facts.detectors.required_header import OTHER_WAY
from specloom.facts.evidence import place, sentences, statements
from specloom.facts.ranking.access.surroundings import DELIVERED, LONGEST, around
from specloom.facts.ranking.access.ways import line_of
from specloom.facts.ranking.proposal import MOST_PROPOSALS, Proposal, Ranker
from specloom.facts.requests.header_layouts import OF_CALLER
from specloom.facts.requests.header_lists import NEED_COLUMN, NEEDED, OF_CALL, OTHER_KIND
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from specloom.facts.evidence import Evidence, Place, Statement
    from specloom.model.passage import Passage
    from specloom.model.source import Json

STANDARD: Final = (
    r"(?:user-agent|content-type|accept|accept-(?:encoding|language|charset)|content-language|if-[a-z]+(?:-since)?|origin"
    r"|referer|prefer|x-[a-z0-9-]+)"
)
NAME: Final = re.compile(
    r"(?<![\w/.-])(?:(?P<own>[A-Z][A-Za-z0-9]*(?:-[A-Z0-9][A-Za-z0-9]*){1,6})"
    rf"|(?P<usual>(?i:{STANDARD}))|(?P<small>[a-z][a-z0-9]*(?:-[a-z0-9]+){{1,5}}))(?![\w-]|\.\w|/)"
)
FAMILY: Final = re.compile(r"-|accept|origin|referer|prefer|user agent|(?:content|mime) type|\bheader\b", re.IGNORECASE)
WORD: Final = frozenset({"accept", "origin", "referer", "prefer"})
"""Headers that are words of English, too."""
IN_WORDS: Final = {
    "User-Agent": re.compile(r"\buser agents?\b", re.IGNORECASE),
    "Content-Type": re.compile(
        r"\b(?:content|mime)[ -]type\b(?=.{0,80}\b(?:application|text)/)|\b(?:application|text)/\S+ as (?:the )?mime",
        re.IGNORECASE,
    ),
}
"""Headers that are told without their name."""
PLAIN: Final = re.compile(
    r"`{1,2}(?P<before>[A-Z][A-Za-z]{1,20})`{1,2} (?:HTTP |request |custom )*header\b"
    r"|\bheader (?:named |called )?`{1,2}(?P<behind>[A-Z][A-Za-z]{1,20})`{1,2}"
)
"""Names without a hyphen: ``add a header named `From` ``."""
NOT_PLAIN: Final = frozenset(
    {
        "accept",
        "authentication",
        "authorisation",
        "authorization",
        "cookie",
        "digest",
        "host",
        "origin",
        "prefer",
        "range",
    }
    | {"age", "allow", "connection", "etag", "expires", "link", "location", "referer", "server", "signature", "trailer"}
    | {"bcc", "cc", "date", "subject", "to", "token", "vary"}
)
"""What is told elsewhere or by answers and mails, and what every HTTP client sends."""
OF_ANSWERS: Final = re.compile(
    r"www-|set-cookie|access-control|ratelimit|rate-limit|retry-after|last-modified"
    r"|content-(?:length|disposition|security|range|id|transfer|location|md5)"
    r"|^x-(?:total|page|per|next|prev|frame|content-type|powered|cache|rate|limit|ratelimit|xss|runtime)|total-?(?:pages|count|results)?$|transfer-"
    r"|location|^etag|strict-|^utf-|^iso-|^sha-|^hmac-|^aes-|^base-|^api-key$|^http-|webhook|forwarded|deprecat|sunset|secret|token|passw|api-?key",
    re.IGNORECASE,
)
KINDS: Final = {
    "agent": re.compile(r"(?:x-)?user-agent", re.IGNORECASE),
    "content": re.compile(r"content-type", re.IGNORECASE),
    "accept": re.compile(r"accept", re.IGNORECASE),
}
WORDS: Final = {
    "must": r"\bmust\b|\brequir\w+|\bmandatory|\bneed(?:s|ed)? to\b|\bha(?:ve|s) to\b|\bnecessary"
    r"|\bonly accepts?\b|\baccepts? only\b|\bdo(?:n'?t| not) forget\b",
    "should": r"\bshould\b|\bplease\b|\brecommend|\bsuggest|\bmake sure|\bbe sure|\bensure|\bgood idea|\balways\b",
    "order": r"^\W*(?:\d+\W+)?(?:please )?(?:set|send|add|include|use|pass|specify|provide|adding|setting)\b"
    r"|\b(?:by|and) (?:setting|adding|sending|specifying|including)\b",
    "all": r"\b(?:all|every|each|any)\b[^.]{0,25}\b(?:requests?|calls?|operations?|clients?)",
    "with body": r"\b(?:POST|PUT|PATCH)\b|\bbody\b|\bpayload|\bcreat\w+ (?:and|or) updat",
    "header": r"\bheaders?\b",
    "media": r"\b(?:application|text)/[a-z]",
    "caller": r"identif|contact|your (?:app|application|name|email|project)"
    r"|name of (?:your|the (?:app|client|caller|project|tool))",
    "choice": r"\bchoose|\binstead\b|\b(?:different|other|another|alternative|desired|preferred)"
    r" (?:format|media|version|type)|\bformat (?:that )?(?:you|they|of)\b|\bdefaults? to\b|\bby default\b",
    "optional": r"\boptional|\bnot (?:required|necessary|mandatory|needed)"
    r"|\bif you (?:want|like|wish|prefer)|\bcan\b|\bmay\b",
    "if": r"\b(?:if|when|only|unless|in case)\b",
    "answer": r"\brespon|\breturn|\breceiv|\bwill (?:be|get)\b"
    r"|\b(?:is|are) (?:always )?(?:included|contained|sent) in\b",
    "either": r"\bor (?:append|add|put|use|end|by)\b|\balternativ|\binstead\b",
    "upload": r"\bupload|\bmultipart|\bfile|\bimage|\bcsv\b|\btoken (?:endpoint|request)",
}
SAYS: Final = {sign: re.compile(words, re.IGNORECASE) for sign, words in WORDS.items()}
"""What a sentence says around a header."""
WORTH: Final[Mapping[str, float]] = {
    "must": 2, "should": 2, "order": 1.5, "all": 2, "header": 1, "media": 0.5, "caller": 1, "needed": 3, "call": 0.5,
    "with body": 0.5, "listed": 1, "foreign": -5, "optional": -1, "answer": -1, "upload": -1, "if": -0.5,
    "code": -1, "theirs": -1, "beside": 1, "choice": -0.5,
}  # fmt: skip
ASKED: Final = frozenset({"must", "should", "order", "needed"})
FIRST: Final = ("must", "choice", "caller", "answer", "optional", "either", "needed", "listed")
BESIDE: Final = re.compile(r"[`*\"'”]{0,3}\s+(?:HTTP |request |custom )*(?:headers?|strings?)\b", re.IGNORECASE)
"""`the X-Client header`"""
OF_ANSWER: Final = re.compile(
    r"\brespon(?:se|d)s?\b[^.]{0,30}\b(?:must|should|will|ha(?:s|ve)|contains?|includes?|carr(?:y|ies))\b",
    re.IGNORECASE,
)
"""Headers of what comes back."""
UNWANTED: Final = re.compile(
    r"(?:\bnot|n't) (?:need to |have to |be )?(?:sen[dt]|set|used?|pass|add|included?|provided?|specified)\b"
    r"(?!.*\brecommend)",
    re.IGNORECASE,
)
"""What must or need not be sent; a piece of advice to send it all the same is one."""
NOT_ASKED: Final = (DELIVERED, OF_ANSWER, UNWANTED, OTHER_WAY)
MOST_LINES: Final = 6
ALONE: Final = re.compile(r"\s*(?:-H\s+)?[\"'`]?[A-Za-z][\w-]*[\"']?\s*:\s*\S")
HEADER_LINE: Final = re.compile(r"(?:^|\n)[ \t]{0,8}$|(?:-H|--header)\s*=?\s*[\"'`]?$|headers?\W{1,6}$", re.IGNORECASE)
"""What stands before a header of an example, and not before a member of an object."""
SHOWN: Final = re.compile(r"[\"']?\s{0,2}(?::\s|:[\"']|[\"']\s*[:,]\s*|=>)")
LED: Final = re.compile(r"\bheaders?\b[^.]{0,60}:?\W*$", re.IGNORECASE)
ENOUGH, MOST_NAMES, MOST_PLACES = 300, 40, 8


@dataclass(frozen=True, slots=True)
class _Mention:
    name: str
    spot: Place
    signs: frozenset[str]


def _mentions(evidence: Evidence) -> Iterator[_Mention]:
    for passage in evidence.passages:
        if not FAMILY.search(passage.text):
            continue
        signs = around(evidence, passage)
        if passage.kind is PassageKind.CODE:
            yield from _shown(passage, signs | _led(evidence, passage))
            continue
        before = evidence.before(passage, 3)
        lead = next((p.text[-200:] for p in reversed(before) if p.kind is PassageKind.PARAGRAPH), "")
        above = " ".join([*passage.headings[-1:], *passage.header[:1]])
        one_call = passage.kind in {PassageKind.TABLE, PassageKind.LIST_ITEM} and any(
            OF_CALL.search(text) for text in (*passage.headings, *(p.text for p in before))
        )
        signs |= {"foreign"} if one_call or DELIVERED.search(" / ".join(passage.headings)) else set()
        led = {"led"} if LED.search(lead) or SAYS["header"].search(above) else set()
        for statement in statements(passage):
            yield from _told(evidence, statement, signs | led)


def _led(evidence: Evidence, passage: Passage) -> set[str]:
    """Say what the sentence says that leads to a block of nothing but headers."""
    before = evidence.before(passage)
    said = sentences(before[0].text)[-1:] if before and before[0].headings == passage.headings else []
    lines = passage.text.strip().split("\n")
    if not said or len(lines) > MOST_LINES or not LED.search(said[0]) or not all(ALONE.match(line) for line in lines):
        return set()
    return {"led", "header", *(sign for sign, words in SAYS.items() if words.search(said[0]))}


def _shown(passage: Passage, signs: frozenset[str]) -> Iterator[_Mention]:
    """Yield the headers of an example: what stands before a colon or an equals sign."""
    text = passage.text[:LONGEST]
    seen: set[str] = set()
    for found in NAME.finditer(text):
        name = found.group()
        if name.lower() in seen or len(seen) >= MOST_NAMES or not SHOWN.match(text, found.end()):
            continue
        member = name == name.lower() and not HEADER_LINE.search(text, max(0, found.start() - 60), found.start())
        if not _other(name):
            seen.add(name.lower())
            signs_here = signs | (set() if member else {"shown"})
            yield _Mention(name, line_of(passage, found.start()), signs_here)


def _told(evidence: Evidence, statement: Statement, signs: frozenset[str]) -> Iterator[_Mention]:
    text, spot = statement.text, place(statement)[0]
    if not FAMILY.search(text):
        return
    said = {sign for sign, words in SAYS.items() if words.search(text)}
    other = any(words.search(text) for words in NOT_ASKED) or evidence.whose.names_other(text)
    here = signs | said | _needed(statement) | ({"foreign"} if other else set())
    seen: set[str] = set()
    for found in NAME.finditer(text):
        name = found.group()
        if name.lower() in seen or len(seen) >= MOST_NAMES or _other(name) or not _written(found, text):
            continue
        seen.add(name.lower())
        beside = {"beside"} if BESIDE.match(text, found.end()) else set()
        listed = found.start() <= 3 and (statement.row or statement.passage.kind is PassageKind.LIST_ITEM)
        yield _Mention(name, spot, here | beside | ({"listed"} if listed else set()))
    for name, words in IN_WORDS.items():
        if name.lower() not in seen and words.search(text):
            yield _Mention(name, spot, here)
    for found in PLAIN.finditer(text):
        name = found["before"] or found["behind"]
        if name.lower() not in NOT_PLAIN:
            yield _Mention(name, spot, here | {"beside"})


def _written(found: re.Match[str], text: str) -> bool:
    """Tell a header from a word with a hyphen, or from the verb."""
    name, before, behind = found.group(), text[max(0, found.start() - 1) : found.start()], text[found.end() :][:24]
    quoted = before in {"`", '"', "'", "*"} or bool(re.match(r"[`*\"']{0,2}\s*:\s", behind))
    beside = bool(BESIDE.match(behind))
    if name in WORD:
        return beside
    if name.lower() in WORD or found["small"]:
        return quoted or beside or not text[: found.start()].strip("`* |")
    return True


def _needed(statement: Statement) -> set[str]:
    """Read the cell under `Required`."""
    cells = zip(statement.passage.header, statement.row.cells, strict=False) if statement.row else ()
    for column, cell in cells:
        if NEED_COLUMN.match(column):
            return {"needed"} if NEEDED.fullmatch(cell) else {"unneeded"}
    return set()


def _other(name: str) -> bool:
    return bool(OTHER_KIND.search(OF_CALLER.sub("", name)) or OF_ANSWERS.search(name) or CREDENTIAL.search(name))


def _as_header(mention: _Mention) -> bool:
    """Tell whether a line of this API names a header, and not some other word with a hyphen."""
    standard = mention.name not in WORD and re.fullmatch(STANDARD, mention.name, re.IGNORECASE)
    known = standard or mention.signs & {"beside", "led", "shown"}
    return bool(known) and "foreign" not in mention.signs


def _worth(mention: _Mention) -> float:
    return sum(WORTH.get(sign, 0.0) for sign in sorted(mention.signs))


def _features(name: str, found: Sequence[_Mention], *, files: float) -> dict[str, float]:
    signs = found[0].signs
    asked = [bool(one.signs & ASKED) for one in found]
    features = {sign: float(sign in signs) for sign in FIRST}
    features |= {
        "worth": _worth(found[0]),
        "times": math.log1p(len(found)),
        "files": files,
        "of the API": float(name.lower().startswith("x-")),
        "small": float(name == name.lower() and not re.fullmatch(STANDARD, name)),
        "share asked": sum(asked) / len(found),
    }
    for kind, words in KINDS.items():
        features[kind] = float(bool(words.fullmatch(name)))
        features[f"{kind} asked for"] = features[kind] * asked[0]
    return features


def propose(evidence: Evidence) -> Iterator[Proposal]:
    """Yield every header that the docs name, other kinds of facts aside."""
    headers: dict[str, list[_Mention]] = {}
    for mention in _mentions(evidence):
        known = headers.get(mention.name.lower())
        if known is None and len(headers) < MOST_PROPOSALS:
            headers[mention.name.lower()] = [mention]
        elif known is not None and len(known) < ENOUGH:
            known.append(mention)
    for mentions in headers.values():
        if not any(_as_header(one) for one in mentions):
            continue
        found = sorted(mentions, key=lambda one: -_worth(one))
        name = Counter(one.name for one in found).most_common(1)[0][0]
        yield Proposal(
            value={"name": name},
            places=tuple(dict.fromkeys(one.spot for one in found))[:MOST_PLACES],
            features=_features(
                name,
                found,
                files=len({one.spot.path for one in found}) / len(evidence.documents),
            ),
        )


def beside(value: Mapping[str, Json], known: list[Mapping[str, Json]]) -> bool:
    """Tell whether a header is none of those that are known."""
    return str(value["name"]).lower() not in {str(other.get("name")).lower() for other in known}


RANKER: Final = Ranker(fact_kind="required_header", propose=propose, beside=beside, least=0.7)
