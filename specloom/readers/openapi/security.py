"""Ways to authenticate, and which of them an operation asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, cast

from specloom.model.api import OAuthFlow, SecurityRequirement, SecurityScheme
from specloom.readers.openapi.part import describe

if TYPE_CHECKING:
    from specloom.model.api import Operation
    from specloom.readers.openapi.part import Part

_Kind = Literal["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS", "unknown"]
_KINDS: Final[dict[str, _Kind]] = {
    "apikey": "apiKey",
    "http": "http",
    "basic": "http",
    "bearer": "http",
    "oauth2": "oauth2",
    "openidconnect": "openIdConnect",
    "mutualtls": "mutualTLS",
}
_FLOWS: Final = {"accessCode": "authorizationCode", "application": "clientCredentials"}
"""Swagger 2.0's names of flows, to OpenAPI 3's."""
_FLOWS_AND_SCOPES: Final = frozenset({"flows", "scopes"})


def read_security_schemes(root: Part) -> tuple[SecurityScheme, ...]:
    """Return the security schemes of a description, in order."""
    if root.context.dialect.is_swagger:
        return tuple(_scheme(name, part) for name, part in root.members("securityDefinitions"))
    components = root.part("components")
    return tuple(_scheme(name, part) for name, part in components.members("securitySchemes")) if components else ()


def read_security(part: Part) -> tuple[SecurityRequirement, ...] | None:
    """Return the requirements at `part`, any one of which suffices, or None where nothing is said."""
    value = part.value.get("security")
    if value is None:
        return None
    if isinstance(value, dict):
        part.context.problems.warning("wrong-type", "`security` should be a list of mappings", part.at("security"))
        value = [value]
    if not isinstance(value, list):
        part.wrong("security", "a list")
        return None
    requirements: list[SecurityRequirement] = []
    for item in value:
        if isinstance(item, dict):
            requirements.append(tuple((name, _scopes(scopes)) for name, scopes in item.items()))
        else:
            message = f"a security requirement should be a mapping, not {describe(item)}; it is left out"
            part.context.problems.warning("wrong-type", message, part.at("security"))
    return tuple(requirements)


def report_unknown(schemes: tuple[SecurityScheme, ...], root: Part, operations: tuple[Operation, ...]) -> None:
    """Report requirements that name a scheme which is not declared, each name once."""
    known = {scheme.name for scheme in schemes}
    for span, requirements in [(root.at("security"), read_security(root)), *((o.span, o.security) for o in operations)]:
        for name in (name for requirement in requirements or () for name, _ in requirement if name not in known):
            known.add(name)
            message = f"`security` asks for `{name}`, which is no security scheme here; declare it"
            root.context.problems.warning("unknown-security", message, span.member("security"))


def _scopes(value: object) -> tuple[str, ...]:
    return tuple(str(scope) for scope in value) if isinstance(value, list) else ()


def _scheme(name: str, part: Part) -> SecurityScheme:
    written = (part.text("type") or "").strip()
    kind = _KINDS.get(written.lower(), "unknown")
    if kind == "unknown":
        message = f"the security scheme `{name}` has the unknown type `{written}`; it cannot be used to authenticate"
        part.context.problems.warning("unknown-security", message, part.span)
    scheme = (part.text("scheme") or "").lower() or None
    return SecurityScheme(
        name=name,
        type=kind,
        span=part.span_with(_FLOWS_AND_SCOPES),
        location=_location(name, part) if kind == "apiKey" else None,
        parameter=_parameter(name, part) if kind == "apiKey" else None,
        scheme=(scheme or (written.lower() if written.lower() in ("basic", "bearer") else None)),
        bearer_format=part.text("bearerFormat"),
        flows=_flows(part) if kind == "oauth2" else (),
        open_id_connect_url=part.text("openIdConnectUrl"),
        description=part.text("description"),
        extensions=part.extensions,
    )


def _location(name: str, part: Part) -> Literal["header", "query", "cookie"]:
    written = (part.text("in") or "").strip().lower()
    if written in ("header", "query", "cookie"):
        return cast("Literal['header', 'query', 'cookie']", written)
    message = f"the API key `{name}` does not say where it goes (`in`); it is read as a header"
    part.context.problems.warning("missing-in", message, part.span)
    return "header"


def _parameter(name: str, part: Part) -> str:
    parameter = part.text("name")
    if parameter:
        return parameter
    message = f"the API key `{name}` needs a `name`, that of its header or parameter"
    part.context.problems.warning("missing-name", message, part.span)
    return name


def _flows(part: Part) -> tuple[OAuthFlow, ...]:
    if part.context.dialect.is_swagger or "flow" in part.value:
        written = part.text("flow") or "implicit"
        return (_flow(_FLOWS.get(written, written), part),)
    return tuple(_flow(kind, flow) for kind, flow in part.members("flows", extensible=True))


def _flow(kind: str, part: Part) -> OAuthFlow:
    scopes = part.value.get("scopes")
    described = scopes if isinstance(scopes, dict) else dict.fromkeys(part.texts("scopes"), "")
    return OAuthFlow(
        kind=kind,
        authorization_url=part.text("authorizationUrl") or part.text("deviceAuthorizationUrl"),
        token_url=part.text("tokenUrl"),
        refresh_url=part.text("refreshUrl"),
        scopes={name: str(text or "") for name, text in described.items() if not name.startswith("x-")},
    )
