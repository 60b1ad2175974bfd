"""One edit somewhere in a real description: something is found, and it is shown on the lines of the edit."""

from __future__ import annotations

import copy
import json
import random
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml

from specloom import drift

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from specloom.model.api import Api
    from specloom.model.source import Span

Json = Any
NEAR: Final = 2
FILES: Final = ("redocly-museum-v31/openapi.yaml", "swagger-petstore-v3/openapi.yaml", "oai-uber-v2/uber.json")
OTHER: Final = {"string": "boolean", "integer": "string", "number": "boolean", "boolean": "string"}
VALUES: Final = {"example", "examples", "default", "enum", "x-examples"}


def _mappings(node: Json, path: tuple[Json, ...] = ()) -> Iterator[tuple[tuple[Json, ...], dict[str, Json]]]:
    """Yield every mapping with its path, values that only look like schemas left out."""
    if isinstance(node, dict):
        yield path, node
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inner:
        if key not in VALUES:
            yield from _mappings(value, (*path, key))


def _edits(document: Json, dice: random.Random) -> dict[str, list[tuple[tuple[Json, ...], Callable[[Json], Json]]]]:
    """Return what can be edited: kind of edit → places with what to do there."""
    found: dict[str, list[tuple[tuple[Json, ...], Callable[[Json], Json]]]] = {}
    for path, node in _mappings(document):
        if path[:1] not in {("paths",), ("components",), ("definitions",)} or path[-1:] == ("properties",):
            continue
        properties = node.get("properties")
        if isinstance(properties, dict) and len(properties) > 1:
            name = dice.choice(sorted(properties))
            found.setdefault("-property", []).append((path, lambda n, name=name: n["properties"].pop(name)))
            found.setdefault("+property", []).append((path, lambda n: n["properties"].update(zz={"type": "string"})))
        if node.get("type") in OTHER and not {"enum", "in", "items"} & node.keys():
            found.setdefault("type", []).append((path, lambda n: n.update(type=OTHER[n["type"]])))
        if isinstance(node.get("enum"), list) and len(node["enum"]) > 1:
            found.setdefault("-value", []).append((path, lambda n: n["enum"].pop()))
        if node.get("in") in {"query", "header"} and isinstance(path[-1], int):
            found.setdefault("+required", []).append((path, lambda n: n.update(required=not n.get("required", False))))
        if "responses" in node and len(path) == 3:  # paths, a path, a method
            status = dice.choice(sorted(node["responses"]))
            found.setdefault("-status", []).append((path, lambda n, status=status: n["responses"].pop(status)))
            found.setdefault("+status", []).append(
                (path, lambda n: n["responses"].update({"418": {"description": ""}}))
            )
    return found


def _written(document: Json, form: str) -> str:
    return json.dumps(document, indent=2) if form == "json" else yaml.safe_dump(document, sort_keys=False)


def _touched(base: str, head: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the lines that differ, first and last, on both sides."""
    one, other = base.splitlines(), head.splitlines()
    least = min(len(one), len(other))
    start = next((i for i in range(least) if one[i] != other[i]), least)
    rest = next((i for i in range(least - start) if one[-1 - i] != other[-1 - i]), least - start)
    return (start + 1, len(one) - rest), (start + 1, len(other) - rest)


def _near(span: Span | None, lines: tuple[int, int]) -> bool:
    return span is not None and span.start - NEAR <= lines[1] and lines[0] <= span.end + NEAR


@pytest.mark.corpus
@pytest.mark.parametrize("form", ["json", "yaml"])
@pytest.mark.parametrize("name", FILES)
def test_an_edit_is_found_on_its_lines(load: Callable[..., Api], corpus: Path, name: str, form: str) -> None:
    """What was added is shown in the head, what was removed in the base, what changed on both sides."""
    dice = random.Random(name)  # noqa: S311  # places to edit, not secrets
    document = json.loads(json.dumps(yaml.safe_load((corpus / "openapi" / name).read_text("utf-8")), default=str))
    base = _written(document, form)
    old = load(base, f"api.{form}")
    for kind, places in sorted(_edits(document, dice).items()):
        for path, edit in dice.sample(places, min(3, len(places))):
            changed = copy.deepcopy(document)
            node = changed
            for key in path:
                node = node[key]
            edit(node)
            head = _written(changed, form)
            before, after = _touched(base, head)
            changes = drift.compare(old, load(head, f"api.{form}")).changes
            shown = [
                change
                for change in changes
                if (kind[0] == "+" or _near(change.base, before)) and (kind[0] == "-" or _near(change.head, after))
            ]
            assert shown, (kind, path, [(change.rule, change.subject) for change in changes])
