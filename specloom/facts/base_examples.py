"""Where an API is, read from the addresses that examples call."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from specloom.facts.addresses import VERSION_PATH
from specloom.facts.base_url_words import CALL, LEAST_SHARE, URL
from specloom.facts.evidence import Candidate, lines_within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specloom.facts.evidence import Evidence, Place
    from specloom.model.passage import Passage


def most_called(evidence: Evidence, passages: Iterable[Passage]) -> Iterator[Candidate]:
    """Return what most calls in examples begin with, host and version; addresses in answers bear it out."""
    called: dict[str, list[Place]] = {}
    shown: Counter[str] = Counter()
    for passage in passages:
        for base, spot in _bases(evidence, passage):
            shown[base] += 1
            if CALL.search(passage.text):
                called.setdefault(base, []).append(spot)
    total = sum(len(spots) for spots in called.values())
    for base, spots in called.items():
        if shown[base] >= _enough(base) and len(spots) >= total * LEAST_SHARE:
            places = tuple(dict.fromkeys(spots[:4]))
            yield Candidate(fact_kind="base_url", value={"url": base}, places=places, strength=0.75)


def _bases(evidence: Evidence, passage: Passage) -> Iterator[tuple[str, Place]]:
    for url in URL.finditer(passage.text):
        if _plain_call(url["url"]) and evidence.whose.calls(url["url"]):
            parts = urlsplit(url["url"])
            prefix = VERSION_PATH.match(parts.path)
            base = f"{parts.scheme}://{parts.netloc}{prefix.group() if prefix else ''}".rstrip("/")
            yield base, lines_within(passage, re.compile(re.escape(base)))


def _enough(base: str) -> int:
    """Return how many addresses prove a base; a host that is called `api` needs fewer."""
    return 2 if urlsplit(base).netloc.startswith("api.") else 3


def _plain_call(url: str) -> bool:
    return not re.search(
        r"example\.(?:com|org)|localhost|yourapp|/oauth|/authoriz|/tokens?(?:$|[/?])|/login|mysite|\.(?:png|jpg)$", url
    )
