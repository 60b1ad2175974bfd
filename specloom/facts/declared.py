"""What the docs say against what the description declares. The declaration stands; a contradiction is a finding."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from specloom.model.diagnostic import Diagnostic, Level
from specloom.model.inference import CONTRADICTION, Outcome
from specloom.model.schema import ABSENT
from specloom.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from specloom.model.api import Api, Parameter, SecurityScheme
    from specloom.model.inference import Inference

CODE: Final = f"{CONTRADICTION}description"
DOUBTED: Final = 0.7
"""A contradicted inference keeps this share of its confidence: one side is wrong, and we cannot tell which."""


def check(inferences: Iterable[Inference], api: Api) -> tuple[tuple[Inference, ...], tuple[Diagnostic, ...]]:
    """Return the inferences, those that contradict the description doubted and never applied, and the findings."""
    kept: list[Inference] = []
    findings: list[Diagnostic] = []
    for inference in inferences:
        against = CHECKS.get(inference.fact_kind)
        declared = against(inference, api) if against else None
        if declared is None:
            kept.append(inference)
            continue
        where = inference.citations[0]
        message = (
            f"the docs say {_shown(inference)} ({where.file}:{where.line_start}), the description says {declared};"
            " correct the one that is wrong"
        )
        findings.append(Diagnostic(Level.WARNING, CODE, message, Span(where.file, where.line_start, where.line_end)))
        outcome = Outcome.WITHHOLD if inference.outcome is Outcome.WITHHOLD else Outcome.SUGGEST
        kept.append(replace(inference, confidence=round(inference.confidence * DOUBTED, 3), outcome=outcome))
    return tuple(kept), tuple(findings)


def _shown(inference: Inference) -> str:
    return ", ".join(f"{key} {value}" for key, value in inference.value.items())


def _auth(inference: Inference, api: Api) -> str | None:
    """Ask that some declared scheme be the one in the docs; nothing is said where the description declares none."""
    value = inference.value
    if not api.security_schemes or value.get("type") not in {"http", "apiKey"}:
        return None
    if any(_is(scheme, inference) or scheme.type in {"oauth2", "openIdConnect"} for scheme in api.security_schemes):
        return None
    return ", ".join(_scheme(scheme) for scheme in api.security_schemes)


def _is(scheme: SecurityScheme, inference: Inference) -> bool:
    value = inference.value
    if scheme.type == "http":
        return value.get("type") == "http" and value.get("scheme") == scheme.scheme
    same_name = str(value.get("name", "")).lower() == (scheme.parameter or "").lower()
    return scheme.type == "apiKey" and same_name and value.get("in") == scheme.location


def _scheme(scheme: SecurityScheme) -> str:
    return " ".join(part for part in (scheme.type, scheme.scheme, scheme.location, scheme.parameter) if part)


def _base_url(inference: Inference, api: Api) -> str | None:
    hosts = {urlsplit(server.url).netloc.lower() for server in api.servers} - {""}
    host = urlsplit(str(inference.value.get("url", ""))).netloc.lower()
    templated = any("{" in one for one in (*hosts, host))
    return None if not hosts or templated or host in hosts else ", ".join(sorted(hosts))


def _page_size(inference: Inference, api: Api) -> str | None:
    """Ask that some declared parameter of that name have the default and the maximum of the docs."""
    name = str(inference.value.get("param", ""))
    said = {key: inference.value[key] for key in ("default", "max") if key in inference.value}
    declared = [_bounds(parameter) for parameter in _parameters(api) if parameter.name == name]
    declared = [bounds for bounds in declared if bounds]
    if not declared or any(all(bounds.get(key, value) == value for key, value in said.items()) for bounds in declared):
        return None
    return "; ".join(sorted({", ".join(f"{key} {value:g}" for key, value in bounds.items()) for bounds in declared}))


def _parameters(api: Api) -> Iterator[Parameter]:
    return (parameter for operation in api.operations for parameter in operation.parameters)


def _bounds(parameter: Parameter) -> dict[str, float]:
    schema = parameter.schema
    out: dict[str, float] = {}
    if schema.default is not ABSENT and isinstance(schema.default, int | float):
        out["default"] = schema.default
    if schema.limits.maximum is not None:
        out["max"] = schema.limits.maximum
    return out


CHECKS: Final[dict[str, Callable[[Inference, Api], str | None]]] = {
    "auth": _auth,
    "base_url": _base_url,
    "page_size": _page_size,
}
"""For each kind that a description can declare: what it declares instead, or None where the two agree."""
