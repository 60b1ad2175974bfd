"""What operations are called in client libraries, as words: the group that one belongs to, and its name in there.

The owner's names win; else a group is the first tag or the first telling segment of the path, and a name is the
operationId without what the group already says. Where the operationId only repeats the route, or is a sentence that
says no more, the name is a verb and the end of the path. Each name depends on its own operation alone, unless two of a
group want the same one: then the shorter path keeps it and the other one takes its next choice, so that adding an
operation renames as little as possible.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from generators.lang.allocation import free
from generators.lang.groups import group_of
from generators.lang.mentions import unmentioned_twice
from generators.lang.operation_ids import id_words, without_key, without_number
from generators.lang.paths import all_words, ends_in_item, from_path, further_from_path, is_many, segments, verb
from generators.lang.prose import gives_way, is_prose, without_fillers
from generators.lang.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from specloom.model.api import Operation

Words = tuple[str, ...]

_ORDER: Final = ("GET", "QUERY", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE")
_PREPOSITIONS: Final = frozenset({"by", "for", "from", "in", "of", "on", "to", "with"})
_METHODS: Final = frozenset({("post",), ("put",), ("patch",)})


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
            wishes = [f"{wish}_" if wish in reserved else wish for wish in wishes]
            method = free(wishes if operation.naming else _unreserved(wishes), used)
            used.add(method)
            names[operation.key] = Name(group, method)
    return names


def choices(operation: Operation, group: Words) -> list[Words]:
    """Return the names that an operation could have inside `group`, the best first."""
    derived = from_path(operation, group)
    last_resort = (operation.method.lower(), *all_words(operation.path))
    if operation.naming is not None and words(operation.naming.method):
        return [words(operation.naming.method), derived, last_resort]
    number_free = without_number(operation)
    plain = [replace(operation, operation_id=number_free)] if number_free else []
    said = [choice for one in (*plain, operation) for choice in _from_id(one, group, derived)]
    if not said or said[0] == derived:
        said = [derived, *said, *further_from_path(operation, group, derived)]
    return [*dict.fromkeys(said), last_resort]


def _from_id(operation: Operation, group: Words, derived: Words) -> list[Words]:
    full = id_words(operation, group)
    if not full:
        return []
    if is_prose(operation.operation_id or ""):
        full = without_fillers(operation.operation_id or "")
        if gives_way(operation.operation_id or "", derived):
            return [derived, full]
    short = _shortened(full, operation, group)
    if not short or short in _METHODS:
        return [derived, full]
    return [without_key(short, operation, group), short, full]


def _shortened(full: Words, operation: Operation, group: Words) -> Words:
    """Return what an operationId says without its group, and as the list that it may be."""
    short = unmentioned_twice(full, group)
    if (short in {("get",), ("find",), ("fetch",)} and _is_list(operation, full)) or short == ("get", "list"):
        return ("list",)
    return (verb(operation), *short) if short[:1] != () and short[0] in _PREPOSITIONS else short


def _unreserved(wishes: list[str]) -> list[str]:
    """Put a name that is reserved behind the next one, unless that is the last resort."""
    first, *others = wishes
    has_another = len(others) > 1 and first.endswith("_") and not others[0].endswith("_")
    return [others[0], first, *others[1:]] if has_another else [first, *others]


def _precedence(operation: Operation) -> tuple[bool, int, str, int, str]:
    method = _ORDER.index(operation.method) if operation.method in _ORDER else len(_ORDER)
    named = operation.naming is None
    return named, len(segments(operation.path)), operation.path, method, operation.key


def _is_list(operation: Operation, full: Words) -> bool:
    return operation.method == "GET" and not ends_in_item(operation) and any(map(is_many, full))
