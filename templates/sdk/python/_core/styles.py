"""How parameters are written: the styles of the OpenAPI standard ("Style Values", "Style Examples").

Everything here takes plain values (`plain.plain`) and returns text that is already percent-encoded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias
from urllib.parse import quote

from .plain import text
from .shapes import is_array, is_object

Pairs: TypeAlias = list[tuple[str, str]]
Encode: TypeAlias = Callable[[object], str]

_UNRESERVED: Final = "-._~"
_RESERVED: Final = ":/?#[]@!$&'()*+,;="
_DELIMITERS: Final = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C", "tabDelimited": "%09"}


def strict(value: object) -> str:
    """Percent-encode everything but unreserved characters (RFC 3986, section 2.3)."""
    return quote(text(value), safe=_UNRESERVED)


def lax(value: object) -> str:
    """Percent-encode like `strict`, but keep reserved characters, as `allowReserved` asks for.

    `&`, `#` and the like would end the value early; the standard leaves encoding them to the caller, so they are kept.
    """
    return quote(text(value), safe=_UNRESERVED + _RESERVED + "%")


def verbatim(value: object) -> str:
    """Leave the value as it is; for headers."""
    return text(value)


def encoder(*, reserved: bool) -> Encode:
    """Choose how values are percent-encoded."""
    return lax if reserved else strict


def simple(value: Any, *, explode: bool, encode: Encode) -> str:
    """Write a path or header value: `blue,black` or, for objects, `R,100` and exploded `R=100`."""
    if is_object(value):
        return ",".join(_members(value, "=" if explode else ",", encode))
    if is_array(value):
        return ",".join(encode(item) for item in value)
    return encode(value)


def label(value: Any, *, explode: bool, encode: Encode) -> str:
    """Write a path value with leading dots: `.blue.black`."""
    if is_object(value):
        parts = _members(value, "=", encode) if explode else [",".join(_members(value, ",", encode))]
    elif is_array(value):
        parts = [encode(item) for item in value] if explode else [",".join(encode(item) for item in value)]
    else:
        parts = [encode(value)]
    return "".join(f".{part}" for part in parts)


def matrix(name: str, value: Any, *, explode: bool, encode: Encode) -> str:
    """Write a path value with its name: `;color=blue`."""
    key = strict(name)
    if is_object(value):
        parts = _members(value, "=", encode) if explode else [f"{key}={','.join(_members(value, ',', encode))}"]
    elif is_array(value):
        items = [encode(item) for item in value]
        parts = [f"{key}={item}" for item in items] if explode else [f"{key}={','.join(items)}"]
    else:
        written = encode(value)
        parts = [f"{key}={written}" if written else key]
    return "".join(f";{part}" for part in parts)


def pairs(name: str, value: Any, *, style: str, explode: bool, encode: Encode) -> Pairs:
    """Write a query, form or cookie value as encoded `name=value` pairs; none for an empty array or object."""
    key = strict(name)
    if style == "deepObject" and (is_object(value) or is_array(value)):
        return [(bracketed, encode(item)) for bracketed, item in _deep(key, value)]
    if is_object(value):
        if explode:
            return [(strict(member), encode(item)) for member, item in value.items()]
        joined = _DELIMITERS.get(style, ",").join(_members(value, _DELIMITERS.get(style, ","), encode))
        return [(key, joined)] if value else []
    if is_array(value):
        if explode:
            return [(key, encode(item)) for item in value]
        return [(key, _DELIMITERS.get(style, ",").join(encode(item) for item in value))] if value else []
    return [(key, encode(value))]


def _members(value: dict[str, Any], between: str, encode: Encode) -> list[str]:
    return [f"{encode(name)}{between}{encode(item)}" for name, item in value.items()]


def _deep(key: str, value: Any) -> Iterator[tuple[str, object]]:
    """Yield `a[b]` paths to scalars. The standard stops at one level; deeper ones follow what most servers read.

    Members of an array share `a[]`, unless they are objects or arrays: those are kept apart by `a[0]`.
    """
    if is_object(value):
        for name, item in value.items():
            yield from _deep(f"{key}[{strict(name)}]", item)
    elif is_array(value):
        nested = any(isinstance(item, dict | list) for item in value)
        for index, item in enumerate(value):
            yield from _deep(f"{key}[{index}]" if nested else f"{key}[]", item)
    else:
        yield key, value
