"""The module of the clients, and the data about the API as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generators.lang.python.quoting import string
from generators.lang.servers import addresses_of
from generators.sdk.python.imports import import_block
from generators.sdk.python.resources import Group, Resources, async_children, child_views, root_group
from generators.sdk.python.security import Credential, requirements
from generators.sdk.python.views import ChildView, ClientClassView, ClientView, CredentialView, SpecArgument
from specloom.model.diagnostic import Diagnostic, Level
from specloom.render import Code

RESTS: Final = {"base_url": "base_url", "auth": "schemes"}
"""The argument of `ClientSpec` that a fact of each kind is in; facts of other kinds are cited above all of them."""

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generators.sdk.python.options import Names, Options
    from specloom.model.api import Api
    from specloom.model.inference import Inference


def client_view(
    api: Api, names: Names, options: Options, *, resources: Resources, credentials: tuple[Credential, ...]
) -> tuple[ClientView, list[Diagnostic]]:
    """Plan the clients of `api`."""
    base_url, variables, notes = _address(api, options)
    spec = {
        "brand": string(names.brand),
        "package": string(names.module),
        "version": "VERSION",
        "env_prefix": string(names.env_prefix),
        **({"base_url": string(base_url)} if base_url else {}),
        **({"server_variables": f"{{{variables}}}"} if variables else {}),
        **_security(api, credentials),
    }
    facts = [item for item in api.inferred if not (options.base_url and item.fact_kind == "base_url")]
    view = ClientView(
        doc=api.description or api.title,
        imports=_imports(credentials, child_views(resources), root_group(resources)),
        credentials=tuple(_views(credentials)),
        spec=tuple(_argument(name, value, facts) for name, value in spec.items()),
        facts=tuple(item.comment for item in facts if RESTS.get(item.fact_kind) not in spec),
        spec_imports=Code(", ".join(sorted({"ClientSpec", *(one.import_name for one in credentials)}))),
        oauth_argument=next((Code(one.arguments[0]) for one in credentials if one.import_name == "OAuth2"), Code()),
        setup=_setup(api, credentials, base_url),
        classes=(
            _class("", names, doc=api.description or api.title, credentials=credentials, resources=resources),
            _class("Async", names, doc=_twin(names), credentials=credentials, resources=resources),
        ),
    )
    return view, notes


def _argument(name: str, value: str, facts: Iterable[Inference]) -> SpecArgument:
    resting = (item for item in facts if RESTS.get(item.fact_kind) == name)
    return SpecArgument(code=Code(f"{name}={value}"), facts=tuple(item.comment for item in resting))


def _imports(credentials: tuple[Credential, ...], children: tuple[ChildView, ...], root: Group | None) -> Code:
    names = ["AsyncClient", "AsyncSettings", "SyncClient", "SyncSettings"]
    names += ["AsyncSecret", "Secret"] if any(one.arguments for one in credentials) else []
    names += ["OAuthCredential"] if any(one.import_name == "OAuth2" for one in credentials) else []
    lines = [
        "from typing_extensions import Unpack",
        f"from ._core import {', '.join(names)}",
        "from ._spec import SPEC",
    ]
    lines += ["from functools import cached_property"] if children else []
    lines += [f"from .resources.{root.module} import Async{root.cls}, {root.cls}"] if root else []
    late = (Code(f"from .resources.{child.module} import Async{child.cls}, {child.cls}") for child in children)
    return import_block((Code(line) for line in lines), late)


def _twin(names: Names) -> str:
    return f"The asynchronous twin of `{names.client}`, with the same methods and arguments."


def _class(
    prefix: str, names: Names, *, doc: str, credentials: tuple[Credential, ...], resources: Resources
) -> ClientClassView:
    """Plan one of the two clients; `prefix` is what its names start with."""
    root = root_group(resources)
    children = child_views(resources)
    bases = [f"{prefix or 'Sync'}Client", *([f"{prefix}{root.cls}"] if root else [])]
    arguments = [f"{view.name}: {prefix}{view.kind} | None = None" for view in _views(credentials)]
    star = ["*"] if arguments else []
    settings = f"**settings: Unpack[{prefix or 'Sync'}Settings]"
    return ClientClassView(
        name=Code(f"{prefix}{names.client}"),
        bases=Code(", ".join(bases)),
        doc=doc,
        parameters=Code(", ".join(("self", *star, *arguments, settings))),
        credentials=Code(f"{{{', '.join(_entry(one) for one in credentials if one.arguments)}}}"),
        children=async_children(children) if prefix else children,
    )


def _address(api: Api, options: Options) -> tuple[str, str, list[Diagnostic]]:
    """Return the base URL, its variables as code, and a note where the description gives no address to call."""
    addresses = addresses_of(api)
    variables = ", ".join(f"{string(name)}: {string(value)}" for name, value in addresses.variables.items())
    if options.base_url:
        return options.base_url, variables, []
    server = addresses.base
    if server is None:
        given = f" ({api.servers[0].url} has no host)" if api.servers else ""
        message = (
            f"no server with an address{given}: callers must give base_url; set it in the config to spare them that"
        )
        return (
            "",
            variables,
            [Diagnostic(Level.NOTE, "no-server-url", message, api.servers[0].span if api.servers else None)],
        )
    return server.url, variables, []


def _security(api: Api, credentials: tuple[Credential, ...]) -> dict[str, str]:
    schemes = ", ".join(f"{string(one.scheme.name)}: {one.code}" for one in credentials)
    declared = {"schemes": f"{{{schemes}}}"} if credentials else {}
    return declared | ({"security": requirements(api.security, api)} if api.security else {})


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
