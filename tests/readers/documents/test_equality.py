"""Every file of the corpus means to us what it means to Python's own parsers."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from specloom.readers.documents.load import load

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.corpus

SUFFIXES = (".json", ".yaml", ".yml")


class CoreLoader(yaml.CSafeLoader):
    """PyYAML with YAML 1.2's core schema, and keys as they are written."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  # PyYAML's own way to hold them

    def construct_mapping(self, node: yaml.MappingNode, **_: bool) -> dict[Any, Any]:
        self.flatten_mapping(node)
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


CORE = {
    "tag:yaml.org,2002:null": (r"~|null|Null|NULL|", "~nN\0"),
    "tag:yaml.org,2002:bool": (r"true|True|TRUE|false|False|FALSE", "tTfF"),
    "tag:yaml.org,2002:merge": (r"<<", "<"),
    "!int": (r"[-+]?[0-9]+", "-+0123456789"),
    "!float": (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
}
for tag, (pattern, first) in CORE.items():
    letters = [letter.strip("\0") for letter in first]
    CoreLoader.add_implicit_resolver(tag, re.compile(rf"^(?:{pattern})$"), letters)
CoreLoader.add_constructor("!int", lambda _, node: int(node.value))
CoreLoader.add_constructor("!float", lambda _, node: float(node.value))
CoreLoader.add_constructor("tag:yaml.org,2002:map", CoreLoader.construct_mapping)


def reference(path: Path, content: bytes) -> object:
    """Return what Python's parsers make of a file."""
    if path.suffix == ".json":
        return json.loads(content)
    return yaml.load(content, CoreLoader)  # noqa: S506  # a safe loader


def unequal(corpus: Path, *, largest: int) -> tuple[int, list[str]]:
    """Return how many files were compared, and those that differ."""
    files = [path for path in sorted(corpus.rglob("*")) if path.suffix in SUFFIXES and path.stat().st_size <= largest]
    different = []
    for path in files:
        content = path.read_bytes()
        if load(path.name, content).root != reference(path, content):
            different.append(str(path.relative_to(corpus)))
    return len(files), different


def test_smaller_files(corpus: Path) -> None:
    """Files up to 20 kB, of which there are thousands, are read alike."""
    count, different = unequal(corpus, largest=20_000)

    assert count > 3000
    assert [] == different


@pytest.mark.conformance
def test_all_files(corpus: Path) -> None:
    """Every file, however large, is read alike."""
    assert [] == unequal(corpus, largest=1 << 30)[1]
