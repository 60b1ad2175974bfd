"""The base URL, as the place in the tree of all addresses where the calls of the docs branch."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from specloom.facts.ranking import base_words as words
from specloom.facts.ranking.base_tree import tree
from specloom.facts.ranking.proposal import Proposal, Ranker
from specloom.facts.speech.whose import site
from specloom.facts.urls.addresses import PAGE, PAGE_ENDING
from specloom.facts.urls.base_made import candidate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from specloom.facts.evidence import Evidence
    from specloom.facts.ranking.base_tree import Key, Node
    from specloom.model.source import Json

LEAST: Final = 0.5
"""Of what docs that the model was not fitted on say beside what is stated, 91 in 100 were right from here on."""
MOST_PLACES: Final = 8
MOST_NAMES: Final = 2
"""Parts of a path that are neither a version nor called after an API."""
PORTS: Final = {"https": ":443", "http": ":80"}
AGAIN: Final = 2
SOCKETS: Final = frozenset({"ws", "wss"})
MANY: Final = 3
"""Branches from which addresses are those of several endpoints."""
BRACKET: Final = re.compile(r"[\[\]]")
"""What makes an address one of another kind, or none at all."""
OPEN: Final = re.compile(r"[{<][^}>]*[}>]")


@dataclass(frozen=True)
class Tree:
    """All nodes, with what is asked of them again and again."""

    nodes: dict[Key, Node]
    evidence: Evidence
    most_called: str


def propose(evidence: Evidence) -> Iterator[Proposal]:
    """Propose every beginning of an address that readers see; of bare names, those that are ours."""
    nodes = tree(evidence)
    hosts = [key[0] for key in nodes if len(key) == 1]
    whole = Tree(
        nodes=nodes,
        evidence=evidence,
        most_called=max(sorted(hosts), key=lambda host: nodes[host,].seen["called"], default=""),
    )
    for key, node in nodes.items():
        if _may_be(key, node) and (any(node.schemes) or evidence.whose.calls(f"https://{key[0]}")):
            yield _proposal(whole, key, node)


def _may_be(key: Key, node: Node) -> bool:
    """Tell a beginning that may be a base: not a mere link, no page, not deep among names, not open altogether.

    A socket is none, nor is where people sign in, nor a machine in somebody's own network. A host that stands for any
    is one where calls go there again and again: docs of what everybody runs on a host of their own do so.
    """
    if node.seen["linked"] == node.seen["all"] or not node.written.isascii() or PAGE_ENDING.search(f"/{key[-1]}"):
        return False
    if SOCKETS.issuperset(node.schemes) or words.NUMBERED.search(key[0]) or words.PRIVATE.match(key[0]):
        return False
    if words.NO_HOST.search(key[0]) and node.seen["called"] < AGAIN:
        return False
    if words.ACCESS_HOST.search(key[0]) and all(map(words.ACCESS.search, key[1:])):
        return False
    if BRACKET.search(node.written) or (len(key) == 1 and not re.search(r"\w", OPEN.sub("", key[0]))):
        return False
    return _names(key[1:]) <= MOST_NAMES


def beside(value: Mapping[str, Json], known: list[Mapping[str, Json]]) -> bool:
    """Let an address stand beside those of other hosts; what is nobody's, or left open, only where none is known."""
    host = _host(value)
    if known and OPEN.fullmatch(host):
        return False
    if any(host == _host(other) or _pattern(_host(other)).fullmatch(host) for other in known):
        return False
    nowhere = words.NOBODYS.search(host) or words.LOCAL.search(host) or "." not in host
    return not known or not nowhere


def corrected(value: Mapping[str, Json], known: Mapping[str, Json]) -> Mapping[str, Json] | None:
    """Cut names of resources from what was stated: words call the address of an endpoint a base, too.

    What `api` or a version stands behind is the name of no resource.
    """
    if _host(value) != _host(known):
        return None
    base, stated = (_path(one) for one in (value, known))
    more = [part for part in stated[len(base) :] if not words.NUMBER.fullmatch(part) and "version" not in part]
    of_resource = stated[: len(base)] == base and _names(more) and _names(more[-1:])
    return {**known, "url": value["url"]} if of_resource else known


def _names(parts: Sequence[str]) -> int:
    """Count the parts of a path that are neither a version nor called after an API."""
    return sum(not (words.VERSION.fullmatch(part) or words.API.fullmatch(part)) for part in parts)


def _path(value: Mapping[str, Json]) -> list[str]:
    """Return the parts of the path of a base."""
    return [part for part in str(value["url"]).lower().partition("://")[2].split("/")[1:] if part]


def _pattern(host: str) -> re.Pattern[str]:
    """Return what fills in the places that a host leaves open."""
    return re.compile(r"[\w-]+".join(re.escape(part) for part in OPEN.split(host)))


def _host(value: Mapping[str, Json]) -> str:
    """Return where an address leads, whether or not it says the port that its scheme has anyway."""
    url = str(value["url"])
    parts = urlsplit(url)
    return parts.netloc.lower().removesuffix(PORTS.get(parts.scheme, "")) or url


def _proposal(whole: Tree, key: Key, node: Node) -> Proposal:
    scheme = max(node.schemes, key=lambda name: (bool(name), node.schemes[name], name)) or "https"
    url = f"{scheme}://{node.written}"
    spots = sorted(node.spots, key=lambda spot: -spot[0])
    places = tuple(dict.fromkeys(place for _, place, _ in spots))[:MOST_PLACES]
    passage = whole.evidence.passages[node.first]
    said = spots[0][2] if url in spots[0][2] else url
    value = candidate(url, passage, places[0], 0, said=said).value
    return Proposal(value=value, places=places, features=_features(whole, key, node))


def _features(whole: Tree, key: Key, node: Node) -> dict[str, float]:
    host = OPEN.sub("", key[0])
    name = re.sub(r":\d+$", "", host).strip(".")
    features = {
        **_of_host(whole, key, name),
        **_of_path(key),
        **_of_branches(whole, key, node),
        **_of_words(whole, node),
    }
    is_api, calls = bool(words.API_HOST.search(host)), node.seen["called"]
    if len(key) == 1:
        features |= {
            "host_unnamed": not is_api,
            "host_called": calls > 0,
        }
    return {feature: float(size) for feature, size in features.items()}


def _of_host(whole: Tree, key: Key, name: str) -> dict[str, float]:
    hosts = whole.evidence.whose.hosts
    return {
        "host_own": bool(hosts) and whole.evidence.whose.calls(f"https://{name}"),
        "host_not_told": not hosts,
        "host_api": bool(words.API_HOST.search(f"{name}.")),
        "host_page": bool(PAGE.search(name)),
        "host_local": bool(words.LOCAL.search(name)),
        "host_nobodys": bool(words.NOBODYS.search(name)),
        "host_dotless": "." not in name,
        "host_port": bool(re.search(r":\d+$", key[0])),
        "host_most_called": whole.most_called == key[0],
        "host_beside_most_called": whole.most_called != key[0] and site(name) == site(OPEN.sub("", whole.most_called)),
    }


def _of_path(key: Key) -> dict[str, float]:
    path = key[1:]
    api = [bool(words.API.fullmatch(part)) for part in path]
    version = [
        bool(words.VERSION.fullmatch(part) or (after and words.NUMBER.fullmatch(part)))
        for part, after in zip(path, [False, *api], strict=False)
    ]
    other = [not (is_version or is_api) for is_version, is_api in zip(version, api, strict=True)]
    return {
        "path_two": len(path) == 2,
        "path_longer": len(path) > 2,
        "path_version": any(version),
        "path_version_last": any(version[-1:]),
        "path_api": any(api),
        "path_other": any(other[:-1]),
        "path_other_last": any(other[-1:]),
        "path_access": bool(words.ACCESS.search("/".join(path))),
        "path_page": bool(PAGE.search(" ".join(path))),
    }


def _versions(node: Node) -> int:
    return sum(count for part, count in node.below.items() if words.VERSION.fullmatch(part))


def _is_trunk(whole: Tree, key: Key) -> bool:
    """Tell what all addresses go through to where they branch: the base is not here yet."""
    at = key
    while len(below := whole.nodes[at].below) == 1 and (further := (*at, *below)) in whole.nodes:
        at = further
    return at != key and len(whole.nodes[at].below) >= MANY


def _of_branches(whole: Tree, key: Key, node: Node) -> dict[str, float]:
    above = whole.nodes[key[:-1]].seen["all"] if len(key) > 1 else node.seen["all"]
    below = max(1, sum(node.below.values()))
    return {
        "branches": math.log1p(len(node.below)),
        "share_of_above": node.seen["all"] / above,
        "versions_below": _versions(node) / below,
        "trunk": _is_trunk(whole, key),
        "answered_beside_calls": node.share("answered") * (bool(whole.most_called) and whole.most_called != key[0]),
        "of_others": node.share("of_others"),
        "listed": node.seen["end_listed"] > 0,
        "ends": math.log1p(node.seen["end_all"]),
        "ends_well": node.seen["end_good"] > 0,
        "ends_in_slash": node.seen["end_slash"] > 0,
    }


def _of_words(whole: Tree, node: Node) -> dict[str, float]:
    seen = node.seen
    called = ("said_base", "base_heading", "named_base", "said_of_all")
    return {
        "called_base": any(seen[f"end_{name}"] for name in called),
        "called_base_below": seen["base_below"] > 0,
        "endpoint_near": seen["end_said_endpoint"] > 0,
        "endpoint_above": seen["end_endpoint_heading"] > 0,
        "environment_near": seen["end_said_environment"] > 0,
        "environment_above": seen["end_environment_heading"] > 0,
        "in_backticks": seen["end_in_backticks"] > 0,
        "page_near": seen["end_said_page"] / max(1, seen["end_all"]),
        "aside": node.share("aside"),
        "late": node.first / max(1, len(whole.evidence.passages)),
    }


RANKER: Final = Ranker(fact_kind="base_url", propose=propose, beside=beside, least=LEAST, corrected=corrected)
