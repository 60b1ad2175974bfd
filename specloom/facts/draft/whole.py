"""What holds for the whole API, from facts that were inferred: servers, authentication, and the body of errors."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from specloom.facts.draft.citing import CITATIONS, Lines, of_fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from specloom.facts.draft.endpoints import Endpoint
    from specloom.model.inference import Inference

SCHEMES: Final = {"http": ("scheme",), "apiKey": ("in", "name")}
FLOWS: Final = {
    "authorization_code": "authorizationCode",
    "client_credentials": "clientCredentials",
    "implicit": "implicit",
    "password": "password",
}
URLS: Final = {"authorizationCode": ("authorizationUrl", "tokenUrl"), "implicit": ("authorizationUrl",)}
CALLED: Final = re.compile(r"https?://[\w.-]+(?::\d+)?")
OTHER: Final = re.compile(r"sandbox|staging|test|demo|localhost|dev(?:elopment)?\b|beta|\beu\b", re.IGNORECASE)
"""What the server that most people call is not."""
LOCAL: Final = re.compile(r"localhost|127\.0\.0\.1|example\.(?:com|org|net)")
ERROR: Final = "Error"


def servers(facts: Iterable[Inference]) -> list[dict[str, Any]]:
    """Return the servers that the docs name as such, the surest first."""
    found = [
        {
            "url": str(fact.value["url"]),
            **({"description": str(fact.value["env"])} if "env" in fact.value else {}),
            CITATIONS: of_fact(fact),
        }
        for fact in sorted(facts, key=lambda one: (-one.confidence, -len(one.citations)))
        if fact.fact_kind == "base_url"
        and fact.value.get("env") != "oauth"
        and str(fact.value["url"]).startswith(("https://", "http://", "/", "{"))
    ]
    return sorted(found, key=lambda one: bool(OTHER.search(f"{one['url']} {one.get('description', '')}")))


def called(found: Sequence[Endpoint], lines: Lines) -> list[dict[str, Any]]:
    """Return the server that the examples call most, for docs that name none."""
    origins: Counter[str] = Counter()
    for endpoint in found:
        origins.update({one: count for one, count in endpoint.origins.items() if CALLED.fullmatch(one)})
    ranked = sorted(origins, key=lambda one: (bool(LOCAL.search(one)), -origins[one], one))
    if not ranked:
        return []
    first = next(endpoint for endpoint in found if ranked[0] in endpoint.origins)
    return [{"url": ranked[0], CITATIONS: lines.cited(first.places[:1])}]


def base_of(known: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    """Return the path of the first server, which the paths of a description are added to."""
    try:
        path = urlsplit(str(known[0]["url"])).path if known else ""
    except ValueError:
        return ()
    return tuple(part for part in path.split("/") if part)


def schemes(facts: Sequence[Inference]) -> dict[str, Any]:
    """Return the security schemes that can be written down in full; a key in the body has no form there."""
    out: dict[str, Any] = {}
    for fact in facts:
        kind = str(fact.value.get("type"))
        if (
            fact.fact_kind == "auth"
            and kind in SCHEMES
            and fact.value.get("in") != "body"
            and all(isinstance(fact.value.get(key), str) for key in SCHEMES[kind])
        ):
            chosen = {key: fact.value[key] for key in SCHEMES[kind]}
            name = "_".join(re.sub(r"\W+", "_", str(part)) for part in (kind, *chosen.values()))
            out[name] = {"type": kind, **chosen, CITATIONS: of_fact(fact)}
    flows = {name: flow for fact in facts if fact.fact_kind == "oauth_flow" for name, flow in _flow(fact)}
    if flows:
        proof = [one for fact in facts if fact.fact_kind == "oauth_flow" for one in of_fact(fact)]
        out["oauth2"] = {"type": "oauth2", "flows": flows, CITATIONS: proof[:3]}
    return out


def _flow(fact: Inference) -> Iterable[tuple[str, dict[str, Any]]]:
    """Yield a flow of OAuth 2.0 where every URL that it needs is known and absolute."""
    name = FLOWS.get(str(fact.value.get("flow")))
    if name is None:
        return
    known = {"authorizationUrl": fact.value.get("authorize_url"), "tokenUrl": fact.value.get("token_url")}
    needed = URLS.get(name, ("tokenUrl",))
    if all(str(known[key] or "").startswith("https://") for key in needed):
        yield name, {**{key: known[key] for key in needed}, "scopes": {}}


def errors(facts: Iterable[Inference]) -> dict[str, Any]:
    """Return a schema of the error body, for the answers that refer to it."""
    for fact in facts:
        fields = fact.value.get("fields")
        if fact.fact_kind == "error_format" and isinstance(fields, list):
            inner: dict[str, Any] = {"type": "object", "properties": {str(name): {} for name in fields}}
            root = fact.value.get("root")
            whole = {"type": "object", "properties": {str(root): inner}} if root else inner
            return {ERROR: {**whole, CITATIONS: of_fact(fact)}}
    return {}
