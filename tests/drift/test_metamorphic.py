"""Real descriptions, edited by dice: rewrites that mean the same are silent, and an edit and its reverse mirror."""

from __future__ import annotations

import copy
import json
import random
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml

from specloom import drift
from specloom.model.files import FileTree
from specloom.readers import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from specloom.model.api import Api
    from specloom.model.change import Drift

Json = Any
LARGEST: Final = 450_000
METHODS: Final = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})
BARE: Final = {"$ref"}
ONE_SIDED: Final = re.compile(r"^(request|response)-|required-|deprecated-|unstable-|-after-deprecation$")


def _api(document: Json) -> Api:
    return read(FileTree({"api.json": json.dumps(document).encode()}), "api.json").api


def _documents(corpus: Path) -> Iterator[tuple[str, Json]]:
    for path in sorted(corpus.glob("openapi/*/*.[jy]*")):
        if path.stat().st_size <= LARGEST:
            document = yaml.load(path.read_bytes(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  safe
            if isinstance(document, dict) and "paths" in document:
                yield path.parent.name, json.loads(json.dumps(document, default=str))


def _schemas(document: Json) -> dict[str, Json]:
    """Return the place where components stand, in either generation of OpenAPI."""
    if "swagger" in document:
        return document.setdefault("definitions", {})  # type: ignore[no-any-return]
    return document.setdefault("components", {}).setdefault("schemas", {})  # type: ignore[no-any-return]


def _prefix(document: Json) -> str:
    return "#/definitions/" if "swagger" in document else "#/components/schemas/"


def _nodes(value: Json) -> Iterator[dict[str, Json]]:
    """Yield every mapping that is a schema for sure: below `properties`, `items` and `schema`."""
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item)
    if not isinstance(value, dict):
        return
    for name, inner in value.items():
        if name in {"example", "examples", "default", "enum", "const"} or name.startswith("x-"):
            continue
        if name == "properties" and isinstance(inner, dict):
            yield from (one for one in inner.values() if isinstance(one, dict))
        elif name in {"items", "schema"} and isinstance(inner, dict):
            yield inner
        yield from _nodes(inner)


def reordered(document: Json, dice: random.Random) -> Json:
    """Shuffle the keys of every mapping, and `required`; the order of paths and parameters stays."""
    if isinstance(document, list):
        return [reordered(item, dice) for item in document]
    if not isinstance(document, dict):
        return document
    keys = list(document)
    dice.shuffle(keys)
    made = {key: reordered(document[key], dice) for key in keys}
    if isinstance(made.get("required"), list):
        dice.shuffle(made["required"])
    return made


def behind_another(document: Json, dice: random.Random) -> Json:
    """Put a few components behind another name, to which the old one refers."""
    schemas = _schemas(document)
    for name in dice.sample(sorted(schemas), min(5, len(schemas))):
        schemas[f"{name}Moved"] = schemas[name]
        schemas[name] = {"$ref": f"{_prefix(document)}{name}Moved"}
    return document


def inlined(document: Json, dice: random.Random) -> Json:
    """Write a few components out where they are used, those that do not refer to themselves."""
    schemas = _schemas(document)
    uses = [node for node in _nodes(document) if set(node) == BARE and node["$ref"].startswith(_prefix(document))]
    for node in dice.sample(uses, min(8, len(uses))):
        name = node["$ref"].removeprefix(_prefix(document))
        target = schemas.get(name)
        if (
            isinstance(target, dict)
            and "$ref" not in json.dumps(target)
            and "discriminator" not in json.dumps(document)
        ):
            node.clear()
            node.update(copy.deepcopy(target))
    return document


def wrapped(document: Json, dice: random.Random) -> Json:
    """Put a few schemas into an `allOf` of one."""
    nodes = [node for node in _nodes(document) if node and "discriminator" not in node]
    for node in dice.sample(nodes, min(10, len(nodes))):
        inner = dict(node)
        node.clear()
        node["allOf"] = [inner]
        for mark in ("readOnly", "writeOnly", "deprecated", "nullable", "x-nullable"):
            if mark in inner:
                node[mark] = inner[mark]
    return document


def hoisted(document: Json, dice: random.Random) -> Json:
    """Move the parameters of paths with one operation to the path."""
    for item in document["paths"].values():
        methods = [name for name in item if name in METHODS] if isinstance(item, dict) else []
        bodies = any(one.get("in") in {"body", "formData"} or "$ref" in one for one in _parameters(item, methods))
        if len(methods) == 1 and not bodies and dice.random() < 0.7:
            own = item[methods[0]].pop("parameters", [])
            known = {(one.get("name"), one.get("in")) for one in own}
            kept = [one for one in item.get("parameters", []) if (one.get("name"), one.get("in")) not in known]
            item["parameters"] = kept + own
    return document


def _parameters(item: Json, methods: list[str]) -> list[Json]:
    return [one for name in methods for one in item[name].get("parameters", [])] + list(item.get("parameters", []))


NOISE: Final = (reordered, behind_another, inlined, wrapped, hoisted)


@pytest.mark.corpus
@pytest.mark.parametrize("noise", NOISE, ids=lambda noise: noise.__name__)
def test_what_means_the_same_is_silent(corpus: Path, noise: Callable[[Json, random.Random], Json]) -> None:
    """Over every real description of moderate size, there and back; only new names of components may be told."""
    dice = random.Random(noise.__name__)  # noqa: S311  no secrets
    wrong = {}
    for name, document in _documents(corpus):
        base, head = _api(document), _api(noise(copy.deepcopy(document), dice))
        for found in (drift.compare(base, head), drift.compare(head, base)):
            told = [change for change in found.changes if not change.rule.startswith("schema-")]
            if told:
                wrong[name] = [(change.rule, change.subject) for change in told[:3]]
    assert {} == wrong


def _removed_property(document: Json, dice: random.Random) -> None:
    homes = [node for node in _schemas(document).values() if len(node.get("properties", {})) > 1]
    if homes:
        node = dice.choice(homes)
        name = dice.choice(sorted(node["properties"]))
        del node["properties"][name]
        if name in node.get("required", []):
            node["required"].remove(name)


def _longer_enum(document: Json, dice: random.Random) -> None:
    nodes = [node for node in _nodes(document) if len(node.get("enum") or []) > 1 and isinstance(node["enum"][0], str)]
    if nodes:
        dice.choice(nodes)["enum"].append("somethingNew")


def _bounded(document: Json, dice: random.Random) -> None:
    nodes = [node for node in _nodes(document) if node.get("type") == "string" and not {"enum", "format"} & node.keys()]
    if nodes:
        dice.choice(nodes)["maxLength"] = 7


def _other_type(document: Json, dice: random.Random) -> None:
    nodes = [node for node in _nodes(document) if node.get("type") == "boolean"]
    if nodes:
        dice.choice(nodes)["type"] = "integer"


def _gone(document: Json, dice: random.Random) -> None:
    paths = sorted(document["paths"])
    if len(paths) > 1:
        del document["paths"][dice.choice(paths)]


EDITS: Final = (_removed_property, _longer_enum, _bounded, _other_type, _gone)
TURNED: Final = (
    ("added", "removed"),
    ("raised", "lowered"),
    ("widened", "narrowed"),
    ("became-required", "became-optional"),
)


def _mirrored(rule: str) -> str:
    for one, other in TURNED:
        for word, turned in ((one, other), (other, one)):
            if rule.endswith(f"-{word}"):
                return rule.removesuffix(word) + turned
    return rule


def _plain(found: Drift) -> Counter[tuple[str, str, int]]:
    """Return the findings without what one direction alone can know: whether a part was required, or how it ended."""
    # A component of both directions is told for the side that breaks; which one that is turns with the edit.
    rules = [ONE_SIDED.sub("", change.rule) for change in found.changes]
    places = [(change.subject, len(change.operations) + len(change.milder)) for change in found.changes]
    return Counter((rule, *place) for rule, place in zip(rules, places, strict=True))


@pytest.mark.corpus
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__.strip("_"))
def test_an_edit_and_its_reverse_mirror_each_other(corpus: Path, edit: Callable[[Json, random.Random], None]) -> None:
    """The same places and operations, the mirrored rules; and what is done and undone is nothing."""
    dice = random.Random(edit.__name__)  # noqa: S311  no secrets
    seen = 0
    for name, document in _documents(corpus):
        changed = copy.deepcopy(document)
        edit(changed, dice)
        base, head = _api(document), _api(changed)
        there, back = drift.compare(base, head), drift.compare(head, base)
        mirrored = Counter({(_mirrored(rule), *place): number for (rule, *place), number in _plain(back).items()})
        assert (name, _plain(there)) == (name, mirrored)
        assert (name, ()) == (name, drift.compare(base, _api(document)).changes)
        seen += bool(there.changes)
    assert seen >= 8
