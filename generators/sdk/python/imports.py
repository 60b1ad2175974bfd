"""The imports of a generated module, found from the code that it is going to hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.render import Code

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

_STRINGS: Final = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""")
_NAMES: Final = re.compile(r"(?<![.\w])([A-Za-z_]\w*)\b(\()?")

IN_MODELS: Final = frozenset(
    {"Annotated", "Any", "Discriminated", "Field", "Literal", "Model", "TypeAlias", "TypeAliasType", "Unknown"}
    | {"builtins.", "dt."}
)
"""What modules of models import; see `generators.lang.python.reserved.RESERVED_CLASSES`."""

_MEMBERS_OF: Final = re.compile(r"(?<![.\w])(?:builtins|dt)\.")

_FROM: Final = {
    "collections.abc": ("Mapping", "Sequence"),
    "typing": ("Annotated", "Any", "Final", "Literal", "TypeAlias", "Union", "overload"),
    "typing_extensions": ("TypeAliasType", "Unpack", "deprecated"),
    ".._core": (
        *(
            "UNSET",
            "AsyncDownload",
            "AsyncPager",
            "AsyncResource",
            "AsyncStream",
            "Body",
            "Discriminated",
            "Document",
            "Download",
        ),
        *("Endpoint", "Field", "FileInput", "Model", "Page", "Paging", "Part", "RequestOptions", "Resource", "Stream"),
        *("Unknown", "Unset"),
    ),
    "..": ("models",),
}
_FUNCTIONS: Final = {".._core": ("cookie", "header", "path", "query", "querystring")}
_MODULES: Final = {"builtins": "import builtins", "dt": "import datetime as dt"}


def import_block(now: Iterable[Code], late: Iterable[Code]) -> Code:
    """Return import statements as one block; `late` ones are for type checkers only."""
    lines: list[str] = [*now]
    if for_checkers := [f"    {line}" for line in late]:
        lines += ["from typing import TYPE_CHECKING", "", "if TYPE_CHECKING:", *for_checkers]
    return Code("\n".join(lines))


def model_imports(code: Iterable[str]) -> tuple[Code, ...]:
    """Return the import statements of a module of models, whose own classes may bear any name but `IN_MODELS`."""
    return _lines(_used(code) & IN_MODELS, frozenset())


def resource_imports(code: Iterable[str], *, calls: Iterable[str]) -> tuple[Code, ...]:
    """Return the import statements of a module of resources; `calls` is code that declares parameters as well."""
    calling = [_STRINGS.sub("''", text) for text in calls]
    called = {match[1] for text in calling for match in _NAMES.finditer(text) if match[2]}
    return _lines(_used((*code, *calling)), called)


def _used(code: Iterable[str]) -> set[str]:
    """Return the names in `code`, those of modules with a dot behind; text in string literals does not count."""
    plain = [_STRINGS.sub("''", text) for text in code]
    names = {match[1] for text in plain for match in _NAMES.finditer(text)}
    return names | {match[0] for text in plain for match in _MEMBERS_OF.finditer(text)}


def _lines(used: AbstractSet[str], called: AbstractSet[str]) -> tuple[Code, ...]:
    lines = [line for name, line in _MODULES.items() if f"{name}." in used]
    for module, names in _FROM.items():
        found = [name for name in names if name in used]
        found += [name for name in _FUNCTIONS.get(module, ()) if name in called]
        if found:
            lines.append(f"from {module} import {', '.join(found)}")
    return tuple(Code(line) for line in lines)
