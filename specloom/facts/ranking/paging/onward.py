"""The members of an answer that lead to its next page."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from specloom.facts.errors.envelopes import envelope, role
from specloom.facts.evidence import Place
from specloom.facts.pages import paging
from specloom.facts.pages.mentions import QUERY, decoded
from specloom.facts.pages.paging_words import NEXT_LINK
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Collection

    from specloom.facts.ranking.paging.around import Around
    from specloom.model.passage import Passage

LEADS: Final = re.compile(r"next|cursor|continuation|cont_?token|scroll_?id|page_?info", re.IGNORECASE)
CONNECTION: Final = re.compile(r"page_?info", re.IGNORECASE)
HOLDER: Final = re.compile(r"page_?info|paging|pagination|meta|_?links?|cursors?", re.IGNORECASE)
SELECTED: Final = re.compile(
    r"(?P<name>[A-Za-z_]\w*)(?:\s*\([^()]*\))?\s*:?\s*(?P<open>\{)?|(?P<close>\})|(?P<lone>\{)"
)
LONGEST_SELECTION: Final = 6_000
MEMBER: Final = re.compile(
    r'"(?P<name>[\w@-]{1,60})"\s{0,9}:\s{0,9}(?P<open>[{\[])?|(?P<lone>[{\[])|(?P<close>[}\]])|"[^"\n]{0,900}"'
)
"""Members of an answer, also of one that is cut short or commented; strings are passed over."""
CURSOR: Final = re.compile(r"cursor", re.IGNORECASE)
BODY: Final = re.compile(r'^\s{0,40}[{"]', re.MULTILINE)
"""Where a body begins, not the value of a header or what a call sends."""
ROWS: Final = re.compile(r"\[\s{0,99}\{")
DEEPEST: Final = 3
TICKED: Final = re.compile(r"`([\w@-]+(?:\.[\w@-]+)*)`")
OF_CURSOR: Final = re.compile(r"cursor|token|after|scroll|continuation", re.IGNORECASE)


class Onward:
    """The members that lead on, how often each is seen, and where; and what their addresses ask with."""

    def __init__(self, around: Around) -> None:
        """Look through the examples of answers and what is said of paging."""
        self.count: Counter[str] = Counter()
        self.held: Counter[str] = Counter()
        """Those that stand in what holds the page, also where the example is not a whole answer."""
        self.carried: set[str] = set()
        self.returned: Counter[str] = Counter()
        """Members of answers that are called like what is sent: the next call repeats them."""
        self.places: dict[str, list[Place]] = {}
        for passage in around.evidence.passages:
            setting = around.of(passage)
            if around.evidence.whose.aside(passage):
                continue
            if passage.kind is PassageKind.CODE and ROWS.search(passage.text):
                self._return(passage)
            if not LEADS.search(passage.text):
                continue
            if passage.kind is PassageKind.CODE:
                self.carried.update(name for found in NEXT_LINK.finditer(passage.text) for name in _asked(found["url"]))
                found = _shown(passage.text)
                answer = not setting.asked or ROWS.search(passage.text)
                self._hold(passage, _held(passage.text) if answer else [])
            else:
                spoken = setting.spoken or setting.headed
                found = [path for path in TICKED.findall(passage.text) if spoken and role(_leaf(path)) == "next"]
            for path in found:
                self.count[path] += 2 if passage.kind is PassageKind.CODE else 1
                self.places.setdefault(path, []).append(Place(passage.path, passage.start, passage.end))

    def _hold(self, passage: Passage, paths: Collection[str]) -> None:
        for path in paths:
            self.held[path] += 1
            self.places.setdefault(path, []).append(Place(passage.path, passage.start, passage.end))

    def _return(self, passage: Passage) -> None:
        for path in _cursors(passage.text):
            self.returned[path] += 1
            self.places.setdefault(path, []).append(Place(passage.path, passage.start, passage.end))

    def again(self, name: str) -> str:
        """Return the member of answers that is called `name`, or nothing."""
        return next((path for path, _ in self.returned.most_common() if _leaf(path) == name), "")

    def within(self, member: str) -> str:
        """Return the whole path of a member that leads on, or what is known of it."""
        paths = [path for path in self.held if path.endswith(f".{member}")]
        return max(paths, key=lambda path: self.held[path], default=member)

    def whole(self, style: str, name: str) -> str:
        """Return the path of what leads on: of `name`, where it is known, or of what fits the style; or nothing."""
        cursors = {path for path in self.held if OF_CURSOR.search(_leaf(path))}
        pool = [path for path in self.held if style == "cursor" or path not in cursors]
        if name:
            pool = [path for path in pool if path.endswith(f".{name}")]
        return max(pool, key=lambda path: self.held[path], default="")

    def best(self, style: str, sent: Collection[str]) -> str:
        """Return what leads on for a style of paging: cursors for cursors, links for the rest; or nothing."""
        fitting = [path for path in self.count if path not in sent]
        cursors = [path for path in fitting if OF_CURSOR.search(path)]
        pool = (cursors or fitting) if style == "cursor" else [path for path in fitting if path not in cursors]
        part = {path for path in pool if any(other.endswith(f".{path}") for other in pool)}
        return max(pool, key=lambda path: (path not in part, "." in path, self.count[path]), default="")


def _shown(text: str) -> list[str]:
    if path := envelope(text).get("next"):
        return [path]
    return _selected(text[:LONGEST_SELECTION]) if CONNECTION.search(text) else []


def _asked(address: str) -> list[str]:
    return [found["name"] for found in QUERY.finditer(decoded(address))]


def _held(text: str) -> list[str]:
    """Return the members of JSON, in no list, that lead on and stand in what holds the page: `info.next`."""
    return [
        f"{holder}.{name}"
        for holder, names in _members(text).items()
        for name in names
        if holder and _on(name) and (HOLDER.fullmatch(_leaf(holder)) or {"total", "prev"} & set(map(role, names)))
    ]


def _cursors(text: str) -> list[str]:
    """Return the members of an answer, at its top or in what holds the page, whose name may be that of what is sent."""
    return [
        f"{holder}.{name}".lstrip(".")
        for holder, names in _members(text).items()
        for name in names
        if paging.role(name) == "cursor" and (not holder or HOLDER.fullmatch(_leaf(holder)))
    ]


def _members(text: str) -> dict[str, list[str]]:
    """Return the names of members of JSON, in no list, by the path of what holds them."""
    within: list[str] = []
    seen: dict[str, list[str]] = {}
    body = BODY.search(text)
    for found in MEMBER.finditer(text[body.start() :][:LONGEST_SELECTION] if body else ""):
        if found["close"]:
            within = within[:-1]
        elif found["lone"]:
            within.append("[" if found["lone"] == "[" or within else "")
        elif name := found["name"]:
            if len(within) <= DEEPEST + 1 and "[" not in within:
                seen.setdefault(".".join(within).lstrip("."), []).append(name)
            if found["open"]:
                within.append(name if found["open"] == "{" else "[")
    return seen


def _on(name: str) -> bool:
    return role(name) == "next" or bool(CURSOR.fullmatch(name))


def _selected(text: str) -> list[str]:
    """Return the members that a query selects from what holds the page: `pageInfo { endCursor }`."""
    within: list[str] = []
    out = []
    for found in SELECTED.finditer(text):
        if found["close"]:
            within = within[:-1]
        elif found["open"] or found["lone"]:
            within.append(found["name"] or "")
        elif within and HOLDER.fullmatch(within[-1]) and role(found["name"]) == "next":
            out.append(f"{within[-1]}.{found['name']}")
    return out


def _leaf(path: str) -> str:
    return path.rsplit(".", 1)[-1]
