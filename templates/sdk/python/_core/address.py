"""From a path template and its values to a URL that leads nowhere else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urljoin, urlsplit

from .errors import InvalidArgumentError
from .media import is_json
from .plain import plain, to_json
from .styles import encoder, label, matrix, simple

if TYPE_CHECKING:
    from .config import Config
    from .endpoint import Endpoint, Param

_PLACEHOLDER: Final = re.compile(r"\{([^{}]+)\}")


def url_of(config: Config, endpoint: Endpoint[Any], declared: list[tuple[Param, object]]) -> tuple[str, bool]:
    """Return the URL without the parameters of the query, and whether credentials may go there."""
    values = {param.wire: (param, value) for param, value in declared if param.place == "path"}
    wanted = {param.wire: param for param in endpoint.params if param.place == "path"}
    template = endpoint.path.partition("#")[0]
    way = "/".join(_segment(segment, values, wanted) for segment in template.split("/"))
    base = _base(config, endpoint)
    if way.lower().startswith(("http://", "https://")):
        return way, _origin(way) == _origin(config.base_url)
    base, _, query = base.partition("?")
    url = f"{base}/{way.lstrip('/')}" if way else base
    if query:
        url += f"{'&' if '?' in url else '?'}{query}"
    return url, True


def _base(config: Config, endpoint: Endpoint[Any]) -> str:
    """Return where the operation is; all of them follow a caller who points the client elsewhere, at a test server say."""
    own = config.expand(endpoint.base_url or "")
    if own.startswith("/"):
        return urljoin(f"{config.base_url}/", own).rstrip("/")
    return (config.base_url if config.is_elsewhere else own or config.base_url).rstrip("/")


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme.lower(), parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme.lower())


def _segment(segment: str, values: Mapping[str, tuple[Param, object]], wanted: Mapping[str, Param]) -> str:
    """Fill in the placeholders of one segment of the path, which must not turn into another one."""

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        if name not in values:
            if name in wanted:
                raise InvalidArgumentError(f"the path parameter {wanted[name].arg!r} is missing")
            return match[0]
        param, value = values[name]
        written = _path_value(param, value)
        if not written:
            raise InvalidArgumentError(f"the path parameter {param.arg!r} must not be empty")
        return written

    filled = _PLACEHOLDER.sub(fill, segment)
    if filled != segment and unquote(filled) in (".", ".."):
        raise InvalidArgumentError(f"{unquote(filled)!r} would lead to another path than {segment!r}")
    return filled


def _path_value(param: Param, value: object) -> str:
    value, encode_value = plain(value), encoder(reserved=param.reserved)
    if param.content:
        return encode_value(to_json(value).decode() if is_json(param.content) else value)
    if value is None or value in ("", [], {}):
        return ""
    if param.style == "matrix":
        return matrix(param.wire, value, explode=param.explode, encode=encode_value)
    write = label if param.style == "label" else simple
    return write(value, explode=param.explode, encode=encode_value)
