"""Where an API is, read from the addresses that examples call."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from specloom.facts.evidence import Candidate, lines_within, place
from specloom.facts.urls.addresses import VERSION_PATH
from specloom.facts.urls.base_url_words import CALL, LEAST_SHARE, LEFT_OPEN, MESSAGE, OF_PAGE, SHOWN, URL
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specloom.facts.evidence import Evidence, Place
    from specloom.model.passage import Passage


API_HOST: Final = re.compile(r"(?:^|[.-])api(?:s|-\w+)?(?=[.-])|^[\w-]*api\.", re.IGNORECASE)
"""A host that is one of an API by its name: `api.quay.dev`, `sandbox-api.quay.dev`, `quayapi.dev`."""


PLAIN: Final = re.compile(
    r"https?://[\w-]{1,60}(?:\.[\w-]{1,60}){1,8}(?::\d+)?"
    r"(?:/(?:\w{0,20}api\w{0,20}|rest|ws|graphql|services?|public|v?\d+(?:\.\d+)?)){0,4}/?"
    r"(?=[\s`\"'<>)\]|*,;]|\.(?:\s|$)|$)",
    re.IGNORECASE,
)
"""An address that ends where the paths of an API begin."""


NO_BASE: Final = re.compile(
    r"example\.(?:com|org)|localhost|//your|\.your\w*\.|yourapp|mysite|//(?:docs?|developers?|dashboard|status)\."
    r"|\{\d?\}|/oauth|/authoriz|/tokens?(?:$|[/?])|/login|\.(?:png|jpg)$"
)
"""Addresses that are nobody's, that lead to pages, or that have a base of their own."""


def most_called(evidence: Evidence, passages: Iterable[Passage]) -> Iterator[Candidate]:
    """Return what most calls in examples begin with, host and version; addresses in answers bear it out.

    A single call is enough where the address itself says that it is one of an API.
    """
    called: dict[str, list[Place]] = {}
    shown: Counter[str] = Counter()
    for passage in passages:
        for base, spot in _bases(evidence, passage):
            shown[base] += 1
            if passage.kind is not PassageKind.CODE or CALL.search(passage.text):
                called.setdefault(base, []).append(spot)
    called = _concrete(called)
    total = sum(len(spots) for spots in called.values())
    hosts: set[str] = set()
    for base, spots in sorted(called.items(), key=lambda item: -shown[item[0]]):
        often = shown[base] >= _enough(base) and len(spots) >= total * LEAST_SHARE
        host = urlsplit(base).netloc
        if often or (host not in hosts and _plainly_an_api(base)):
            hosts.add(host)
            places = tuple(dict.fromkeys(spots[:4]))
            yield Candidate(fact_kind="base_url", value={"url": base}, places=places, strength=0.75 if often else 0.7)


def _concrete(called: dict[str, list[Place]]) -> dict[str, list[Place]]:
    """Leave out hosts that are left open altogether, where other calls go to one with the same path below it."""
    split = {base: base.partition("://")[2].partition("/") for base in called}
    told = {path for host, _, path in split.values() if not LEFT_OPEN.fullmatch(host)}
    return {b: called[b] for b, (host, _, path) in split.items() if path not in told or not LEFT_OPEN.fullmatch(host)}


def spelled_out(evidence: Evidence, passages: Iterable[Passage]) -> Iterator[Candidate]:
    """Return addresses in prose and lists that are an API's by themselves, and lead to none of its endpoints."""
    found: dict[str, list[Place]] = {}
    for passage in passages:
        for match in PLAIN.finditer(passage.text) if passage.kind is not PassageKind.CODE else ():
            url = match.group().rstrip("/")
            aside = OF_PAGE.search(passage.text[max(0, match.start() - 60) : match.start()])
            if not aside and _plainly_an_api(url) and _plain_call(url) and evidence.whose.calls(url):
                found.setdefault(url, []).extend(place(passage))
    for url, spots in found.items():
        places = tuple(dict.fromkeys(spots[:4]))
        yield Candidate(fact_kind="base_url", value={"url": url}, places=places, strength=0.7)


def _bases(evidence: Evidence, passage: Passage) -> Iterator[tuple[str, Place]]:
    for url in _shown(passage):
        if _plain_call(url) and evidence.whose.calls(url):
            parts = urlsplit(url)
            prefix = VERSION_PATH.match(parts.path)
            path = prefix.group() if prefix else ""
            if passage.kind is PassageKind.CODE or path or API_HOST.search(parts.netloc):
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


def _plainly_an_api(base: str) -> bool:
    parts = urlsplit(base)
    return bool(API_HOST.search(parts.netloc) or re.search(r"/(?:\w*api|v\d)", parts.path))


def _plain_call(url: str) -> bool:
    return not NO_BASE.search(url)
