"""How named formats contain each other (JSON Schema 2020-12, section 7.3; OpenAPI format registry)."""

from __future__ import annotations

from typing import Final

WIDER: Final[dict[str, tuple[str, ...]]] = {
    "int8": ("int16", "int32", "int64"),
    "uint8": ("int16", "uint16", "int32", "uint32", "int64", "uint64"),
    "int16": ("int32", "int64"),
    "uint16": ("int32", "uint32", "int64", "uint64"),
    "int32": ("int64",),
    "uint32": ("int64", "uint64"),
    "float": ("double",),
    "email": ("idn-email",),
    "hostname": ("idn-hostname",),
    "uri": ("iri", "uri-reference", "iri-reference"),
    "url": ("uri", "iri", "uri-reference", "iri-reference"),
    "iri": ("iri-reference",),
    "uri-reference": ("iri-reference",),
}
"""Format → the formats that accept everything it accepts."""

RANGES: Final = {
    **{f"int{bits}": (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for bits in (8, 16, 32, 64)},
    **{f"uint{bits}": (0, 2**bits - 1) for bits in (8, 16, 32, 64)},
}
"""Format → the least and the greatest whole number of it."""

HINTS: Final = frozenset({"password", "textarea", "markdown", "html", "text", "string", "multiline", "color"})
"""Formats that tell a form how to look; they exclude no value."""

_OTHERS: Final = (
    "date date-time time duration int64 uint64 double decimal idn-email idn-hostname ipv4 ipv6 iri-reference uuid"
    " uri-template json-pointer relative-json-pointer regex byte binary base64url"
)
KNOWN: Final = frozenset(WIDER) | frozenset(_OTHERS.split())
"""Formats whose values everybody agrees on; of any other we only know its name."""


_WRITTEN: Final = (
    "date date-time time duration email idn-email hostname idn-hostname ipv4 ipv6 uri uri-reference iri iri-reference"
    " uuid uri-template json-pointer relative-json-pointer regex byte binary base64url"
)
TEXTS: Final = frozenset(_WRITTEN.split())
"""Formats of texts: a number passes them, whatever it is."""


def meaningful(name: str | None, kinds: frozenset[str]) -> str | None:
    """Return the format if it restricts values of these kinds at all."""
    return None if name is None or name in HINTS or (name in TEXTS and "string" not in kinds) else name


def contains(wide: str, narrow: str) -> bool:
    """Tell whether every value of format `narrow` is one of format `wide`."""
    return wide == narrow or wide in WIDER.get(narrow, ())
