"""Which calls are safe to make of an API, and with what; nothing is sent from here."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode, urlsplit

from specloom.errors import UserError
from specloom.model.api import Location, OperationKind
from specloom.model.change import NotEvaluated
from specloom.model.schema import ABSENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model.api import Api, Operation, Parameter, SecurityScheme
    from specloom.model.schema import Schema
    from specloom.model.source import Json

SAFE: Final = frozenset({"GET", "HEAD"})
KNOWN: Final = frozenset({*SAFE, "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "QUERY"})
RESERVED: Final = frozenset({"host", "cookie", "content-length", "transfer-encoding", "connection", "upgrade", "te"})
SEPARATORS: Final = {"spaceDelimited": "%20", "pipeDelimited": "|", "tabDelimited": "%09"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the person at the command line knows: values of parameters, headers, secrets by name of their scheme."""

    parameters: Mapping[str, str] = field(default_factory=dict)
    headers: tuple[tuple[str, str], ...] = ()
    secrets: Mapping[str, str] = field(default_factory=dict)
    writes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request to make. `operation` is its key."""

    operation: str
    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None = None


class Unknown(Exception):  # noqa: N818  # it is a reason for leaving an operation alone
    """Something is needed that nobody gave."""


def calls(api: Api, base: str, given: Given) -> tuple[tuple[Call, ...], tuple[NotEvaluated, ...]]:
    """Return the calls to make below the address `base`, and why the other operations are left alone.

    Raises `UserError` for a secret of a scheme that the description does not have.
    """
    schemes = {item.name: item for item in api.security_schemes}
    if strange := [name for name in given.secrets if name not in schemes]:
        listed = ", ".join(schemes) or "none"
        raise UserError(f"the description has no security scheme {strange[0]}; it has {listed}")
    made, left = [], []
    for operation in api.operations:
        if operation.kind is not OperationKind.HTTP:
            continue
        try:
            made.append(_call(operation, base, given, schemes))
        except Unknown as reason:
            left.append(NotEvaluated(subject=operation.key, reason=f"not called: {reason}", head=operation.span))
    return tuple(made), tuple(left)


def _call(operation: Operation, base: str, given: Given, schemes: Mapping[str, SecurityScheme]) -> Call:
    method = operation.method.upper()
    if method not in SAFE and not given.writes:
        raise Unknown(f"{method} may change something; --include-writes calls it all the same")
    if method not in KNOWN:
        raise Unknown(f"{method} is no method that is called here")
    _same_host(operation, base)
    path, query, headers = operation.path.split("?", 1)[0], [], [*given.headers]
    for item in operation.parameters:
        text = _text(item, given)
        if text is None:
            continue
        if not _harmless(item, text):
            raise Unknown(f"{item.location.value} {item.name} cannot be sent with this value")
        if item.location is Location.PATH:
            path = path.replace(f"{{{item.name}}}", quote(text, safe=","))
        elif item.location is Location.QUERY:
            query.append(f"{quote(item.name)}={quote(text, safe=',|%')}")
        elif item.location is Location.HEADER:
            headers.append((item.name, text))
    _authenticate(operation, given, schemes, query, headers)
    body, kind = _body(operation)
    headers += [("Content-Type", kind)] if kind else []
    _accept(operation, headers)
    if "{" in path:
        raise Unknown("nobody gave a value for every part of its path, and no parameter stands for it")
    url = base.rstrip("/") + path + ("?" + "&".join(query) if query else "")
    return Call(operation=operation.key, method=method, url=url, headers=tuple(headers), body=body)


def _same_host(operation: Operation, base: str) -> None:
    for server in operation.servers:
        host = urlsplit(server.url).netloc
        if host and host != urlsplit(base).netloc:
            raise Unknown(f"it is served by another host ({host}); call that one by its own address")


def _text(item: Parameter, given: Given) -> str | None:
    """Return a parameter's value as it is sent, None for an optional one that nobody asked for. Raises `Unknown`."""
    if item.name in given.parameters:
        return given.parameters[item.name]
    if not item.required:
        return None
    if item.location is Location.HEADER and any(name.lower() == item.name.lower() for name, _ in given.headers):
        return None
    value = _example(item)
    if isinstance(value, list) and not any(isinstance(one, dict | list) for one in value):
        return SEPARATORS.get(item.style, ",").join(map(_scalar, value))
    if value is None or isinstance(value, dict | list) or item.location is Location.COOKIE:
        raise Unknown(f"nobody gave a value for {item.location.value} {item.name}; --param {item.name}=… does")
    return _scalar(value)


def _harmless(item: Parameter, text: str) -> bool:
    """Refuse what would change the request as such: control characters, steps up the path, the connection's headers."""
    if not text.isprintable() or text in {".", ".."}:
        return False
    if item.location is Location.PATH:
        return item.style == "simple"
    return item.location is not Location.HEADER or item.name.lower() not in RESERVED


def _example(item: Parameter) -> Json:
    for example in item.examples:
        if example.value is not None:
            return example.value
    return _sample(item.schema)


def _sample(schema: Schema) -> Json:
    if schema.examples:
        return schema.examples[0]
    for value in (schema.default, schema.const):
        if value is not ABSENT:
            return value
    return schema.enum[0] if schema.enum else None


def _scalar(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _authenticate(
    operation: Operation,
    given: Given,
    schemes: Mapping[str, SecurityScheme],
    query: list[str],
    headers: list[tuple[str, str]],
) -> None:
    """Add the secrets of the first requirement that can be met. Raises `Unknown` where none can."""
    wanted = operation.security or ()
    if not wanted:
        return
    met = next((need for need in wanted if all(name in given.secrets for name, _ in need)), None)
    if met is None:
        if {name.lower() for name, _ in given.headers} & _carriers(wanted, schemes):
            return
        names = " or ".join(" and ".join(name for name, _ in need) for need in wanted)
        raise Unknown(f"it needs {names}; --auth NAME=VARIABLE takes the secret from the environment")
    for name, _ in met:
        place, key, value = _credential(schemes[name], given.secrets[name])
        if place == "query":
            query.append(urlencode({key: value}))
        else:
            headers.append(("Cookie", f"{key}={value}") if place == "cookie" else (key, value))


def _carriers(
    wanted: tuple[tuple[tuple[str, tuple[str, ...]], ...], ...], schemes: Mapping[str, SecurityScheme]
) -> set[str]:
    """Return the headers in which the wanted schemes travel, lower-case."""
    known = [schemes[name] for need in wanted for name, _ in need if name in schemes]
    own = {(item.parameter or "").lower() for item in known if item.location == "header"}
    own |= {"cookie"} if any(item.location == "cookie" for item in known) else set()
    return own | {"authorization"}


def _credential(scheme: SecurityScheme, secret: str) -> tuple[str, str, str]:
    if scheme.type == "apiKey":
        return scheme.location or "header", scheme.parameter or "Authorization", secret
    if scheme.type == "http" and scheme.scheme == "basic":
        return "header", "Authorization", f"Basic {base64.b64encode(secret.encode()).decode()}"
    if scheme.type == "http" and scheme.scheme not in {"bearer", None}:
        return "header", "Authorization", secret
    return "header", "Authorization", f"Bearer {secret}"


def _body(operation: Operation) -> tuple[bytes | None, str]:
    """Return the first example of a JSON body. Raises `Unknown` where a body is needed and no example stands there."""
    wanted = operation.request_body
    if wanted is None:
        return None, ""
    for media in wanted.content:
        example = next((item.value for item in media.examples if item.value is not None), None)
        if example is None and media.schema is not None:
            example = _sample(media.schema)
        if example is not None and "json" in media.media_type:
            return json.dumps(example).encode(), media.media_type
    if wanted.required:
        raise Unknown("the description gives no example of its JSON body; add one, or record the call")
    return None, ""


def _accept(operation: Operation, headers: list[tuple[str, str]]) -> None:
    if any(name.lower() == "accept" for name, _ in headers):
        return
    kinds = [media.media_type for item in operation.responses if item.status[:1] == "2" for media in item.content]
    headers.append(("Accept", ", ".join(dict.fromkeys(kinds)) or "*/*"))
