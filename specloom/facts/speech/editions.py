"""Which version of which API a page or a section is about, and whether there is a newer one of the same API."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from specloom.model.passage import Document, Passage

OLD: Final = re.compile(
    r"\b(?:deprecated|legacy|sunset(?:ted)?|retired|obsolete|end[- ]of[- ]life|no longer (?:supported|maintained))\b",
    re.IGNORECASE,
)
VERSION: Final = re.compile(r"(?:^|[/ _.(-])v(?:ersion\s?)?(\d{1,3})(?:\.\d+)?(?=[/ _.)-]|$)", re.IGNORECASE)
VERSIONED_STEM: Final = re.compile(
    r"(?:.*(?:api|rest|reference|docs?)[-_ .]*)?v\d{1,3}(?:\.\d+)?(?:[-_ .]?(?:api|reference|docs?))?", re.IGNORECASE
)
VERSIONED_TITLE: Final = re.compile(r"\bapi\s*\(?v\d+|\bv\d+\s+api\b|^v\d+$|\bapi version \d+$", re.IGNORECASE)
CALLS_ITSELF_OLD: Final = re.compile(
    r"\b(this (?:version|api|page|document)|the (?:v\d+ )?api(?: v\d+)?"
    r"|v\d+|api v\d+)\b[^.]{0,60}\b(?:is|are|has been|have been|was)\b[^.]{0,30}"
    r"\b(?:deprecated|retired|sunset|replaced|superseded|no longer)\b",
    re.IGNORECASE,
)
PRODUCT: Final = re.compile(r"\b([A-Za-z][\w-]*)\s+APIs?\b")
"""The word before `API` in a title: `Billing API v2` and `Messages API v5` have versions of their own."""
EVERY_API: Final = frozenset(
    {
        "the",
        "a",
        "an",
        "our",
        "rest",
        "restful",
        "http",
        "json",
        "web",
        "public",
        "open",
        "core",
        "main",
        "legacy",
        "old",
    }
    | {"new", "current", "official", "external", "developer", "developers", "this", "v", "using", "with", "to", "of"}
    | {"and", "client", "server", "classic", "previous", "deprecated", "full", "standard", "general"}
)
"""Words that stand there and tell no API from another."""


@dataclass(frozen=True, slots=True)
class Editions:
    """The version of each page, the newest of each API that the docs are about, and the pages of a retired one."""

    versions: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    newest: Mapping[str, int] = field(default_factory=dict)
    retired: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def old(self, passage: Passage) -> bool:
        """Tell whether the passage is about a version that is no longer the current one."""
        if passage.path in self.retired or any(OLD.search(heading) for heading in passage.headings):
            return True
        product, page = self.versions.get(passage.path, ("", 0))
        section = version_of(passage.headings[-1:]) or version_of(passage.headings[:-1])
        named = product_of(" ".join(passage.headings), self.names) or product
        version = section or page
        return bool(version) and version < self.newest.get(named, 0)


def editions(documents: Sequence[Document], names: frozenset[str]) -> Editions:
    """Learn the versions of all pages; `names` are words for the vendor, which tell no API from another."""
    versions = {d.path: (product_of(d.title, names), v) for d in documents if (v := _api_version(d))}
    retired = frozenset(d.path for d in documents if _declared_old(d))
    newest: dict[str, int] = {}
    for path, (product, version) in versions.items():
        if path not in retired:
            newest[product] = max(version, newest.get(product, 0))
    return Editions(versions=versions, newest=newest, retired=retired, names=names)


def product_of(title: str, names: frozenset[str]) -> str:
    """Return the word that tells the API of a title from others of the same vendor, if there is one."""
    found = [word.lower() for word in PRODUCT.findall(title)]
    own = [word for word in found if word not in EVERY_API and word not in names and not re.fullmatch(r"v\d+", word)]
    return own[-1] if own else ""


def version_of(texts: Iterable[str]) -> int:
    """Return the highest version that `texts` name, or zero."""
    return max((int(found[1]) for text in texts for found in VERSION.finditer(text)), default=0)


def _api_version(document: Document) -> int:
    """Return the version of the API that a whole page is about, by its name (`v3.rst`) or its title (`API v3`)."""
    stem = document.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    named = VERSIONED_STEM.fullmatch(stem) or VERSIONED_TITLE.search(document.title)
    return version_of([named.group()]) if named else 0


def _declared_old(document: Document) -> bool:
    """Tell a page that calls itself deprecated in its title or in its first words."""
    if OLD.search(document.title):
        return True
    opening = " ".join(p.text for p in document.passages[:4])[:600]
    found = CALLS_ITSELF_OLD.search(opening)
    named = VERSION.search(f" {found[1]} ") if found else None
    return bool(found) and (named is None or int(named[1]) == _api_version(document))
