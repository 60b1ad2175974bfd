"""Which facts are plain enough to be written down, be it into a description or into generated code: one rule for both.

What is not plain is left to people: a placeholder that somebody has to fill, a token in a form of its own, a name that
is no name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model.source import Json

ADDRESS: Final = re.compile(r"https://[\w.~:/?#&()*+,;=%-]+", re.IGNORECASE | re.ASCII)
"""No user with a password, no braces, no letters that only look like ASCII; and credentials are not sent in clear."""
TOKEN: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
"""A name of a header or parameter that cannot be anything else (RFC 9110, section 5.6.2)."""
HTTP: Final = frozenset({"basic", "bearer"})
FORMATS: Final = frozenset({None, "{token}", "Bearer {token}"})
"""How the value of a header is made of a token where a description has no words for it."""


@dataclass(frozen=True, slots=True)
class Credential:
    """A way to authenticate that a description can declare and a client can send."""

    type: Literal["http", "apiKey"]
    scheme: str = ""
    location: Literal["header", "query"] = "header"
    name: str = ""


def credential(value: Mapping[str, Json]) -> Credential | None:
    """Read a fact about authentication."""
    scheme, where, name = value.get("scheme"), value.get("in"), token(value)
    if value.get("format") not in FORMATS:
        return None
    if value.get("type") == "http" and scheme in HTTP:
        return Credential("http", scheme=str(scheme))
    if value.get("type") == "apiKey" and where in {"header", "query"} and name:
        return Credential("apiKey", location="header" if where == "header" else "query", name=name)
    return None


def address(value: Mapping[str, Json]) -> str:
    """Return where calls go, or nothing."""
    url = value.get("url")
    return url if isinstance(url, str) and ADDRESS.fullmatch(url) else ""


def token(value: Mapping[str, Json], key: str = "name") -> str:
    """Return the name of a header or parameter, or nothing."""
    name = value.get(key)
    return name if isinstance(name, str) and TOKEN.fullmatch(name) else ""
