"""The endpoints that documentation describes, each with the passages about it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from specloom.facts.draft.mentions import Mention, Strength, mentions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.facts.draft.paths import Path
    from specloom.facts.evidence import Place
    from specloom.facts.speech.whose import Ownership
    from specloom.model.passage import Document, Passage

MOST_BEFORE: Final = 12
"""Passages that are still taken for what is said before a call is named."""
MOST_COMPARED: Final = 500
REFERENCE: Final = 5
"""Endpoints that are defined, from which on the docs are a reference: an example of none of them is no endpoint."""

GENERIC: Final = re.compile(
    r"\W*(?:(?:https?|api|sample|example|rest)\s+)*(?:requests?|endpoints?|urls?|uris?|paths?|definition|methods?|syntax|routes?)"
    r"(?:\s+(?:urls?|methods?|syntax|lines?))?\W*|[\s`*]*/\S*",
    re.IGNORECASE,
)
"""Headings that only announce a call: what follows beside them is about that call too."""
EXAMPLES: Final = re.compile(r"\W*(?:(?:sample|example)s?|usage)\W*", re.IGNORECASE)
"""A heading of examples: below several calls of one section, they are examples of any of them."""


@dataclass(slots=True)
class Endpoint:
    """A method and a path template, where it is named, and the passages that describe it."""

    method: str
    path: Path
    headings: tuple[str, ...]
    strength: Strength
    told: int = 0
    places: list[Place] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    query: list[str] = field(default_factory=list)
    types: dict[str, str] = field(default_factory=dict)
    origins: Counter[str] = field(default_factory=Counter)

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """Return what tells endpoints apart: the names of path variables do not."""
        return self.method, self.path.shape

    @property
    def url(self) -> str:
        """Return the path as OpenAPI writes it."""
        return str(self.path)

    def described_from(self, headings: tuple[str, ...], before: Sequence[Passage], strength: Strength) -> None:
        """Take over a section that describes it better, with what is said there before the call is named."""
        if strength > self.told:
            self.headings, self.told = headings, strength
            self.passages[:] = [one for one in before if one.headings[: len(headings)] == headings and headings]

    def named_by(self, mention: Mention) -> None:
        """Take over what one more mention tells."""
        if mention.spot not in self.places:
            self.places.append(mention.spot)
        self.query.extend(name for name in mention.target.query if name not in self.query)
        self.types.update(mention.target.types)
        if mention.target.origin:
            self.origins[mention.target.origin] += 1


def endpoints(documents: Sequence[Document], whose: Ownership, base: tuple[str, ...] = ()) -> list[Endpoint]:
    """Find every endpoint, in the order of the docs; `base` is the path of the server, which paths are seen from."""
    found = {document.path: list(mentions(document, whose)) for document in documents}
    book = _Book(base, [mention for listed in found.values() for mention in listed])
    for document in documents:
        _describe(document, book, found[document.path], whose)
    return book.in_order()


class _Book:
    """All endpoints; those that are defined or talked about first, since examples are examples of them."""

    def __init__(self, base: tuple[str, ...], listed: Sequence[Mention]) -> None:
        self._base = base
        self._known: dict[tuple[str, tuple[str, ...]], Endpoint] = {}
        self._by_length: dict[tuple[str, str], list[Endpoint]] = {}
        self._order = {id(mention): at for at, mention in enumerate(listed)}
        self._first: dict[tuple[str, tuple[str, ...]], int] = {}
        for strength in (Strength.DEFINED, Strength.SAID):
            for mention in listed:
                if mention.strength is strength:
                    self.of(mention) or self.add(mention)
        defined = sum(one.strength is Strength.DEFINED for one in self._known.values())
        self.reference = defined >= REFERENCE and 2 * defined >= len(self._known)

    def of(self, mention: Mention) -> Endpoint | None:
        """Return the endpoint that a mention means, if there is one: itself, or the template that it fills in."""
        path = mention.target.path.below(self._base)
        known = self._known.get((mention.method, path.shape))
        if known or mention.strength is Strength.DEFINED:
            return known
        ends = self._by_length.get((mention.method, path.shape[-1]), []) + self._by_length.get(
            (mention.method, "{}"), []
        )
        fits = [one for one in ends[:MOST_COMPARED] if path.is_example_of(one.path)]
        return max(fits, key=lambda one: (one.path.fixed, len(one.path.segments)), default=None)

    def add(self, mention: Mention) -> Endpoint:
        """Make a new endpoint of a mention."""
        path = mention.target.path.below(self._base)
        made = Endpoint(mention.method, path, mention.headings, mention.strength)
        self._known[made.key] = made
        self._by_length.setdefault((made.method, path.shape[-1]), []).append(made)
        self._first[made.key] = self._order[id(mention)]
        return made

    def in_order(self) -> list[Endpoint]:
        """Return the endpoints as the docs have them."""
        return sorted(self._known.values(), key=lambda one: self._first[one.key])


def section(headings: tuple[str, ...]) -> tuple[str, ...]:
    """Return the headings without the last ones that only announce a call, such as `HTTP Request`."""
    while headings and GENERIC.fullmatch(headings[-1]):
        headings = headings[:-1]
    return headings


def _describe(document: Document, book: _Book, listed: Sequence[Mention], whose: Ownership) -> None:
    """Hand every passage to the endpoint that is being described where it stands."""
    waiting = list(reversed(listed))
    current: Endpoint | None = None
    below: tuple[str, ...] = ()
    before: list[Passage] = []
    there, shared = below, 0
    for passage in document.passages:
        if whose.old(passage) or whose.aside(passage):
            continue
        if passage.headings[: len(below)] != below:
            current, before = None, []
        while waiting and waiting[-1].passage is passage:
            mention = waiting.pop()
            endpoint = book.of(mention)
            if endpoint is None and (current or book.reference):
                continue
            endpoint = endpoint or book.add(mention)
            endpoint.named_by(mention)
            if mention.heads and not (current and mention.strength is Strength.EXAMPLE):
                below = section(mention.headings)
                shared = shared + 1 if current and current is not endpoint and below == there else 1
                there = below
                endpoint.described_from(below, [] if current else before, mention.strength)
                current, before = endpoint, []
        if current:
            if not (shared > 1 and passage.headings != below and EXAMPLES.fullmatch(passage.headings[len(below)])):
                current.passages.append(passage)
        else:
            above = [one for one in before if one.headings == passage.headings[: len(one.headings)]]
            before = [*above[-MOST_BEFORE:], passage]
