"""Which group an operation belongs to in client libraries, as words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from generators.lang.operation_ids import id_words
from generators.lang.paths import SAYS_NOTHING, fixed, is_call, is_variable, segments, telling
from generators.lang.words import is_plural, words

if TYPE_CHECKING:
    from specloom.model.api import Operation

Words = tuple[str, ...]

_HEAD: Final = re.compile(r"[.:(]")
_ENUMERATION: Final = re.compile(r"^\s*\d+(?:\.\d+)*[.)]\s+")
_PATH: Final = re.compile(r"[/{}]")
_EVERYTHING: Final = frozenset({("default",), ("all",), ("untagged",)})
_KINDS: Final = frozenset({"api", "apis", "controller", "endpoint", "endpoints"})


def group_of(operation: Operation) -> tuple[Words, ...]:
    """Return the words of each group around an operation, from the client inwards; empty for the client itself."""
    if operation.naming is not None:
        return tuple(words(part) for part in operation.naming.resource if words(part))
    if operation.tags and (nouns := _spelled(operation.tags[0], operation.path)):
        return nouns
    for tag in operation.tags:
        if (found := tag_words(tag)) and not _says_nothing(found):
            return () if is_call(tag) and (found,) == _ends(operation) else (found,)
    return _from_path(operation)


def tag_words(tag: str) -> Words:
    """Return the words of a tag without its place in a list, without placeholders, and without `API` at its end."""
    text = _ENUMERATION.sub("", tag)
    if _PATH.search(text):
        parts = [part for part in segments(text) if not is_variable(part) and not SAYS_NOTHING.fullmatch(part)]
        text = " ".join(" ".join(fixed(part)) for part in parts) or text
    found = words(text)
    return found[:-1] if len(found) > 1 and found[-1] in _KINDS else found


def _says_nothing(found: Words) -> bool:
    return found in _EVERYTHING or (len(found) == 1 and SAYS_NOTHING.fullmatch(found[0]) is not None)


def _spelled(tag: str, path: str) -> tuple[Words, ...]:
    """Return what is no variable or version of a tag that spells the beginning of `path`; empty for any other tag."""
    parts, beginning = segments(tag), segments(path)[: len(segments(tag))]
    if len(parts) <= 1 or [words(part) for part in parts] != [words(segment) for segment in beginning]:
        return ()
    return tuple(
        words(part)
        for part, segment in zip(parts, beginning, strict=True)
        if words(part) and not is_variable(segment) and not SAYS_NOTHING.fullmatch(segment)
    )


def _ends(operation: Operation) -> tuple[Words, ...]:
    """Return the words of a path that is one segment of several words."""
    parts = [fixed(part) for part in telling(operation.path)]
    return tuple(parts) if len(parts) == 1 and len(parts[0]) > 1 else ()


def _from_path(operation: Operation) -> tuple[Words, ...]:
    """Return the first segment that says what it is on; a call on nothing is the client's own."""
    parts = telling(operation.path)
    if not parts:
        return () if id_words(operation, ()) else (("root",),)
    is_things = operation.method != "POST" and is_plural(fixed(parts[0])[-1])
    is_named = (id_words(operation, ()),) == _ends(operation) and not is_things
    if len(parts) == 1 and (is_call(parts[0]) or is_named):
        return ()
    return (fixed(_HEAD.split(parts[0], maxsplit=1)[0]) or ("root",),)
