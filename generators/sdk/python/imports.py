"""The imports of a generated module, found from the code that it is going to hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.render import Code

if TYPE_CHECKING:
    from collections.abc import Iterable

_STRINGS: Final = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""")
_NAMES: Final = re.compile(r"(?<![.\w])([A-Za-z_]\w*)\b(\()?")

_FROM: Final = {
    "collections.abc": ("Mapping", "Sequence"),
    "typing": ("Annotated", "Any", "Final", "Literal", "TypeAlias", "Union", "overload"),
    "typing_extensions": ("TypeAliasType", "Unpack", "deprecated"),
    ".._core": (
        *("UNSET", "AsyncDownload", "AsyncPager", "AsyncResource", "AsyncStream", "Body", "Discriminated", "Download"),
        *("Endpoint", "Field", "FileInput", "Model", "Page", "Paging", "Part", "RequestOptions", "Resource", "Stream"),
        *("Unknown", "Unset"),
    ),
    "..": ("models",),
}
_FUNCTIONS: Final = {".._core": ("cookie", "header", "path", "query", "querystring")}
_MODULES: Final = {"builtins": "import builtins", "dt": "import datetime as dt"}


def import_lines(code: Iterable[str], *, calls: Iterable[str] = ()) -> tuple[Code, ...]:
    """Return the import statements for all names that `code` uses; `calls` is code that declares parameters as well.

    Text in string literals does not count.
    """
    calling = [_STRINGS.sub("''", text) for text in calls]
    plain = [_STRINGS.sub("''", text) for text in code]
    used = {match[1] for text in (*plain, *calling) for match in _NAMES.finditer(text)}
    called = {match[1] for text in calling for match in _NAMES.finditer(text) if match[2]}
    lines = [line for name, line in _MODULES.items() if name in used]
    for module, names in _FROM.items():
        found = [name for name in names if name in used]
        found += [name for name in _FUNCTIONS.get(module, ()) if name in called]
        if found:
            lines.append(f"from {module} import {', '.join(found)}")
    return tuple(Code(line) for line in lines)
