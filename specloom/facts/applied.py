"""Facts of the docs where the description says nothing: what generated code may rest on, each with its citation.

A declaration is never overridden: where the description says anything of the kind, or the docs say several things, the
docs have no say. Only facts that are sure enough, or that somebody accepted, are taken (`Outcome.APPLY`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from specloom.facts.plain import Credential, address, credential, token
from specloom.model.api import SecurityScheme, Server
from specloom.model.facts import IdempotencyKey
from specloom.model.inference import Outcome
from specloom.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from specloom.model.api import Api
    from specloom.model.inference import Inference


def with_facts(api: Api, inferences: Iterable[Inference]) -> Api:
    """Return `api` with the facts that it leaves out; `Api.inferred` names them."""
    sure = [item for item in inferences if item.outcome is Outcome.APPLY]
    for kind, add in ADDED.items():
        found = [item for item in sure if item.fact_kind == kind]
        if found:
            api = add(api, found)
    return api


def _base_url(api: Api, found: Sequence[Inference]) -> Api:
    found = [item for item in found if item.value.get("env") in {None, "production"}]
    url = address(found[0].value) if len(found) == 1 else ""
    if api.servers or not url:
        return api
    server = Server(url=url, span=_span(found[0]))
    return replace(api, servers=(server,), inferred=(*api.inferred, found[0]))


def _auth(api: Api, found: Sequence[Inference]) -> Api:
    """Take every scheme as one of several ways; where one of them cannot be sent as it is, a person has to look.

    None of them is required: what the docs say of some calls must not keep anybody from making the others.
    """
    said = api.security is not None or any(operation.security is not None for operation in api.operations)
    schemes = [_scheme(item) for item in found]
    if api.security_schemes or said or None in schemes:
        return api
    known = {scheme.name: scheme for scheme in schemes if scheme}
    return replace(
        api,
        security_schemes=tuple(known.values()),
        security=(*(((name, ()),) for name in known), ()),
        inferred=(*api.inferred, *found),
    )


def _scheme(item: Inference) -> SecurityScheme | None:
    match credential(item.value):
        case Credential(type="http", scheme=scheme):
            return SecurityScheme(name=f"{scheme}Auth", type="http", scheme=scheme, span=_span(item))
        case Credential(location=where, name=name):
            return SecurityScheme(name=name, type="apiKey", location=where, parameter=name, span=_span(item))
    return None


def _idempotency(api: Api, found: Sequence[Inference]) -> Api:
    name = token(found[0].value)
    declared = any(operation.idempotency for operation in api.operations)
    if declared or len(found) != 1 or found[0].value.get("in") != "header" or not name:
        return api
    key = IdempotencyKey(header=name, origin=found[0])
    return replace(
        api,
        operations=tuple(
            replace(operation, idempotency=key) if operation.method == "POST" else operation
            for operation in api.operations
        ),
        inferred=(*api.inferred, found[0]),
    )


def _span(item: Inference) -> Span:
    where = item.citations[0]
    return Span(where.file, where.line_start, where.line_end)


ADDED: Final[dict[str, Callable[[Api, Sequence[Inference]], Api]]] = {
    "base_url": _base_url,
    "auth": _auth,
    "idempotency": _idempotency,
}
"""How facts of each kind are put in."""
