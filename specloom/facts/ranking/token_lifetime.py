"""How long tokens last: every span of time near a token is weighed, whatever the sentence."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.facts.detectors.token_lifetime import OTHER_TOKEN
from specloom.facts.evidence import place, statements
from specloom.facts.ranking.access.surroundings import LONGEST, around
from specloom.facts.ranking.access.ways import line_of
from specloom.facts.ranking.proposal import MOST_PROPOSALS, Proposal, Ranker
from specloom.facts.speech.amounts import UNIT, WORD_NUMBER, duration
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from specloom.facts.evidence import Evidence, Place, Statement
    from specloom.model.passage import Passage
    from specloom.model.source import Json

ABOUT: Final = re.compile(r"token|\bjwts?\b|\bcode\b|session|cookie|expires?|credential|\bauth", re.IGNORECASE)
SPAN: Final = re.compile(rf"(?<![\w.,])(?:\d{{1,8}}|{WORD_NUMBER})[\s-]{UNIT}\b|\b\d{{1,4}}[hd]\b", re.IGNORECASE)
FIELD: Final = re.compile(
    r"\b(?P<kind>refresh_?(?:token_?)?)?expires?(?:_?in)?\b[\"'`*]{0,3}\s*[:=]\s*[\"'`]?(?P<seconds>\d{2,9})\b",
    re.IGNORECASE,
)
CODE: Final = "code"
"""What is exchanged for a token; its few minutes matter to nobody who calls."""
KINDS: Final = {
    "refresh": re.compile(r"\brefresh[\s_-]?tokens?", re.IGNORECASE),
    CODE: re.compile(r"\bauthori[sz]ation[\s_-]codes?|\bcodes?`|`code`|\btemporary code", re.IGNORECASE),
    "long-lived": re.compile(r"\blong-lived \w+ tokens?", re.IGNORECASE),
    "temporary": re.compile(r"\btemporary (?:\w+ )?tokens?", re.IGNORECASE),
    "access": re.compile(
        r"(?<!-lived )(?<!temporary )\b(?:access|bearer|api|auth)[\s_-]?tokens?|\bjwts?\b", re.IGNORECASE
    ),
    "session": re.compile(r"\bsession|\bcookie", re.IGNORECASE),
}
ANY: Final = re.compile(r"\btokens?\b", re.IGNORECASE)
SAYS: Final = {
    "ends": re.compile(
        r"\bexpir|\bvalid|\blast\b|\blasts\b|\blives?\b|\blife|\bttl\b|\blived\b|\btime[sd]? out|\bgood for",
        re.IGNORECASE,
    ),
    "token": re.compile(r"token|\bjwts?\b", re.IGNORECASE),
    "default": re.compile(r"\bdefault|\btypically|\busually|\bgenerally", re.IGNORECASE),
    "chosen": re.compile(
        r"\bcan be set|\bup to|\bmaximum|\bat most|\bconfigur|\bif you\b|\boptional|\bexample",
        re.IGNORECASE,
    ),
    "of others": re.compile(
        r"\bcach|\burls?\b|\blinks?\b|\bupload|\bpagina|\bcursor|\bresum|\blimit|\bretr(?:y|ies)|\bper\b|\bwebhook"
        r"|\bdevice|\bpush"
        r"|\breset|\binvit|\btimestamp|\bdelet|\bstored|\bsecret|\bpassword|\bago\b|\bevery\b|\bwithin\b|\bwindow",
        re.IGNORECASE,
    ),
}
ORDERED: Final = re.compile(r"\W*(?:create|request|generate|issue|make) an?\b", re.IGNORECASE)
MADE_UP: Final = frozenset(
    {"123", "1234", "12345", "123456", "1234567", "12345678", "123456789", "999", "9999", "99999"}
)
"""Numbers that nobody chose."""
FIRST: Final = (
    "ends", "near", "token", "default", "chosen", "of others", "headed", "obtained", "before", "behind", "above",
    "field", "named",
)  # fmt: skip
"""What is asked of the line that proves a lifetime best."""
ENOUGH, MOST_SPANS, MOST_PLACES = 200, 12, 8


@dataclass(frozen=True, slots=True)
class _Mention:
    token: str
    seconds: int
    spot: Place
    signs: frozenset[str]


def _mentions(evidence: Evidence) -> Iterator[_Mention]:
    for passage in evidence.passages:
        if not ABOUT.search(passage.text):
            continue
        signs = around(evidence, passage) - {"foreign"}  # answers are where lifetimes are
        if evidence.whose.aside(passage) or evidence.whose.old(passage):
            signs |= {"foreign"}
        if passage.kind is PassageKind.CODE:
            yield from _answered(passage, signs)
            continue
        for statement in statements(passage):
            yield from _told(evidence, statement, signs)


def _answered(passage: Passage, signs: frozenset[str]) -> Iterator[_Mention]:
    """Yield the numbers of seconds in answers that hold a token."""
    text = passage.text[:LONGEST]
    beside = {"token"} if re.search(r"access_?token", text, re.IGNORECASE) else set()
    for found in FIELD.finditer(text):
        if found["seconds"] in MADE_UP:
            continue
        token = "refresh" if found["kind"] else "access"
        named = {"named"} if "in" in found.group().lower().split(":")[0] else set()
        yield _Mention(
            token, int(found["seconds"]), line_of(passage, found.start()), signs | beside | named | {"field"}
        )


def _told(evidence: Evidence, statement: Statement, signs: frozenset[str]) -> Iterator[_Mention]:
    text = statement.text
    spans = [found for _, found in zip(range(MOST_SPANS), SPAN.finditer(text), strict=False)]
    if not spans:
        return
    said = {sign for sign, words in SAYS.items() if words.search(text)}
    above = " ".join([*statement.passage.headings[-1:], statement.passage.term])
    other = evidence.whose.names_other(text) or OTHER_TOKEN.search(f"{above} {text}")
    foreign = {"foreign"} if other or _asked_for(evidence, statement) else set()
    for found in spans:
        token, how = _kind(text[: found.start()], text[found.end() :], above)
        near = {"near"} if SAYS["ends"].search(text, max(0, found.start() - 40), found.end() + 20) else set()
        if token != CODE and (length := duration(found.group())):
            yield _Mention(token, length, place(statement)[0], signs | said | near | foreign | {how})


def _asked_for(evidence: Evidence, statement: Statement) -> bool:
    """Tell what an example asks for: `Create a token that expires in a day`, above a call."""
    after = evidence.after(statement.passage) if ORDERED.match(statement.text) else ()
    return bool(after) and after[0].kind is PassageKind.CODE


def _kind(before: str, behind: str, above: str) -> tuple[str, str]:
    """Return the kind of token that is named last before a span, or else behind it or above."""
    last = {kind: max((found.start() for found in words.finditer(before)), default=-1) for kind, words in KINDS.items()}
    kind = max(last, key=lambda one: last[one])
    if last[kind] >= 0:
        return kind, "before"
    for text, how in ((behind, "behind"), (above, "above")):
        for one, words in KINDS.items():
            if words.search(text):
                return one, how
    return "access", "before" if ANY.search(before) else "unnamed"


def _worth(mention: _Mention) -> float:
    good = sum(sign in mention.signs for sign in ("ends", "near", "token", "before", "headed", "named", "field"))
    return good - 3 * ("foreign" in mention.signs) - 2 * ("of others" in mention.signs)


def _features(token: str, seconds: int, found: Sequence[_Mention], rivals: int) -> dict[str, float]:
    features = {sign: float(sign in found[0].signs) for sign in FIRST}
    told = [one for one in found if "field" not in one.signs]
    return features | {
        token: 1.0,
        "worth": _worth(found[0]),
        "times": math.log1p(len(found)),
        "rivals": math.log1p(rivals),
        "both": float(0 < len(told) < len(found)),
        "short": float(seconds < 60),
        "round": float(seconds % 300 == 0),
    }


def propose(evidence: Evidence) -> Iterator[Proposal]:
    """Yield every span of time with the kind of token that it may be of."""
    spans: dict[tuple[str, int], list[_Mention]] = {}
    for mention in _mentions(evidence):
        known = spans.get((mention.token, mention.seconds))
        if known is None and len(spans) < MOST_PROPOSALS:
            spans[mention.token, mention.seconds] = [mention]
        elif known is not None and len(known) < ENOUGH:
            known.append(mention)
    kinds = Counter(token for token, _ in spans)
    for (token, seconds), mentions in spans.items():
        if all("foreign" in one.signs for one in mentions):
            continue
        found = sorted(mentions, key=lambda one: -_worth(one))
        yield Proposal(
            value={"token": token, "seconds": seconds},
            places=tuple(dict.fromkeys(one.spot for one in found))[:MOST_PLACES],
            features=_features(token, seconds, found, kinds[token] - 1),
        )


def beside(value: Mapping[str, Json], known: list[Mapping[str, Json]]) -> bool:
    """Tell whether nothing is known of this kind of token: one kind lasts one time."""
    return value["token"] not in {other.get("token") for other in known}


RANKER: Final = Ranker(fact_kind="token_lifetime", propose=propose, beside=beside, least=0.55)
