"""The module of the clients, and the data about the API as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generators.lang.python.quoting import string
from generators.sdk.python.resources import Resources, child_views, root_group
from generators.sdk.python.security import Credential, requirements
from generators.sdk.python.views import ClientView, CredentialView
from specloom.model.diagnostic import Diagnostic, Level
from specloom.render import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generators.sdk.python.options import Names, Options
    from specloom.model.api import Api


def client_view(
    api: Api, names: Names, options: Options, *, resources: Resources, credentials: tuple[Credential, ...]
) -> tuple[ClientView, list[Diagnostic]]:
    """Plan the clients of `api`."""
    base_url, variables, notes = _address(api, options)
    spec = [
        f"brand={string(names.brand)}",
        f"package={string(names.module)}",
        "version=VERSION",
        f"env_prefix={string(names.env_prefix)}",
        *([f"base_url={string(base_url)}"] if base_url else []),
        *([f"server_variables={{{variables}}}"] if variables else []),
        *_security(api, credentials),
    ]
    root = root_group(resources)
    view = ClientView(
        name=Code(names.client),
        doc=api.description or api.title,
        credentials=tuple(_views(credentials)),
        credential_map=Code(f"{{{', '.join(_entry(one) for one in credentials if one.arguments)}}}"),
        spec=Code(f"ClientSpec({', '.join(spec)})"),
        spec_imports=tuple(Code(name) for name in sorted({one.import_name for one in credentials})),
        oauth_argument=next((Code(one.arguments[0]) for one in credentials if one.import_name == "OAuth2"), Code()),
        setup=_setup(api, credentials, base_url),
        children=child_views(resources),
        root_module=Code(root.module if root else ""),
        root_class=Code(root.cls if root else ""),
    )
    return view, notes


def _address(api: Api, options: Options) -> tuple[str, str, list[Diagnostic]]:
    """Return the base URL, its variables as code, and a note where the description gives no address to call."""
    if options.base_url:
        return options.base_url, "", []
    server = next((server for server in api.servers if "://" in server.url), None)
    if server is None:
        given = f" ({api.servers[0].url} has no host)" if api.servers else ""
        message = (
            f"no server with an address{given}: callers must give base_url; set it in the config to spare them that"
        )
        return "", "", [Diagnostic(Level.NOTE, "no-server-url", message, api.servers[0].span if api.servers else None)]
    variables = ", ".join(f"{string(one.name)}: {string(one.default)}" for one in server.variables)
    return server.url, variables, []


def _security(api: Api, credentials: tuple[Credential, ...]) -> Iterator[str]:
    if credentials:
        yield f"schemes={{{', '.join(f'{string(one.scheme.name)}: {one.code}' for one in credentials)}}}"
    if api.security:
        yield f"security={requirements(api.security, api)}"


def _setup(api: Api, credentials: tuple[Credential, ...], base_url: str) -> Code:
    """Return what the simplest client of this API must be given."""
    wanted = {name for name, _ in next(iter(api.security or ()), ())}
    chosen = [one for one in credentials if one.scheme.name in wanted] or list(credentials[:1])
    given = [f'{name}="…"' for one in chosen for name in one.arguments]
    if any(one.import_name == "MutualTls" for one in chosen):
        given.append('client_cert="client.pem"')
    if not base_url:
        given.append('base_url="https://api.example.com"')
    return Code(", ".join(given))


def _views(credentials: tuple[Credential, ...]) -> Iterator[CredentialView]:
    for one in credentials:
        for argument, env in zip(one.arguments, one.env, strict=True):
            kind = "Secret | OAuthCredential" if one.import_name == "OAuth2" else "Secret"
            yield CredentialView(name=Code(argument), kind=Code(kind), env=env, doc=one.scheme.description or "")


def _entry(credential: Credential) -> str:
    names = credential.arguments
    value = names[0] if len(names) == 1 else f"({', '.join(names)})"
    return f"{string(credential.scheme.name)}: {value}"
