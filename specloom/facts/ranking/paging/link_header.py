"""What speaks for a `Link` header that leads to the next page."""

from __future__ import annotations

import re
from collections import Counter
from math import log1p
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Place
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from specloom.facts.ranking.paging.around import Around
    from specloom.model.passage import Passage

SIGNS: Final = {
    "name": re.compile(
        r"\bLink\b[`*_\"]*(?:\]\S*)?\s+(?:HTTP )?(?:response )?headers?\b"
        r"|\bheaders?\b[^.\n]{0,40}[`*\"]+Link[`*\"]+|\[`?Link`? headers?",
        re.IGNORECASE,
    ),
    "line": re.compile(r"^\W{0,12}Link:\s*(?:&lt;|<)", re.IGNORECASE | re.MULTILINE),
    "rel": re.compile(r"rel=\\?[\"']?&?q?u?o?t?;?(?:next|prev|last)"),
    "rfc": re.compile(r"rfc ?-?(?:5988|8288)|w3\.org/wiki/LinkHeader|web linking", re.IGNORECASE),
}
ROW: Final = re.compile(r"\W*Link\W*")
NEXT: Final = re.compile(r"\bnext\b", re.IGNORECASE)


def linked(around: Around) -> tuple[dict[str, float], list[Place]]:
    """Return the features of a Link header and where it is told of, best first; no places where it is not."""
    count: Counter[str] = Counter()
    found: list[tuple[bool, Place]] = []
    for passage in around.evidence.passages:
        signs = _signs(passage)
        if not signs:
            continue
        setting = around.of(passage)
        paged = setting.spoken or setting.headed
        count.update({*signs, "seen", *(["paged"] if paged else []), *(["aside"] if setting.aside else [])})
        count["next"] += bool(NEXT.search(passage.text))
        if signs != {"rel"} or "Link" in passage.text:
            found.append((not paged, Place(passage.path, passage.start, passage.end)))
    if not found:
        return {}, []
    features = {f"link_{sign}": float(count[sign] > 0) for sign in (*SIGNS, "paged", "next")}
    shares = {f"link_{sign}_share": count[sign] / count["seen"] for sign in ("paged", "aside")}
    return {**features, **shares, "link_often": log1p(count["seen"]), "link": 1.0}, [
        spot for _, spot in sorted(found, key=lambda pair: pair[0])
    ]


def _signs(passage: Passage) -> set[str]:
    signs = {sign for sign, pattern in SIGNS.items() if pattern.search(passage.text)}
    if passage.kind is PassageKind.TABLE and any(ROW.fullmatch(row.cells[0]) for row in passage.rows if row.cells):
        signs.add("name")
    return signs
