"""Credentials that no sentence states plainly: what calls carry, in whatever form the docs show it."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from specloom.facts.access.credentials import RECEIVER
from specloom.facts.evidence import statements
from specloom.facts.ranking.access.keys import FAMILY, shown_keys, told_keys
from specloom.facts.ranking.access.schemes import USER_FLAG, shown_schemes, told_schemes
from specloom.facts.ranking.access.surroundings import ACCESS, ANSWERED, DELIVERED, around, told
from specloom.facts.ranking.access.ways import PLACEHOLDER, SIGNS
from specloom.facts.ranking.access.whole import NONE, shown_whole, told_whole
from specloom.facts.ranking.proposal import MOST_PROPOSALS, Proposal, Ranker
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from specloom.facts.evidence import Evidence
    from specloom.facts.ranking.access.ways import Mention, Way
    from specloom.model.passage import Passage
    from specloom.model.source import Json

WORTH: Final[Mapping[str, float]] = {
    "headed": 2, "below": 2, "every": 2, "tight": 1.5, "tells": 1, "near": 1, "code": 1, "call": 1, "ours": 1,
    "shown": 1, "said": 1, "foreign": -5, "denied": -3, "doubted": -2, "theirs": -2, "exchange": -1.5,
    "obtained": -1, "answer": -1, "guess": -1,
    "unneeded": 3, "lacking": 1, "open": 1, "anonymous": 1, "optional": 1, "for all": 0.5, "calls": 1,
    "in general": 0.5, "if": -2, "refused": -3, "of rights": -1, "other": -2,
}  # fmt: skip
"""How well a line proves a way; the best lines are cited, and how good the best is speaks for the way."""
NAMES: Final = {
    "like a key": re.compile(
        r"(?:^|[-_a-z])(?:api|app|access|user|private|public|secret|subscription|consumer|client|service|server|dev)?[-_]?"
        r"key(?:id)?$",
        re.IGNORECASE,
    ),
    "like a token": re.compile(r"(?:token|secret|pass(?:word|code)?)$", re.IGNORECASE),
    "of access": re.compile(r"api|access|app", re.IGNORECASE),
    "of something else": re.compile(
        r"next|sync|push|device|upload|hook|sort|partition|expires?|type|url|uri|limit|count|name$|request|email|agent"
        r"|control|allow|accept|grant|verif|reset|confirm|invit|public|card|payment|keys$|tokens$|state|code|scope|author",
        re.IGNORECASE,
    ),
    "of a credential": re.compile(r"key|token|auth|secret|session|pass|credential|jwt|ticket", re.IGNORECASE),
}
FIRST: Final = {
    "key": ("guess", "headed", "heading", "second", "tight"),
    "scheme": ("exchange", "obtained"),
    "none": ("headed", "unneeded", "calls", "long", "refused", "for all", "of rights", "every", "reads"),
}
"""What is asked of the line that proves a way best."""
ANY: Final = {
    "key": ("call", "flag", "headed", "url", "filled"),
    "scheme": ("near", "shown"),
    "session": ("headed",),
}
"""What holds of some line."""
SHARE: Final = {
    "key": ("obtained", "headed", "url", "returned"),
    "scheme": ("obtained", "spoken", "as user"),
    "none": ("headed", "unneeded", "of rights"),
    "oauth2": ("headed",),
    "apiKey": ("every",),
}
"""Of how many lines it holds."""
BACKEND: Final = re.compile(r"backend|receiver")
"""In a section on the reader's own, all credentials are those that it asks for."""
CHECKED: Final = re.compile(r"\b(?:verif(?:y|ied|ies|ying)|validat\w+)\b[^.]{0,60}\bsign", re.IGNORECASE)
NOTHING_NAMED: Final = -5.0
ENOUGH: Final = 400
"""Lines that mention one way; more say no more."""
MOST_PLACES: Final = 8


def _mentions(evidence: Evidence) -> Iterator[Mention]:
    receivers = {(p.path, p.headings) for p in evidence.passages if BACKEND.search(p.text) and RECEIVER.search(p.text)}
    for passage in evidence.passages:
        text, where = passage.text, " ".join(passage.headings[-1:])
        if not (FAMILY.search(text) or ACCESS.search(where) or USER_FLAG.search(text) or _cookie_or_none(text)):
            continue
        signs = around(evidence, passage)
        if (passage.path, passage.headings) in receivers:
            signs |= {"foreign"}
        signs |= {"delivered"} if _delivered(passage) else set()
        if passage.kind is PassageKind.CODE:
            yield from shown_schemes(passage, signs)
            yield from shown_keys(passage, signs)
            yield from shown_whole(passage, signs)
            continue
        lead = _lead(evidence, passage)
        leads = passage.kind in {PassageKind.LIST_ITEM, PassageKind.TABLE}
        signs |= {"foreign"} if leads and (ANSWERED.search(lead) or DELIVERED.search(lead)) else set()
        for statement in statements(passage):
            here = signs | told(evidence, statement.text)
            yield from told_keys(statement, here, lead)
            yield from told_schemes(statement, here)
            yield from told_whole(statement, here)


def _cookie_or_none(text: str) -> bool:
    return "ookie" in text or any(words.search(text) for words in NONE.values())


def _delivered(passage: Passage) -> bool:
    """Tell what is about deliveries, or about checking a signature rather than making one."""
    where = " ".join([passage.path, *passage.headings])
    return bool(DELIVERED.search(where) or DELIVERED.search(passage.text) or CHECKED.search(passage.text))


def _lead(evidence: Evidence, passage: Passage) -> str:
    """Return the end of the paragraph that leads to a list or a table."""
    before = (p for p in reversed(evidence.before(passage, 3)) if p.kind is PassageKind.PARAGRAPH)
    return next((p.text[-300:] for p in before if p.headings == passage.headings), "")


def _groups(found: Sequence[Sequence[Mention]]) -> set[str]:
    return {mentions[0].way.group for mentions in found}


def _worth(mention: Mention) -> float:
    return sum(WORTH.get(sign, 0.0) for sign in sorted(mention.signs))


def _features(way: Way, found: Sequence[Mention], *, share: float, files: float, named: float) -> dict[str, float]:
    """Return what speaks for a way in numbers, `found` in its order of worth."""
    kind = way.name if way.group == "whole" else way.group
    best = _worth(found[0])
    features = {kind: 1.0}
    if kind in {"session", "apiKey"}:
        features |= {"times": math.log1p(len(found)), "best named": named}
    elif way.group != "whole" or kind == "none":
        features |= {"share": share, "worth": best, "behind": max(named, best) - best}
    if way.group == "key":
        features |= {"files": files, f"in {way.where}": 1.0}
        features |= {name: float(bool(words.search(way.name))) for name, words in NAMES.items()}
        features |= {"signs": float(bool(SIGNS.search(way.name)))}
    if way.group == "scheme":
        features |= {"digest": float(way.scheme == "digest"), "nothing else": float(way.form == "{token}")}
    features |= {f"first {sign}": float(sign in found[0].signs) for sign in FIRST.get(kind, ())}
    features |= {f"any {sign}": float(any(sign in one.signs for one in found)) for sign in ANY.get(kind, ())}
    features |= {f"share {sign}": sum(sign in one.signs for one in found) / len(found) for sign in SHARE.get(kind, ())}
    return {kind if name == kind else f"{kind}: {name}": size for name, size in features.items()}


def _same(value: Mapping[str, Json], other: Mapping[str, Json]) -> bool:
    kinds = (value["type"], other.get("type"))
    if kinds[0] == kinds[1] and kinds[0] != "apiKey":
        return kinds[0] != "http" or value.get("scheme") == other.get("scheme")
    if kinds[0] == "oauth2" and other.get("scheme") == "bearer":
        return True
    if kinds[0] == "apiKey" and "name" not in value:
        return kinds[1] != "none"
    shared = _names(value) & _names(other)
    if kinds[1] != "apiKey" or not shared or value.get("in") != other.get("in", value.get("in")):
        return False
    return "authorization" not in shared or _word(value) == _word(other)


def _names(value: Mapping[str, Json]) -> set[str]:
    name = value.get("name")
    return {str(one).lower() for one in (name if isinstance(name, list) else [name]) if one}


def _word(value: Mapping[str, Json]) -> str:
    """Return what stands before the token: forms that differ behind it are one."""
    return PLACEHOLDER.sub("{}", str(value.get("format", ""))).split(" ")[0].lower()


def _of_deliveries(found: Sequence[Mention]) -> bool:
    """Tell a signature that nothing asks calls for, or that deliveries have."""
    if not SIGNS.search(found[0].way.name):
        return False
    delivered = any({"foreign", "delivered"} & one.signs for one in found)
    return delivered or not any({"tells", "call"} & one.signs for one in found)


def propose(evidence: Evidence) -> Iterator[Proposal]:
    """Yield every way to authenticate that is shown or told of, with the lines that prove it best."""
    ways: dict[tuple[str, ...], list[Mention]] = {}
    for mention in _mentions(evidence):
        known = ways.get(mention.way.identity)
        if known is None and len(ways) < MOST_PROPOSALS:
            ways[mention.way.identity] = [mention]
        elif known is not None and len(known) < ENOUGH:
            known.append(mention)
    told_of = [
        sorted(found, key=lambda one: -_worth(one))
        for found in ways.values()
        if any("foreign" not in one.signs for one in found) and not _of_deliveries(found)
    ]
    most = {group: max(len(found) for found in told_of if found[0].way.group == group) for group in _groups(told_of)}
    named = max((_worth(found[0]) for found in told_of if found[0].way.group != "whole"), default=NOTHING_NAMED)
    for found in told_of:
        spelled = Counter(one.way for one in found).most_common(1)[0][0]
        share = len(found) / most[spelled.group]
        files = len({one.spot.path for one in found}) / len(evidence.documents)
        yield Proposal(
            value=spelled.value,
            places=tuple(dict.fromkeys(one.spot for one in found))[:MOST_PLACES],
            features=_features(spelled, found, share=share, files=files, named=named),
        )


def beside(value: Mapping[str, Json], known: list[Mapping[str, Json]]) -> bool:
    """Tell whether a way is another one than those that are known."""
    return not any(_same(value, other) for other in known)


RANKER: Final = Ranker(fact_kind="auth", propose=propose, beside=beside, least=0.7)
