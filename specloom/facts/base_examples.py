"""Where an API is, read from the addresses that examples call."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from specloom.facts.addresses import VERSION_PATH
from specloom.facts.base_url_words import CALL, LEAST_SHARE, MESSAGE, SHOWN, URL
from specloom.facts.evidence import Candidate, lines_within
from specloom.model.passage import PassageKind

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
            if passage.kind is not PassageKind.CODE or CALL.search(passage.text):
                called.setdefault(base, []).append(spot)
    total = sum(len(spots) for spots in called.values())
    for base, spots in called.items():
        if shown[base] >= _enough(base) and len(spots) >= total * LEAST_SHARE:
            places = tuple(dict.fromkeys(spots[:4]))
            yield Candidate(fact_kind="base_url", value={"url": base}, places=places, strength=0.75)


def _bases(evidence: Evidence, passage: Passage) -> Iterator[tuple[str, Place]]:
    for url in _shown(passage):
        if _plain_call(url) and evidence.whose.calls(url):
            parts = urlsplit(url)
            prefix = VERSION_PATH.match(parts.path)
            path = prefix.group() if prefix else ""
            if passage.kind is PassageKind.CODE or path:
                base = f"{parts.scheme}://{parts.netloc}{path}".rstrip("/")
                yield base, lines_within(passage, re.compile(re.escape(parts.netloc)))


def _shown(passage: Passage) -> Iterator[str]:
    """Yield the addresses of a block, those of HTTP messages too; in prose, the ones that are set as code."""
    if passage.kind is not PassageKind.CODE:
        yield from (found["url"] for shown in SHOWN.finditer(passage.text) if (found := URL.match(shown["url"])))
        return
    yield from (found["url"] for found in URL.finditer(passage.text))
    yield from (f"https://{found['host']}{found['path']}" for found in MESSAGE.finditer(passage.text))


def _enough(base: str) -> int:
    """Return how many addresses prove a base; a host that is called `api`, or a version, needs fewer."""
    parts = urlsplit(base)
    return 2 if parts.netloc.startswith("api.") or re.search(r"/(?:api|v\d)", parts.path) else 3


def _plain_call(url: str) -> bool:
    return not re.search(
        r"example\.(?:com|org)|localhost|yourapp|/oauth|/authoriz|/tokens?(?:$|[/?])|/login|mysite|\.(?:png|jpg)$", url
    )
