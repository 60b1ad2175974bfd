"""operationIds without what frameworks put into them: the words that a person chose, as far as there are any."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from generators.lang.mentions import unmentioned
from generators.lang.paths import CALLS, SAYS_NOTHING, all_words, fixed, is_variable, segments
from generators.lang.words import is_plural, singular, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.model.api import Operation

Words = tuple[str, ...]

_CLASS_PREFIX: Final = re.compile(r"^\w*?(?:Controller|Service|Resource)[._](?=\w)")
_SEPARATOR: Final = re.compile(r"/|\.|::")
_OPAQUE: Final = re.compile(r"\d+|[0-9a-f]{16,}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_FRAMEWORK: Final = re.compile(r"Using(?:GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE)(?=(?:_\d+)?$)")
_NUMBER: Final = re.compile(r"(?<=[A-Za-z])_\d{1,2}$")


def id_words(operation: Operation, group: Words) -> Words:
    """Return what the operationId says; empty where it is no name, or only the method and the path once more.

    What stands before the last `/`, `.` or `::` goes if it says nothing that the group does not.
    """
    written = operation.operation_id or ""
    if _OPAQUE.fullmatch(written.strip()):
        return ()
    whole = _CLASS_PREFIX.sub("", _FRAMEWORK.sub("", written))
    parts = _SEPARATOR.split(whole)
    *head, last = parts if "/" in whole else _inside_group(parts, group)
    said = {singular(word) for word in words(" ".join(head))} <= {singular(word) for word in group}
    found = _without_route(words(last if said and words(last) else " ".join((*head, last))), operation)
    if found[:1] == (operation.method.lower(),) and len(found) > 1 and _is_verb(found):
        found = found[1:]
    return () if _is_echo(found, operation) else found


def _inside_group(parts: list[str], group: Words) -> list[str]:
    """Leave out the parts of a dotted name up to the one that is the group: `service.pets.toys.list` of `pets`."""
    said = [tuple(map(singular, words(part))) for part in parts[:-1]]
    wanted = tuple(map(singular, group))
    return parts[said.index(wanted) + 1 :] if wanted in said else parts


def without_number(operation: Operation) -> str | None:
    """Return the operationId without the number by which a framework tells it from its namesakes, if it has one."""
    written = _FRAMEWORK.sub("", operation.operation_id or "")
    short = _NUMBER.sub("", written)
    return short if short != written and written[len(short) + 1 :] not in all_words(operation.path) else None


def without_key(found: Words, operation: Operation, group: Words) -> Words:
    """Take `by <group> id` off the end of a name, where that is the only thing to find one of the group by."""
    if "by" not in found[1:]:
        return found
    border = len(found) - found[::-1].index("by") - 1
    last = segments(operation.path)[-1:]
    key = found[border + 1 :]
    by_group = unmentioned(key, group) in {("id",), ("key",), ("name",), ("uuid",), ("code",)} and len(key) > 1
    return found[:border] if by_group and border and any(map(is_variable, last)) else found


def _is_verb(found: Words) -> bool:
    """Whether a verb follows upon the method that `found` begins with."""
    return found[1] == found[0] or (found[0] in {"post", "put", "patch"} and found[1] in CALLS)


def _without_route(found: Words, operation: Operation) -> Words:
    """Take method and path off the end (`read_pets_pets__id__get`) or the beginning (`get-/pets/{id}_read`)."""
    path, method = all_words(operation.path), operation.method.lower()
    tail, head = (*path, method), (method, *path)
    if len(found) > len(tail) and found[-len(tail) :] == tail:
        return found[: -len(tail)]
    is_route = len(path) > 0 and operation.path in (operation.operation_id or "") and found[: len(head)] == head
    return (found[len(head) :] if is_route else ()) or found


def _is_echo(found: Words, operation: Operation) -> bool:
    """Whether `found` is method and path in other words, as `getUsersIdOrders` of `GET /users/{user_id}/orders` is."""
    method = operation.method.lower()
    if len(found) < 2 or method not in {found[0], found[-1]}:  # noqa: PLR2004 -- the method and something
        return False
    rest = found[1:] if found[0] == method else found[:-1]
    said = tuple(map(singular, rest))
    # `pets_delete` and `pets_get` are names that put the verb last; `petsGET` and `pets_id_delete` are not.
    is_name = method in {"get", "delete"} and (operation.operation_id or "").endswith(f"_{method}")
    routes = _routes(operation, with_variables=is_name)
    same = (route for route in routes if said == tuple(map(singular, route)))
    # `getRates` of `GET /rate` says that it is a list.
    return any(is_plural(route[-1]) or not is_plural(rest[-1]) for route in same)


def _routes(operation: Operation, *, with_variables: bool) -> Iterator[Words]:
    """Yield the ways in which the path is put into words, with its variables or also without."""
    parts = segments(operation.path)
    shorter = [part for part in parts if not SAYS_NOTHING.fullmatch(part)]
    for some in (parts, shorter):
        if not with_variables:
            yield tuple(word for part in some if not is_variable(part) for word in fixed(part))
        elif not any(map(is_variable, some)):
            continue
        yield tuple(word for part in some for word in words(part))
        yield tuple(word for part in some for word in (("id",) if is_variable(part) else fixed(part)))
