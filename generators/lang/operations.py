"""What operations are called in client libraries, as words: the group that one belongs to, and its name in there.

The owner's names win; else a group is the first tag or the first telling segment of the path, and a name is the
operationId without what the group already says, or a verb and the end of the path; the latter also where the
operationId is a sentence that says no more. A tag that only spells the path, as folders of collections do, gives its
nouns. Each name depends on its own
operation alone, unless two of a group want the same one: then the shorter path keeps it and the other one takes its
next choice, so that adding an operation renames as little as possible.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from generators.lang.allocation import free
from generators.lang.prose import gives_way, is_prose, without_fillers
from generators.lang.words import is_plural, singular, words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from specloom.model.api import Operation

Words = tuple[str, ...]

_VERBS: Final = {"GET": "get", "POST": "create", "PUT": "update", "PATCH": "update", "DELETE": "delete"}
_ORDER: Final = ("GET", "QUERY", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
_PREPOSITIONS: Final = frozenset({"by", "for", "from", "in", "of", "on", "to", "with"})
_VERSION: Final = re.compile(r"v?\d+([._-]\d+)*((alpha|beta)\d*)?|api|rest|latest", re.IGNORECASE)
_CLASS_PREFIX: Final = re.compile(r"^\w*?(?:Controller|Service|Resource)[._](?=\w)")
_ONE_THING: Final = frozenset({"analytics", "details", "preferences", "settings", "statistics", "stats"})
"""Plurals that are got as one thing, not listed."""

_SEPARATOR: Final = re.compile(r"/|\.|::")
_QUERY: Final = re.compile(r"[?#].*", re.DOTALL)
_PLACEHOLDER: Final = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Name:
    """Where an operation is found: the groups from the client inwards, and the method's identifier in the last."""

    group: tuple[str, ...]
    method: str


def name_operations(
    operations: Iterable[Operation],
    *,
    spell_group: Callable[[str], str],
    spell_method: Callable[[str], str],
    taken: Callable[[tuple[str, ...]], Collection[str]],
) -> dict[str, Name]:
    """Give every operation (by key) a name that no other has.

    The `spell` functions turn words, separated by spaces, into identifiers of the target language; `taken` answers
    which identifiers a group cannot use for methods; they get an underscore.
    """
    groups: dict[tuple[str, ...], list[Operation]] = {}
    for operation in operations:
        group = tuple(spell_group(" ".join(part)) for part in group_of(operation))
        groups.setdefault(group, []).append(operation)
    inner: dict[tuple[str, ...], set[str]] = {}
    for group in groups:
        for depth in range(len(group)):
            inner.setdefault(group[:depth], set()).add(group[depth])
    names: dict[str, Name] = {}
    for group, members in groups.items():
        reserved = taken(group)
        used = {*reserved, *inner.get(group, ())}
        for operation in sorted(members, key=_precedence):
            wishes = [spell_method(" ".join(choice)) for choice in choices(operation, words(" ".join(group[-1:])))]
            method = free([f"{wish}_" if wish in reserved else wish for wish in wishes], used)
            used.add(method)
            names[operation.key] = Name(group, method)
    return names


def group_of(operation: Operation) -> tuple[Words, ...]:
    """Return the words of each group around an operation, from the client inwards; empty for the client itself."""
    if operation.naming is not None:
        return tuple(words(part) for part in operation.naming.resource if words(part))
    if operation.tags and (nouns := _nouns(operation.tags[0], operation.path)):
        return nouns
    if operation.tags and words(operation.tags[0]):
        return (words(operation.tags[0]),)
    fixed = [segment for segment in _segments(operation.path) if not _is_variable(segment)]
    telling = [segment for segment in fixed if not _VERSION.fullmatch(segment)] or fixed
    head = re.split(r"[.:(]", telling[0], maxsplit=1)[0] if telling else ""
    return (words(_PLACEHOLDER.sub(" ", head)) or ("root",),)


def choices(operation: Operation, group: Words) -> list[Words]:
    """Return the names that an operation could have inside `group`, the best first."""
    derived = _from_path(operation, group)
    whole_path = (operation.method.lower(), *words(" ".join(_segments(operation.path))))
    if operation.naming is not None and words(operation.naming.method):
        return [words(operation.naming.method), derived, whole_path]
    full = _clean_id(operation, group)
    if not full:
        return [derived, *_other_verb(operation, derived), *_by_parameter(operation, derived), whole_path]
    if is_prose(operation.operation_id or ""):
        said = without_fillers(operation.operation_id or "")
        if gives_way(operation.operation_id or "", derived):
            return [derived, *_by_parameter(operation, derived), said, whole_path]
        full = said
    short = _without_group(full, group)
    if not short:
        return [derived, full, whole_path]
    if short in {("get",), ("find",), ("fetch",)} and _is_list(operation, full):
        short = ("list",)
    if short[0] in _PREPOSITIONS:
        short = (_verb(operation), *short)
    return [short, full, whole_path]


def _precedence(operation: Operation) -> tuple[bool, int, str, int, str]:
    method = _ORDER.index(operation.method) if operation.method in _ORDER else len(_ORDER)
    named = operation.naming is None
    return named, len(_segments(operation.path)), operation.path, method, operation.key


def _segments(path: str) -> list[str]:
    return [segment for segment in _QUERY.sub("", path).split("/") if segment]


def _is_variable(segment: str) -> bool:
    return not words(_PLACEHOLDER.sub("", segment)) and "{" in segment


def _nouns(tag: str, path: str) -> tuple[Words, ...]:
    """Return what is no variable or version of a tag that spells the beginning of `path`; empty for any other tag."""
    parts, segments = _segments(tag), _segments(path)
    if len(parts) < 2 or [words(part) for part in parts] != [words(segment) for segment in segments[: len(parts)]]:  # noqa: PLR2004 -- one word is a name as well
        return ()
    return tuple(
        words(part)
        for part, segment in zip(parts, segments, strict=False)
        if words(part) and not _is_variable(segment) and not _VERSION.fullmatch(segment)
    )


def _clean_id(operation: Operation, group: Words) -> Words:
    """Return the words of the operationId without the noise that frameworks put around it.

    What stands before the last `/`, `.` or `::` goes if it says nothing that the group does not.
    """
    whole = _CLASS_PREFIX.sub("", operation.operation_id or "")
    *head, last = _SEPARATOR.split(whole)
    said = {singular(word) for word in words(" ".join(head))} <= {singular(word) for word in group}
    found = words(last if said and words(last) else whole)
    tail = (*words(" ".join(_segments(operation.path))), operation.method.lower())
    return found[: -len(tail)] if len(found) > len(tail) and found[-len(tail) :] == tail else found


def _without_group(found: Words, group: Words) -> Words:
    """Take the first mention of the group, in singular or plural, and however it is run together, out of a name."""
    if not group:
        return found
    wanted = "".join((*group[:-1], singular(group[-1])))
    for start in range(len(found)):
        for end in range(len(found), start, -1):
            if "".join((*found[start : end - 1], singular(found[end - 1]))) == wanted:
                return found[:start] + found[end:]
    return found


def _is_list(operation: Operation, full: Words) -> bool:
    last = _segments(operation.path)[-1:]
    return operation.method == "GET" and not any(map(_is_variable, last)) and any(map(_is_many, full))


def _is_many(word: str) -> bool:
    return is_plural(word) and word not in _ONE_THING


def _answers_list(operation: Operation) -> bool:
    schemas = (media.schema for one in operation.responses if one.status[0] == "2" for media in one.content)
    return any(schema and schema.types == ("array",) for schema in schemas)


def _verb(operation: Operation) -> str:
    return _VERBS.get(operation.method, operation.method.lower())


def _other_verb(operation: Operation, derived: Words) -> list[Words]:
    other = {"PUT": "replace", "PATCH": "patch"}.get(operation.method)
    return [(other, *derived[1:])] if other and derived[0] == "update" else []


def _by_parameter(operation: Operation, derived: Words) -> list[Words]:
    last = _segments(operation.path)[-1:]
    return [(*derived, "by", *words(segment)) for segment in last if _is_variable(segment) and words(segment)]


def _from_path(operation: Operation, group: Words) -> Words:
    """Name an operation by what it does to the end of its path: list, get, create, update, delete, or a last verb."""
    segments = _segments(operation.path)
    fixed = [words(_PLACEHOLDER.sub(" ", segment)) for segment in segments if not _is_variable(segment)]
    nouns = [noun for noun in fixed if noun]
    last = nouns[-1] if nouns else ()
    at_item = bool(segments) and _is_variable(segments[-1])
    is_group = not last or _without_group(last, group) == ()
    if operation.method == "GET" and not at_item and last and (_is_many(last[-1]) or _answers_list(operation)):
        return ("list",) if is_group else ("list", *last)
    if is_group:
        return (_verb(operation),)
    if operation.method == "POST" and not at_item and not is_plural(last[-1]):
        return _without_group(last, group) or last
    ends_in_one = at_item or operation.method == "POST"
    return (_verb(operation), *last[:-1], singular(last[-1]) if ends_in_one else last[-1])
