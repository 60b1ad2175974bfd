"""Texts and numbers against the formats that everybody agrees on, in linear time."""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.source import Json

_DATE: Final = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_TIME: Final = r"([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)"
_LABEL: Final = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_TEXTS: Final = {
    "date": _DATE,
    "time": _TIME,
    "date-time": rf"{_DATE}[Tt ]{_TIME}",
    "uuid": r"[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}",
    "email": r"[^@\s]+@[^@\s]+",
    "uri": r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*",
    "url": r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*",
    "hostname": rf"{_LABEL}(\.{_LABEL})*\.?",
    "byte": r"[A-Za-z0-9+/\s]*={0,2}\s*",
}
"""RFC 3339, 9562, 5322 and 3986 in their plain parts; what is doubtful passes."""
_PATTERNS: Final = {name: re.compile(pattern, re.ASCII) for name, pattern in _TEXTS.items()}
_BITS: Final = {"int8": 8, "int16": 16, "int32": 32, "int64": 64}
_UNSIGNED: Final = {"uint8": 8, "uint16": 16, "uint32": 32, "uint64": 64}


def fits(name: str, value: Json) -> bool:
    """Tell whether `value` may be of the format; one of another type, and one of an unknown format, may."""
    if isinstance(value, str):
        if name in {"ipv4", "ipv6"}:
            return _address(IPv4Address if name == "ipv4" else IPv6Address, value)
        return name not in _PATTERNS or _PATTERNS[name].fullmatch(value) is not None
    if isinstance(value, bool) or not isinstance(value, int):
        return True
    if name in _BITS:
        return -(1 << _BITS[name] - 1) <= value < 1 << _BITS[name] - 1
    return name not in _UNSIGNED or 0 <= value < 1 << _UNSIGNED[name]


def checked(name: str) -> bool:
    """Tell whether values are held against the format at all."""
    return name in {*_PATTERNS, *_BITS, *_UNSIGNED, "ipv4", "ipv6"}


def _address(kind: Callable[[str], object], text: str) -> bool:
    try:
        kind(text)
    except AddressValueError:
        return False
    return True
