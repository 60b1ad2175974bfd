"""YAML with line numbers, by libyaml's events: anchors, aliases, merge keys, tags, several documents, exact errors.

Built by hand from events, because PyYAML's own constructor recurses without bound, runs tags, resolves scalars as YAML
1.1 does, loses the lines and takes six times as long. rapidyaml parses faster still, but hands its tree out node by
node, which costs more than it saves: 1.7 s against 1.0 s for a description of 10 MB.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Final

import yaml

from specloom.errors import UserError
from specloom.model.diagnostic import Diagnostic, Level
from specloom.model.source import Span
from specloom.readers.documents.document import Document
from specloom.readers.documents.limits import MAX_DEPTH, MAX_EXPANDED, too_deep
from specloom.readers.documents.marks_builder import MarksBuilder
from specloom.readers.documents.scalars import plain

if TYPE_CHECKING:
    from specloom.model.source import Json

_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MERGE: Final = "<<"
_STRING_TAGS: Final = frozenset({"!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:binary"})


def load_yaml(path: str, text: str) -> Document:
    """Read the first YAML document of `text`; aliases share one value.

    Raises `UserError`, pointing at the line, where it is broken, nested too deep, or expands beyond all bounds.
    """
    last_line = text.count("\n") + (not text.endswith("\n"))
    reader = _Events(path, _Loader(text))
    try:
        root = reader.document()
    except yaml.MarkedYAMLError as error:
        raise _broken(path, error) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise UserError(f"{path} is not YAML: {error.reason}; remove the character", Span(path, line, line)) from error
    marks = reader.builder.finish(last_line)
    return Document(path, root, marks, last_line, tuple(reader.builder.diagnostics))


@dataclass(slots=True)
class _Anchored:
    value: Json
    size: int
    complete: bool = False


@dataclass(slots=True)
class _Events:
    """A recursive descent over the events of one stream, never deeper than `MAX_DEPTH`."""

    path: str
    loader: Any
    builder: MarksBuilder = field(init=False)
    _anchors: dict[str, _Anchored] = field(default_factory=dict)
    _size: int = 0

    def __post_init__(self) -> None:
        self.builder = MarksBuilder(self.path)

    def document(self) -> Json:
        """Return the first document's value and note it where there are more."""
        self._next()  # the start of the stream
        if isinstance(self._next(), yaml.StreamEndEvent):
            return None
        root = self._value(self._next(), 1, 0)
        self._next()  # the end of the document
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            line = _line(after)
            message = "only the first YAML document of a file is read; move the others to files of their own"
            self.builder.diagnostics.append(
                Diagnostic(Level.WARNING, "several-documents", message, Span(self.path, line, line))
            )
        return root

    def _next(self) -> yaml.Event:
        event: yaml.Event = self.loader.get_event()
        return event

    def _value(self, event: yaml.Event, line: int, depth: int) -> Json:
        if isinstance(event, yaml.ScalarEvent):
            self._size += 1
            value = _scalar(event)
            if event.anchor:
                self._anchors[event.anchor] = _Anchored(value, 1, complete=True)
            return value
        if depth >= MAX_DEPTH:
            raise too_deep(self.path, _line(event))
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, line, depth + 1)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, line, depth + 1)
        return self._alias(event)

    def _mapping(self, event: yaml.MappingStartEvent, line: int, depth: int) -> Json:
        result: dict[str, Json] = {}
        place = self.builder.open(result, line)
        lines: dict[str, int] = {}
        anchored = self._anchor(event.anchor, result)
        merged: list[Json] = []
        while not isinstance(key_event := self._next(), yaml.MappingEndEvent):
            here = _line(key_event)
            self.builder.see(here)
            key = self._key(key_event, depth)
            value = self._value(self._next(), here, depth)
            if key == _MERGE and _is_plain(key_event):
                merged.append(value)
                continue
            if key in result:
                self.builder.duplicate(key, here)
            result[key] = value
            lines[key] = here
        for value in merged:
            _merge(value, result, lines, line or self.builder.marks.starts[place])
        self.builder.close(place, list(lines.values()))
        self._seal(anchored, event)
        return result

    def _sequence(self, event: yaml.SequenceStartEvent, line: int, depth: int) -> Json:
        result: list[Json] = []
        place = self.builder.open(result, line)
        anchored = self._anchor(event.anchor, result)
        items = iter(self._next, None)
        result.extend(
            self._value(item, 0, depth) for item in takewhile(lambda e: not isinstance(e, yaml.SequenceEndEvent), items)
        )
        self.builder.close(place, [])
        self._seal(anchored, event)
        return result

    def _key(self, event: yaml.Event, depth: int) -> str:
        """Return a key as it is written: `200`, `+1`, `null` and `true` are names in a description."""
        if isinstance(event, yaml.ScalarEvent):
            if event.anchor:
                self._anchors[event.anchor] = _Anchored(event.value, 1, complete=True)
            return event.value
        if isinstance(event, yaml.AliasEvent):
            return str(self._alias(event))
        line = _line(event)
        self._value(event, line, depth)
        message = "a list or mapping cannot be a key here; it is read as an empty name"
        self.builder.diagnostics.append(Diagnostic(Level.ERROR, "bad-key", message, Span(self.path, line, line)))
        return ""

    def _alias(self, event: yaml.Event) -> Json:
        name = event.anchor if isinstance(event, yaml.AliasEvent) else ""
        anchored = self._anchors.get(name or "")
        if anchored is None or not anchored.complete:
            line = _line(event)
            problem = "is not defined before it is used" if anchored is None else "contains itself"
            raise UserError(f"the anchor `{name}` {problem}; write the value out", Span(self.path, line, line))
        self._grow(anchored.size, event)
        return anchored.value

    def _anchor(self, name: str | None, value: Json) -> _Anchored | None:
        if not name:
            return None
        anchored = self._anchors[name] = _Anchored(value, self._size)
        return anchored

    def _seal(self, anchored: _Anchored | None, event: yaml.Event) -> None:
        self._grow(1, event)
        if anchored:
            anchored.size = self._size - anchored.size
            anchored.complete = True

    def _grow(self, by: int, event: yaml.Event) -> None:
        self._size += by
        if self._size > MAX_EXPANDED:
            line = _line(event)
            message = f"{self.path} expands to more than {MAX_EXPANDED:,} values; write fewer aliases or split it"
            raise UserError(message, Span(self.path, line, line))


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    return mark.line + 1 if mark else 1


def _is_plain(event: yaml.Event) -> bool:
    return isinstance(event, yaml.ScalarEvent) and not event.style


def _scalar(event: yaml.ScalarEvent) -> Json:
    # Only `!!str` has a meaning in a description; any other tag is somebody's private convention.
    if event.style or event.tag in _STRING_TAGS:
        return event.value
    return plain(event.value)


def _merge(value: Json, into: dict[str, Json], lines: dict[str, int], line: int) -> None:
    """Add what a `<<` key brings (yaml.org/type/merge.html): earlier mappings win, and own keys win over all."""
    for source in value if isinstance(value, list) else [value]:
        if isinstance(source, dict):
            for key, item in source.items():
                if key not in into:
                    into[key] = item
                    lines[key] = line


def _broken(path: str, error: yaml.MarkedYAMLError) -> UserError:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    problem = " ".join(part for part in (error.context, error.problem) if part)
    return UserError(f"{path} is not YAML: {problem}", Span(path, line, line))
