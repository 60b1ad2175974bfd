"""YAML with line numbers, by libyaml's events: anchors, aliases, merge keys, tags, several documents, exact errors.

Built by hand from events, because PyYAML's own constructor recurses without bound, runs tags, resolves scalars as YAML
1.1 does, loses the lines and takes six times as long. Half of the 0.7 s for a description of 10 MB are libyaml's and
its events'.

rapidyaml 0.15 is no way around this. It parses the same file in 0.06 s and emits it as JSON in 0.07 s, but tells lines
node by node only (1.7 s), prints to stderr whatever it cannot parse, and read 35 of 1,500 mutated files otherwise than
libyaml, among them 12 that are not YAML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

import yaml

from specloom.errors import UserError
from specloom.model.diagnostic import Diagnostic, Level
from specloom.model.source import Span
from specloom.readers.documents.document import Document
from specloom.readers.documents.limits import MAX_ALIASED, MAX_DEPTH, too_deep
from specloom.readers.documents.marks_builder import MarksBuilder
from specloom.readers.documents.scalars import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.source import Json

# Exact types, looked up once: a large file has half a million events, and isinstance costs twice as much.
_SCALAR: Final = yaml.ScalarEvent
_ALIAS: Final = yaml.AliasEvent
_MAPPING: Final = yaml.MappingStartEvent
_MAPPING_END: Final = yaml.MappingEndEvent
_SEQUENCE_END: Final = yaml.SequenceEndEvent

_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MERGE: Final = "<<"
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is not printable (yaml.org/spec/1.2.2, 5.1)."""
_STRING_TAGS: Final = frozenset({"!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:binary"})


def load_yaml(path: str, text: str) -> Document:
    """Read the first YAML document of `text`; aliases share one value.

    Characters that YAML forbids, such as a form feed pasted into a description, are replaced and reported. Raises
    `UserError`, pointing at the line, where the text is broken, nested too deep, or expands beyond all bounds.
    """
    try:
        return _load(path, text)
    except yaml.reader.ReaderError:
        clean, found = _without_forbidden(path, text)
    try:
        document = _load(path, clean)
    except yaml.reader.ReaderError as error:
        line = clean.count("\n", 0, error.position) + 1
        raise UserError(f"{path} is not YAML: {error.reason}; remove the character", Span(path, line, line)) from error
    document.diagnostics = (found, *document.diagnostics)
    return document


def _load(path: str, text: str) -> Document:
    reader = _Events(path, _Loader(text), MarksBuilder(path, text))
    try:
        root = reader.document()
    except yaml.MarkedYAMLError as error:
        raise _broken(path, error, lines=text.count("\n") + (not text.endswith("\n"))) from error
    marks, last_line = reader.builder.finish()
    return Document(path, root, marks, last_line, tuple(reader.builder.diagnostics), aliased=reader.aliased)


def _without_forbidden(path: str, text: str) -> tuple[str, Diagnostic]:
    first = _FORBIDDEN.search(text)
    line = text.count("\n", 0, first.start()) + 1 if first else 1
    message = "YAML allows no control characters; they are replaced, so remove them"
    return _FORBIDDEN.sub("\ufffd", text), Diagnostic(Level.WARNING, "bad-character", message, Span(path, line, line))


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
    builder: MarksBuilder
    _anchors: dict[str, _Anchored] = field(default_factory=dict)
    _next: Callable[[], yaml.Event] = field(init=False)
    _size: int = 0
    _aliased: int = 0

    @property
    def aliased(self) -> bool:
        """Whether there was an alias."""
        return self._aliased > 0

    def __post_init__(self) -> None:
        self._next = self.loader.get_event

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

    def _value(self, event: yaml.Event, line: int, depth: int) -> Json:
        kind = type(event)
        if kind is _SCALAR:
            return self._scalar(cast("yaml.ScalarEvent", event))
        if kind is _ALIAS:
            return self._alias(cast("yaml.AliasEvent", event))
        if depth >= MAX_DEPTH:
            raise too_deep(self.path, _line(event))
        node = cast("yaml.CollectionStartEvent", event)
        return (self._mapping if kind is _MAPPING else self._sequence)(node, line, depth + 1)

    def _scalar(self, event: yaml.ScalarEvent) -> Json:
        # Only `!!str` has a meaning in a description; any other tag is somebody's private convention.
        value: Json = event.value if event.style or event.tag in _STRING_TAGS else plain(event.value)
        if event.anchor:
            self._anchors[event.anchor] = _Anchored(value, 1, complete=True)
        return value

    def _mapping(self, event: yaml.CollectionStartEvent, line: int, depth: int) -> Json:
        result: dict[str, Json] = {}
        builder, next_event, seen = self.builder, self._next, self.builder.seen
        place = builder.open(result, line)
        lines: dict[str, int] = {}
        anchored = self._anchor(event.anchor, result)
        merged: list[Json] = []
        while type(key_event := next_event()) is not _MAPPING_END:
            here: int = key_event.start_mark.line + 1  # type: ignore[union-attr]  # libyaml marks every event
            seen.append(here)
            key = self._key(key_event, depth)
            item = next_event()
            value = self._scalar(item) if type(item) is _SCALAR else self._value(item, here, depth)
            if key == _MERGE and not getattr(key_event, "style", True):
                merged.append(value)
                continue
            if key in result:
                builder.duplicate(key, here)
            result[key] = value
            lines[key] = here
        for value in merged:
            _merge(value, result, lines, builder, builder.start(place))
        builder.close(place, lines.values())
        self._seal(anchored, len(result))
        return result

    def _sequence(self, event: yaml.CollectionStartEvent, line: int, depth: int) -> Json:
        result: list[Json] = []
        lines: list[int] = []
        place = self.builder.open(result, line)
        anchored = self._anchor(event.anchor, result)
        while type(item := self._next()) is not _SEQUENCE_END:
            lines.append(item.start_mark.line + 1)  # type: ignore[union-attr]  # libyaml marks every event
            result.append(self._value(item, 0, depth))  # an alias to this very list has to find it
        self.builder.close(place, lines)
        self._seal(anchored, len(result))
        return result

    def _key(self, event: yaml.Event, depth: int) -> str:
        """Return a key as it is written: `200`, `+1`, `null` and `true` are names in a description."""
        if type(event) is _SCALAR:
            if event.anchor:
                self._anchors[event.anchor] = _Anchored(event.value, 1, complete=True)
            return event.value
        if isinstance(event, _ALIAS):
            return str(self._alias(event))
        line = _line(event)
        self._value(event, line, depth)
        message = "a list or mapping cannot be a key here; it is read as an empty name"
        self.builder.diagnostics.append(Diagnostic(Level.ERROR, "bad-key", message, Span(self.path, line, line)))
        return ""

    def _alias(self, event: yaml.AliasEvent) -> Json:
        name = event.anchor or ""
        anchored = self._anchors.get(name)
        if anchored is None or not anchored.complete:
            line = _line(event)
            problem = "is not defined before it is used" if anchored is None else "contains itself"
            raise UserError(f"the anchor `{name}` {problem}; write the value out", Span(self.path, line, line))
        self._size += anchored.size
        self._aliased += anchored.size
        if self._aliased > MAX_ALIASED:
            line = _line(event)
            message = f"the aliases of {self.path} stand for more than {MAX_ALIASED:,} values; write fewer aliases"
            raise UserError(message, Span(self.path, line, line))
        return anchored.value

    def _anchor(self, name: str | None, value: Json) -> _Anchored | None:
        if not name:
            return None
        anchored = self._anchors[name] = _Anchored(value, self._size)
        return anchored

    def _seal(self, anchored: _Anchored | None, members: int) -> None:
        self._size += members
        if anchored:
            anchored.size = self._size - anchored.size
            anchored.complete = True


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1  # type: ignore[union-attr]  # libyaml marks every event


def _merge(value: Json, into: dict[str, Json], lines: dict[str, int], builder: MarksBuilder, line: int) -> None:
    """Add what a `<<` key brings (yaml.org/type/merge.html): earlier mappings win, and own keys win over all.

    A member stands where it is written; `line` is where the merge is, for what is written nowhere else.
    """
    for source in value if isinstance(value, list) else [value]:
        if isinstance(source, dict):
            written = builder.lines(source)
            for index, (key, item) in enumerate(source.items()):
                if key not in into:
                    into[key] = item
                    lines[key] = written[index] if written else line


def _broken(path: str, error: yaml.MarkedYAMLError, *, lines: int) -> UserError:
    mark = error.problem_mark or error.context_mark
    line = min(mark.line + 1, max(lines, 1)) if mark else 1  # what is missing at the end is missed after it
    problem = " ".join(part for part in (error.context, error.problem) if part)
    return UserError(f"{path} is not YAML: {problem}", Span(path, line, line))
