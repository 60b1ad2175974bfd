"""The members of an answer that lead to its next page."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from specloom.facts.errors.envelopes import envelope, role
from specloom.facts.evidence import Place
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Collection

    from specloom.facts.ranking.paging.around import Around

LEADS: Final = re.compile(r"next|cursor|continuation|cont_?token|scroll_?id|page_?info", re.IGNORECASE)
CONNECTION: Final = re.compile(r"page_?info", re.IGNORECASE)
HOLDER: Final = re.compile(r"page_?info|paging|pagination|meta|_?links?|cursors?", re.IGNORECASE)
SELECTED: Final = re.compile(
    r"(?P<name>[A-Za-z_]\w*)(?:\s*\([^()]*\))?\s*:?\s*(?P<open>\{)?|(?P<close>\})|(?P<lone>\{)"
)
LONGEST_SELECTION: Final = 6_000
TICKED: Final = re.compile(r"`([\w@-]+(?:\.[\w@-]+)*)`")
OF_CURSOR: Final = re.compile(r"cursor|token|after|scroll|continuation", re.IGNORECASE)


class Onward:
    """The members that lead on, how often each is seen, and where."""

    def __init__(self, around: Around) -> None:
        """Look through the examples of answers and what is said of paging."""
        self.count: Counter[str] = Counter()
        self.places: dict[str, list[Place]] = {}
        for passage in around.evidence.passages:
            setting = around.of(passage)
            if not LEADS.search(passage.text) or around.evidence.whose.aside(passage):
                continue
            if passage.kind is PassageKind.CODE:
                found = _shown(passage.text)
            else:
                spoken = setting.spoken or setting.headed
                found = [path for path in TICKED.findall(passage.text) if spoken and role(_leaf(path)) == "next"]
            for path in found:
                self.count[path] += 2 if passage.kind is PassageKind.CODE else 1
                self.places.setdefault(path, []).append(Place(passage.path, passage.start, passage.end))

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
