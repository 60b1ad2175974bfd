"""Which member of an answer the next call hands back, and under which name: `send next_cursor as cursor`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from specloom.facts.errors import envelopes
from specloom.facts.evidence import place, statements
from specloom.facts.pages import paging
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Place, Statement

NAMED: Final = re.compile(
    r"[`*\"']{1,3}\.?(?P<name>[A-Za-z_$@][\w$@-]{0,40}(?:\.[\w$@-]{1,40}){0,3}(?:\[[\w-]{0,20}\])?)"
    r"(?:=[^`*\"'\s]{0,60})?[`*\"']{1,3}"
    r"|\b(?P<bare>[a-z][a-z_]{1,30})(?= (?:query |url |request )?(?:param(?:eter)?|field|argument)\b)"
)
DEFINED: Final = re.compile(r"[\s`*\"']{0,6}(?P<name>[A-Za-z_$][\w$-]{0,40})[`*\"']{0,3}\s*(?:\||[-–—:(]\s?|\s\()")
"""The name that a row or an item begins with."""
_ARTICLE: Final = r"(?:(?:the|a|an|its|your) )?"
_PARAM: Final = (
    r"(?:(?:value of|query|request|url|new|next|string) ){0,3}(?:the )?(?:(?:param(?:eter)?|argument|key|field) )?"
)
AS: Final = re.compile(rf"\b(?:as|in|into|to|under|for|via) {_ARTICLE}{_PARAM}$", re.IGNORECASE)
"""What stands before the name under which something is handed back."""
SET: Final = re.compile(
    rf"^[^.;]{{0,20}}?\s?(?:\bto|\bequal to|\bwith|=|\bis|\bfrom) {_ARTICLE}"
    rf"(?:(?:last|returned|return|previous|same|received) ){{0,2}}(?:(?:value|token|cursor|id)s? )?"
    rf"(?:(?:of|in|from|returned (?:in|as|by)|you got in) {_ARTICLE})?(?:(?:previous|last) )?$",
    re.IGNORECASE,
)
"""What stands between a name and the member whose value it is given."""
SETS: Final = re.compile(r"\b(?:set(?:ting)?|assign\w*|chang\w+|updat\w+|replac\w+|with)\b[^.;]{0,20}$", re.IGNORECASE)
HANDS: Final = re.compile(
    r"\b(?:pass|sen[dt]|us[ei]|cop[yi]|insert|suppl[yi]|provid|includ|add|put|specif[yi]|submit|giv|tak|append|set)\w{0,4}\b",
    re.IGNORECASE,
)
IT: Final = re.compile(
    rf"{HANDS.pattern} (?:it|this|that|its value|(?:the|this|that) (?:value|token|cursor|id|marker|key)) ",
    re.IGNORECASE,
)
TO_IT: Final = re.compile(
    rf"[`*\"']*\s?{_PARAM}(?:set )?to "
    r"(?:it|(?:this|that|its|the returned|the same) (?:value|token|cursor|id|marker|key))\b",
    re.IGNORECASE,
)
"""What stands behind a name that is given what the sentence before tells of."""
RETURNED: Final = re.compile(r"respon|return|previous|answer|\blast\b|receiv", re.IGNORECASE)
PAGED: Final = re.compile(r"\bpages?\b|paginat|\bpaging\b|\bcursor|\bnext\b|\bsubsequent\b|\blast\b", re.IGNORECASE)
AGAIN: Final = re.compile(r"\breturned\b|\bprevious\b|\breceived\b", re.IGNORECASE)
"""What tells a member from a parameter of the same name."""
ANSWERED: Final = re.compile(
    r"\b(?:response|answer|result|body|page)s?\b[^.]{0,30}\b(?:includ|contain|ha[sv]|hold)", re.IGNORECASE
)
MOVERS: Final = frozenset({"page", "offset", "cursor"})
BACK: Final = re.compile(r"prev|^links?$|^header", re.IGNORECASE)
MOST_NAMES: Final = 12
"""Names in one sentence that are looked at."""
PLACED: Final = re.compile(r"offset|skip|index|position|number|\bpage$", re.IGNORECASE)
"""A name that counts, whatever hands it back."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A member of an answer, and the places that say that the next call hands it back."""

    member: str
    places: tuple[Place, ...]


def handed_back(evidence: Evidence) -> dict[str, Handed]:
    """Return what is handed back under each name, the first that is told."""
    made = evidence.made.get("handed back")
    if not isinstance(made, dict):
        made = evidence.made["handed back"] = _all(evidence)
    return made


def _all(evidence: Evidence) -> dict[str, Handed]:
    out: dict[str, Handed] = {}
    for passage in evidence.passages:
        if passage.kind is PassageKind.CODE or not HANDS.search(passage.text) or evidence.whose.aside(passage):
            continue
        before = ""
        for statement in statements(passage):
            for name, member in _told(statement, before):
                known = out.get(name)
                if known is None:
                    out[name] = Handed(member, place(statement))
                elif known.member == member:
                    out[name] = Handed(member, (*known.places, *place(statement)))
            before = _last(statement.text)
    return out


def holder(member: str) -> str:
    """Return which part of an answer has a member: headers are spelled `Next-Page`."""
    return "header" if "-" in member and member.replace("-", "").isalpha() and member[0].isupper() else "body"


def is_cursor(name: str, handed: Handed) -> bool:
    """Tell that what is handed back is opaque: neither name is one of a position or of a page."""
    return not PLACED.search(name) and not PLACED.search(handed.member.rsplit(".", 1)[-1].removeprefix("next_"))


def _told(statement: Statement, before: str) -> Iterator[tuple[str, str]]:
    """Yield each name in a sentence under which a member is handed back, and the member."""
    text = statement.text
    named = islice(NAMED.finditer(text), MOST_NAMES)
    found = [(one["name"] or one["bare"], one.start(), one.end()) for one in named]
    subject = DEFINED.match(text) if statement.row or statement.passage.kind is PassageKind.LIST_ITEM else None
    for at, (name, start, _) in enumerate(found):
        earlier, before_start, before_end = found[at - 1] if at else ("", 0, 0)
        lead = text[before_end:start]
        members = [other for other, _, _ in reversed(found[:at])] + ([subject["name"]] if subject else [])
        if AS.search(lead) and not SETS.search(text[:before_start]):
            if (member := _member(members, name, text)) and HANDS.search(text):
                yield name, member
            elif before and IT.search(lead):
                yield name, before
        elif before and TO_IT.match(text, found[at][2]) and paging.role(name) in MOVERS:
            yield name, before
        elif earlier and SET.search(lead) and (member := _member([name], earlier, text)):
            yield earlier, member


def _member(names: list[str], under: str, text: str) -> str:
    """Return the first of `names` that may be a member that leads on: by its name, or by what the sentence says."""
    if paging.role(under) not in MOVERS and under.lower() != "from":
        return ""
    for name in names:
        leaf = name.rsplit(".", 1)[-1]
        if BACK.search(name) or (leaf == under and "." not in name and not AGAIN.search(text)):
            continue
        if leads_on(name) or ("." in name and paging.role(leaf) != "limit"):
            return name
        if leaf == "last" or paging.role(name) not in {"limit", "page", "offset"}:
            return name if RETURNED.search(text) and PAGED.search(text) else ""
    return ""


def leads_on(name: str) -> bool:
    """Tell a member that leads on by its name."""
    leaf = re.sub(r"^X-", "", name.rsplit(".", 1)[-1])
    return envelopes.role(leaf) == "next" or bool(paging.FIELD.fullmatch(leaf))


def _last(text: str) -> str:
    """Return the last name in a sentence that leads on by its name, or that of a cursor which an answer has."""
    names = [found["name"] for found in islice(NAMED.finditer(text), MOST_NAMES) if found["name"]]
    answered = bool(ANSWERED.search(text))
    fitting = (name for name in reversed(names) if leads_on(name) or (answered and paging.role(name) == "cursor"))
    return next(fitting, "")
