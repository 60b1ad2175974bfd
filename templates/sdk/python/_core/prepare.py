"""From an operation and its arguments to a request, without I/O."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from .address import url_of
from .agent import agent_headers
from .bodies import Payload, encode
from .endpoint import Body
from .errors import InvalidArgumentError
from .media import is_json, is_multipart
from .modes import MODE
from .options import RequestOptions, check_names
from .plain import plain, text, to_json
from .retry import is_idempotent
from .security import AuthParts, choose
from .shapes import is_object
from .styles import Pairs, encoder, pairs, simple, strict, verbatim
from .unset import UNSET

if TYPE_CHECKING:
    from .config import Config
    from .endpoint import Args, Endpoint, Param, Requirement
    from .options import Timeout

_FORBIDDEN: Final = re.compile(r"[\r\n\0]")


@dataclass(frozen=True)
class Prepared:
    """Everything about a call that stays the same over all of its tries."""

    method: str
    url: str
    query: Pairs
    headers: Mapping[str, str | None]
    cookies: Pairs
    payload: Payload | None
    requirement: Requirement
    repeatable: bool
    timeout: Timeout
    max_retries: int

    def address(self, auth: AuthParts) -> str:
        """Return the whole URL, query included."""
        query = [*self.query, *((strict(name), strict(value)) for name, value in auth.query)]
        if not query:
            return self.url
        joint = "&" if "?" in self.url else "?"
        return self.url + joint + "&".join(f"{name}={value}" if name else value for name, value in query)

    def all_headers(self, auth: AuthParts, body: Mapping[str, str], *, attempt: int) -> list[tuple[bytes, bytes]]:
        """Return the headers of try number `attempt` (from 0); the caller's own ones win."""
        cookies = [*self.cookies, *((name, strict(value)) for name, value in auth.cookies.items())]
        together: dict[str, tuple[str, str | None]] = {}
        if cookies:
            together["cookie"] = ("Cookie", "; ".join(f"{name}={value}" for name, value in cookies))
        for headers in (body, auth.headers, self.headers, {"X-Retry-Count": str(attempt)}):
            together.update({name.lower(): (name, value) for name, value in headers.items()})
        return [(name.encode("ascii"), _header_bytes(value)) for name, value in together.values() if value is not None]


def prepare(config: Config, endpoint: Endpoint[Any], args: Args, options: RequestOptions) -> Prepared:
    """Work out a call.

    Raises:
        InvalidArgumentError: a path parameter is empty, `.` or `..`, or a header has a line break.
        MissingCredentialsError: the client has no credentials that the operation accepts.
    """
    check_names(options, RequestOptions, MODE)
    given = {name: value for name, value in args.items() if value is not UNSET}
    by_arg = {param.arg: param for param in endpoint.params}
    declared = [(param, given[name]) for name, param in by_arg.items() if name in given]
    rest = {name: value for name, value in given.items() if name not in by_arg}
    headers = _headers(config, endpoint, declared, options)
    payload = _payload(endpoint, rest, options)
    if payload and is_multipart(payload.media_type):  # the boundary is httpx's to choose
        headers = {name: value for name, value in headers.items() if name.lower() != "content-type"}
    url, origin_is_ours = url_of(config, endpoint, declared)
    return Prepared(
        method=endpoint.method,
        url=url,
        query=_query(config, declared, options),
        headers=headers,
        cookies=[pair for param, value in declared if param.place == "cookie" for pair in _cookie(param, value)],
        payload=payload,
        requirement=_requirement(config, endpoint, options) if origin_is_ours else {},
        repeatable=_is_repeatable(endpoint) or _idempotency_name(config, endpoint).lower() in _lower(headers),
        timeout=options.get("timeout", config.timeout),
        max_retries=options.get("max_retries", config.max_retries),
    )


def _is_repeatable(endpoint: Endpoint[Any]) -> bool:
    return endpoint.document.repeatable if endpoint.document else is_idempotent(endpoint.method)


def _lower(headers: Mapping[str, str | None]) -> set[str]:
    return {name.lower() for name, value in headers.items() if value is not None}


def _query(config: Config, declared: list[tuple[Param, object]], options: RequestOptions) -> Pairs:
    found: Pairs = []
    for param, value in declared:
        if param.place == "querystring":
            found.extend(_whole_query(param, value))
        elif param.place == "query":
            found.extend(_query_value(param, value))
    for more in (config.query, options.get("extra_query", {})):
        for name, value in more.items():
            key = strict(name)
            found = [pair for pair in found if pair[0] != key]
            found.extend(_free_pairs(name, value))
    return found


def _free_pairs(name: str, value: object) -> Pairs:
    """Write a query parameter that no description says how to write."""
    value = plain(value)
    style = "deepObject" if is_object(value) else "form"
    return [] if value is None or value is UNSET else pairs(name, value, style=style, explode=True, encode=strict)


def _query_value(param: Param, value: object) -> Pairs:
    value = plain(value)
    encode_value = encoder(reserved=param.reserved)
    if param.content:
        return [(strict(param.wire), encode_value(to_json(value).decode() if is_json(param.content) else value))]
    if value is None and not param.empty:
        return []
    return pairs(param.wire, value, style=param.style, explode=param.explode, encode=encode_value)


def _whole_query(param: Param, value: object) -> Pairs:
    """Write a value that is the whole query string (OpenAPI 3.2, `in: querystring`)."""
    value = plain(value)
    if is_json(param.content or ""):
        return [("", strict(to_json(value).decode()))]
    if is_object(value):
        return [pair for name, item in value.items() for pair in _free_pairs(name, item)]
    return [("", text(value))]


def _cookie(param: Param, value: object) -> Pairs:
    value = plain(value)
    if value is None:
        return []
    encode_value = verbatim if param.style == "cookie" else strict
    if param.content:
        return [(param.wire, encode_value(to_json(value).decode() if is_json(param.content) else value))]
    return pairs(param.wire, value, style="form", explode=param.explode, encode=encode_value)


def _headers(
    config: Config, endpoint: Endpoint[Any], declared: list[tuple[Param, object]], options: RequestOptions
) -> dict[str, str | None]:
    headers: dict[str, str | None] = {"Accept": endpoint.accept}
    headers.update(agent_headers(config.spec.brand, config.spec.version))
    headers.update(config.headers)
    for param, value in declared:
        if param.place == "header" and (value := plain(value)) is not None:
            if param.content and is_json(param.content):
                headers[param.wire] = to_json(value).decode()
            else:
                headers[param.wire] = simple(value, explode=param.explode, encode=verbatim)
    key = options.get("idempotency_key")
    if key is None and endpoint.idempotency and endpoint.method.upper() != "GET":
        key = str(uuid4())
    name = _idempotency_name(config, endpoint)
    if key is not None and name.lower() not in _lower(headers):
        headers[name] = key
    headers.update(options.get("extra_headers", {}))
    for header_name, header_value in headers.items():
        if _FORBIDDEN.search(header_name + (header_value or "")):
            raise InvalidArgumentError(f"the header {header_name!r} must not contain line breaks")
    return headers


def _idempotency_name(config: Config, endpoint: Endpoint[Any]) -> str:
    return endpoint.idempotency or config.spec.idempotency_header


def _header_bytes(value: str) -> bytes:
    """Encode as servers expect it: Latin-1 where that is enough (RFC 9110, section 5.5), else UTF-8."""
    try:
        return value.encode("latin-1")
    except UnicodeEncodeError:
        return value.encode()


def _payload(endpoint: Endpoint[Any], rest: Args, options: RequestOptions) -> Payload | None:
    body = endpoint.body
    if endpoint.document is not None:
        names: Mapping[str, str] = body.names if body else {}
        rest = endpoint.document.message({names.get(name, name): value for name, value in rest.items()})
        body = Body()
    if body is None:
        return None
    headers = {name.lower(): value for name, value in options.get("extra_headers", {}).items()}
    wanted = headers.get("content-type")
    return encode(body, rest, options.get("extra_body", {}), media_type=wanted)


def _requirement(config: Config, endpoint: Endpoint[Any], options: RequestOptions) -> Requirement:
    alternatives = endpoint.security if endpoint.security is not None else config.spec.security
    own = {name.lower() for name in {**config.headers, **options.get("extra_headers", {})}}
    if "authorization" in own:
        return {}
    return choose(alternatives, config.credentials, schemes=config.spec.schemes)
