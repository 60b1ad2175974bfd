"""Descriptions written in a test, and what holds for every reading whatever was read."""

from __future__ import annotations

import dataclasses
from functools import cache
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from specloom.model.files import FileTree
from specloom.model.schema import Schema
from specloom.model.source import Span
from specloom.readers import read as read_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from specloom.readers import Reading


@pytest.fixture
def reading() -> Callable[..., Reading]:
    """Return a function that reads the YAML or JSON text given, beside other files given by path."""

    def run(text: str | bytes, files: dict[str, str] | None = None, path: str = "api.yaml") -> Reading:
        content = text if isinstance(text, bytes) else dedent(text).encode()
        others = {name: dedent(other).encode() for name, other in (files or {}).items()}
        return read_path(FileTree({path: content, **others}), path)

    return run


@cache
def _walked(kind: type) -> tuple[str, ...]:
    data = ("extensions", "value", "default", "const", "enum", "members", "examples", "limits")
    return tuple(field.name for field in dataclasses.fields(kind) if field.name not in data)


def parts_of(value: object) -> Iterator[object]:
    """Yield every dataclass inside `value` once, itself included, examples and extensions left out."""
    pending, seen = [value], set[int]()
    while pending:
        item = pending.pop()
        if id(item) in seen:
            continue
        seen.add(id(item))
        if dataclasses.is_dataclass(item) and not isinstance(item, type):
            yield item
            pending.extend(getattr(item, name) for name in _walked(type(item)))
        elif isinstance(item, dict):
            pending.extend(item.values())
        elif isinstance(item, tuple):
            pending.extend(item)


def faults_of(schema: Schema, names: set[str]) -> Iterator[str]:
    """Yield what the model does not allow in a schema, where `names` are those of the API's schemas."""
    if schema.ref is not None and schema.ref not in names:
        yield f"{schema.ref} is referred to and not there"
    if schema.discriminator and not set(schema.discriminator.mapping.values()) <= names:
        yield "a discriminator leads to a schema that is not there"
    if "null" in schema.types and schema.types != ("null",):
        yield "null among other types"
    if schema.enum is not None and (None in schema.enum or not schema.enum):
        yield "an enum that is empty or has null in it"


@pytest.fixture
def faults() -> Callable[[Reading], list[str]]:
    """Return a function that lists where a reading breaks what the model promises; empty for a sound one."""

    def find(reading: Reading) -> list[str]:
        api = reading.api
        found: list[str] = []
        names = set(api.schemas)
        for part in parts_of((api, reading.diagnostics)):
            if isinstance(part, Span) and not 1 <= part.start <= part.end:
                found.append(f"{part.path} {part.start}-{part.end} is no span")
            if isinstance(part, Schema):
                found.extend(f"{part.span}: {fault}" for fault in faults_of(part, names))
        keys = [operation.key for operation in (*api.operations, *api.webhooks)]
        if len(keys) != len(set(keys)):
            found.append("two operations share a key")
        if not 0 <= reading.score.value <= 100:
            found.append("the score is out of its range")
        return found

    return find
