"""Paths of operations as words: what is fixed in them, what varies, and what an operation does to their end."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from generators.lang.mentions import unmentioned
from generators.lang.words import is_plural, singular, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.model.api import Operation, Response

Words = tuple[str, ...]

VERB_OF: Final = {"GET": "get", "POST": "create", "PUT": "update", "PATCH": "update", "DELETE": "delete"}
_USUAL: Final = frozenset({*VERB_OF.values(), "list"})
SAYS_NOTHING: Final = re.compile(r"v?\d+([._-]\d+)*((alpha|beta)\d*)?|api|apis|rest|latest|json|xml", re.IGNORECASE)
"""Segments that say nothing about what an operation is on."""

CALLS: Final = frozenset(
    {"add", "calculate", "cancel", "check", "close", "compute", "convert", "create", "delete", "describe", "export"}
    | {"fetch", "find", "generate", "get", "import", "list", "login", "logout", "query", "remove", "retrieve", "save"}
    | {"search", "send", "set", "submit", "update", "upload", "validate", "verify"}
)
"""Verbs that are methods of their own where they are a whole segment: `POST /search`."""

_ONE_THING: Final = frozenset({"analytics", "details", "preferences", "settings", "statistics", "stats"})
"""Plurals that are got as one thing, not listed."""

_LEADING: Final = CALLS - {"check", "close", "export", "import", "query", "search", "set", "upload"}
"""Verbs that begin a call where more words follow, as in `/getPets`; the others begin nouns just as well."""

_QUERY: Final = re.compile(r"[?#].*", re.DOTALL)
_PLACEHOLDER: Final = re.compile(r"\{[^{}]*\}")
_EXTENSION: Final = re.compile(r"\.(?:json|xml|\{[^{}]*\})$")
_PAIR: Final = re.compile(r"[?#&]([^=&#]+)(?:=([^&#]*))?")
_SHORT: Final = 3


@lru_cache(maxsize=1024)
def segments(path: str) -> tuple[str, ...]:
    """Return the segments of `path` without the query and a file's extension."""
    found = [segment for segment in _QUERY.sub("", path).split("/") if segment]
    return tuple(_EXTENSION.sub("", segment) or segment for segment in found)


def is_variable(segment: str) -> bool:
    """Whether `segment` is nothing but placeholders."""
    return "{" in segment and not words(_PLACEHOLDER.sub("", segment))


def fixed(segment: str) -> Words:
    """Return the words of `segment` outside its placeholders; `users.list` is what is done, so the verb comes first."""
    text = _PLACEHOLDER.sub(" ", segment)
    said, dot, end = text.rpartition(".")
    called = words(end) if dot and words(said) else ()
    return (*called, *words(said)) if len(called) == 1 and called[0] in CALLS else words(text)


def telling(path: str) -> list[str]:
    """Return the segments that say what an operation is on; the fixed ones where none does."""
    outside = [segment for segment in segments(path) if not is_variable(segment)]
    return [segment for segment in outside if not SAYS_NOTHING.fullmatch(segment)] or outside


def all_words(path: str) -> Words:
    """Return every word of `path`, those of its placeholders too."""
    return words(" ".join(segments(path)))


def is_call(segment: str) -> bool:
    """Whether `segment` says what is done, as in `/getPets` or `/search`, and not on what."""
    found = fixed(segment)
    return found[:1] != () and (found[0] in _LEADING if len(found) > 1 else found[0] in CALLS)


def is_many(word: str) -> bool:
    """Whether `word` is the plural of something that one lists."""
    return is_plural(word) and word not in _ONE_THING


def ends_in_item(operation: Operation) -> bool:
    """Whether the path ends in a placeholder, and so at one of many."""
    return any(map(is_variable, segments(operation.path)[-1:]))


def verb(operation: Operation) -> str:
    """Return what the method of `operation` does to the end of its path."""
    if operation.method == "POST" and ends_in_item(operation):
        return "create" if any(map(_makes_something, operation.responses)) else "update"
    return VERB_OF.get(operation.method, operation.method.lower())


def from_path(operation: Operation, group: Words) -> Words:
    """Name an operation by what it does to the end of its path: list, get, create, update, delete, or a last verb."""
    last = (_nouns(operation) or [()])[-1]
    on_group = _is_on(last, group)
    at_item = ends_in_item(operation)
    if last and is_call(" ".join(last)) and not (on_group and at_item):
        return _called(operation, last, group)
    if operation.method == "GET" and not at_item and last and (is_many(last[-1]) or _answers_list(operation)):
        return ("list",) if on_group else ("list", *last)
    if on_group:
        return (verb(operation),)
    if operation.method == "POST" and not at_item and not is_plural(last[-1]):
        return unmentioned(last, group) or last
    ends_in_one = at_item or operation.method == "POST"
    return (verb(operation), *last[:-1], singular(last[-1]) if ends_in_one else last[-1])


def further_from_path(operation: Operation, group: Words, derived: Words) -> Iterator[Words]:
    """Yield what else an operation could be called by its path, where it cannot be called `derived`."""
    other = {"PUT": "replace", "PATCH": "patch", "POST": "post"}.get(operation.method)
    if other and derived[0] == "update":
        yield (other, *derived[1:])
    yield from _with_parents(operation, group, derived)
    if ends_in_item(operation) and (variable := words(segments(operation.path)[-1])):
        yield (*derived, "by", *variable)
    asked = list(_asked(operation.path))
    if 0 < len(asked) <= _SHORT:
        yield (*derived, *(word for number, part in enumerate(asked) for word in (("and",) * bool(number) + part)))
    versions = [
        word for segment in segments(operation.path) if SAYS_NOTHING.fullmatch(segment) for word in words(segment)
    ]
    if numbered := [word for word in versions if any(map(str.isdigit, word))]:
        yield (*derived, *numbered)


def _is_on(last: Words, group: Words) -> bool:
    """Whether the end of a path is what the group holds: `/teams/{id}/members` of `members` or of `team members`."""
    tail = group[-len(last) :] if last else ()
    return unmentioned(last, group) == () or tuple(map(singular, last)) == tuple(map(singular, tail))


def _nouns(operation: Operation) -> list[Words]:
    parts, last = telling(operation.path), segments(operation.path)[-1:]
    is_left_out = last and not is_variable(last[0]) and last[0] not in parts[-1:]
    # At the end, `latest` and `78` are something to ask for.
    return [noun for noun in map(fixed, (*parts, *last) if is_left_out else parts) if noun]


def _called(operation: Operation, last: Words, group: Words) -> Words:
    """Name an operation whose path ends in a call."""
    if len(last) > 1:
        short = unmentioned(last, group)
        return ("list",) if short == ("get",) and operation.method == "GET" and is_plural(last[-1]) else short or last
    parents = [noun for noun in _nouns(operation)[:-1] if unmentioned(noun, group) != ()]
    if last[0] in _USUAL and parents:
        return (*last, *parents[-1])
    is_group = unmentioned(last, group) == () and last != ("list",)
    if is_group and operation.method != "POST":
        return (verb(operation),)
    return ("run",) if is_group and last[0] not in _USUAL else last


def _with_parents(operation: Operation, group: Words, derived: Words) -> Iterator[Words]:
    """Yield `derived` with more and more of the path in front of its end."""
    nouns = _nouns(operation)
    *parents, last = nouns or [()]
    parents = [(*noun[:-1], singular(noun[-1])) for noun in parents if unmentioned(noun, group) != ()]
    before: Words = ()
    for parent in reversed(parents):
        before = (*parent, *before)
        if _is_on(last, group):
            yield (*derived, "for", *before)
        elif len(derived) > 1 and derived[0] in {*_USUAL, "replace", "patch", "post"}:
            yield (derived[0], *before, *derived[1:])
        else:
            yield (*derived, *before)


def _asked(path: str) -> Iterator[Words]:
    """Yield what a query or fragment in the path tells apart: a fixed value, or by which parameters it asks."""
    names = []
    for match in _PAIR.finditer(path):
        value = match[2] or ""
        if value and "{" not in value:
            yield words(value)
        elif "{" in value:
            names.append(words(match[1]))
    for number, name in enumerate(names):
        yield ("by", *name) if not number else name


def _makes_something(response: Response) -> bool:
    """Whether an answer is new, or a file, as no answer to a change is."""
    kinds = [media.media_type for media in response.content]
    return response.status == "201" or (response.status == "200" and kinds != [] and "json" not in "".join(kinds))


def _answers_list(operation: Operation) -> bool:
    schemas = (media.schema for one in operation.responses if one.status[0] == "2" for media in one.content)
    return operation.pagination is not None or any(schema and schema.types == ("array",) for schema in schemas)
