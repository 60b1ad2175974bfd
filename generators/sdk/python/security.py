"""Security schemes as credentials of the client, and the data that says how they travel."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from generators.lang.allocation import free
from generators.lang.python.identifiers import snake
from generators.lang.python.quoting import string, tuple_of
from specloom.model.diagnostic import Diagnostic, Level
from specloom.render import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.model.api import Api, OAuthFlow, Operation, SecurityRequirement, SecurityScheme

TAKEN: Final = frozenset(
    {"base_url", "server_variables", "timeout", "max_retries", "default_headers", "default_query", "client_cert"}
    | {"strict_responses", "http_client", "self", "settings", "credentials"}
)
"""Arguments of the client that are not credentials."""

_NOISE: Final = re.compile(r"[-_. ]?(auth|authentication|authorization|scheme|security)$", re.IGNORECASE)

_WISHES: Final = {
    "apiKey": ("api_key",),
    "http": ("token",),
    "oauth2": ("oauth",),
    "openIdConnect": ("openid_token",),
}

_FLOWS: Final = ("clientCredentials", "password", "authorizationCode", "deviceAuthorization", "implicit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """A security scheme of the API with the arguments that carry its secrets; none for client certificates."""

    scheme: SecurityScheme
    arguments: tuple[str, ...]
    env: tuple[str, ...]
    code: Code
    import_name: str


def credentials_of(api: Api, env_prefix: str) -> tuple[tuple[Credential, ...], list[Diagnostic]]:
    """Give every scheme that we know its arguments and environment variables."""
    taken = set(TAKEN)
    found: list[Credential] = []
    notes: list[Diagnostic] = []
    schemes = sorted(api.security_schemes, key=lambda scheme: scheme.name)
    for scheme in schemes:
        alone = sum(_wish(other) == _wish(scheme) for other in schemes) == 1
        credential = _credential(scheme, env_prefix, taken, alone=alone)
        if credential is None:
            message = f"security scheme {scheme.name} is of a kind that the client does not know; send it by hand"
            notes.append(Diagnostic(Level.WARNING, "unknown-security-scheme", message, scheme.span))
        else:
            found.append(credential)
    return tuple(found), notes


def requirements(needed: tuple[SecurityRequirement, ...], api: Api) -> Code:
    """Write alternatives of schemes; those with a scheme that we do not know are left out."""
    known = {scheme.name for scheme in api.security_schemes if _is_known(scheme)}
    usable = [one for one in needed if all(name in known for name, _ in one)]
    return tuple_of(_requirement(one) for one in usable)


def override_of(operation: Operation, api: Api) -> tuple[tuple[Code, ...], list[Diagnostic]]:
    """Return the code that overrides the client's security for one operation; empty where that is the same."""
    if operation.security is None or operation.security == (api.security or ()):
        return (), []
    declared = {scheme.name for scheme in api.security_schemes}
    missing = sorted({name for one in operation.security for name, _ in one} - declared)
    notes = [
        Diagnostic(
            Level.WARNING,
            "undeclared-security-scheme",
            f"{operation.key}: security scheme {name} is not declared; add it, or send the credential by hand",
            operation.span,
        )
        for name in missing
    ]
    return (Code(f"security={requirements(operation.security, api)}"),), notes


def _requirement(requirement: SecurityRequirement) -> str:
    members = (f"{string(name)}: {tuple_of(string(scope) for scope in scopes)}" for name, scopes in requirement)
    return f"{{{', '.join(members)}}}"


def _wish(scheme: SecurityScheme) -> tuple[str, ...]:
    if scheme.type == "http" and scheme.scheme in {"basic", "digest"}:
        return ("username", "password")
    return _WISHES.get(scheme.type, ())


def _is_known(scheme: SecurityScheme) -> bool:
    if scheme.type == "apiKey":
        return scheme.location is not None and bool(scheme.parameter)
    return scheme.type != "unknown"


def _credential(scheme: SecurityScheme, env_prefix: str, taken: set[str], *, alone: bool) -> Credential | None:
    if not _is_known(scheme):
        return None
    wishes = _wish(scheme)
    if not alone and len(wishes) == 1:
        wishes = (snake(_NOISE.sub("", scheme.name) or scheme.name, prefix="scheme"),)
    elif not alone:
        wishes = tuple(f"{snake(scheme.name, prefix='scheme')}_{wish}" for wish in wishes)
    arguments = tuple(_take(wish, taken) for wish in wishes)
    env = tuple(f"{env_prefix}_{name}".upper() for name in arguments)
    name, parts = _code(scheme, env, arguments, env_prefix)
    return Credential(
        scheme=scheme, arguments=arguments, env=env, code=Code(f"{name}({', '.join(parts)})"), import_name=name
    )


def _take(wish: str, taken: set[str]) -> str:
    name = free([wish, f"{wish}_credential"], taken)
    taken.add(name)
    return name


def _code(
    scheme: SecurityScheme, env: tuple[str, ...], arguments: tuple[str, ...], env_prefix: str
) -> tuple[str, list[str]]:
    """Return the class of the runtime that stands for `scheme`, and its arguments."""
    values = ", ".join(string(name) for name in env)
    parts = [f"env={values}" if len(env) == 1 else f"env=({values})"]
    if scheme.type == "apiKey":
        return "ApiKey", [string(scheme.location or "header"), string(scheme.parameter or ""), *parts]
    if scheme.type == "http" and len(arguments) > 1:
        return str(scheme.scheme).capitalize(), parts
    if scheme.type == "http":
        prefix = [] if scheme.scheme in {None, "bearer"} else [f"prefix={string(scheme.scheme or '')}"]
        return "Bearer", [*parts, *prefix]
    if scheme.type == "oauth2":
        return "OAuth2", list(_oauth(scheme, arguments[0], env[0], env_prefix))
    if scheme.type == "openIdConnect":
        return "OpenIdConnect", [f"url={string(scheme.open_id_connect_url or '')}", *parts]
    return "MutualTls", []


def _oauth(scheme: SecurityScheme, argument: str, env: str, env_prefix: str) -> Iterator[str]:
    flows = sorted(scheme.flows, key=lambda flow: _FLOWS.index(flow.kind) if flow.kind in _FLOWS else len(_FLOWS))
    flow = next((flow for flow in flows if flow.token_url), None)
    if flow is not None:
        yield from _addresses(flow)
    prefix = env_prefix if argument == "oauth" else env
    yield f"env=({string(f'{prefix}_CLIENT_ID')}, {string(f'{prefix}_CLIENT_SECRET')})"
    yield f"token_env={string(f'{prefix}_ACCESS_TOKEN')}"


def _addresses(flow: OAuthFlow) -> Iterator[str]:
    yield f"token_url={string(flow.token_url or '')}"
    if flow.refresh_url:
        yield f"refresh_url={string(flow.refresh_url)}"
    if flow.kind == "clientCredentials" and flow.scopes:
        yield f"scopes={tuple_of(string(scope) for scope in sorted(flow.scopes))}"
