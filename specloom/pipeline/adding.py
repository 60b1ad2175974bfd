"""What a fact of the docs would be in a description: for each kind the members to add, and how they read afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from specloom.facts.plain import address, credential, token
from specloom.model.api import Location, OperationKind
from specloom.model.schema import ABSENT
from specloom.pipeline.editing import Addition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from specloom.model.api import Api, Operation, Parameter, Response, SecurityScheme
    from specloom.model.inference import Inference

FLOWS: Final = {
    "authorization_code": "authorizationCode",
    "client_credentials": "clientCredentials",
    "implicit": "implicit",
    "password": "password",
}
LIMITS: Final = ("limit", "remaining", "reset")
OPENAPI: Final = "openapi-3"


@dataclass(frozen=True, slots=True)
class Proposal:
    """An addition, and what has to hold of the description that is read with it."""

    addition: Addition
    holds: Callable[[Api], bool]


def proposals(item: Inference, api: Api) -> Iterator[Proposal]:
    """Yield the places where a description could say what a fact says; nothing where it says so already."""
    kind = ADDING.get(item.fact_kind)
    if kind and api.source.format.startswith(OPENAPI):
        yield from kind(item.value, api)


def _auth(value: Mapping[str, Any], api: Api) -> Iterator[Proposal]:
    wanted = credential(value)
    if wanted is None or api.security_schemes:
        return  # where others are declared, the two contradict each other, which is said elsewhere
    if wanted.type == "http":
        name, made = f"{wanted.scheme}Auth", {"scheme": wanted.scheme, "type": "http"}
    else:
        name, made = "apiKeyAuth", {"in": wanted.location, "name": wanted.name, "type": "apiKey"}
    yield Proposal(
        Addition(where=("components", "securitySchemes"), members={name: made}),
        lambda after: any(_same(scheme, made) for scheme in after.security_schemes),
    )


def _same(scheme: SecurityScheme, made: Mapping[str, str]) -> bool:
    if scheme.type == "http":
        return made["type"] == "http" and scheme.scheme == made["scheme"]
    return (scheme.type, scheme.location, scheme.parameter) == (made["type"], made.get("in"), made.get("name"))


def _oauth_flow(value: Mapping[str, Any], api: Api) -> Iterator[Proposal]:
    flow = FLOWS.get(str(value.get("flow")))
    urls = {"authorizationUrl": value.get("authorize_url"), "tokenUrl": value.get("token_url")}
    unneeded = {"implicit": "tokenUrl", "clientCredentials": "authorizationUrl", "password": "authorizationUrl"}
    needed = {key: url for key, url in urls.items() if key != unneeded.get(flow or "")}
    known = all(isinstance(url, str) and url.startswith("https://") for url in needed.values())
    if flow is None or not known or any(scheme.type == "oauth2" for scheme in api.security_schemes):
        return
    made = {"type": "oauth2", "flows": {flow: {**needed, "scopes": {}}}}
    yield Proposal(
        Addition(where=("components", "securitySchemes"), members={"oauth2": made}),
        lambda after: any(one.kind == flow for scheme in after.security_schemes for one in scheme.flows),
    )


def _base_url(value: Mapping[str, Any], api: Api) -> Iterator[Proposal]:
    url = address(value)
    if api.servers or not url:
        return
    item = {"url": url, **({"description": str(value["env"])} if "env" in value else {})}
    yield Proposal(Addition(where=("servers",), item=item), lambda after: any(one.url == url for one in after.servers))


def _exceeded(value: Mapping[str, Any], api: Api) -> Iterator[Proposal]:
    """Add the answer to too many requests, with the header that says when to try again, or that header alone."""
    status, header = str(value.get("status", "")), str(value.get("retry_after_header") or "")
    after = {header: _header("integer", "Seconds after which to try again.")} if header else {}
    if not status.isdigit():
        return
    for operation in _own(api):
        known = _answer(operation, status)
        made = {"description": "Too many requests", **({"headers": after} if after else {})}
        where = ("paths", operation.path, operation.method.lower(), "responses")
        if known is None:
            yield Proposal(Addition(where=where, members={status: made}), _answers(operation.key, status, after))
        elif after and header.lower() not in {one.name.lower() for one in known.headers}:
            addition = Addition(where=(*where, status, "headers"), members=after)
            yield Proposal(addition, _answers(operation.key, status, after))


def _limits(value: Mapping[str, Any], api: Api) -> Iterator[Proposal]:
    """Add each header; one that tells several things at once is no number."""
    names = {key: str(value[key]) for key in LIMITS if isinstance(value.get(key), str)}
    made: dict[str, Any] = {}
    for name in dict.fromkeys(names.values()):
        told = [key for key, one in names.items() if one == name]
        made[name] = _header("integer" if len(told) == 1 else "string", f"Rate limit: {', '.join(told)}.")
    if not made or any(_declares(operation, made) for operation in api.operations):
        return
    for operation in _own(api):
        for status in sorted(one.status for one in operation.responses if one.status.startswith("2")):
            where = ("paths", operation.path, operation.method.lower(), "responses", status, "headers")
            yield Proposal(Addition(where=where, members=made), _answers(operation.key, status, made))


def _declares(operation: Operation, headers: Mapping[str, Any]) -> bool:
    wanted = {name.lower() for name in headers}
    return any(wanted & {one.name.lower() for one in response.headers} for response in operation.responses)


def _idempotency(value: Mapping[str, Any], api: Api) -> Iterator[Proposal]:
    if value.get("in") in {"header", "query"} and (name := token(value)):
        told = "The same key makes a repeated request take effect once."
        yield from _parameter(api, str(value["in"]), name, told=told, methods=("POST",))


def _required_header(value: Mapping[str, Any], api: Api) -> Iterator[Proposal]:
    if name := token(value):
        yield from _parameter(api, "header", name, told="Every request carries it.", required=True)


def _versioning(value: Mapping[str, Any], api: Api) -> Iterator[Proposal]:
    header = token(value, "header")
    if value.get("style") == "header" and header and value.get("in") != "media_type":
        yield from _parameter(api, "header", header, told="The version of the API.")


def _parameter(  # noqa: PLR0913  a parameter has that many parts
    api: Api, place: str, name: str, *, told: str, required: bool = False, methods: tuple[str, ...] = ()
) -> Iterator[Proposal]:
    """Add a parameter to an operation, where no operation has it: else its owners know better where it belongs."""
    ignored = place == "header" and name.lower() in {"accept", "content-type", "authorization"}
    if ignored or any(_has(operation, place, name) for operation in api.operations):
        return
    item: dict[str, Any] = {"name": name, "in": place, "description": told, "schema": {"type": "string"}}
    if required:
        item["required"] = True
    for operation in _own(api):
        if not methods or operation.method.upper() in methods:
            addition = Addition(where=("paths", operation.path, operation.method.lower(), "parameters"), item=item)
            yield Proposal(addition, _takes(operation.key, place, name))


def _page_size(value: Mapping[str, Any], api: Api) -> Iterator[Proposal]:
    """Add the default and the maximum to the parameter, where it declares neither otherwise."""
    said = {"default": value.get("default"), "maximum": value.get("max")}
    for operation in _own(api):
        for parameter in operation.parameters:
            schema = parameter.schema
            if parameter.name != value.get("param") or schema.ref is not None or schema.types != ("integer",):
                continue
            default = None if schema.default is ABSENT else schema.default
            declared = {"default": default, "maximum": schema.limits.maximum}
            wanted = {key: number for key, number in said.items() if type(number) is int}
            if any(declared[key] not in (None, number) for key, number in wanted.items()):
                continue
            if missing := {key: number for key, number in wanted.items() if declared[key] is None}:
                chosen = _named(parameter.name)
                where = ("paths", operation.path, operation.method.lower(), "parameters", chosen, "schema")
                yield Proposal(Addition(where=where, members=missing), _bounded(operation.key, parameter, missing))


def _named(name: str) -> Callable[[Mapping[str, str]], bool]:
    return lambda item: item.get("name") == name


def _bounded(key: str, parameter: Parameter, wanted: Mapping[str, int]) -> Callable[[Api], bool]:
    def holds(after: Api) -> bool:
        found = [one.schema for one in _of(after, key).parameters if one.name == parameter.name]
        said = [{"default": one.default, "maximum": one.limits.maximum} for one in found]
        return bool(said) and all(one[name] == number for one in said for name, number in wanted.items())

    return holds


def _error_format(value: Mapping[str, Any], api: Api) -> Iterator[Proposal]:
    fields = value.get("fields")
    if not isinstance(fields, list) or not fields:
        return
    inner: dict[str, Any] = {"type": "object", "properties": {str(name): {} for name in fields}}
    root = value.get("root")
    schema = {"type": "object", "properties": {str(root): inner}} if root else inner
    made = {"description": "An error", "content": {"application/json": {"schema": schema}}}
    for operation in _own(api):
        if not any(one.status == "default" or one.status[:1] in {"4", "5"} for one in operation.responses):
            where = ("paths", operation.path, operation.method.lower(), "responses")
            addition = Addition(where=where, members={"default": made})
            yield Proposal(addition, _answers(operation.key, "default", {}))


def _own(api: Api) -> Iterator[Operation]:
    """Yield the operations that stand in the description's own file."""
    for operation in api.operations:
        if operation.kind is OperationKind.HTTP and operation.span.path == api.source.path:
            yield operation


def _header(kind: str, told: str) -> dict[str, Any]:
    return {"description": told, "schema": {"type": kind}}


def _of(api: Api, key: str) -> Operation:
    return next(operation for operation in api.operations if operation.key == key)


def _answer(operation: Operation, status: str) -> Response | None:
    return next((one for one in operation.responses if one.status == status), None)


def _answers(key: str, status: str, headers: Mapping[str, Any]) -> Callable[[Api], bool]:
    def holds(after: Api) -> bool:
        found = _answer(_of(after, key), status)
        return found is not None and headers.keys() <= {one.name for one in found.headers}

    return holds


def _has(operation: Operation, place: str, name: str) -> bool:
    return any((one.location, one.name.lower()) == (Location(place), name.lower()) for one in operation.parameters)


def _takes(key: str, place: str, name: str) -> Callable[[Api], bool]:
    return lambda after: _has(_of(after, key), place, name)


ADDING: Final[dict[str, Callable[[Mapping[str, Any], Api], Iterator[Proposal]]]] = {
    "auth": _auth,
    "base_url": _base_url,
    "error_format": _error_format,
    "idempotency": _idempotency,
    "oauth_flow": _oauth_flow,
    "page_size": _page_size,
    "rate_limit_exceeded": _exceeded,
    "rate_limit_headers": _limits,
    "required_header": _required_header,
    "versioning": _versioning,
}
"""The kinds of fact that OpenAPI has a place for."""
