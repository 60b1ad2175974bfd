"""What the docs tell of themselves: the words that they use for their API, the hosts that their examples call."""

from __future__ import annotations

import collections
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.model.passage import Document

NAME = re.compile(r"(?<=[a-z,] )([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)\b")
API_OF = re.compile(r"\b([A-Z][A-Za-z0-9]+)(?:['’]s)?\s+(?:(?:REST|HTTP|[Ww]eb|[Pp]ublic|[Dd]ata|[vV]\d+)\s+)*APIs?\b")
"""`the Harbour API`: what the docs call the API that they are about, and now and then somebody else's."""
SMALL_WORD = re.compile(r"\b[a-z][a-z0-9]+\b")
URL = re.compile(r"https?://[^\s\"'`<>()\[\]{}|\\,]+", re.IGNORECASE)
COMMON = frozenset(
    {"the", "this", "these", "those", "each", "every", "our", "we", "all", "any", "if", "when", "you", "your"}
    | {"it", "its", "to", "by", "for", "from", "in", "on", "per", "api", "apis", "rest", "http", "https", "url"}
    | {"json", "graphql", "oauth", "authorization", "bearer", "basic", "unix", "utc", "get", "post", "put", "patch"}
    | {"delete", "note", "warning", "tip", "important", "exceeding", "default", "requests", "request", "rate"}
    | {"limit", "limits", "limiting", "requests", "users", "organization", "organizations", "customers", "clients"}
    | {"some", "most", "many", "both", "either", "standard", "free", "pro", "enterprise", "business", "hobby"}
    | {"team", "premium", "retry", "after", "header", "headers", "however", "because", "since", "while", "once"}
    | {"server", "client", "webhook", "webhooks", "web", "service", "services", "platform", "key", "keys", "token"}
    | {"tokens", "access", "account", "accounts", "global", "hourly", "daily", "weekly", "monthly", "burst", "usage"}
)
GENERIC_HOSTS = frozenset(
    {"com", "org", "net", "io", "dev", "app", "co", "api", "www", "docs", "developer", "developers", "example"}
    | {"localhost", "gov"}
)
CALL_LINE = re.compile(r"^.*(?:curl|fetch|requests\.|GET|POST|PUT|PATCH|DELETE|--url|https?://api).*$", re.MULTILINE)
PLACEHOLDER_HOST = re.compile(
    r"example|localhost|^\d{1,3}(?:\.\d{1,3}){3}$|your|my-|^my|[<{$]|placeholder|domain|host\b|instance|subdomain|acme"
)
LEAST_SHARE = 0.5


def own_names(documents: Sequence[Document], title: str) -> frozenset[str]:
    """Return the words that the docs use for themselves: the commonest names, and labels of called hosts."""
    counts: collections.Counter[str] = collections.Counter()
    hosts: collections.Counter[str] = collections.Counter()
    called: collections.Counter[str] = collections.Counter()
    for document in documents:
        for passage in document.passages:
            if passage.kind is PassageKind.CODE:
                hosts.update(set(_labels(" ".join(CALL_LINE.findall(passage.text)))))
            else:
                counts.update(name.lower() for name in NAME.findall(passage.text) if name.lower() not in COMMON)
                called.update(name.lower() for name in API_OF.findall(passage.text) if name.lower() not in COMMON)
    chosen = {word.lower() for word in re.findall(r"[A-Za-z][A-Za-z0-9]+", title)} - COMMON
    shown = " ".join(f"{d.path} {' '.join(p.headings)}" for d in documents for p in d.passages[:400]).lower()
    headed = collections.Counter({name: count for name, count in counts.items() if name in shown})
    for counter in (headed, hosts, called):
        top = max(counter.values(), default=0)
        chosen.update(
            name for name, count in counter.items() if count > 1 and (count > top * LEAST_SHARE or count == top)
        )
    return frozenset(form for name in chosen for form in (name, f"{name}s", name.removesuffix("s")) if form)


def _labels(text: str) -> list[str]:
    out: list[str] = []
    for found in URL.findall(text):
        try:
            host = urlsplit(found).hostname or ""
        except ValueError:
            continue
        out.extend(label for label in host.split(".") if label not in GENERIC_HOSTS and len(label) > 1)
    return out


def proper_names(documents: Sequence[Document]) -> frozenset[str]:
    """Return the words that are written with a capital inside sentences at least as often as without."""
    capital: collections.Counter[str] = collections.Counter()
    small: collections.Counter[str] = collections.Counter()
    for document in documents:
        for passage in document.passages:
            if passage.kind is not PassageKind.CODE:
                capital.update(name.lower() for name in NAME.findall(passage.text))
                small.update(SMALL_WORD.findall(passage.text))
    return frozenset(name for name, count in capital.items() if count >= small[name])


def called_hosts(documents: Sequence[Document]) -> frozenset[str]:
    """Return the hosts that the examples call, those called seldom left out."""
    counts: collections.Counter[str] = collections.Counter()
    for document in documents:
        for passage in document.passages:
            text = (
                " ".join(CALL_LINE.findall(passage.text))
                if passage.kind is PassageKind.CODE
                else " ".join(re.findall(r"`(https?://[^`]*)`", passage.text))
            )
            counts.update(
                {host for url in URL.findall(text) if (host := host_of(url)) and not PLACEHOLDER_HOST.search(host)}
            )
    top = max(counts.values(), default=0)
    return frozenset(host for host, count in counts.items() if count >= top * LEAST_SHARE)


def host_of(url: str) -> str:
    """Return the host of an address in lower case, or nothing."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
