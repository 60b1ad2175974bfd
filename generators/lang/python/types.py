"""Python type expressions as values, so that one type prints rightly in every place it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from specloom.render import Code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from specloom.model.source import Json


@dataclass(frozen=True, slots=True)
class Plain:
    """A type that is written as its name: a builtin, or something that the file imports (`dt.date`, `Any`)."""

    name: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A class or alias of the package of models; `module` is the module that defines it."""

    name: str
    module: str


@dataclass(frozen=True, slots=True)
class Generic:
    """`name[args]`; an empty tuple of arguments stands for `tuple[()]`."""

    name: str
    args: tuple[PyType, ...]


@dataclass(frozen=True, slots=True)
class LiteralOf:
    """Exactly these values: strings, integers and booleans."""

    values: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class Union:
    """One of several types; made by `union`, which keeps it flat and free of repetitions."""

    members: tuple[PyType, ...]


@dataclass(frozen=True, slots=True)
class Tagged:
    """A union whose variant a member of the value names: `tag` is its name on the wire, `variants` value → type."""

    tag: str
    variants: tuple[tuple[Json, PyType], ...]


PyType: TypeAlias = Plain | Ref | Generic | LiteralOf | Union | Tagged

ANY: Final = Plain("Any")
BOOL: Final = Plain("bool")
BYTES: Final = Plain("bytes")
DATE: Final = Plain("dt.date")
DATETIME: Final = Plain("dt.datetime")
FILE: Final = Plain("FileInput")
FLOAT: Final = Plain("float")
INT: Final = Plain("int")
NONE: Final = Plain("None")
STR: Final = Plain("str")
UNSET: Final = Plain("Unset")
ANY_MAPPING: Final = Generic("Mapping", (STR, Plain("object")))

_HIDDEN_BY_MEMBERS: Final = frozenset({"bool", "bytes", "dict", "float", "int", "list", "object", "str", "tuple"})


def union(members: Iterable[PyType]) -> PyType:
    """Return the union of `members` in their order, null last; Any swallows everything."""
    flat: list[PyType] = []
    for member in members:
        flat.extend(member.members if isinstance(member, Union) else (member,))
    flat = list(dict.fromkeys(flat)) if len(flat) > 1 else flat
    if ANY in flat:
        return ANY
    if NONE in flat and len(flat) > 1:
        flat.remove(NONE)
        flat.append(NONE)
    return flat[0] if len(flat) == 1 else Union(tuple(flat)) if flat else ANY


def optional(tp: PyType) -> PyType:
    """Return `tp` with null allowed."""
    if tp in {ANY, NONE}:
        return tp
    members = tp.members if isinstance(tp, Union) else (tp,)
    return tp if members[-1] == NONE else Union((*members, NONE))


def list_of(item: PyType) -> PyType:
    """Return `list[item]`."""
    return Generic("list", (item,))


def dict_of(value: PyType) -> PyType:
    """Return `dict[str, value]`."""
    return Generic("dict", (STR, value))


def walk(tp: PyType) -> Iterator[PyType]:
    """Yield `tp` and everything inside it."""
    todo: list[PyType] = [tp]
    while todo:
        current = todo.pop()
        yield current
        todo.extend(children(current))


def children(tp: PyType) -> tuple[PyType, ...]:
    """Return the types directly inside `tp`."""
    match tp:
        case Generic(args=args):
            return args
        case Union(members=members):
            return members
        case Tagged(variants=variants):
            return tuple(variant for _, variant in variants)
        case _:
            return ()


def refs(tp: PyType) -> set[Ref]:
    """Return every model that `tp` mentions."""
    return {part for part in walk(tp) if isinstance(part, Ref)}


def rewrite(tp: PyType, change: Callable[[PyType], PyType]) -> PyType:
    """Return `tp` with `change` applied to everything inside it, from the leaves up."""
    match tp:
        case Generic(name=name, args=args):
            tp = Generic(name, tuple(rewrite(arg, change) for arg in args))
        case Union(members=members):
            tp = union(rewrite(member, change) for member in members)
        case Tagged(tag=tag, variants=variants):
            tp = Tagged(tag, tuple((value, rewrite(variant, change)) for value, variant in variants))
        case _:
            pass
    return change(tp)


def untagged(tp: PyType) -> PyType:
    """Return `tp` as people read it: a union by a tag is one of its variants."""

    def plainly(part: PyType) -> PyType:
        return union((*children(part), Plain("Unknown"))) if isinstance(part, Tagged) else part

    return rewrite(tp, plainly)


def written(tp: PyType, *, models: str = "", hidden: frozenset[str] = frozenset()) -> Code:
    """Write `tp` as code.

    `models` stands in front of the names of models (`models.`). `hidden` are the members of the class around it: a
    builtin that bears one of these names is written `builtins.list`.
    """
    return Code(_written(tp, models, hidden & _HIDDEN_BY_MEMBERS))


def _written(tp: PyType, models: str, hidden: frozenset[str]) -> str:
    match tp:
        case Plain(name=name):
            return f"builtins.{name}" if name in hidden else name
        case Ref(name=name):
            return f"{models}{name}"
        case Generic(name=name, args=args):
            inner = ", ".join(_written(arg, models, hidden) for arg in args) or "()"
            return f"{'builtins.' if name in hidden else ''}{name}[{inner}]"
        case LiteralOf(values=values):
            return f"Literal[{', '.join(map(repr, values))}]"
        case Union(members=members):
            return " | ".join(_written(member, models, hidden) for member in members)
        case Tagged(tag=tag, variants=variants):
            names = dict.fromkeys(_written(variant, models, hidden) for _, variant in variants)
            table = ", ".join(f"{value!r}: {_written(variant, models, hidden)}" for value, variant in variants)
            return f"Annotated[{' | '.join((*names, 'Unknown'))}, Discriminated({tag!r}, {{{table}}})]"


def as_value(tp: PyType, *, models: str = "") -> Code:
    """Write `tp` as an expression that is evaluated: type checkers take `Union[…]` there, but not always `|`."""
    return Code(_value(tp, models))


def _value(tp: PyType, models: str) -> str:
    match tp:
        case Union(members=members):
            return f"Union[{', '.join(_value(member, models) for member in members)}]"
        case Generic(name=name, args=args):
            return f"{name}[{', '.join(_value(arg, models) for arg in args) or '()'}]"
        case _:
            return _written(tp, models, frozenset())
