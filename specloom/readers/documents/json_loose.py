"""JSON as it is found: duplicate keys, NaN, half surrogate pairs, raw control characters, integers of any size."""

from __future__ import annotations

import json
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from specloom.errors import UserError
from specloom.model.source import Span
from specloom.readers.documents.document import Document
from specloom.readers.documents.json_text import check_depth, scan
from specloom.readers.documents.marks_builder import duplicate_key

if TYPE_CHECKING:
    from specloom.model.diagnostic import Diagnostic
    from specloom.model.source import Json
    from specloom.readers.documents.document import Marks

_LONGEST_INTEGER: Final = 4000


@dataclass(slots=True)
class _Pairs:
    """The members of a mapping, those with the same key too."""

    members: list[tuple[str, Json | _Pairs]]


def load_loose_json(path: str, text: str) -> Document:
    """Read JSON with Python's decoder, which forgives more than orjson and takes longer.

    Raises `UserError`, pointing at the line, where it is not JSON even so, or nested too deep.
    """
    content = text.encode("utf-8", errors="replace")
    check_depth(path, content)
    decoder = json.JSONDecoder(object_pairs_hook=_Pairs, parse_constant=str, parse_int=_integer, strict=False)
    try:
        pairs = decoder.decode(text)
    except json.JSONDecodeError as error:
        message = f"{path} is not JSON: {error.msg} at column {error.colno}"
        raise UserError(message, Span(path, error.lineno, error.lineno)) from error
    marks, last_line = scan(path, content)
    conversion = _Conversion(path, marks)
    root = conversion.value(pairs)
    return Document(path, root, marks, last_line, tuple(conversion.diagnostics))


@dataclass(slots=True)
class _Conversion:
    """Turns pairs into mappings, in document order, and the marks with them."""

    path: str
    marks: Marks
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _place: int = 0

    def value(self, value: Json | _Pairs | list[Json | _Pairs]) -> Json:
        """Return `value` with the last member of each name; recursion is bounded by the depth of the scan."""
        if isinstance(value, _Pairs):
            return self._mapping(value)
        if isinstance(value, list):
            result: list[Json] = []
            self._enter(result)
            result.extend(self.value(item) for item in value)
            return result
        return _whole(value) if isinstance(value, str) else value

    def _mapping(self, pairs: _Pairs) -> Json:
        result: dict[str, Json] = {}
        place = self._enter(result)
        marks = self.marks
        lines: dict[str, int] = {}
        in_order = marks.lines[marks.first[place] : marks.last[place]]
        for (name, item), line in zip(pairs.members, in_order, strict=True):
            key = _whole(name)
            if key in result:
                self.diagnostics.append(duplicate_key(self.path, key, line))
            result[key] = self.value(item)
            lines[key] = line
        marks.lines[marks.first[place] : marks.first[place] + len(lines)] = array("i", lines.values())
        return result

    def _enter(self, container: Json) -> int:
        place = self._place
        self.marks.index[id(container)] = place
        self._place += 1
        return place


def _whole(text: str) -> str:
    """Replace halves of surrogate pairs, which no encoding can write."""
    return text.encode("utf-16", errors="surrogatepass").decode("utf-16", errors="replace")


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_INTEGER else digits
