"""What of real traffic may be shown: shapes and sizes, words from closed lists; never tokens, names or texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from specloom.drift.relation.values import kind

if TYPE_CHECKING:
    from specloom.model.source import Json

WORD: Final = re.compile(r"[A-Za-z]{1,24}([ _.:/-][A-Za-z]{1,24}){0,3}")
"""A value of a closed list that somebody forgot to list; a token or a password is seldom made like this."""
SECRET: Final = re.compile(
    r"pass|secret|token|key|auth|cred|session|cookie|signature|otp|\bpin\b|ssn|iban|card|mail|phone|name|address",
    re.IGNORECASE,
)
"""Names of what is never shown, not even as a word or a number."""
NAME: Final = re.compile(r"[A-Za-z_$@][A-Za-z_$@.:-]*(\d{1,3}[A-Za-z_.-]*){0,2}")
LONGEST: Final = 48


def name(text: str) -> str:
    """Return a member's name, unless it looks like data (an ID, an address, a token)."""
    if len(text) <= LONGEST and "@" not in text[1:] and NAME.fullmatch(text):
        return text
    return f"({len(text)} characters)"


def is_name(text: str) -> bool:
    """Tell whether a member's name is a name rather than data."""
    return name(text) == text


def type_of(value: Json) -> str:
    """Return the JSON type of a value, as schemas call it."""
    found = kind(value)
    return "number" if found == "fraction" else found


def sketch(value: Json) -> str:
    """Return the type and size of a value, without the value."""
    if value is None or isinstance(value, bool):
        return str(value).lower() if value is not None else "null"
    if isinstance(value, str):
        return f"string of {_count(len(value), 'character')}"
    if isinstance(value, list):
        return f"array of {_count(len(value), 'item')}"
    if isinstance(value, dict):
        return f"object with {_count(len(value), 'member')}"
    return type_of(value)


def word(value: Json, member: str) -> str:
    """Return a value that should have been one of a list: as it is where it is a plain word, else as a sketch."""
    if isinstance(value, str) and WORD.fullmatch(value) and not SECRET.search(member):
        return value
    if isinstance(value, int) and abs(value) < 1000 and not SECRET.search(member):  # noqa: PLR2004  # a code, no account
        return str(value).lower()
    return sketch(value)


def quantity(value: Json, member: str) -> str:
    """Return a number that broke a bound, or the size of what was too small or too large."""
    if isinstance(value, int | float) and not isinstance(value, bool) and not SECRET.search(member):
        return f"{value:.6g}"
    return sketch(value)


def host(url: str) -> str:
    """Return the host of an address, without the name and the password that may stand before it."""
    try:
        return urlsplit(url).hostname or "no host"
    except ValueError:
        return "no host"


def path(url: str) -> str:
    """Return the path of an address with everything that looks like data replaced, and without its query."""
    steps = urlsplit(url).path.split("/")
    return "/".join(step if not step or _plain(step) else "{…}" for step in steps) or "/"


def _plain(step: str) -> bool:
    return re.fullmatch(r"v\d{1,3}|[A-Za-z][A-Za-z_.-]{0,31}\d?", step) is not None


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
