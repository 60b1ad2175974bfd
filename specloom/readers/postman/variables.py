"""`{{variables}}`: the collection's own are written out, the others become `{placeholders}`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specloom.readers.postman.fields import Pair

VARIABLE: Final = re.compile(r"\{\{([^{}]{1,200})\}\}")
"""Bounded and without optional parts, so that hostile text cannot make the search slow."""

DEEPEST: Final = 8
"""How often the value of a variable is itself looked through for variables."""

LONGEST: Final = 2000
"""Characters; a value that grows beyond is left as it was before."""


def name_of(match: re.Match[str]) -> str:
    """Return the variable's name, without blanks and without the leading `$` of Postman's dynamic ones."""
    return match[1].strip().removeprefix("$") or "value"


def collect(pairs: Iterable[Pair]) -> dict[str, str]:
    """Return enabled variables that have a value, the first of each name."""
    values: dict[str, str] = {}
    for pair in pairs:
        if pair.value and not pair.disabled:
            values.setdefault(pair.key, pair.value)
    return values


def expand(text: str, values: Mapping[str, str]) -> str:
    """Write out the variables in `text` that have values, and those in the values, within bounds."""
    for _ in range(DEEPEST):
        wider = VARIABLE.sub(lambda match: values.get(name_of(match), match[0])[:LONGEST], text[:LONGEST])
        if wider == text or len(wider) > LONGEST:
            break
        text = wider
    return text


def placeholders(text: str) -> str:
    """Write `{{name}}` as `{name}`."""
    return VARIABLE.sub(lambda match: "{" + name_of(match) + "}", text)


def names(text: str) -> list[str]:
    """Return the names of the variables in `text`, each once, in order."""
    return list(dict.fromkeys(name_of(match) for match in VARIABLE.finditer(text)))


def is_templated(text: str) -> bool:
    """Tell whether `text` holds a variable."""
    return VARIABLE.search(text) is not None
