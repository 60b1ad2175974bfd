"""Where in a description a fact of the docs belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.model.api import Location

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.model.api import Api, Parameter
    from specloom.model.inference import Inference
    from specloom.model.source import Span

BY_SCHEME = frozenset({"auth", "auth_unsupported", "oauth_flow", "token_lifetime"})


def home(inference: Inference, api: Api) -> Span | None:
    """Return the lines that would say the same: a server, scheme, parameter or response; None where there are none."""
    if inference.fact_kind == "base_url":
        return next((server.span for server in api.servers), None)
    if inference.fact_kind in BY_SCHEME:
        return next((scheme.span for scheme in api.security_schemes), None)
    if inference.fact_kind == "rate_limit_exceeded":
        return _response(api, str(inference.value.get("status", "")))
    return next((parameter.span for parameter in named(inference, api)), None)


def named(inference: Inference, api: Api) -> Iterator[Parameter]:
    """Yield the declared parameters that a fact is about, in the order of the description."""
    value = inference.value
    in_header = inference.fact_kind == "required_header" or value.get("in") == "header"
    inner = value.get("params")
    names = {str(name) for name in inner.values()} if isinstance(inner, dict) else set()
    names |= {str(value[key]) for key in ("param", "name", "header") if key in value}
    for operation in api.operations:
        for parameter in operation.parameters:
            if parameter.name in names and (not in_header or parameter.location is Location.HEADER):
                yield parameter


def _response(api: Api, status: str) -> Span | None:
    found = (response for operation in api.operations for response in operation.responses if response.status == status)
    return next((response.span for response in found), None)
