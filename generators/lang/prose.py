"""Names out of sentences: what requests of a collection are called, "Retrieve a single discount", is no method's name.

A sentence that says what method and path say already gives way to the name made of those; any other keeps its words
without the articles.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from generators.lang.words import singular, words

if TYPE_CHECKING:
    from collections.abc import Iterable

Words = tuple[str, ...]

MOST_WORDS: Final = 4
"""Words of a method's name that can still be remembered."""

_FILLERS: Final = frozenset({"a", "an", "the", "this", "that", "these", "those", "its"})
_ARTICLES: Final = frozenset({"a", "an", "the", "all", "this"})
_SAME: Final = {
    "list": frozenset({"all", "browse", "fetch", "find", "get", "index", "list", "read", "retrieve", "show", "view"}),
    "get": frozenset({"fetch", "find", "get", "load", "read", "retrieve", "show", "view"}),
    "create": frozenset({"add", "create", "new", "post", "register", "submit"}),
    "update": frozenset({"change", "edit", "modify", "patch", "put", "replace", "save", "update"}),
    "delete": frozenset({"delete", "destroy", "remove"}),
}
"""Which words of a sentence mean the verb of a derived name."""

_VERBS: Final = frozenset().union(*_SAME.values())


def is_prose(name: str) -> bool:
    """Tell whether `name` was written for people: several words with blanks between them."""
    return re.search(r"\S\s+\S", name) is not None


def without_fillers(sentence: str) -> Words:
    """Return the words of `sentence` without articles, or all of them where nothing else is left."""
    said = words(re.sub(r"(?i)\bit's\b|['’]s\b", " ", sentence))
    return tuple(word for word in said if word not in _FILLERS) or said


def gives_way(sentence: str, derived: Words) -> bool:
    """Tell whether a method is better named `derived`, from its method and path, than after `sentence`."""
    said = words(sentence)
    if any(noun in _VERBS or not noun.isalpha() for noun in derived[1:]):
        return False
    return (
        len(without_fillers(sentence)) > MOST_WORDS
        or said[0] in _ARTICLES
        or (bool(_SAME.get(derived[0], frozenset()) & {*said[:2]}) and _singulars(derived[1:]) <= _singulars(said))
    )


def _singulars(found: Iterable[str]) -> set[str]:
    return {singular(word) for word in found}
