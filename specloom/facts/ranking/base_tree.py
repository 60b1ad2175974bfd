"""All addresses of the docs as a tree, host and path, with a count at each node of what was seen around it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from specloom.facts.ranking import base_words as words
from specloom.facts.ranking.addresses import MOST_ROWS, addresses
from specloom.facts.urls.addresses import GRANTS
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from specloom.facts.evidence import Evidence, Place
    from specloom.facts.ranking.addresses import Address
    from specloom.model.passage import Passage

MOST_ADDRESSES: Final = 4_000
DEPTH: Final = 4
"""Parts of a path that a base may have."""
LEAD, TAIL, SAID = 140, 60, 160
"""Characters that are read before an address, behind it, and of the paragraph before its block."""
LONE: Final = 14
"""Characters beside an address in a passage that is nothing but that address."""
MOST_SPOTS: Final = 60
SETTING: Final = re.compile(r"\W*[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\W* \| ")
"""A row of a table about a variable of an environment."""

Key = tuple[str, ...]
"""The host, and the parts of the path."""


@dataclass(slots=True)
class Node:
    """A beginning of addresses: its counts, what comes next below it, and where it was seen, best places first."""

    written: str
    first: int
    seen: Counter[str] = field(default_factory=Counter)
    below: Counter[str] = field(default_factory=Counter)
    schemes: Counter[str] = field(default_factory=Counter)
    spots: list[tuple[int, Place, str]] = field(default_factory=list)

    def share(self, name: str) -> float:
        """Return for how much of what was seen here `name` holds."""
        return self.seen[name] / self.seen["all"]


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for every address of a passage; `said` is the end of the paragraph before a block."""

    said: str
    code: bool
    columns: str
    marks: tuple[str, ...]


def tree(evidence: Evidence) -> dict[Key, Node]:
    """Return every node that addresses pass or end at, in the order of the docs."""
    nodes: dict[Key, Node] = {}
    count = 0
    for at, passage in enumerate(evidence.passages):
        setting: Setting | None = None
        if any(map(words.LET_THROUGH.search, passage.headings[-2:])):
            continue
        for address in addresses(passage):
            count += 1
            if count > MOST_ADDRESSES:
                return nodes
            if _is_nobodys(address):
                continue
            setting = setting or _setting(evidence, at, passage)
            _add(nodes, at, address, setting)
    return nodes


def _is_nobodys(address: Address) -> bool:
    """Tell an address of no host, of the past, where tokens are given, and one that a setting of a program has."""
    lead = address.text[max(0, address.start - LEAD) : address.start]
    return bool(
        words.MAIL.search(address.host.split(":")[0])
        or words.MADE_UP.search(lead)
        or SETTING.match(address.text)
        or GRANTS.search(f"/{address.path[-1]}" if address.path else "")
    )


def _setting(evidence: Evidence, at: int, passage: Passage) -> Setting:
    before = evidence.passages[at - 1] if at and evidence.passages[at - 1].path == passage.path else None
    said = before.text[-SAID:] if before and before.kind is not PassageKind.CODE else ""
    heading = " / ".join(passage.headings[-2:])
    code = passage.kind is PassageKind.CODE
    whose = evidence.whose
    held = {
        "aside": whose.aside(passage) or whose.old(passage) or bool(whose.surface(passage)),
        "called": code and bool(words.CALL.search(passage.text[:20_000])),
        "of_others": bool(words.OTHERS.search(heading) or words.OTHERS.search(passage.path)),
        "answered": code and bool(words.ANSWER.match(passage.text[:200])),
        "listed": _is_listed(evidence, at, passage),
        "base_heading": bool(words.BASE.search(heading)),
        "endpoint_heading": bool(words.ENDPOINT.search(heading)),
        "environment_heading": bool(words.ENVIRONMENT.search(heading)),
    }
    marks = tuple(name for name, holds in held.items() if holds)
    return Setting(said=said, code=code, columns=" ".join(passage.header), marks=marks)


def _is_listed(evidence: Evidence, at: int, passage: Passage) -> bool:
    """Tell an item with an address, beside another one with an address."""
    if passage.kind is PassageKind.TABLE:
        return sum("://" in " ".join(row.cells) for row in passage.rows[:MOST_ROWS]) > 1
    beside = (evidence.passages[near] for near in (at - 1, at + 1) if 0 <= near < len(evidence.passages))
    return passage.kind is PassageKind.LIST_ITEM and any(
        one.kind is PassageKind.LIST_ITEM and one.path == passage.path and "://" in one.text for one in beside
    )


def _around(address: Address, setting: Setting) -> set[str]:
    """Name what the words around an address say of it."""
    if address.linked:
        return {"linked"}
    text, at, end = address.text, address.start, address.end
    lead = re.split(r"https?://\S+", text[max(0, at - LEAD) : at])[-1]
    tail = text[end : end + TAIL]
    lone = len(text) < end - at + 400 and len(text.strip("`\n *<>()[]")) < end - at + LONE
    led = bool(re.search(r"\w{3}", lead))
    near = lead if led or setting.code else lead + setting.said
    before = setting.said if setting.code and (lone or "called" in setting.marks) else ""
    name = words.ASSIGNED.search(text[max(0, at - 50) : at])
    held = {
        "alone": lone,
        "in_backticks": bool(words.QUOTED.search(text[max(0, at - LONE) : at])),
        "method": bool(words.METHOD.search(text[max(0, at - LONE) : at])),
        "named_base": bool(name and words.CALLED_BASE.search(name["name"])),
        "said_base": any(
            words.BASE.search(one) for one in (lead, before, setting.columns, setting.said if lone else "", tail[:40])
        ),
        "said_endpoint": any(words.ENDPOINT.search(one) for one in (near[-100:], setting.columns)),
        "said_environment": any(words.ENVIRONMENT.search(one) for one in (near[-100:], setting.columns, tail[:40])),
        "said_of_all": any(words.EVERY.search(one) for one in (near, before)),
        "said_page": bool(words.PAGE.search(lead[-60:])),
        "of_others": any(
            words.CONTENT.search(one) for one in (text[max(0, at - LEAD) : at], setting.said if lone else "")
        ),
    }
    return {name for name, holds in held.items() if holds}


def _add(nodes: dict[Key, Node], at: int, address: Address, setting: Setting) -> None:
    around = _around(address, setting)
    for depth in range(min(len(address.path), DEPTH) + 1):
        parts = (address.host, *address.path[:depth])
        key = tuple(part.lower() for part in parts)
        node = nodes.get(key)
        if node is None:
            node = nodes[key] = Node(written="/".join(parts), first=at)
        node.schemes[address.scheme] += 1
        node.seen.update(["all", *setting.marks, *around & {"linked", "method"}])
        ends = depth == len(address.path) and address.whole
        if ends and not address.linked:
            node.seen.update(f"end_{name}" for name in ("all", *setting.marks, *around))
            node.seen["end_slash"] += address.slash and depth > 0
            node.seen["end_good"] += not {"aside", "of_others"} & (around | set(setting.marks))
        elif not ends:
            node.below[address.path[depth].lower() if depth < len(address.path) else "?"] += 1
            node.seen["base_below"] += "said_base" in around and depth >= len(address.path) - 1
        worth = _worth(ends=ends, held=around | set(setting.marks))
        if len(node.spots) < MOST_SPOTS or worth > BEST:
            node.spots.append((worth, address.place, _said(address) if ends else ""))


BEST: Final = 4
"""A place that is worth more is kept, however many there are."""
WORTH: Final = {
    "said_base": 4,
    "base_heading": 2,
    "said_environment": 2,
    "said_of_all": 2,
    "said_endpoint": 1,
    "called": 1,
    "method": 1,
    "aside": -4,
    "of_others": -3,
    "said_page": -2,
    "linked": -1,
}


def _worth(*, ends: bool, held: set[str]) -> int:
    """Say how well a place proves a base: best where an address ends that the words around call so."""
    return (BEST if ends else 0) + sum(WORTH.get(name, 0) for name in held)


def _said(address: Address) -> str:
    return address.text[max(0, address.start - TAIL) : address.end + TAIL] if not address.linked else ""
