"""Names of descriptions, taken apart into words: the part of naming that all languages share."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_SPELLED: Final = {"+": "plus", "-": "minus", "*": "star", "@": "at", "$": "dollar", "#": "hash", "%": "percent"}
_PLURAL_ACRONYM: Final = re.compile(r"([A-Z]{2,})s(?![a-z])")
_ONE_WORD: Final = re.compile(r"(OAuth|GitHub|GitLab|GraphQL|IPv(?=[46]))")
_BORDER: Final = re.compile(
    r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z0-9])(?=[A-Z][a-z])|(?:(?<=[A-Za-z]\d)|(?<=[A-Za-z]\d\d))(?=[A-Z]{2,}(?![a-z]))"
)
"""Between `pet` and `IDs`, `HTTP` and `Server`, `S3` and `URL`, but not in `C2C`, `K8S` and `2FA`."""

_PUNCTUATION: Final = re.compile(r"[\W_]")
_SIGNED_NUMBER: Final = re.compile(r"^[+-](?=\d)")


@lru_cache(maxsize=65536)
def words(name: str) -> tuple[str, ...]:
    """Split `name` at punctuation and changes of case into lower-case words; accents are dropped.

    `listPetIDs` gives list, pet, ids; `+1` gives plus, 1. A name of nothing but symbols is spelled out, by Unicode's
    names where need be; letters of other scripts stay as they are. Empty only for an empty or invisible name.
    """
    text = _SIGNED_NUMBER.sub(lambda sign: f"{_SPELLED[sign[0]]} ", _plain(name))
    text = _PLURAL_ACRONYM.sub(lambda match: f"{match[1].capitalize()}s", text)
    text = _ONE_WORD.sub(lambda match: match[1].capitalize(), text)
    text = _PUNCTUATION.sub(" ", text)
    found = tuple(word.lower() for part in text.split() for word in _BORDER.split(part) if word)
    return found or tuple(word for char in name[:8] for word in _spelled(char))


def singular(word: str) -> str:
    """Return an English noun without its plural ending, by rule of thumb; other words come back as they are."""
    if word.endswith("ies") and len(word) > 4:  # noqa: PLR2004 -- "ties", "pies"
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def is_plural(word: str) -> bool:
    """Whether `word` looks like the plural of an English noun."""
    return singular(word) != word


def _plain(name: str) -> str:
    if name.isascii():
        return name
    decomposed = unicodedata.normalize("NFKD", name)
    return unicodedata.normalize("NFKC", "".join(char for char in decomposed if not unicodedata.combining(char)))


def _spelled(char: str) -> list[str]:
    return _SPELLED.get(char, unicodedata.name(char, "")).replace("-", " ").lower().split()
